#!/usr/bin/env bash
# What SIGTERM does to a process that has run something of Dagster's in itself.
#
# Versions: dagster 1.13.27, Python 3.11.
# Behaviour: materialize() and execute_in_process() handle interrupts while they run, and put SIGINT back afterwards; SIGTERM
#   they leave with whatever SIGINT has, for good. In a terminal that is Python's own handler: SIGTERM is a KeyboardInterrupt from then
#   on. In a shell's background job, under nohup or in some CI, SIGINT is ignored, and so is SIGTERM then, by the process and by
#   every one that it starts, since what is ignored is inherited: nothing of it ends when it is asked to, only by SIGKILL. A test
#   suite that runs a Dagster job hands that to the servers of later tests. SIGTERM's handler has to be put back by oneself.
# Output seen: below, under `expected`: what SIGTERM does before, after, and in a process started after.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dagster==1.13.27

cat > "$folder/run.py" <<'PY'
import signal
import subprocess
import sys

import dagster

NAMES = {signal.SIG_DFL: "ends it", signal.SIG_IGN: "is ignored", signal.default_int_handler: "interrupts it"}
TELL = "import signal; print(signal.getsignal(signal.SIGTERM).name)"

signal.signal(signal.SIGINT, signal.default_int_handler if sys.argv[1] == "terminal" else signal.SIG_IGN)
before = NAMES[signal.getsignal(signal.SIGTERM)]


@dagster.asset
def one() -> int:
    return 1


with dagster.DagsterInstance.ephemeral() as instance:
    assert dagster.materialize([one], instance=instance).success
after = NAMES[signal.getsignal(signal.SIGTERM)]
child = subprocess.run([sys.executable, "-c", TELL], capture_output=True, text=True, check=True).stdout.strip()
print(sys.argv[1], "|", before, "|", after, "|", NAMES[signal.Handlers[child]])
PY
export DAGSTER_DISABLE_TELEMETRY=1
for where in terminal background; do
    "$folder/venv/bin/python" "$folder/run.py" "$where" 2> "$folder/log" || { cat "$folder/log"; exit 1; }
done > "$folder/seen"

cat > "$folder/expected" <<'TXT'
terminal | ends it | interrupts it | ends it
background | ends it | is ignored | is ignored
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: SIGTERM is left with the handler of SIGINT."
