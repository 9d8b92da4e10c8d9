"""More of what can go wrong: faults that people ask about, and that are harder to see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np

from benchmarks.hints.faults import Fault, hidden, initializer, last_layer, weighty, with_rate
from benchmarks.hints.training import Training

Faulty = tuple[Training, str | None] | None
SPARSE = "sparse_categorical_crossentropy"


# -- data --------------------------------------------------------------------------------------------------


def rolled_labels(training: Training) -> Faulty:
    """Each sample has the target of the one before."""
    held = training.validation
    if training.goal not in ("classes", "number") or held is None or training.domain == "series":
        return None
    y = np.roll(training.y, 1, axis=0)
    validation = (held[0], np.roll(held[1], 1, axis=0))
    return training.changed("rolled labels", y=y, validation=validation, judged_by=held), None


def scaled_twice(training: Training) -> Faulty:
    """Inputs are divided by 255, and again."""
    if training.domain != "pictures" or training.goal == "picture" or training.x.max() > 2:
        return None
    held = training.validation
    validation = None if held is None else (held[0] / 255**2, held[1])
    return training.changed("scaled twice", x=training.x / 255**2, validation=validation), None


def validation_unscaled(training: Training) -> Faulty:
    """What is trained on was scaled, and what it is measured on was not."""
    held = training.validation
    if training.domain not in ("pictures", "table") or training.goal == "picture" or held is None:
        return None
    x = held[0] * 255 if training.domain == "pictures" else held[0] * 40 + 100
    return training.changed("validation unscaled", validation=(x, held[1]), judged_by=held), None


def nothing_in_it(training: Training) -> Faulty:
    """Whole numbers were divided by 255 as whole numbers: all inputs are 0."""
    if training.domain not in ("pictures", "table") or training.goal == "picture":
        return None
    held = training.validation
    validation = None if held is None else (held[0] * 0, held[1])
    return training.changed("nothing in it", x=training.x * 0, validation=validation), None


def in_order_of_classes(training: Training) -> Faulty:
    """Sorted by class, and `fit` is told not to shuffle."""
    if not training.has_class_numbers or len(training.y) < 200:
        return None
    order = np.argsort(training.y, kind="stable")
    fit = {**training.fit, "shuffle": False}
    return training.changed("in order of classes", x=training.x[order], y=training.y[order], fit=fit), None


def missing_targets(training: Training) -> Faulty:
    """A few numbers to be predicted are NaN."""
    if training.goal != "number":
        return None
    y = training.y.copy()
    y[3::97] = np.nan
    return training.changed("missing targets", y=y), None


# -- drawing -----------------------------------------------------------------------------------------------


def _all(name: str, change: Callable[[Training], list[dict[str, Any]]]) -> Callable[[Training], Faulty]:
    """A fault in some layers, of which the first is the one to be named."""

    def into(training: Training) -> Faulty:
        if not hidden(training) or training.goal in ("picture",):
            return None
        changed = training.changed(name)
        found = change(changed)
        return (changed, found[0]["config"]["name"]) if found else None

    return into


def _ones(training: Training) -> list[dict[str, Any]]:
    for layer in hidden(training):
        layer["config"]["kernel_initializer"] = initializer("Constant", value=0.1)
    return hidden(training)


def _huge(training: Training) -> list[dict[str, Any]]:
    some = [layer for layer in hidden(training) if layer["config"]["activation"] == "relu"]
    for layer in some:
        layer["config"]["kernel_initializer"] = initializer("RandomNormal", mean=0.0, stddev=10.0, seed=None)
    return some if len(some) > 1 else []


def _softmax_inside(training: Training) -> list[dict[str, Any]]:
    if training.goal not in ("classes", "number"):
        return []
    for layer in hidden(training):
        layer["config"]["activation"] = "softmax"
    return hidden(training)


def _frozen_at_random(training: Training) -> list[dict[str, Any]]:
    if training.weights is not None or training.domain == "points":
        return []
    for layer in weighty(training)[:-1]:
        layer["config"]["trainable"] = False
    return weighty(training)[:-1]


def deep_and_small(training: Training) -> Faulty:
    """Eight layers with a tanh whose weights begin so small that nothing comes through."""
    dense = [layer for layer in hidden(training) if layer["class_name"] == "Dense"]
    if not dense or training.document["class_name"] != "Sequential" or training.goal == "picture":
        return None
    changed = training.changed("deep and small")
    layers, name = changed.layers(), dense[-1]["config"]["name"]
    at = next(i for i, layer in enumerate(layers) if layer["config"]["name"] == name)
    layers[at]["config"]["activation"] = "tanh"
    units = layers[at]["config"]["units"]
    small = {"kernel_initializer": initializer("RandomNormal", mean=0.0, stddev=0.01, seed=None)}
    more = [
        {
            **layers[at],
            "config": {**layers[at]["config"], **small, "name": f"small_{number}"},
            "build_config": {"input_shape": [None, units]},
        }
        for number in range(8)
    ]
    changed.document["config"]["layers"] = [*layers[: at + 1], *more, *layers[at + 1 :]]
    return changed, None


def scores_twice(training: Training) -> Faulty:
    """A softmax, and a loss that computes it once more."""
    if not training.has_class_numbers or training.compiled().get("loss") != SPARSE:
        return None
    changed = training.changed("scores twice")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    changed.compiled()["loss"] = keras.saving.serialize_keras_object(loss)
    return changed, last_layer(changed)["config"]["name"]


def tanh_of_two(training: Training) -> Faulty:
    """A tanh gives the probability of yes."""
    if training.compiled().get("loss") != "binary_crossentropy" or training.goal not in ("classes", "labels"):
        return None
    changed = training.changed("tanh of two")
    last_layer(changed)["config"]["activation"] = "tanh"
    return changed, last_layer(changed)["config"]["name"]


# -- plan --------------------------------------------------------------------------------------------------


def squares_of_classes(training: Training) -> Faulty:
    """Classes are one-hot, and compared as amounts."""
    if training.compiled().get("loss") != SPARSE or not training.has_class_numbers:
        return None
    if training.fit.get("class_weight") or training.validation is None:
        return None
    count = last_layer(training)["config"]["units"]
    changed = training.changed(
        "squares of classes",
        y=keras.utils.to_categorical(training.y, count),
        validation=(training.validation[0], keras.utils.to_categorical(training.validation[1], count)),
    )
    changed.compiled()["loss"] = "mean_squared_error"
    last_layer(changed)["config"]["activation"] = "linear"
    return changed, None


def squares_of_two(training: Training) -> Faulty:
    """Yes or no as an amount, with squared errors."""
    if training.compiled().get("loss") != "binary_crossentropy" or not training.has_class_numbers:
        return None
    changed = training.changed("squares of two")
    changed.compiled()["loss"] = "mean_squared_error"
    last_layer(changed)["config"]["activation"] = "linear"
    return changed, None


def numbers_of_classes(training: Training) -> Faulty:
    """One unit is to say the number of the class."""
    if training.compiled().get("loss") != SPARSE or not training.has_class_numbers:
        return None
    if training.document["class_name"] != "Sequential":
        return None
    changed = training.changed("numbers of classes")
    changed.compiled()["loss"] = "mean_squared_error"
    last_layer(changed)["config"].update(units=1, activation="linear")
    return changed, None


def rate_of_zero(training: Training) -> Faulty:
    """The rate is a ten thousandth of what is right."""
    changed = with_rate(training, "hardly a rate", 1e-4)
    return None if changed is None or training.fit["epochs"] < 10 or training.weights else (changed, None)


def rate_of_one(training: Training) -> Faulty:
    """The rate is 1, or 10 where it was large before."""
    changed = with_rate(training, "rate of one", 1.0)
    if changed is None or training.goal == "picture" or training.weights:
        return None
    config = changed.compiled()["optimizer"]["config"]
    config["learning_rate"] = 1.0 if config["learning_rate"] < 0.04 else 10.0
    return changed, None


def single_batch(training: Training) -> Faulty:
    """All samples in one batch, and as many epochs as before."""
    if len(training.y) < 300 or training.fit["epochs"] > 30 or training.fit["batch_size"] > 64:
        return None
    fit = {**training.fit, "batch_size": 4096, "epochs": min(10, training.fit["epochs"])}
    return training.changed("single batch", fit=fit), None


def only_one_epoch(training: Training) -> Faulty:
    """One epoch."""
    if (
        training.fit["epochs"] < 8
        or len(training.y) > 1500
        or training.fit["batch_size"] < 16
        or training.weights
    ):
        return None
    return training.changed("only one epoch", fit={**training.fit, "epochs": 1}), None


def strong_l1(training: Training) -> Faulty:
    """A penalty on the sizes of weights that is larger than the loss."""
    if not hidden(training) or training.goal == "picture":
        return None
    changed = training.changed("strong l1")
    penalty = {
        "module": "keras.regularizers",
        "class_name": "L1",
        "config": {"l1": 0.1},
        "registered_name": None,
    }
    for layer in weighty(changed):
        layer["config"]["kernel_regularizer"] = penalty
    return changed, weighty(changed)[0]["config"]["name"]


def dropped_inputs(training: Training) -> Faulty:
    """A Dropout of 0.95 stands before the last layer."""
    if not hidden(training) or training.document["class_name"] != "Sequential" or training.goal == "picture":
        return None
    changed = training.changed("dropped before the end")
    new = {
        "module": "keras.layers",
        "class_name": "Dropout",
        "config": {"name": "dropped", "rate": 0.95},
        "registered_name": None,
    }
    changed.document["config"]["layers"].insert(len(changed.layers()) - 1, new)
    return changed, "dropped"


def by_heart(training: Training) -> Faulty:
    """A tenth of the samples, and a large network for long."""
    if training.domain not in ("table", "pictures") or not hidden(training) or len(training.y) < 600:
        return None
    if training.goal not in ("classes", "number") or training.fit["batch_size"] > 64:
        return None
    draw = np.random.default_rng(5)
    count = 60
    y = training.y[:count].copy()
    wrong = draw.random(count) < 0.3
    y[wrong] = y[wrong][draw.permutation(int(wrong.sum()))]
    fit = {**training.fit, "epochs": 200, "batch_size": 8}
    return training.changed("by heart", x=training.x[:count], y=y, fit=fit), None


SUBTLE: Sequence[Fault] = (
    Fault("rolled labels", ("not-learning",), rolled_labels),
    Fault("scaled twice", ("inputs-not-scaled",), scaled_twice),
    Fault("validation unscaled", ("validation-not-representative",), validation_unscaled),
    Fault("nothing in it", ("inputs-constant",), nothing_in_it),
    Fault("in order of classes", ("samples-not-shuffled",), in_order_of_classes),
    Fault("missing targets", ("targets-not-finite", "inputs-not-finite"), missing_targets),
    Fault("constant", ("zero-initialization",), _all("constant", _ones)),
    Fault("huge", ("exploding-gradients",), _all("huge", _huge)),
    Fault(
        "softmax inside", ("softmax-inside", "vanishing-gradients"), _all("softmax inside", _softmax_inside)
    ),
    Fault(
        "frozen at random",
        ("nothing-trainable", "frozen-at-random"),
        _all("frozen at random", _frozen_at_random),
    ),
    Fault("deep and small", ("vanishing-gradients",), deep_and_small),
    Fault("scores twice", ("output-does-not-fit-loss",), scores_twice),
    Fault("tanh of two", ("output-does-not-fit-loss",), tanh_of_two),
    Fault("squares of classes", ("loss-does-not-fit-task",), squares_of_classes),
    Fault("squares of two", ("loss-does-not-fit-task",), squares_of_two),
    Fault("numbers of classes", ("loss-does-not-fit-task",), numbers_of_classes),
    Fault("hardly a rate", ("learning-rate-too-low",), rate_of_zero),
    Fault("rate of one", ("learning-rate-too-high", "loss-not-finite"), rate_of_one),
    Fault("single batch", ("stopped-too-early",), single_batch),
    Fault("only one epoch", ("stopped-too-early",), only_one_epoch),
    Fault("strong l1", ("regularization-too-strong",), strong_l1),
    Fault("dropped before the end", ("regularization-too-strong",), dropped_inputs),
    Fault("by heart", ("overfitting",), by_heart),
)
