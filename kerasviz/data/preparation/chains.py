"""What happens to each column: its steps one after the other, learned from the training rows alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kerasviz.data.preparation.augmenting import is_random
from kerasviz.data.preparation.ownsteps import make_step
from kerasviz.data.preparation.rowblocks import Block
from kerasviz.data.preparation.step import Step

Chains = dict[str, list[Step]]
"""The steps of each column."""


def chains_of(steps: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Chains:
    """Makes the steps of each column.

    Args:
        steps: Of a plan, each with its `columns`; one without any is for all columns.
        columns: Those that there are; others are passed over.

    Raises:
        RequestError: With code `preparation`, for a step that there is not.
    """
    chains: Chains = {column: [] for column in columns}
    for chosen in steps:
        for column in chosen.get("columns") or columns:
            if column in chains:
                chains[column].append(make_step(chosen, column))
    return chains


def learn(chains: Chains, training: Callable[[], Iterator[Block]]) -> None:
    """Lets steps learn of what draws nothing. Rows are read as often as one column has steps that learn.

    Args:
        chains: The steps; afterwards they have learned.
        training: Reads the rows that train.
    """
    waiting = {column: [step for step in chain if step.learns] for column, chain in chains.items()}
    while any(waiting.values()):
        turn = {column: steps.pop(0) for column, steps in waiting.items() if steps}
        for block in training():
            for column, step in turn.items():
                before = [one for one in chains[column][: chains[column].index(step)] if not is_random(one)]
                step.see(changed(before, block[column]))
        for step in turn.values():
            step.finish()


def changed(chain: Sequence[Step], values: Any) -> Any:
    """Sends a block of a column through its steps."""
    for step in chain:
        values = step(values)
    return values
