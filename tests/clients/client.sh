#!/bin/sh
# Postwart from a shell with curl: sh client.sh ACCOUNT RECIPIENT
set -eu
ACCOUNT=$1 RECIPIENT=$2
FILE=${POSTWART_HOME:-$XDG_RUNTIME_DIR/Postwart}/api.json
field() { sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/p" | head -n 1; }
URL=$(field url < "$FILE")

# the secret goes through curl's standard input, so that it stands in no process list
call() { field secret < "$FILE" | sed 's/.*/header = "Authorization: Bearer &"/' | curl -sS --noproxy '*' --config - "$@"; }

echo "status: $(call "$URL/v1/status" | field state)"

TOKEN=$(call "$URL/v1/accounts/$ACCOUNT/token?for=imap")
echo "token: $(echo "$TOKEN" | field host) $(echo "$TOKEN" | field port)"

echo "sent: $(call "$URL/v1/accounts/$ACCOUNT/outbox" -H 'Content-Type: application/json' -H 'Idempotency-Key: order-4711' \
  -d "{\"to\": [\"$RECIPIENT\"], \"subject\": \"Ihre Anfrage\", \"text\": \"Guten Tag\"}" | field state)"

MAIL=$(call "$URL/v1/messages?account=$ACCOUNT&done=false&limit=1")
echo "mail: $(echo "$MAIL" | field subject)"
call -X PUT "$URL/v1/messages/$(echo "$MAIL" | field id)/done"

call -N -m 2 "$URL/v1/events" -H 'Last-Event-ID: 0-0-0' 2>/dev/null | sed -n 's/^event: /event: /p' | head -n 1
