#!/usr/bin/env bash
# Edits contacts through the REST API with GoHighLevel's limits on, and tells by the sandbox's own record of calls how
# soon each edit was on its way; then how long edits take while GoHighLevel is away for an hour (of the sandbox's clock),
# in turns with as many while it is there, and how many calls told them afterwards.
#   push.sh [EDITS] [A SECOND] [LOCATIONS] [EDITS AWAY] [TURNS]
# Needs what `./mvnw package -DskipTests` leaves behind. REPORT: where the report goes; what it says from "## What" on
# stays. Takes about ten minutes on a machine that does nothing else; no part of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

edits=${1:-2000} rate=${2:-10} locations=${3:-8} away=${4:-1000} turns=${5:-5}
report=${REPORT:-dev/bench/reports/push.md}
. dev/bench/measure.inc

measure PushMeasurement "$edits" "$rate" "$locations" "$away" "$turns"

write_report "$report" << END
# Edits on their way to GoHighLevel, measured

Machine: $machine. Load, database, sandbox and server are processes on the same cores, the server as in production; written by \`dev/bench/push.sh $edits $rate $locations $away $turns\`. Load of the machine at the end: $(cut -d' ' -f1-3 /proc/loadavg).
END
