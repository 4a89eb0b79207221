"""The variables of the dbt project, as models read them."""

from typing import Any, Final

import yaml

from facet.config import PROJECT_DIR

VARIABLES: Final[dict[str, list[Any]]] = yaml.safe_load(
    (PROJECT_DIR / "dbt_project.yml").read_text("utf-8")
)["vars"]
