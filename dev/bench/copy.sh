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
tests=architecture-tests/target/test-classes
for part in boot/target/lpai.jar dev/embedded-mongo/target/embedded-mongo.jar dev/ghl-sandbox/target/ghl-sandbox.jar; do
  [ -f "$part" ] || { echo "$part is missing: ./mvnw package -DskipTests" >&2; exit 1; }
done
./mvnw -q -pl architecture-tests -am test-compile dependency:build-classpath -Dverification.skip \
  -Dmdep.outputFile=target/bench.classpath
. .mvn/jdk.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ---- the bare loop's driver

driver=${DRIVER:-}
if [ -z "$driver" ] && command -v node > /dev/null && command -v npm > /dev/null; then
  mkdir "$work/driver"
  if (cd "$work/driver" && npm init -y && npm install --no-audit --no-fund mongodb@7) > "$work/npm.log" 2>&1; then
    driver=$work/driver
  else
    tail -5 "$work/npm.log" >&2
  fi
fi
compared="node $(node --version 2> /dev/null || echo "is missing")"
if [ -n "$driver" ]; then
  compared+=", mongodb driver $(sed -n 's/^ *"version": "\(.*\)".*/\1/p' "$driver/node_modules/mongodb/package.json")"
else
  echo "node or its mongodb driver is missing: the bare loop is left out (DRIVER=FOLDER names one)." >&2
fi

# ---- measured on the class path of the system tests

"$JAVA_HOME/bin/java" -Xmx512m -cp "$tests:$(cat architecture-tests/target/bench.classpath)" com.lpai.architecture.system.CopyMeasurement \
  "$driver" dev/bench/copy/loop.mjs "$rounds" "$contacts" "$whole" "$page" > "$work/measured.md"

machine="$(nproc) cores, $(awk '/^MemTotal/ { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo) GiB, Java $(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")"
mkdir -p "$(dirname "$report")"
{
  echo "# Copying a location, measured"
  echo
  echo "Machine: $machine, $compared. Database, sandbox and server are processes on the same cores, the server as in production with the heap that it ships with; written by \`dev/bench/copy.sh\`. Load of the machine at the end: $(cut -d' ' -f1-3 /proc/loadavg)."
  echo
  cat "$work/measured.md"
  # What people found out stays.
  if [ -f "$report" ]; then
    echo
    sed -n '/^## What/,$p' "$report"
  fi
} > "$work/report.md"
mv "$work/report.md" "$report"
cat "$report"
