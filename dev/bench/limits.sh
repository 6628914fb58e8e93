#!/usr/bin/env bash
# Copies locations with GoHighLevel's limits on and pages of twenty records, by one server and by two that share a
# location, for windows that are fixed and that slide, while persons write once a second; tells by the sandbox's own
# record of calls how much of the burst budget was used, how many calls were refused, and how fast the writes arrived.
#   limits.sh [CONTACTS OF EACH LOCATION]
# Needs what `./mvnw package -DskipTests` leaves behind. REPORT: where the report goes; what it says from "## What" on
# stays. Takes about ten minutes on a machine that does nothing else; no part of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

contacts=${1:-10000}
report=${REPORT:-dev/bench/reports/limits.md}
. dev/bench/measure.inc

measure LimitsMeasurement "$contacts"

write_report "$report" << END
# GoHighLevel's limits, used

Machine: $machine. Database, sandbox and servers are processes on the same cores; written by \`dev/bench/limits.sh $contacts\`. Load of the machine at the end: $(cut -d' ' -f1-3 /proc/loadavg).

The limit is 100 calls in ten seconds for each location. The share is a location's calls from the first to the last page of its copy, persons' writes included, divided by what the limit allows in that time: the beginning, when nothing is known yet, and the end count.
END
