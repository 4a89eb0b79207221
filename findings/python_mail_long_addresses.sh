#!/usr/bin/env bash
# What Python's email package makes of a long address in a header, and smtplib of a password with an umlaut.
#
# Versions: Python 3.11.7 (the standard library alone).
# Behaviour: a List-Unsubscribe whose address is longer than a line is written as encoded words (=?utf-8?q?…?=) though it is
#   ASCII. Python reads it back as it was; RFC 2047 does not allow it there, and a mail program finds no address. A policy
#   with max_line_length=998 leaves it alone. And login() with a password that is not ASCII raises UnicodeEncodeError,
#   which is no OSError and no SMTPException.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 - > "$folder/seen" <<'PY'
import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

url = "<https://facet.shop.example/mail/unsubscribe?token=2.mai-daily.9635e3f669968770362a80fbf08fb4b1>"
for policy in (default, default.clone(max_line_length=998)):
    message = EmailMessage(policy=policy)
    message["List-Unsubscribe"] = url
    raw = bytes(message)
    read = message_from_bytes(raw, policy=default)["List-Unsubscribe"] == url
    print("encoded:", b"=?utf-8?" in raw, "| as it was:", url.encode() in raw, "| Python reads it:", read)

server = smtplib.SMTP()
server.user, server.password = "reports", "pässword"
try:
    server.auth("PLAIN", server.auth_plain)
except Exception as error:
    print(type(error).__name__, isinstance(error, (OSError, smtplib.SMTPException)))
PY
cat > "$folder/expected" <<'TXT'
encoded: True | as it was: False | Python reads it: True
encoded: False | as it was: True | Python reads it: True
UnicodeEncodeError False
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
