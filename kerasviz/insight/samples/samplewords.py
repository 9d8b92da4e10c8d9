"""Words of a sample whose numbers stand for them: those that the preparation or the drawing has looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.step import Step
from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.outputs.vocabulary import words_of
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.samples.samples import Samples, Taken

Words = Sequence[tuple[np.ndarray, list[str]]]
"""Numbers of a sample, and the words that they stand for."""


def words_of_sample(samples: Samples | None, taken: Taken, found: Mapping[str, Passed]) -> Words:
    """Finds the words of a sample.

    Args:
        samples: Those of the data; None where there is none.
        taken: The sample.
        found: What came of the calls of the drawing.
    """
    prepared = [] if samples is None else list(_prepared(samples, taken))
    return [*prepared, *_looked_up(found)]


def words_at(words: Words, array: np.ndarray) -> list[str] | None:
    """The words that an Input's numbers stand for; None where nobody knows any."""
    flat = np.asarray(array).reshape(-1)
    if flat.dtype.kind not in "iuf":
        return None
    return next((said for numbers, said in words if np.array_equal(numbers, flat)), None)


def words_along(words: Words, positions: int) -> list[str]:
    """The words of a sequence with so many positions; none where nobody knows which they are."""
    found = [said for _, said in words if len(said) == positions]
    return found[0] if found and all(said == found[0] for said in found) else []


def _prepared(samples: Samples, taken: Taken) -> Iterator[tuple[np.ndarray, list[str]]]:
    """What the last step of each input has looked up."""
    for array, chain in zip(taken.inputs.values(), _chains(samples), strict=False):
        layer = chain[-1].layer if chain and isinstance(chain[-1], KerasLayer) else None
        flat = array.reshape(-1)
        whole = flat if flat.dtype.kind != "f" else np.rint(flat)
        if layer is not None and flat.dtype.kind in "iuf" and np.array_equal(whole, flat):
            said = words_of(layer, whole.astype("int64"))
            if said is not None:
                yield flat, said


def _chains(samples: Samples) -> list[Sequence[Step]]:
    """The steps of each input; of a table, those of its column where it takes one."""
    if samples.rows is None:
        return list(samples.chains().values())
    known = samples.rows.known.chains
    return [known[place.columns[0]] if len(place.columns) == 1 else [] for place in samples.rows.places]


def _looked_up(found: Mapping[str, Passed]) -> Iterator[tuple[np.ndarray, list[str]]]:
    for passed in found.values():
        for tensor in passed.outputs if passed.operation is not None else ():
            if getattr(passed.operation, "get_vocabulary", None) is None:
                continue
            array = as_array(tensor)
            said = words_of(passed.operation, array)
            if said is not None and array.dtype.kind in "iu":
                yield array.reshape(-1), said
