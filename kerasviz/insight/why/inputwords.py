"""The words that numbers going into a model stand for, where the preparation looked them up."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.step import Step
from kerasviz.insight.outputs.vocabulary import vocabulary_in
from kerasviz.insight.samples.samples import Samples


def vocabulary_of(samples: Samples | None, name: str, at: int, count: int) -> Sequence[str] | None:
    """The vocabulary of an Input.

    Args:
        samples: Those of the data, where there is data.
        name: Of the Input.
        at: Its number among the Inputs.
        count: How many Inputs there are.

    Returns:
        The words in the order of their numbers; None where nothing was looked up.
    """
    chain = [] if samples is None else _chain(samples, name, at, count)
    known = [vocabulary_in(step.layer) for step in chain if isinstance(step, KerasLayer)]
    return next((words for words in reversed(known) if words is not None), None)


def _chain(samples: Samples, name: str, at: int, count: int) -> Sequence[Step]:
    if samples.rows is None:
        chains = list(samples.chains().values())
        return chains[at] if len(chains) == count else []
    for place in samples.rows.places:
        is_it = name in (place.key, place.layer) or (place.key is None and count == 1)
        if is_it and len(place.columns) == 1:
            chain: Sequence[Step] = samples.rows.known.chains[place.columns[0]]
            return chain
    return []
