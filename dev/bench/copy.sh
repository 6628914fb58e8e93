#!/usr/bin/env bash
# Copies a location with everything in it (100,000 contacts, 40,000 opportunities, 20,000 appointments of 60
# calendars, 5,000 conversations with 50,000 messages) and one of a tenth, on real processes with GoHighLevel's
# limits off; compares every record field by field with the sandbox's; measures the server's live heap; then measures
# contacts per second and CPU per contact in turns with a bare Node loop on the same engine; writes the report.
#   copy.sh [ROUNDS] [CONTACTS EACH ROUND] [CONTACTS OF THE WHOLE LOCATION] [RECORDS PER PAGE]
# Needs what `./mvnw package -DskipTests` leaves behind. For the bare loop it needs `node` (20 or newer), and fetches
# its mongodb driver by `npm` into a temporary folder; where one of them is missing it says so, and only the comparison
# is left out. DRIVER: a folder whose node_modules has the driver already.
# REPORT: where the report goes; what it says from "## What" on stays. Takes about a quarter of an hour and 2 GB; no
# part of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${1:-5} contacts=${2:-30000} whole=${3:-100000} page=${4:-500}
report=${REPORT:-dev/bench/reports/copy.md}
. dev/bench/measure.inc

fetch_node_packages mongodb@7
[ -z "$packages" ] || compared+=", mongodb driver $(package_version mongodb)"

JAVA_ARGS=-Xmx512m measure CopyMeasurement "$packages" dev/bench/copy/loop.mjs "$rounds" "$contacts" "$whole" "$page"

write_report "$report" << END
# Copying a location, measured

Machine: $machine, $compared. Database, sandbox and server are processes on the same cores, the server as in production with the heap that it ships with; written by \`dev/bench/copy.sh\`. Load of the machine at the end: $(cut -d' ' -f1-3 /proc/loadavg).
END
