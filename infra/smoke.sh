#!/usr/bin/env bash
# Tries a deployed app through its public address: infra/smoke.sh <https://address>. With MYRIADSYNC_TOKEN (roles read and write, dataset "smoke") it
# puts a record, deletes it again and pulls that; MYRIADSYNC_STORE and MYRIADSYNC_VALUE name a store that the app takes, and a value that the store
# takes. With MYRIADSYNC_ORIGIN it asks as a page of that origin. DRY_RUN=1 prints what it would ask.
set -euo pipefail
address=${1:?usage: infra/smoke.sh <https://address>}
api=${address%/}/api/v1
dataset=$api/datasets/smoke
store=${MYRIADSYNC_STORE:-smoke}
value=${MYRIADSYNC_VALUE:-'{"title":"smoke"}'}

# The token goes by a file that is none: not printed, and not in the list of processes.
ask() {
  printf '+ curl %s\n' "$*" >&2
  [ -z "${DRY_RUN:-}" ] || return 0
  curl -sS --fail-with-body --max-time 60 --config <(printf '%s\n' "${MYRIADSYNC_TOKEN:+header = \"Authorization: Bearer $MYRIADSYNC_TOKEN\"}") "$@"
}

expect() {
  [ -n "${DRY_RUN:-}" ] || grep -qi -- "$2" <<<"$1" || { printf 'Expected %s in: %s\n' "$2" "$1" >&2; exit 1; }
}

# The first start of a new app, and its first look at vault and cluster, take a while.
ask --retry 20 --retry-delay 6 --retry-all-errors "$api/health/live" >/dev/null
expect "$(ask --retry 10 --retry-delay 6 --retry-all-errors "$api/health/ready")" '"status":"ready"'

if [ -n "${MYRIADSYNC_ORIGIN:-}" ]; then
  headers=$(ask -D - -o /dev/null -H "Origin: $MYRIADSYNC_ORIGIN" "$api/health/live")
  expect "$headers" "access-control-allow-origin: $MYRIADSYNC_ORIGIN"
  expect "$headers" 'access-control-expose-headers: .*Retry-After'
fi

if [ -z "${MYRIADSYNC_TOKEN:-}${DRY_RUN:-}" ]; then
  echo 'Ready. Nothing pushed: MYRIADSYNC_TOKEN is not set.'
  exit 0
fi

# A client of its own every time: its changes begin at seq 1. The clock is milliseconds in 12 hexadecimal digits, then a counter in 4.
client=smoke-$(date -u +%s)-$$
push() { # seq, and the rest of the change
  local at change
  at=$(printf '%012x%04x%s' "$(date -u +%s000)" "$1" "$client")
  change=$(printf '{"seq":%s,"store":"%s","key":"%s","at":"%s",%s}' "$1" "$store" "$client" "$at" "$2")
  ask -H 'Content-Type: application/json' -H 'Prefer: wait=30' "$dataset/batches" \
    -d "$(printf '{"schemaVersion":1,"clientId":"%s","batchId":"b%s","changes":[%s]}' "$client" "$1" "$change")"
}
# The first member of that name in a JSON text, without quotes.
member() {
  local rest=${1#*\""$2"\":}
  tr -d '"' <<<"${rest%%[,\}]*}"
}
put=$(push 1 "\"op\":\"put\",\"value\":$value")
expect "$put" '"status":"applied".*"outcome":"applied"'
expect "$(push 2 "\"op\":\"delete\",\"base\":$(member "$put" rev)")" '"status":"applied".*"outcome":"applied"'
expect "$(ask "$dataset/changes?since=$(member "$put" cursor)")" "\"key\":\"$client\",\"op\":\"delete\""
echo 'Ready; put, deleted, applied and pulled.'
