#!/usr/bin/env bash
# Sends signed webhooks from a process of its own to the server, and in turns to the guide's receiver on Express and to
# a bare node:http one, all on the same engine: CPU per acknowledged event, throughput, time until the answer. Then
# contact updates at 500 a second until they are applied, and the drain of what had piled up, with few and with a
# million events stored.
#   webhooks.sh [ROUNDS] [EVENTS EACH ROUND] [MANY] [PARTS]
# PARTS are some of: received applied neighbours drained.
# Needs what `./mvnw package -DskipTests` leaves behind. For the receivers in Node it needs `node` (20 or newer) and
# fetches their packages by `npm` into a temporary folder; where one is missing it says so, and only the comparison is
# left out. JAVA_ARGS=-Djava.io.tmpdir=FOLDER puts the database's file elsewhere, on another disk for example. REPORT:
# where the report goes; what it says from "## What" on stays. Takes about ten minutes; no part of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${1:-3} events=${2:-30000} many=${3:-1000000} parts=${4:-received applied neighbours drained}
report=${REPORT:-dev/bench/reports/webhooks.md}
. dev/bench/measure.inc

fetch_node_packages mongodb@7 express@5
[ -z "$packages" ] || compared+=", mongodb driver $(package_version mongodb), express $(package_version express)"

measure WebhookMeasurement "$packages" dev/bench/webhooks "$rounds" "$events" "$many" "$parts"

write_report "$report" << END
# Webhooks, measured

Machine: $machine, $compared. Load, database, sandbox and receivers are processes on the same cores, the server as in production; written by \`dev/bench/webhooks.sh\`. Load of the machine at the end: $(cut -d' ' -f1-3 /proc/loadavg).
END
