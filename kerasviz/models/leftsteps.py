"""Which steps of a plan stay in it, as they can't be layers of the model, and why."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.data.preparation.chains import Chains
from kerasviz.models.rawinputs import why_outside
from kerasviz.protocol import JSON
from kerasviz.protocol.text import Text, all_of, text


def left_steps(
    steps: Sequence[Mapping[str, Any]], chains: Chains, moved: Mapping[str, int], targets: Sequence[str] = ()
) -> tuple[list[JSON], list[Text]]:
    """Tells which steps stay in a plan.

    Args:
        steps: Of the plan; one without columns is for all.
        chains: The steps of each column.
        moved: For each column, the first of its steps that became a layer.
        targets: Columns that are predicted.

    Returns:
        The steps that stay, each for the columns for which it stays; and a sentence for each reason.
    """
    done = dict.fromkeys(chains, 0)
    reasons = {name: why_outside(chain) for name, chain in chains.items()}
    rest: list[JSON] = []
    said: dict[tuple[str, str], tuple[Text, list[str]]] = {}
    for step in steps:
        columns = []
        for name in step.get("columns") or list(chains):
            why: Text | None = None
            if name in targets:
                why = text("it is what the model predicts")
            elif name in chains:
                at, done[name] = done[name], done[name] + 1
                if at >= moved[name]:
                    continue
                why = reasons[name][at] if at < len(reasons[name]) else None
            else:
                continue
            columns.append(name)
            if why is not None:
                said.setdefault((str(step["class_name"]), why), (why, []))[1].append(name)
        if columns:
            rest.append({**copy.deepcopy(dict(step)), "columns": columns})
    return rest, [
        text(
            "The step {step} of {columns} stays in the plan: {reason}.",
            step=step,
            columns=all_of([repr(name) for name in columns]),
            reason=why,
        )
        for (step, _), (why, columns) in said.items()
    ]


def none_moved(steps: Sequence[Mapping[str, Any]], why: Sequence[Text]) -> Text:
    """Says that nothing became a layer."""
    if not steps:
        return text("The plan has no step that could be put into the model.")
    said = text("No step of the plan can be put into the model.")
    for reason in why:
        said = text("{sentence} {more}", sentence=said, more=reason)
    return said
