"""Losses by what they compare, and the one name of each."""

from __future__ import annotations

from typing import Any

from kerasviz.config.naming import to_snake_case

ONE_HOT_LOSSES = frozenset(
    {"categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge", "kl_divergence"}
)
"""Losses of Keras that compare a probability for each class: they want classes one-hot."""

SPARSE_LOSS = "sparse_categorical_crossentropy"
GENERALIZED_LOSS = "categorical_generalized_cross_entropy"
"""The other loss that compares class numbers; of those in a column Keras makes all pairs of samples."""
ONE_HOT_LOSS = "categorical_crossentropy"
"""The loss of `ONE_HOT_LOSSES` that is `SPARSE_LOSS` for one-hot classes."""

SEQUENCE_LOSS = "ctc"
"""The loss whose targets are of another length than the output."""

BINARY_LOSSES = frozenset({"binary_crossentropy", "binary_focal_crossentropy"})


def loss_name(loss: Any) -> str:
    """Names a loss as Keras names its function: `mse`, `MeanSquaredError` and their objects are one loss."""
    if isinstance(loss, dict) and "class_name" in loss:
        return to_snake_case(str(loss["class_name"]))
    made = _made(loss)
    return to_snake_case(getattr(made, "__name__", type(made).__name__))


def is_own_loss(loss: Any) -> bool:
    """Whether a loss is a class or function of the user's, of which nobody knows what it compares."""
    made = _made(loss)
    module = getattr(made, "__module__", None) or type(made).__module__
    return module.partition(".")[0] != "keras"


def _made(loss: Any) -> Any:
    if not isinstance(loss, str):
        return loss
    import keras  # takes seconds, and whoever only looks at data needs none of it

    return keras.losses.get(loss)


def is_loss(value: Any) -> bool:
    """Whether a metric, or its name, is that of a loss: mean squared error is both."""
    if isinstance(value, dict):
        value = value.get("class_name")
    name = value if isinstance(value, str) else type(value).__name__
    try:
        return _made(name) is not None
    except (TypeError, ValueError):
        return False
