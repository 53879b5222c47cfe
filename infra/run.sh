#!/usr/bin/env bash
# infra/run.sh [--fresh] [--port N] [--empty]: the demonstration on http://localhost:5080.
#   --fresh   begin anew: throws the data folder's database, emails and payments away
#   --port N  another port; the local Stripe takes the one after it
#   --empty   no demonstration data
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

port=5080
options=()
usage() { fail "Usage: bash infra/run.sh [--fresh] [--port N] [--empty]"; }
while (($#)); do
  case $1 in
    --fresh | --empty) options+=("$1") ;;
    --port) [[ ${2:-} =~ ^[0-9]{2,5}$ ]] || usage; port=$2; shift ;;
    *) usage ;;
  esac
  shift
done
stripe_port=$((port + 1))

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
for taken in "$port" "$stripe_port"; do
  # What was stopped a moment ago gets a moment to go.
  for _ in {1..20}; do listens "$taken" || break; sleep 0.2; done
  ! listens "$taken" || fail "Port $taken is in use: give another one with --port N (the next one, N+1, has to be free too)."
done

if [[ ${ConnectionStrings__TrainingHub:-} ]]; then need node; else need postgres node; fi
published_app
published stripe-double tests/TrainingHub.StripeDouble

random() { head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
export ASPNETCORE_ENVIRONMENT=Demo
export Stripe__SecretKey=sk_test_$(random) Stripe__WebhookSecret=whsec_$(random)
export Stripe__ApiBase=http://127.0.0.1:$stripe_port/ Stripe__CheckoutOrigin=http://127.0.0.1:$stripe_port

mkdir -p "$TRAININGHUB_DATA"
[[ " ${options[*]-} " != *" --fresh "* ]] || rm -f "$TRAININGHUB_DATA/stripe.json"
# This script becomes the application, which so holds the other end of a pipe: when it is gone, however it went, the pipe
# closes and the local Stripe is stopped. Ctrl-C must not stop the one that waits for that.
exec 9> >(
  trap '' INT
  "$root/artifacts/stripe-double/TrainingHub.StripeDouble" --port "$stripe_port" \
    --webhook-url "http://127.0.0.1:$port/stripe/webhook" --state "$TRAININGHUB_DATA/stripe.json" \
    </dev/null >"$TRAININGHUB_DATA/stripe.log" 2>&1 9>&- &
  cat >/dev/null
  kill $!
)
exec "${lean[@]}" "$root/artifacts/app/TrainingHub" serve --urls="http://localhost:$port" --Site:PublicUrl="http://localhost:$port" "${options[@]}"
