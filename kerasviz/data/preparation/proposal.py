"""What suits a table, before anybody has said anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.data.preparation.columnroles import Roles, roles_of
from kerasviz.data.preparation.proposing import proposed_steps
from kerasviz.data.preparation.targetgoal import Goal, goal_of
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.protocol import RequestError
from kerasviz.protocol.owned import Chosen
from kerasviz.protocol.preview import Preview, PreviewColumn, Proposed
from kerasviz.protocol.text import Text, sentence_of, text


def proposal(preview: Preview, chosen: Mapping[str, Any]) -> Proposed:
    """Proposes roles of columns, steps, a split, a loss and metrics.

    Args:
        preview: A look at a table.
        chosen: The `columns` of the plan, which go first.
    """
    columns, rows = preview["columns"], preview["sampled"] or preview["rows"] or 0
    try:
        roles = roles_of(columns, rows, chosen)
    except RequestError as error:
        reason = sentence_of(error)
        return {**NOTHING_PROPOSED, "reasons": [reason]}
    goals = [goal_of(column) for name in roles.targets for column in columns if column["name"] == name]
    steps, reasons = proposed_steps(columns, roles.features, rows)
    split, why = split_for(columns, roles, goals, rows)
    names = [metric for metric in goals[0].metrics if isinstance(metric, str)]
    return Proposed(
        columns={"target": list(roles.targets), "ignored": list(roles.ignored), "weight": roles.weight},
        preparation=steps,
        split=split,
        loss=goals[0].loss if len(goals) == 1 else None,
        metrics=names if len(goals) == 1 else None,
        data=None,
        class_weight=None,
        reasons=[*roles.reasons, *(reason for goal in goals for reason in goal.reasons), *reasons, why],
    )


def split_for(
    columns: Sequence[PreviewColumn], roles: Roles, goals: Sequence[Goal], rows: int
) -> tuple[Chosen, Text]:
    """Proposes a split, with the reason."""
    if roles.group is not None:
        return _split("by_group", column=roles.group), text(
            "Rows with the same {column} are in one part, so that validation asks about new ones.",
            column=repr(roles.group),
        )
    moments = [
        column["name"] for column in columns if column["kind"] == "date" and column["distinct"] == rows
    ]
    if len(moments) == 1:
        return _split("by_time", column=moments[0]), text(
            "Each row is another moment of {column}: validation takes the last ones.",
            column=repr(moments[0]),
        )
    if goals and goals[0].classes is not None and goals[0].classes <= rows // 4:
        return _split("by_class", seed=0), text("Validation takes the same share of each class.")
    return _split("share", seed=0), text("Validation takes rows at random, as tables are often sorted.")


def _split(class_name: str, **config: str | int) -> Chosen:
    return {"class_name": class_name, "config": {**config, "validation": 0.2}}
