"""What suits a table, before anybody has said anything."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.data.preparation.columnroles import Roles
from kerasviz.data.preparation.proposing import proposed_steps
from kerasviz.data.preparation.seentable import SeenTable
from kerasviz.data.preparation.targetgoal import Goal, class_weights, goal_of
from kerasviz.protocol.owned import Chosen
from kerasviz.protocol.preview import Proposed
from kerasviz.protocol.text import Text, text


def proposal(seen: SeenTable, roles: Roles) -> Proposed:
    """Proposes steps, a split, class weights, a loss and metrics.

    Args:
        seen: What was found out about a table.
        roles: What its columns are for.
    """
    goals = [goal_of(seen.column(name)) for name in roles.targets]
    steps, reasons = proposed_steps(seen.columns, roles.features, seen.rows)
    split, why = split_for(seen, roles, goals)
    alone = goals[0] if len(goals) == 1 else None
    weights = class_weights(alone) if alone and roles.weight is None else None
    return Proposed(
        columns={"target": list(roles.targets), "ignored": list(roles.ignored), "weight": roles.weight},
        preparation=steps,
        split=split,
        loss=alone.loss if alone else None,
        metrics=alone.metrics if alone else None,
        data=None,
        class_weight=weights,
        reasons=[*roles.reasons, *(reason for goal in goals for reason in goal.reasons), *reasons, why],
    )


def split_for(seen: SeenTable, roles: Roles, goals: Sequence[Goal]) -> tuple[Chosen, Text]:
    """Proposes a split, with the reason."""
    if roles.group is not None:
        return _split("by_group", column=roles.group), text(
            "Rows with the same {column} are in one part, so that validation asks about new ones.",
            column=repr(roles.group),
        )
    moments = [
        column["name"]
        for column in seen.columns
        if column["kind"] == "date" and column["distinct"] == seen.rows
    ]
    if len(moments) == 1:
        return _split("by_time", column=moments[0]), text(
            "Each row is another moment of {column}: validation takes the last ones. To predict what comes "
            "next, choose Time series in a table as the data.",
            column=repr(moments[0]),
        )
    if goals and goals[0].classes is not None and goals[0].classes <= seen.rows // 4:
        return _split("by_class", seed=0), text("Validation takes the same share of each class.")
    return _split("share", seed=0), text("Validation takes rows at random, as tables are often sorted.")


def _split(class_name: str, **config: str | int) -> Chosen:
    return {"class_name": class_name, "config": {**config, "validation": 0.2}}
