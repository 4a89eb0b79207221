#!/usr/bin/env bash
# How often Streamlit's AppTest reads what is told of the packages installed beside it.
#
# Versions: streamlit 1.67.0, Python 3.11.
# Guess before: as a server does, once in a process, when it starts.
# Behaviour: each new AppTest, in the same process, seeks components (v2) anew, and reads and parses the metadata of each distribution
#   there is, whatever the script does. With some two hundred packages that was half a second of processor time a test, as much
#   as the page that was tested. A cache around manifest_scanner.scan_component_manifests ends it.
# Output seen: three scripts of one line read all distributions three times; with the cache no further time.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet streamlit==1.67.0

cat > "$folder/runs.py" <<'PY'
import importlib.metadata
from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

listed = 0
distributions = importlib.metadata.distributions

def counted(**given):
    global listed
    listed += 1
    return distributions(**given)

importlib.metadata.distributions = counted
scan = manifest_scanner.scan_component_manifests
scans = 0

def counted_scan():
    global scans
    scans += 1
    return scan()

manifest_scanner.scan_component_manifests = counted_scan
LINE = "import streamlit as st; st.write('one line')"
for _ in range(3):
    assert not AppTest.from_string(LINE).run().run().exception
print(f"{scans} searches and {listed} lists of all packages for 3 scripts", flush=True)
assert (scans, listed) == (3, 3), (scans, listed)

manifest_scanner.scan_component_manifests = cache(counted_scan)
for _ in range(3):
    AppTest.from_string(LINE).run()
print(f"{scans - 3} more for 3 scripts with a cache", flush=True)
assert scans == 4, scans
PY
"$folder/venv/bin/python" "$folder/runs.py" 2> /dev/null
echo "As seen: every new AppTest reads all packages anew."
