#!/usr/bin/env bash
# infra/attack.sh [NAME…]: what anonymous visitors could do to the site, tried on the published program and a throw-away database, on
# this machine only. Each line says what an attack came to and the bound; exit 1 when one is broken. BENCH_PORT as in bench.sh.
BENCH_VERB=attack exec bash "$(dirname "${BASH_SOURCE[0]}")/bench.sh" "$@"
