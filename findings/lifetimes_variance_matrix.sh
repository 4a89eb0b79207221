#!/usr/bin/env bash
# What lifetimes gives as the covariance of two fitted parameters.
#
# Versions: lifetimes 0.11.3, numpy 2.4, pandas 3.1, Python 3.11; data: CDNOW's, which it ships.
# Behaviour: `variance_matrix_` is not symmetric: the covariance of alpha with r is not that of r with alpha. The inverse
#   Hessian, taken of the logarithms of parameters, is multiplied by the square of the column's parameter, where it would be
#   the row's times the column's. Variances and standard errors are right; whoever draws parameters from the matrix, or
#   propagates an error with it, is not told. Divided by the squares again it is symmetric.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet lifetimes==0.11.3 'numpy<2.5' 'pandas<3.2'

"$folder/venv/bin/python" -W ignore - > "$folder/seen" <<'PY'
import numpy as np
from lifetimes import BetaGeoFitter
from lifetimes.datasets import load_cdnow_summary

rows = load_cdnow_summary()
fitted = BetaGeoFitter()
fitted.fit(rows["frequency"], rows["recency"], rows["T"])
matrix, parameters = fitted.variance_matrix_, fitted.params_
print("r with alpha", round(matrix.loc["r", "alpha"], 3))
print("alpha with r", round(matrix.loc["alpha", "r"], 4))
of_logarithms = matrix.to_numpy() / parameters.to_numpy() ** 2
print("symmetric:", np.allclose(matrix, matrix.T), "of logarithms:", np.allclose(of_logarithms, of_logarithms.T, rtol=0.02))
PY

cat > "$folder/expected" <<'TXT'
r with alpha 0.067
alpha with r 0.0002
symmetric: False of logarithms: True
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
