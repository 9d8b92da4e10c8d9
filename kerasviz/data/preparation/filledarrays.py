"""Arrays that are filled block by block: in memory, or in files without a name where they are large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kerasviz.data.emptyarray import empty_array
from kerasviz.data.preparation.byinput import Place
from kerasviz.data.preparation.keraslayer import as_words


class Written:
    """The arrays of each input, for each part of the samples.

    Args:
        places: The inputs.
        widths: How many values each column has become.
        parts: The part of each row; negative where it is left out.
        on_disk: Whether they are memory-mapped files, which go when nobody holds them any more.
    """

    def __init__(
        self, places: Sequence[Place], widths: Mapping[str, int], parts: np.ndarray, on_disk: bool
    ) -> None:
        self._places = places
        self._parts = parts
        self._filled = dict.fromkeys(range(int(parts.max(initial=0)) + 1), 0)
        self._arrays = {
            (part, place.key): empty_array(
                (int((parts == part).sum()), sum(widths[column] for column in place.columns)),
                place.dtype,
                on_disk,
            )
            for part in self._filled
            for place in places
        }

    @property
    def columns(self) -> list[str]:
        """The columns that are needed."""
        return list(dict.fromkeys(column for place in self._places for column in place.columns))

    def write(self, start: int, block: Mapping[str, Any]) -> None:
        """Writes a block of prepared columns.

        Args:
            start: Number of its first row.
            block: The columns, `(rows, ...)`.
        """
        joined = {place.key: _joined(place, block) for place in self._places}
        here = self._parts[start : start + len(next(iter(block.values())))]
        for part, filled in self._filled.items():
            rows = here == part
            count = int(rows.sum())
            for key, values in joined.items():
                self._arrays[part, key][filled : filled + count] = values[rows]
            self._filled[part] = filled + count

    def of(self, part: int) -> Any:
        """The arrays of a part: one, or by input."""
        if len(self._places) == 1 and self._places[0].key is None:
            return self._arrays[part, None]
        return {place.key: self._arrays[part, place.key] for place in self._places}


def _joined(place: Place, block: Mapping[str, Any]) -> Any:
    if place.dtype == "string":
        return np.column_stack([as_words(block[column]) for column in place.columns]).astype(object)
    arrays = [block[column].reshape(len(block[column]), -1) for column in place.columns]
    return np.concatenate(arrays, axis=1)
