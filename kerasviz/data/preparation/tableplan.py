"""What becomes of a table by a plan: what the plan says, and what suits the table where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.data.preparation.byinput import input_places
from kerasviz.data.preparation.columnroles import Roles, grouped_by, roles_of
from kerasviz.data.preparation.proposing import proposed_steps
from kerasviz.data.preparation.seentable import SeenTable
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text


@dataclass(frozen=True)
class TablePlan:
    """How a table becomes arrays.

    Attributes:
        seen: What was found out about the table.
        roles: What its columns are for.
        steps: The steps of the preparation, each with its columns.
        reasons: Why, where it was proposed.
    """

    seen: SeenTable
    roles: Roles
    steps: Sequence[Mapping[str, Any]]
    reasons: list[Text]


def table_plan(seen: SeenTable, training: Mapping[str, Any], model: Any = None) -> TablePlan:
    """Tells how a table becomes arrays.

    Args:
        seen: What was found out about the table.
        training: The plan: its `columns`, `preparation` and `split`.
        model: The model that takes the arrays; None where there is none yet. For what it takes as text no
            steps are proposed.

    Raises:
        RequestError: With code `columns`, where the plan names none of the table, or nothing is left.
    """
    columns, split, steps = part_of(training, "columns"), training.get("split"), training.get("preparation")
    roles = roles_of(seen.columns, seen.rows, columns, grouped_by(split))
    if steps is not None:
        return TablePlan(seen, roles, list(steps), roles.reasons)
    raw = _taken_as_text(seen, roles, columns, model)
    proposed, reasons = proposed_steps(
        seen.columns, [name for name in roles.features if name not in raw], seen.rows
    )
    return TablePlan(seen, roles, proposed, [*roles.reasons, *reasons])


def _taken_as_text(seen: SeenTable, roles: Roles, columns: Mapping[str, Any], model: Any) -> set[str]:
    """The columns that a model takes as they are."""
    words = [name for name in roles.features if seen.kinds[name] == "words"]
    try:
        places = input_places(model, roles.features, words, columns.get("inputs"))
    except RequestError:  # said when the arrays are made
        return set()
    return {column for place in places if place.dtype == "string" for column in place.columns}
