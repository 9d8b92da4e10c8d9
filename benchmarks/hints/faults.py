"""What can go wrong with a training: each fault with its causes, and what it does to a healthy one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.hints.training import Training

Layer = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """A fault.

    Attributes:
        name: Tells it apart.
        causes: Codes of hints of which each names the cause.
        into: Puts it into a copy of a healthy training, and names the layer where there is one; None where
            such a training can't have it.
    """

    name: str
    causes: tuple[str, ...]
    into: Callable[[Training], tuple[Training, str | None] | None]


Faults = Callable[[Training], tuple[Training, str | None] | None]


def weighty(training: Training) -> list[Layer]:
    return [layer for layer in training.layers() if layer["class_name"] in ("Dense", "Conv2D", "GRU", "LSTM")]


def hidden(training: Training) -> list[Layer]:
    return [layer for layer in weighty(training)[:-1] if layer["class_name"] in ("Dense", "Conv2D")]


def last_layer(training: Training) -> Layer:
    return weighty(training)[-1]


def initializer(name: str, **config: Any) -> Layer:
    return {"module": "keras.initializers", "class_name": name, "config": config, "registered_name": None}


# -- data --------------------------------------------------------------------------------------------------


def unscaled(training: Training) -> tuple[Training, None] | None:
    """Columns of very different sizes, or pixels up to 255."""
    if training.domain == "text" or any(layer["class_name"] == "Rescaling" for layer in training.layers()):
        return None
    draw = np.random.default_rng(0)
    if training.domain in ("pictures", "series"):
        factor, shift = np.float32(255 if training.domain == "pictures" else 300), np.float32(0)
    else:
        width = training.x.shape[1]
        factor = (10 ** draw.uniform(1, 4, width)).astype("float32")
        shift = (factor * draw.uniform(-2, 5, width)).astype("float32")

    def change(x: Any) -> Any:
        return x * factor + shift

    held = training.validation
    validation = None if held is None else (change(held[0]), held[1])
    y = training.y
    if training.goal == "picture":
        return None
    return training.changed("unscaled", x=change(training.x), y=y, validation=validation), None


def shuffled_labels(training: Training) -> tuple[Training, None] | None:
    """The targets belong to other samples."""
    if training.goal == "picture":
        return None
    draw = np.random.default_rng(1)
    held = training.validation
    validation = None if held is None else (held[0], held[1][draw.permutation(len(held[1]))])
    y = training.y[draw.permutation(len(training.y))]
    return training.changed("shuffled labels", y=y, validation=validation, judged_by=held), None


def sorted_by_class(training: Training) -> tuple[Training, None] | None:
    """The rows are sorted by class, and `fit` takes the last ones for validation."""
    if not training.has_class_numbers or training.validation is None:
        return None
    x = np.concatenate([training.x, training.validation[0]])
    y = np.concatenate([training.y, training.validation[1]])
    order = np.argsort(y, kind="stable")
    fit = {**training.fit, "validation_split": 0.2}
    return training.changed(
        "sorted by class", x=x[order], y=y[order], validation=None, fit=fit, judged_by=training.validation
    ), None


def leaking_validation(training: Training) -> tuple[Training, None] | None:
    """Half of the samples for validation are trained on, too."""
    if training.validation is None or training.goal == "picture":
        return None
    x, y = training.validation
    half = len(y) // 2
    train_x = np.concatenate([training.x[:-half], x[:half]])
    train_y = np.concatenate([training.y[:-half], y[:half]])
    return training.changed("leaking validation", x=train_x, y=train_y), None


def target_inside(training: Training) -> tuple[Training, None] | None:
    """A column of the inputs is the target, with a little noise."""
    held = training.validation
    if (
        training.domain != "table"
        or training.goal not in ("classes", "number")
        or held is None
        or training.y.ndim != 1
    ):
        return None
    draw = np.random.default_rng(2)

    def change(x: Any, y: Any) -> Any:
        x = x.copy()
        x[:, 0] = y + draw.normal(0, 0.001, len(y))
        return x

    validation = (change(*held), held[1])
    return training.changed("target inside", x=change(training.x, training.y), validation=validation), None


def unscaled_targets(training: Training) -> tuple[Training, None] | None:
    """Numbers to be predicted in dollars: about 200,000 with a deviation of 80,000."""
    if training.goal != "number" or training.validation is None:
        return None

    def change(y: Any) -> Any:
        return (y * 8e4 + 2e5).astype("float32")

    x, y = training.validation
    return training.changed("unscaled targets", y=change(training.y), validation=(x, change(y))), None


def one_class_rare(training: Training) -> tuple[Training, None] | None:
    """One class has one sample for fifty others."""
    if not training.has_class_numbers or training.fit.get("class_weight") or training.name.startswith("rare"):
        return None
    others = np.flatnonzero(training.y != training.y.max())
    most = int(np.unique(training.y[others], return_counts=True)[1].max())
    few = np.flatnonzero(training.y == training.y.max())[: max(3, most // 50)]
    kept = np.random.default_rng(0).permutation(np.concatenate([others, few]))
    return training.changed("one class rare", x=training.x[kept], y=training.y[kept]), None


def labels_minus_one(training: Training) -> tuple[Training, None] | None:
    """Classes as -1 and 1 for a sigmoid."""
    if not training.has_class_numbers or training.compiled().get("loss") != "binary_crossentropy":
        return None
    held = training.validation
    validation = None if held is None else (held[0], held[1] * 2 - 1)
    return training.changed("labels -1 and 1", y=training.y * 2 - 1, validation=validation), None


def missing_values(training: Training) -> tuple[Training, None] | None:
    """A few inputs are NaN."""
    if training.domain not in ("table", "points") or training.goal == "picture":
        return None
    x = training.x.copy()
    x[5::97, 0] = np.nan
    return training.changed("missing values", x=x), None


# -- drawing -----------------------------------------------------------------------------------------------


def without_activations(training: Training) -> tuple[Training, str | None] | None:
    """No hidden layer has an activation."""
    if not hidden(training) or training.domain not in ("points", "table") or training.goal == "labels":
        return None
    changed = training.changed("without activations")
    for layer in hidden(changed):
        layer["config"]["activation"] = "linear"
    return changed, None


def zeros(training: Training) -> tuple[Training, str | None] | None:
    """All weights begin at 0."""
    if not hidden(training):
        return None
    changed = training.changed("zeros")
    for layer in weighty(changed):
        layer["config"]["kernel_initializer"] = initializer("Zeros")
    return changed, hidden(changed)[0]["config"]["name"]


def far_from_zero(training: Training) -> tuple[Training, str | None] | None:
    """The first weights are so large that a tanh says -1 or 1 only."""
    if not hidden(training):
        return None
    changed = training.changed("far from zero")
    for layer in hidden(changed):
        layer["config"]["activation"] = "tanh"
        layer["config"]["kernel_initializer"] = initializer("RandomNormal", mean=0.0, stddev=15.0, seed=None)
    return changed, hidden(changed)[0]["config"]["name"]


def dead(training: Training) -> tuple[Training, str | None] | None:
    """The biases of a layer with relu begin far below 0, so that it never answers."""
    relus = [layer for layer in hidden(training) if layer["config"]["activation"] == "relu"]
    if not relus:
        return None
    changed = training.changed("dead")
    name = relus[-1]["config"]["name"]
    layer = next(layer for layer in changed.layers() if layer["config"]["name"] == name)
    layer["config"]["bias_initializer"] = initializer("Constant", value=-30.0)
    return changed, name


def deep_sigmoids(training: Training) -> tuple[Training, str | None] | None:
    """Ten layers with a sigmoid: hardly any gradient comes to the first."""
    if not hidden(training) or training.document["class_name"] != "Sequential" or training.goal == "picture":
        return None
    dense = [layer for layer in hidden(training) if layer["class_name"] == "Dense"]
    if not dense:
        return None
    changed = training.changed("deep sigmoids")
    layers = changed.layers()
    at = next(i for i, layer in enumerate(layers) if layer["config"]["name"] == dense[-1]["config"]["name"])
    first = layers[at]
    first["config"]["activation"] = "sigmoid"
    units = first["config"]["units"]
    more = []
    for number in range(9):
        config = {**first["config"], "name": f"deep_{number}", "units": units, "activation": "sigmoid"}
        more.append({**first, "config": config, "build_config": {"input_shape": [None, units]}})
    layers[at + 1 : at + 1] = more
    return changed, None


def frozen(training: Training) -> tuple[Training, str | None] | None:
    """No layer is trainable."""
    changed = training.changed("frozen")
    for layer in changed.layers():
        if "trainable" in layer["config"]:
            layer["config"]["trainable"] = False
    return changed, None


def softmax_of_one(training: Training) -> tuple[Training, str | None] | None:
    """One output with softmax is always 1."""
    if training.compiled().get("loss") != "binary_crossentropy" or not training.has_class_numbers:
        return None
    changed = training.changed("softmax of one")
    last_layer(changed)["config"]["activation"] = "softmax"
    return changed, last_layer(changed)["config"]["name"]


def logits_expected(training: Training) -> tuple[Training, str | None] | None:
    """The loss takes probabilities for logits, and gets numbers of a linear layer as probabilities."""
    if training.goal != "classes" or training.compiled().get("loss") != "sparse_categorical_crossentropy":
        return None
    changed = training.changed("logits expected")
    last_layer(changed)["config"]["activation"] = "linear"
    return changed, last_layer(changed)["config"]["name"]


def bounded_output(training: Training) -> tuple[Training, str | None] | None:
    """A sigmoid is to predict numbers below 0 and above 1."""
    if training.goal != "number":
        return None
    changed = training.changed("bounded output")
    last_layer(changed)["config"]["activation"] = "sigmoid"
    return changed, last_layer(changed)["config"]["name"]


def positive_output(training: Training) -> tuple[Training, str | None] | None:
    """A relu is to predict numbers below 0."""
    if training.goal != "number":
        return None
    changed = training.changed("positive output")
    last_layer(changed)["config"]["activation"] = "relu"
    return changed, last_layer(changed)["config"]["name"]


def relu_of_classes(training: Training) -> tuple[Training, str | None] | None:
    """A relu gives probabilities of classes."""
    if training.goal != "classes" or training.compiled().get("loss") != "sparse_categorical_crossentropy":
        return None
    changed = training.changed("relu of classes")
    last_layer(changed)["config"]["activation"] = "relu"
    return changed, last_layer(changed)["config"]["name"]


# -- plan --------------------------------------------------------------------------------------------------


def loss_of_numbers(training: Training) -> tuple[Training, str | None] | None:
    """Yes or no is compared as if it were a number."""
    if training.compiled().get("loss") != "binary_crossentropy" or not training.has_class_numbers:
        return None
    changed = training.changed("loss of numbers")
    changed.compiled()["loss"] = "mean_absolute_error"
    last_layer(changed)["config"]["activation"] = "linear"
    return changed, None


def with_rate(training: Training, name: str, factor: float) -> Training | None:
    rate = training.compiled()["optimizer"]["config"]["learning_rate"]
    if not isinstance(rate, (int, float)):
        return None
    changed = training.changed(name)
    changed.compiled()["optimizer"]["config"]["learning_rate"] = float(rate) * factor
    return changed


def rate_too_high(training: Training) -> tuple[Training, str | None] | None:
    """300 times the rate."""
    changed = with_rate(training, "rate too high", 300)
    return None if changed is None else (changed, None)


def rate_too_low(training: Training) -> tuple[Training, str | None] | None:
    """A thousandth of the rate."""
    changed = with_rate(training, "rate too low", 1e-3)
    return None if changed is None else (changed, None)


def one_epoch(training: Training) -> tuple[Training, str | None] | None:
    """Far too few epochs: the curves fall steeply when it ends."""
    if training.fit["epochs"] < 15:
        return None
    fit = {**training.fit, "epochs": 2, "batch_size": 256}
    return training.changed("one epoch", fit=fit), None


def strong_l2(training: Training) -> tuple[Training, str | None] | None:
    """The penalty on weights is larger than the loss."""
    if not hidden(training):
        return None
    changed = training.changed("strong l2")
    penalty = {
        "module": "keras.regularizers",
        "class_name": "L2",
        "config": {"l2": 0.3},
        "registered_name": None,
    }
    for layer in hidden(changed):
        layer["config"]["kernel_regularizer"] = penalty
    return changed, hidden(changed)[0]["config"]["name"]


def much_dropout(training: Training) -> tuple[Training, str | None] | None:
    """Dropout takes 97 % of what there is."""
    dropouts = [layer for layer in training.layers() if layer["class_name"] == "Dropout"]
    if not dropouts:
        return None
    changed = training.changed("nearly all dropped")
    for layer in changed.layers():
        if layer["class_name"] == "Dropout":
            layer["config"]["rate"] = 0.97
    return changed, dropouts[0]["config"]["name"]


def learned_by_heart(training: Training) -> tuple[Training, str | None] | None:
    """Few samples, a large network, many epochs, and noise."""
    if training.domain not in ("table", "points") or not training.has_class_numbers or not hidden(training):
        return None
    if len(training.y) < 80:
        return None
    draw = np.random.default_rng(3)
    count = 80
    y = training.y[:count].copy()
    wrong = draw.random(count) < 0.25
    y[wrong] = draw.permutation(y[wrong])
    changed = training.changed(
        "learned by heart", x=training.x[:count], y=y, fit={**training.fit, "epochs": 150, "batch_size": 16}
    )
    for layer in hidden(changed):
        layer["config"]["units"] = 256
    for layer in changed.layers():
        layer.pop("build_config", None)
    return changed, None


FAULTS: Sequence[Fault] = (
    Fault("unscaled", ("inputs-not-scaled",), unscaled),
    Fault("shuffled labels", ("not-learning",), shuffled_labels),
    Fault("sorted by class", ("validation-not-representative",), sorted_by_class),
    Fault("leaking validation", ("validation-leak",), leaking_validation),
    Fault("target inside", ("target-in-inputs",), target_inside),
    Fault("unscaled targets", ("targets-not-scaled",), unscaled_targets),
    Fault("one class rare", ("class-imbalance",), one_class_rare),
    Fault("labels -1 and 1", ("targets-out-of-range",), labels_minus_one),
    Fault("missing values", ("inputs-not-finite",), missing_values),
    Fault("without activations", ("no-nonlinearity",), without_activations),
    Fault("zeros", ("zero-initialization",), zeros),
    Fault("far from zero", ("saturated-units", "exploding-gradients"), far_from_zero),
    Fault("dead", ("dead-units",), dead),
    Fault("deep sigmoids", ("vanishing-gradients", "saturated-units"), deep_sigmoids),
    Fault("frozen", ("nothing-trainable",), frozen),
    Fault("softmax of one", ("output-does-not-fit-loss",), softmax_of_one),
    Fault("logits expected", ("output-does-not-fit-loss",), logits_expected),
    Fault("bounded output", ("output-does-not-fit-loss", "targets-out-of-range"), bounded_output),
    Fault("positive output", ("output-does-not-fit-loss", "targets-out-of-range"), positive_output),
    Fault("relu of classes", ("output-does-not-fit-loss",), relu_of_classes),
    Fault("loss of numbers", ("loss-does-not-fit-task",), loss_of_numbers),
    Fault("rate too high", ("learning-rate-too-high", "loss-not-finite"), rate_too_high),
    Fault("rate too low", ("learning-rate-too-low",), rate_too_low),
    Fault("one epoch", ("stopped-too-early",), one_epoch),
    Fault("strong l2", ("regularization-too-strong",), strong_l2),
    Fault("nearly all dropped", ("regularization-too-strong",), much_dropout),
    Fault("learned by heart", ("overfitting",), learned_by_heart),
)
"""The first of them; `subtlefaults.py` has more."""
