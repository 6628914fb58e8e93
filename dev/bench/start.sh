#!/usr/bin/env bash
# Starts the plain Open Liberty package (boot/target/lpai-server.zip) again and again before a database and a
# sandbox of its own, measures how long the second and later starts take until /health/ready and what the idle
# server holds, and writes the report.
#   start.sh [ROUNDS] [NAME=FOLDER ...]
# Each NAME is one more server, of the package with the files of FOLDER laid over it (jvm.options, server.env,
# server.xml, ...; a file named environment is sourced before each start). The servers take turns, so that whatever
# else the machine does meets all of them. dev/bench/start/ has such folders.
# IDLE=30: seconds before memory is read. REPORT: where the report goes; what it says below its table stays.
# No part of the build.
set -euo pipefail

rounds=${1:-5}
variants=()
for variant in "${@:2}"; do
  variants+=("${variant%%=*}=$(realpath "${variant#*=}")")
done
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

idle=${IDLE:-30}
report=${REPORT:-dev/bench/reports/start.md}
work=$PWD/boot/target/bench-start
http=${LPAI_HTTP_PORT:-29080} sandbox=${LPAI_SANDBOX_PORT:-29090} database=${LPAI_DB_PORT:-29117}

package=boot/target/lpai-server.zip
engine=dev/embedded-mongo/target/embedded-mongo.jar
ghl=dev/ghl-sandbox/target/ghl-sandbox.jar
for part in "$package" "$engine" "$ghl"; do
  [ -f "$part" ] || { echo "$part is missing: ./mvnw package -DskipTests" >&2; exit 1; }
done
. .mvn/jdk.sh

stop_all() {
  kill $(jobs -p) 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap stop_all EXIT

# ---- the stand-ins

rm -rf "$work"
mkdir -p "$work" "$(dirname "$report")"
stand_in() { # log, arguments of java ...
  local log=$work/$1
  : > "$log"
  "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC "${@:2}" > "$log" 2>&1 &
  until grep -q '^READY ' "$log"; do
    kill -0 $! 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.2
  done
}
stand_in database.log -jar "$engine" --port "$database" --file "$work/db.mv"
export SANDBOX_CLIENT_ID=lpai-bench SANDBOX_CLIENT_SECRET=bench-secret-of-this-machine
export SANDBOX_REDIRECT_URI=https://lpai.example.com/api/oauth/callback SANDBOX_WEBHOOK_URL=http://127.0.0.1:$http/api/webhooks/ghl/native
stand_in sandbox.log -jar "$ghl" --port "$sandbox" --data "$work/sandbox" --keys-file "$work/webhook-keys.pem"

# ---- the servers, as in production

export LPAI_HTTP_HOST=127.0.0.1 LPAI_HTTP_PORT=$http MONGODB_URI=mongodb://127.0.0.1:$database/lpai
export GHL_BASE_URL=http://127.0.0.1:$sandbox GHL_WEBHOOK_PUBLIC_KEYS=$work/webhook-keys.pem
export GHL_MARKETPLACE_CLIENT_ID=$SANDBOX_CLIENT_ID GHL_MARKETPLACE_CLIENT_SECRET=$SANDBOX_CLIENT_SECRET
export PUBLIC_API_URL=https://lpai.example.com LPAI_MASTER_KEY_FILE=$work/master-key
CRON_SECRET=$(openssl rand -hex 24) LPAI_OPERATOR_PASSWORD=$(openssl rand -hex 12)
export CRON_SECRET LPAI_OPERATOR_PASSWORD
(umask 077 && openssl rand -base64 96 > "$LPAI_MASTER_KEY_FILE")
unset LPAI_EVALUATION LPAI_CLOCK_URL LPAI_DATA_DIR WLP_USER_DIR WLP_OUTPUT_DIR JVM_ARGS

servers=(package)
unzip -q "$package" -d "$work/package"
for variant in "${variants[@]}"; do
  servers+=("${variant%%=*}")
  cp -r "$work/package" "$work/${variant%%=*}"
  cp -r "${variant#*=}/." "$work/${variant%%=*}/wlp/usr/servers/lpai/"
done

ticks=$(getconf CLK_TCK)
cpu() { awk -v t="$ticks" '{ printf "%.2f", ($14 + $15 + $16 + $17) / t }' "/proc/$1/stat"; }
machine_cpu() { awk -v t="$ticks" '/^cpu / { printf "%.2f", ($2 + $3 + $4 + $7 + $8) / t }' /proc/stat; }
mib() { awk -v k="$2:" '$1 == k { printf "%d", $2 / 1024 }' "/proc/$1/$3"; }

serve() { # server
  local home=$work/$1/wlp
  # shellcheck source=/dev/null
  [ ! -f "$home/usr/servers/lpai/environment" ] || { set -a; . "$home/usr/servers/lpai/environment"; }
  exec "$home/bin/server" run lpai
}

# Prints: seconds to ready, CPU seconds to ready, CPU seconds of everybody else meanwhile, MiB VmRSS, MiB Pss, threads.
start() { # server, seconds of idling
  local begun=${EPOCHREALTIME/./} others pid
  echo "$begun" > "$work/$1.begun"
  others=$(machine_cpu)
  serve "$1" > "$work/$1.log" 2>&1 &
  pid=$!
  until curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$http/health/ready"; do
    kill -0 $pid 2>/dev/null || { cat "$work/$1.log" >&2; return 1; }
    sleep 0.1
  done
  local ready=${EPOCHREALTIME/./} used
  used=$(cpu $pid)
  others=$(awk -v a="$others" -v b="$(machine_cpu)" -v c="$used" 'BEGIN { printf "%.1f", b - a - c }')
  sleep "$2"
  awk -v us=$((ready - begun)) -v c="$used" -v o="$others" -v r="$(mib $pid VmRSS status)" -v p="$(mib $pid Pss smaps_rollup)" \
    -v t="$(awk '/^Threads/ { print $2 }' /proc/$pid/status)" 'BEGIN { printf "%.1f %.1f %s %s %s %s\n", us / 1e6, c, o, r, p, t }'
  kill $pid
  wait $pid || true
}

for server in "${servers[@]}"; do
  # The first start fills Liberty's caches and is not counted.
  start "$server" 0 > /dev/null
done
for ((round = 1; round <= rounds; round++)); do
  for server in "${servers[@]}"; do
    start "$server" "$idle" > "$work/one"
    cat "$work/one" >> "$work/$server.rounds"
    echo "round $round, $server: $(cat "$work/one")" >&2
  done
done

# ---- the report

spread() { # server, column: min / median / max
  cut -d' ' -f"$2" "$work/$1.rounds" | sort -n |
    awk '{ v[NR] = $1 } END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; print v[1] " / " m " / " v[NR] }'
}
# The last start of the package, by the times in Liberty's own log.
phases() {
  awk -v begun="$(cat "$work/package.begun")" '
    function at(t) { split(t, p, ":"); return p[1] * 3600 + p[2] * 60 + p[3] + p[4] / 1000 }
    function row(what) { printf "| %s | %.1f |\n", what, now - last; last = now }
    BEGIN { last = begun / 1e6 % 86400 }
    /^\[/ { now = at($2) }
    /CWWKE0001I/ { row("script, JVM, launcher") }
    /CWWKE0002I/ { row("kernel: OSGi, configuration, logging") }
    /CWWKZ0018I/ { row("features, until the application begins") }
    /CWWKZ0001I/ { row("application: scanning, CDI, our rings, REST resources") }
    /LPai is ready/ { row("ours after that: database, schema, master key, operator") }
  ' "$work/package/wlp/usr/servers/lpai/logs/messages.log"
}
machine="$(nproc) cores, $(awk '/^MemTotal/ { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo) GiB, Java $(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")"
{
  echo "# The server's start and memory, measured"
  echo
  echo "Machine: $machine. \`lpai-server.zip\` unpacked, \`server run lpai\` in production mode, database and sandbox beside it on the same cores; written by \`dev/bench/start.sh\`. Second and later starts, $rounds rounds, each figure min / median / max; memory $idle s after ready. \"Others\" is what everything else on the machine computed during the start: two idle cores would give 0."
  echo
  echo "| server | start to \`/health/ready\`, s | its CPU, s | others' CPU, s | VmRSS, MiB | Pss, MiB | threads |"
  echo "|---|---|---|---|---|---|---|"
  for server in "${servers[@]}"; do
    printf '| %s' "$server"
    for column in 1 2 3 4 5 6; do printf ' | %s' "$(spread "$server" $column)"; done
    echo ' |'
  done
  echo
  echo "| the last start of \`package\` | s |"
  echo "|---|---|"
  phases
  # What people found out stays.
  if [ -f "$report" ]; then
    echo
    sed -n '/^## /,$p' "$report"
  fi
} > "$work/report.md"
mv "$work/report.md" "$report"
cat "$report"
