#!/bin/sh
# Asks the runner for an ID token, trades it at Entente, and hands the new token to the steps that follow.
set -eu

if [ -z "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ]; then
  echo "::error::The job may not ask for an ID token: add 'permissions: id-token: write'." >&2
  exit 1
fi

# The token must be meant for the server's organisation: what stands between @ and /wfe in the client id.
audience=${ENTENTE_CLIENT_ID#*@}
audience=${audience%/wfe}

# Secrets go in by standard input: lists of processes show arguments to everybody.
id_token=$(printf 'Authorization: Bearer %s' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" |
  curl --silent --show-error --fail --retry 3 --max-time 30 --header @- \
    --get --data-urlencode "audience=$audience" "$ACTIONS_ID_TOKEN_REQUEST_URL" |
  sed -n 's/.*"value" *: *"\([^"]*\)".*/\1/p')

answer=$(printf 'subject_token=%s' "$id_token" | curl --silent --show-error --max-time 30 --retry 3 \
  --data-urlencode "grant_type=urn:ietf:params:oauth:grant-type:token-exchange" \
  --data-urlencode "subject_token_type=urn:ietf:params:oauth:token-type:jwt" \
  --data-urlencode "client_id=$ENTENTE_CLIENT_ID" \
  ${ENTENTE_SCOPE:+--data-urlencode "scope=$ENTENTE_SCOPE"} \
  ${ENTENTE_RESOURCE:+--data-urlencode "resource=$ENTENTE_RESOURCE"} \
  --data @- "$ENTENTE_URL/oauth2/token")

member() { printf '%s' "$answer" | sed -n "s/.*\"$1\" *: *\"\{0,1\}\([^\",}]*\).*/\1/p"; }

token=$(member access_token)
if [ -z "$token" ]; then
  echo "::error::Entente refused the exchange. An operator sees why: entente explain $(member decision_id)" >&2
  exit 1
fi
echo "::add-mask::$token"
{
  echo "token=$token"
  echo "expires-in=$(member expires_in)"
} >>"$GITHUB_OUTPUT"
