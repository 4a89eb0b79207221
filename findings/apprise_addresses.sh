#!/usr/bin/env bash
# What apprise makes of addresses of e-mail that are not one recipient, and where it writes passwords.
#
# Versions: apprise 2.3.0, aiosmtpd 1.4.6, Python 3.11.
# Behaviour: an address whose recipient is none is taken (add() is True), and each message to it fails. Of two recipients in
#   one address, where the server refuses the first, the second has the message and the answer is FAILURE for both: whoever
#   tries again sends it twice. (Two addresses are PARTIAL, with a result each.) And while url(privacy=True) hides the
#   password, the logger "apprise" writes it out on its lowest level, and headers (?+X-Key=…) are hidden nowhere.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apprise==2.3.0 aiosmtpd==1.4.6

"$folder/venv/bin/python" - > "$folder/seen" 2> /dev/null <<'PY'
import io
import logging
import socket

from aiosmtpd.controller import Controller
from apprise import Apprise

taken = []


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        taken.extend(envelope.rcpt_tos)
        return "250 OK"


with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = Controller(Handler(), hostname="127.0.0.1", port=port)
server.start()
for to in ("nobody", "refused@example.com,second@example.com"):
    sender = Apprise()
    added = sender.add(f"mailto://127.0.0.1:{port}/?from=f@example.com&to={to}&mode=insecure")
    print(to, "| added:", added, "|", sender.notify(body="text").status.name, "| taken:", taken)
server.stop()

log = io.StringIO()
logging.getLogger("apprise").addHandler(logging.StreamHandler(log))
logging.getLogger("apprise").setLevel(1)
hook = Apprise.instantiate("json://user:password@127.0.0.1/?+X-Key=key")
print("shown:", hook.url(privacy=True).partition("?")[0], "| header shown:", "X-Key=key" in hook.url(privacy=True))
print("password in the log:", "password@" in log.getvalue())
PY

cat > "$folder/expected" <<'TXT'
nobody | added: True | FAILURE | taken: []
refused@example.com,second@example.com | added: True | FAILURE | taken: ['second@example.com']
shown: json://user:****@127.0.0.1/ | header shown: True
password in the log: True
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
