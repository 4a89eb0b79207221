#!/usr/bin/env bash
# What is read back from a PDF of Typst where a font draws a letter and its accent as two glyphs.
#
# Versions: typst 0.15.2 (Python), Noto Sans 2.015 (fontpkg-noto-sans 2.15), pypdf 7.1.1, Python 3.11.
# Behaviour: by the feature `ccmp` Noto Sans draws ọ as o and a dot below. The picture is right, but from then on the glyph o
#   stands for ọ in the whole PDF: "Ngọc Lan, Báo" is copied, searched and read aloud as "Ngọ\x04c Lan, Báọ". With ("ccmp": 0)
#   ọ is one glyph, and all is read back as it was. And a letter that the font lacks (日) is drawn as a box and read
#   back as NUL, without a warning, though compile_with_warnings does warn of a font that is not there.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet typst==0.15.2 fontpkg-noto-sans==2.15 pypdf==7.1.1

"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
import io
from pathlib import Path

import fontpkg_noto_sans
import typst
from pypdf import PdfReader

fonts = Path(fontpkg_noto_sans.__file__).parent / "files"


def read_back(words, font="Noto Sans", **features):
    off = ", ".join(f'"{name}": {value}' for name, value in features.items()) or ":"
    source = f'#set text(font: "{font}", features: ({off}))\n{words}'
    pdf, warnings = typst.compile_with_warnings(
        source.encode(), font_paths=[str(fonts)], ignore_system_fonts=True
    )
    return repr(PdfReader(io.BytesIO(pdf)).pages[0].extract_text()), [str(w) for w in warnings]


print("as it is:", *read_back("Ngọc Lan, Báo"))
print("without ccmp:", *read_back("Ngọc Lan, Báo", ccmp=0))
print("a letter that is missing:", *read_back("a 日", ccmp=0))
print("a font that is missing:", *read_back("a", font="No Such Font"))
PY
cat > "$folder/expected" <<'TXT'
as it is: 'Ngọ\x04c Lan, Báọ' []
without ccmp: 'Ngọc Lan, Báo' []
a letter that is missing: 'a \x00' []
a font that is missing: 'a' ['unknown font family: no such font']
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
