"""Makes of what a source gives the arrays that a model learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.data.dataset import Data, Loaded, Stream, Table
from kerasviz.data.randomdata import RandomData
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def prepared(
    loaded: Loaded,
    columns: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]] | None,
    split: Mapping[str, Any] | None,
    *,
    model: Any = None,
    validation_split: float = 0.0,
) -> Data | Stream:
    """Prepares data for training.

    Args:
        loaded: What a source gave.
        columns: What the columns of a table are for.
        steps: Steps of the preparation; None where they are proposed.
        split: How validation and test parts are taken; None as `fit` does it.
        model: The compiled model that takes the arrays; None where there is none yet.
        validation_split: The share of samples, the last ones, that `fit` takes for validation where there is
            no split.

    Returns:
        Arrays to train on, or batches as they come.

    Raises:
        RequestError: With code `no_data`, for what no model can be trained on.
    """
    # Keras takes seconds, and whoever only looks at data needs none of it.
    from kerasviz.data.preparation.batchsteps import step_arrays, step_stream
    from kerasviz.data.preparation.tabular import as_arrays, learned
    from kerasviz.data.splits.dividing import divide, divide_stream

    if isinstance(loaded, Data):
        if isinstance(loaded, RandomData) and model is not None and model.built:
            loaded = loaded.suited_to(model, model.loss)
        data = loaded if split is None else divide(loaded, split)
        return step_arrays(data, steps, validation_split) if steps else data
    if isinstance(loaded, Stream):
        stream = loaded if split is None else divide_stream(loaded, split)
        inputs = model.inputs if model is not None and model.built else []
        shape = tuple(inputs[0].shape[1:]) if len(inputs) == 1 else None
        return step_stream(stream, steps, validation_split, shape) if steps else stream
    if isinstance(loaded, Table):
        known = learned(loaded, columns, steps, split, validation_split, model)
        return as_arrays(loaded, known, columns, model)
    raise RequestError("no_data", text("{name} can't be trained on.", name=loaded.name))
