"""What a document says of its training, as today's kerasviz writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kerasviz.config.parts import part_of

FIT_DEFAULTS: Mapping[str, Any] = {"epochs": 10, "batch_size": 32, "validation_split": 0.2}
"""Arguments of `fit` where the document does not say, and Keras' own default is for scripts."""


def training_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Reads the plan of a document; `trainingOf` of `src/core/runs/plan.ts` does the same.

    kerasviz 0.1 wrote `epochs`, `batch_size` and `validation_split` beside `data`, and `{"source": ...}` with
    its arguments as `data`.

    Args:
        document: Keras JSON, which may come from anybody.

    Returns:
        What is under `kerasviz.training`, in today's form. Nothing is checked, no default is filled in.
    """
    training = dict(part_of(document, "kerasviz", "training"))
    old = {name: training.pop(name) for name in FIT_DEFAULTS if name in training}
    if old:
        training["fit"] = {**old, **part_of(training, "fit")}
    data = training.get("data")
    if isinstance(data, Mapping) and isinstance(data.get("source"), str):
        training["data"] = {
            "class_name": data["source"],
            "config": {name: value for name, value in data.items() if name != "source"},
        }
    return training


def about_data(document: Mapping[str, Any]) -> str:
    """What a document says of its samples, as text: as long as it says the same, they are the same."""
    training = training_of(document)
    parts = [training.get(name) for name in ("data", "columns", "preparation", "split")]
    share = {**FIT_DEFAULTS, **part_of(training, "fit")}["validation_split"]
    return json.dumps([*parts, share], sort_keys=True, default=repr)
