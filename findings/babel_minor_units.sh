#!/usr/bin/env bash
# How many decimals an amount has by Babel, and by ISO 4217.
#
# Versions: Babel 2.18.0, iso4217 1.16.20260101 (published 2026-01-01), Python 3.11.
# Behaviour: get_currency_precision, and format_currency with it, goes by how prices are written, not by what a unit is
#   divided into: for 13 currencies that ISO gives two or three decimals, among them the dinars of Serbia and of Iraq, the kyat and
#   the ariary, it is none. 1,234.56 RSD are shown as 1,235, while a ledger that rounds to what ISO says has 56 para; columns
#   of such amounts do not add up to the sum below them. No currency differs the other way round. What the ledger rounds by
#   has to say what is shown, too.
# Output seen: below, under `expected`: decimals by ISO, by Babel, and how 1,234.56 is shown.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet babel==2.18.0 iso4217==1.16.20260101

cat > "$folder/units.py" <<'PY'
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from iso4217 import Currency

for currency in sorted(Currency, key=lambda currency: currency.code):
    code, by_iso, by_babel = currency.code, currency.exponent, get_currency_precision(currency.code)
    if by_iso is not None and by_iso != by_babel:
        print(code, by_iso, by_babel, format_currency(Decimal("1234.56"), code, "#,##0.00 ¤¤", locale="en_US"))
PY
"$folder/venv/bin/python" "$folder/units.py" | sed 's/\xc2\xa0/ /g' > "$folder/seen"

cat > "$folder/expected" <<'TXT'
AFN 2 0 1,235 AFN
ALL 2 0 1,235 ALL
IQD 3 0 1,235 IQD
IRR 2 0 1,235 IRR
KPW 2 0 1,235 KPW
LAK 2 0 1,235 LAK
LBP 2 0 1,235 LBP
MGA 2 0 1,235 MGA
MMK 2 0 1,235 MMK
RSD 2 0 1,235 RSD
SOS 2 0 1,235 SOS
SYP 2 0 1,235 SYP
YER 2 0 1,235 YER
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: amounts of 13 currencies are shown without the decimals that ISO gives them."
