#!/usr/bin/env bash
# Proves a location of 100,000 contacts and one of a tenth, on real processes with GoHighLevel's limits off, with fifty
# differences of six kinds planted in each: calls, the server's own CPU, live heap, and whether each was found and rightly
# named; then repairs all and proves once more; writes the report.
#   proof.sh [CONTACTS]
# Needs what `./mvnw package -DskipTests` leaves behind. REPORT: where the report goes; what it says from "## What" on
# stays. Takes about ten minutes and 2 GB; no part of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

contacts=${1:-100000}
report=${REPORT:-dev/bench/reports/proof.md}
. dev/bench/measure.inc

JAVA_ARGS=-Xmx512m measure ProofMeasurement "$contacts"

write_report "$report" << END
# Proving a location, measured

Machine: $machine. Database, sandbox and server are processes on the same cores, the server as in production with the heap that it ships with; written by \`dev/bench/proof.sh\`. Load of the machine at the end: $(cut -d' ' -f1-3 /proc/loadavg).

Planted: 8 contacts made in GoHighLevel, 8 deleted and 9 edited there with their webhooks lost; 8 edits and 8 deletions of ours that GoHighLevel refused; 9 documents altered in the database. Calls and pages are those of contacts; the live heap is sampled while it is proven a second time (\`jcmd GC.run\`). CPU is that of the server's process from the request until it says that the proof is over, the polling for that included.
END
