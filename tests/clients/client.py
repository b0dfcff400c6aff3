"""Postwart from Python: python client.py ACCOUNT RECIPIENT. The standard library is enough."""

import hashlib
import hmac
import http.client
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

HOME = os.environ.get("POSTWART_HOME") or os.path.expandvars(
    r"%LOCALAPPDATA%\Postwart" if os.name == "nt" else "$XDG_RUNTIME_DIR/Postwart"
)
API = json.loads(Path(HOME, "api.json").read_text("ascii"))  # again after a refused connection or a 401


def call(method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
    """The answer's JSON. Where it says that somebody has to act, show the two sentences as they are."""
    connection = http.client.HTTPConnection(API["url"].removeprefix("http://"), timeout=60)
    said = {"Authorization": f"Bearer {API['secret']}", "Accept-Language": "de", "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body else None, {**said, **(headers or {})})
    response = connection.getresponse()
    if "event-stream" in response.getheader("Content-Type", ""):
        return response
    content = response.read()
    answer = json.loads(content) if content else {}
    if response.status >= 400:
        sys.exit(f"{answer['title']}\n{answer['next_step']}")
    return answer


account, recipient = sys.argv[1:]

nonce = secrets.token_hex()  # is it really Postwart that answers there?
proof = http.client.HTTPConnection(API["url"].removeprefix("http://"), timeout=10)
proof.request("GET", f"/v1/hello?nonce={nonce}")
told = json.load(proof.getresponse())["proof"]
assert hmac.compare_digest(told, hmac.new(API["secret"].encode(), nonce.encode(), hashlib.sha256).hexdigest())

print("status:", call("GET", "/v1/status")["state"])

token = call("GET", f"/v1/accounts/{account}/token?for=imap")
print("token:", token["host"], token["port"])  # AUTHENTICATE XOAUTH2 with token["xoauth2"]

letter = {"to": [recipient], "subject": "Ihre Anfrage", "text": "Guten Tag\n"}
sent = call("POST", f"/v1/accounts/{account}/outbox", letter, {"Idempotency-Key": "order-4711"})
print("sent:", sent["state"])

page = call("GET", f"/v1/messages?account={account}&done=false")
for message in page["messages"]:  # remember page["next"] and pass it as `after`
    print("mail:", message["subject"])
    call("PUT", f"/v1/messages/{message['id']}/done")

events = call("GET", "/v1/events", headers={"Last-Event-ID": "0-0-0"})  # the last id that was seen
for line in events:
    if line.startswith(b"event: "):
        print("event:", line[7:].decode().strip())
        break  # a real one goes on
