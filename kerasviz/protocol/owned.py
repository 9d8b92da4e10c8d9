"""Types that TypeScript has in other places than the protocol, and their names there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypedDict


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
ArgumentsSchema = Annotated[JSON, Owned("IArgumentsSchema", "../catalog/catalog")]
"""The arguments of something that can be chosen, as the catalogue describes them."""


class Chosen(TypedDict):
    """What was chosen from the catalogue, with its arguments."""

    class_name: str
    config: JSON


class Step(Chosen):
    """A step of the preparation."""

    columns: list[str]
    """Those that it is for."""


class Columns(TypedDict):
    """What the columns of a table are for; those that are not named go into the model."""

    target: list[str]
    ignored: list[str]
    weight: str | None
    """Says how much each sample counts."""


ChosenJSON = Annotated[Chosen, Owned("IChosenJSON", "../keras")]
StepJSON = Annotated[Step, Owned("IStepJSON", "../keras")]
ColumnsJSON = Annotated[Columns, Owned("IColumnsJSON", "../keras")]
"""These three as a document has them."""
