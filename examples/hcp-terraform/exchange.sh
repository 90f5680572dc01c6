#!/bin/sh
# Trades the run's workload identity for an Entente token. Reads the query of a data "external" on standard input, and
# answers one JSON object of texts.
set -eu

query=$(cat)
asked() { printf '%s' "$query" | sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }

if [ -z "${TFC_WORKLOAD_IDENTITY_TOKEN:-}" ]; then
  echo "There is no workload identity: set TFC_WORKLOAD_IDENTITY_AUDIENCE in the workspace." >&2
  exit 1
fi

# The token goes in by standard input: lists of processes show arguments to everybody.
answer=$(printf 'subject_token=%s' "$TFC_WORKLOAD_IDENTITY_TOKEN" | curl --silent --show-error --max-time 30 --retry 3 \
  --data-urlencode "grant_type=urn:ietf:params:oauth:grant-type:token-exchange" \
  --data-urlencode "subject_token_type=urn:ietf:params:oauth:token-type:jwt" \
  --data-urlencode "client_id=$(asked client_id)" \
  --data @- "$(asked server)/oauth2/token")

member() { printf '%s' "$answer" | sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p"; }

if [ -z "$(member access_token)" ]; then
  echo "Entente refused the exchange. An operator sees why: entente explain $(member decision_id)" >&2
  exit 1
fi
printf '{"access_token":"%s","expires_in":"%s"}\n' "$(member access_token)" "$(member expires_in)"
