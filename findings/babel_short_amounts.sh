#!/usr/bin/env bash
# How Babel writes amounts in short.
#
# Versions: Babel 2.18.0, Python 3.11.
# Behaviour: the unit is chosen before the number is rounded, so 999,999 is $1000K, not $1M. Halves go to the even number, so that
#   1,500 and 2,500 are both $2K. In a language that has no short word for thousands, such as German, Italian or Japanese,
#   fraction_digits=0 holds for nothing: 999,499.99 keeps its cents, and loses the separator of its thousands, which
#   format_currency writes. And what stands beside a currency's sign has no space: Spanish millions of US$ are "MUS$".
#   Rounding to three digits before is what helps, half away from zero, where a ledger rounds so.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet babel==2.18.0

cat > "$folder/amounts.py" <<'PY'
from decimal import Decimal

from babel.numbers import format_compact_currency, format_currency

for amount in ("1500", "2500", "999499.99", "999999", "2500000000"):
    print(
        amount,
        *(
            format_compact_currency(Decimal(amount), "USD", locale=locale, fraction_digits=0)
            for locale in ("en_US", "de_DE", "es_ES")
        ),
        format_currency(Decimal(amount), "USD", locale="de_DE"),
        sep=" | ",
    )
PY
"$folder/venv/bin/python" "$folder/amounts.py" | sed 's/\xc2\xa0/ /g' > "$folder/seen"

cat > "$folder/expected" <<'TXT'
1500 | $2K | 1500 $ | 2 mil US$ | 1.500,00 $
2500 | $2K | 2500 $ | 2 mil US$ | 2.500,00 $
999499.99 | $999K | 999499,99 $ | 999 mil US$ | 999.499,99 $
999999 | $1000K | 999999 $ | 1000 mil US$ | 999.999,00 $
2500000000 | $2B | 2 Mrd. $ | 2500 MUS$ | 2.500.000.000,00 $
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: 999,999 is 1000K, 1,500 and 2,500 are both 2K, and German thousands keep their cents."
