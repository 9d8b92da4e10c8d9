"""Types that TypeScript has in other places than the protocol, and their names there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any


@dataclass(frozen=True)
class Owned:
    """What a type is called in TypeScript.

    Attributes:
        name: Its name.
        module: Where it is imported from, as `src/core/protocol` sees it.
    """

    name: str
    module: str


JSON = dict[str, Any]
"""Any JSON object."""
Catalog = Annotated[JSON, Owned("ICatalog", "../catalog/catalog")]
"""What can be drawn, as `kerasviz.catalog` describes it."""
