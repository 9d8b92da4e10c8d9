"""Metrics that can't judge an output, and what fits in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.config.names import is_registered
from kerasviz.data.alternatives import alike, written
from kerasviz.data.losses import ONE_HOT_LOSS, SPARSE_LOSS
from kerasviz.data.sense import Output, Sense, few, holds_classes, holds_several, sense_of
from kerasviz.protocol.text import Text, all_of, text, text_n

UNFIT = frozenset({Sense.USELESS, Sense.NO_NUMBER, Sense.REFUSED})


@dataclass(frozen=True)
class Unfit:
    """Metrics that are of no use for an output.

    Attributes:
        message: Which they are, and the way out.
        refused: Whether Keras would stop the training.
        metrics: All metrics of the output, with what fits in place of the wrong ones, or without them.
        one_hot: Whether all of them would fit if the classes were one-hot.
    """

    message: Text
    refused: bool
    metrics: list[Any]
    one_hot: bool


def unfit_metrics(
    metrics: Sequence[Any], y: Any, y_name: str, output: Output, layer: str, loss: str
) -> Unfit | None:
    """Looks for metrics that can't judge an output.

    Args:
        metrics: Names and serialised objects.
        y: Targets as `fit` takes them; a few are enough.
        y_name: What a person calls them.
        output: What they are compared with.
        layer: The layer that makes it.
        loss: Name of its loss.

    Returns:
        What is wrong; None where nothing is known to be.
    """
    y = few(np.asarray(y))
    found = [sense_of("metrics", metric, y, output) if is_of_keras(metric) else None for metric in metrics]
    wrong = [index for index, sense in enumerate(found) if sense in UNFIT]
    if not wrong:
        return None
    right = {index: _fitting(metrics[index], y, output) for index in wrong}
    numbers = holds_classes(y, output.shape)
    one_hot = numbers and loss == SPARSE_LOSS and _fit_one_hot(metrics, y, output)
    names, others = (
        list(dict.fromkeys(written(metric) for metric in some if metric is not None))
        for some in ([metrics[index] for index in wrong], right.values())
    )
    way = text("Choose another metric.")
    if one_hot:
        way = text("Use the loss {loss}, for which classes are made one-hot.", loss=ONE_HOT_LOSS)
    if others and (len(others) == len(names) or not one_hot):
        way = text("Use {right}.", right=all_of(others))
    if numbers:
        message = text_n(
            "The metric {names} can't compare class numbers with the {units} values that layer {layer} gives "
            "for each. {way}",
            "The metrics {names} can't compare class numbers with the {units} values that layer {layer} "
            "gives for each. {way}",
            len(names),
            names=all_of(names),
            units=str(output.shape[-1]),
            layer=repr(layer),
            way=way,
        )
    elif holds_several(y, output.shape):
        message = text_n(
            "Samples of {y} have several classes, but the metric {names} is about one for each. {way}",
            "Samples of {y} have several classes, but the metrics {names} are about one for each. {way}",
            len(names),
            names=all_of(names),
            y=y_name,
            way=way,
        )
    else:
        message = text_n(
            "The metric {names} can't tell good predictions of {y} from bad ones in the output of layer "
            "{layer}. {way}",
            "The metrics {names} can't tell good predictions of {y} from bad ones in the output of layer "
            "{layer}. {way}",
            len(names),
            names=all_of(names),
            y=y_name,
            layer=repr(layer),
            way=way,
        )
    kept = [right.get(index, metric) for index, metric in enumerate(metrics)]
    fitting = [
        metric for index, metric in enumerate(kept) if metric is not None and metric not in kept[:index]
    ]
    return Unfit(message, any(found[index] is Sense.REFUSED for index in wrong), fitting, one_hot)


def is_of_keras(value: Any) -> bool:
    """Whether a loss or metric is Keras' own: nothing of the user's is called before training."""
    if isinstance(value, str):
        return not is_registered(value)
    return (
        isinstance(value, dict)
        and isinstance(value.get("config"), dict)
        and str(value.get("module")).startswith("keras.")
        and ">" not in str(value.get("registered_name"))
    )


def by_output(value: Any, outputs: Sequence[str]) -> list[list[Any]]:
    """Sorts metrics by the outputs that they judge, as `compile` does.

    Args:
        value: `metrics` or `weighted_metrics` of a `compile_config`.
        outputs: Names of the model's outputs.
    """
    if len(outputs) == 1:
        return [_flat(value)]
    if isinstance(value, Mapping) and "class_name" not in value:
        return [_flat(value.get(name)) for name in outputs]
    if isinstance(value, list) and len(value) == len(outputs):
        return [_flat(item) for item in value]
    return [[] for _ in outputs]


def _flat(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return [one for item in value for one in _flat(item)]
    if isinstance(value, dict) and "class_name" not in value:
        return [one for item in value.values() for one in _flat(item)]
    return [] if value is None else [value]


def _fitting(metric: Any, y: Any, output: Output) -> Any:
    return next((o for o in alike(metric) if sense_of("metrics", o, y, output) is Sense.SOUND), None)


def _fit_one_hot(metrics: Sequence[Any], y: Any, output: Output) -> bool:
    units = output.shape[-1] or 1
    classes = np.eye(units, dtype="float32")[np.asarray(y).reshape(len(y), -1).astype("int64")]
    one_hot = classes.reshape(len(y), *(size or 1 for size in output.shape))
    return all(sense_of("metrics", m, one_hot, output) not in UNFIT for m in metrics if is_of_keras(m))
