"""Makes of what a source gives the arrays that a model learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.data.dataset import Data, Loaded
from kerasviz.data.splits.dividing import divide
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def prepared(
    loaded: Loaded,
    columns: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]] | None,
    split: Mapping[str, Any] | None,
) -> Data:
    """Prepares data for training.

    Args:
        loaded: What a source gave.
        columns: What the columns of a table are for.
        steps: Steps of the preparation; None where they are proposed.
        split: How validation and test parts are taken; None as `fit` does it.

    Returns:
        Arrays to train on.

    Raises:
        RequestError: With code `no_data`, for what no model can be trained on.
    """
    if isinstance(loaded, Data):
        return loaded if split is None else divide(loaded, split)
    raise RequestError("no_data", text("{name} can't be trained on.", name=loaded.name))
