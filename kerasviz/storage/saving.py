"""Writes model files."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.storage.atomic import replaced

if TYPE_CHECKING:
    import keras


def save(model: "keras.Model", path: str | os.PathLike[str]) -> None:
    """Saves a model; the file is the old one or the new one, never a part of it.

    Args:
        model: The model.
        path: Where to; its end chooses the format: `.keras` and `.h5` (the whole model), `.weights.h5`
            (weights), `.json` (config).

    Raises:
        ValueError: When the end of the name is another one.
        OSError: When it can't be written; the old file is as it was.
    """
    name = Path(path).name
    if not name.endswith((".keras", ".h5", ".hdf5", ".json")):
        raise ValueError(
            f"Expected a name that ends in .keras, .h5, .weights.h5 or .json. Received: {name!r}"
        )
    with replaced(path) as beside:
        if name.endswith(".json"):
            beside.write_text(json.dumps(json.loads(model.to_json()), indent=2) + "\n", encoding="utf-8")
        elif name.endswith(".weights.h5"):
            model.save_weights(beside)
        else:
            model.save(beside)
