#!/usr/bin/env bash
# infra/bench.sh [NAME…]: the benchmarks, all of them or those named, on a throw-away database, on this machine only.
# Each prints "name value unit | ceiling of the same run | share"; what else is to be said goes to standard error.
# With BENCH_VERB=attack, as attack.sh has it, attacks in place of benchmarks.
# BENCH_PORT names the first of two free ports (5090). A quiet machine gives figures that mean something.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need postgres node wrk
published_app
published load tests/TrainingHub.Load

data=$(mktemp -d /var/tmp/traininghub-bench-XXXXXX)
chmod 755 "$data"
load=
finish() {
  trap - EXIT INT TERM
  [[ ! $load ]] || { kill "$load" && wait "$load"; } 2>/dev/null || true
  # Only left when the benchmark itself was killed.
  [[ ! -e $data/children ]] || while read -r child; do
    [[ ! -e /proc/$child/cwd ]] || grep -qz -- "$data" "/proc/$child/environ" 2>/dev/null && kill -9 "$child" 2>/dev/null || true
  done <"$data/children"
  for _ in {1..100}; do compgen -G "$data/postgres-*/postmaster.pid" >/dev/null || break; sleep 0.1; done
  rm -rf "$data"
}
trap 'finish' EXIT
trap 'finish; exit 130' INT
trap 'finish; exit 143' TERM

# In the background, so that a signal is heard at once.
TRAININGHUB_DATA=$data "${lean[@]}" "$root/artifacts/load/TrainingHub.Load" "${BENCH_VERB:-bench}" "$root/artifacts/app/TrainingHub" "$data" "${BENCH_PORT:-5090}" "$@" &
load=$!
code=0
wait "$load" || code=$?
load=
exit "$code"
