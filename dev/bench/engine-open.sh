#!/usr/bin/env bash
# Fills the embedded engine with contacts (1,000,000 unless told otherwise), measures how long it takes
# to open them again, after a clean stop and after kill -9, and how fast it writes; writes the report.
# Takes some minutes and 3 GB below the build directory; no part of the build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

documents=${1:-1000000}
module=dev/embedded-mongo
work=$module/target/bench
report=${REPORT:-dev/bench/reports/engine-open.md}

./mvnw -q -pl $module test-compile dependency:build-classpath -Dverification.skip \
  -Dmdep.outputFile=target/bench.classpath
rm -rf "$work"
mkdir -p "$work" "$(dirname "$report")"
trap 'rm -rf "$work"' EXIT

. .mvn/jdk.sh
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$module/target/test-classes:$module/target/classes:$(cat $module/target/bench.classpath)" \
  com.lpai.dev.mongo.EngineMeasurement "$work" "$documents" > "$work/report.md"
mv "$work/report.md" "$report"
cat "$report"
