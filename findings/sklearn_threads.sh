#!/usr/bin/env bash
# How much processor time a small fit of scikit-learn takes with one thread, and with as many as there are cores.
#
# Versions: scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, Python 3.11.
# Behaviour: newton-cholesky hands matrices of some hundred columns to BLAS, which shares them among all cores and has the others
#   wait by spinning. On a machine with something else to do 200 fits took 70 s of processor time instead of 2.4 s; on an idle
#   one it is less, and never a gain. threadpoolctl's threadpool_limits(1) around the fits, or OMP_NUM_THREADS=1, ends it.
# Output seen: seconds of processor time with one thread are fewer than with all.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1

cat > "$folder/threads.py" <<'PY'
import time

import numpy
from sklearn.linear_model import PoissonRegressor
from threadpoolctl import threadpool_limits

random = numpy.random.default_rng(1)
x = random.normal(size=(1000, 90))
y = random.poisson(numpy.exp(x[:, 0] * 0.3)).astype(float)

def took() -> float:
    start = time.process_time()
    for _ in range(60):
        PoissonRegressor(alpha=0.001, solver="newton-cholesky").fit(x, y)
    return time.process_time() - start

took()
many = took()
with threadpool_limits(1):
    one = took()
print(f"all threads {many:.2f} s, one thread {one:.2f} s", flush=True)
assert one < many
PY
"$folder/venv/bin/python" "$folder/threads.py"
echo "As seen: one thread takes less of the processor."
