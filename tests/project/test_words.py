"""Every column says what its name cannot: marts and intermediate models in words of their own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from facet.config import PROJECT_DIR
from facet.metrics import exposures
from facet.reporting.screen.registry import PAGES
from facet.yaml_file import read_yaml


def without_words(folder: Path) -> Iterator[str]:
    """The columns of a folder of models that have no words, or those of no block."""
    blocks = set(
        re.findall(r"{% docs (\w+) %}", "".join(p.read_text() for p in folder.rglob("*.md")))
    )
    for path in sorted(folder.rglob("*.yml")):
        content: dict[str, Any] = read_yaml(path) or {}
        for model in content.get("models", ()):
            for column in model.get("columns", ()):
                words = str(column.get("description") or "").strip()
                named = re.search(r"doc\('(\w+)'\)", words)
                if not words or (named and named[1] not in blocks):
                    yield (
                        f"{path.relative_to(folder)}: {model['name']}.{column['name']} has no"
                        " words. → Say its unit, when it is null, which moment or whose it is, or"
                        " take the words of a block in models/columns/."
                    )


def test_every_column_of_models_has_words() -> None:
    assert list(without_words(PROJECT_DIR / "models")) == []


def test_a_column_without_words_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "columns.md").write_text("{% docs shop_id %}\nThe shop.\n{% enddocs %}\n")
    (tmp_path / "fct_sales.yml").write_text(
        """
models:
  - name: fct_sales
    columns:
      - {name: shop_id, description: "{{ doc('shop_id') }}"}
      - {name: sale_id, description: "{{ doc('sale_id') }}"}
      - {name: amount, data_type: bigint}
      - {name: sold_at, description: When it was paid.}
"""
    )
    told = [line.split(" has no words")[0] for line in without_words(tmp_path)]
    assert told == ["fct_sales.yml: fct_sales.sale_id", "fct_sales.yml: fct_sales.amount"]


def test_words_that_columns_share_stand_in_blocks_that_are_used() -> None:
    models = PROJECT_DIR / "models"
    text = "".join(path.read_text() for path in models.rglob("*.yml"))
    for path in (models / "columns").glob("*.md"):
        for block in re.findall(r"{% docs (\w+) %}", path.read_text()):
            assert text.count(f"doc('{block}')") >= 2, f"{path.name}: {block} is not shared"


def test_exposures_are_the_pages_with_what_they_show() -> None:
    assert not exposures.drifted(PROJECT_DIR), "→ facet metrics exposures"
    content = read_yaml(PROJECT_DIR / exposures.FILE)
    shown = {one["name"]: set(one["depends_on"]) for one in content["exposures"]}
    assert list(shown) == [page.name for page in PAGES]
    assert {"metric('net_sales')", "ref('rpt_forecasts')"} <= shown["overview"]
    assert "metric('orders')" not in shown["projects"]  # its record's `shows` says so, no metric
    assert shown["quarantine"] == {"ref('fct_quarantined_rows')", "ref('rpt_quarantine')"}
    assert "metric('median_next_reply_minutes')" in shown["staff"]
    assert "metric('median_next_reply_minutes')" not in shown["products"]
