"""A first model that fits the data: inputs and outputs by what there is, and the reasons for each choice."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.config.wholeconfig import complete
from kerasviz.data.dataset import Data, Loaded, Stream, Table
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.columnroles import grouped_by, roles_of
from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.moments import Moments
from kerasviz.data.preparation.proposal import split_for
from kerasviz.data.preparation.proposing import LENGTH, proposed_steps
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.preparation.tabular import learned
from kerasviz.data.preparation.targetgoal import Goal, class_weights, goal_of
from kerasviz.data.preview.onecolumn import look_at_column
from kerasviz.data.preview.tablelook import look_at_table
from kerasviz.data.splits.splitsamples import TRAINING
from kerasviz.data.tables import is_text
from kerasviz.models.bodies import MANY, Head, Laid, body_of, head_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.vocabularies import learned as learned_words

MOST_WORDS = 5000
HELD_OUT = 0.2
STEPS = 250
"""Steps that a small network needs at least."""
MOST_EPOCHS = 50
RATE = 0.01
SAMPLES = 10_000
"""Samples that are looked at of arrays and batches."""


@dataclass
class Given:
    """An input that there is data for.

    Attributes:
        name: Of the input.
        shape: Of one sample.
        before: Layers that prepare it, and why.
        words: A `TextVectorization` that knows its words, where it is text.
    """

    name: str
    shape: tuple[int | None, ...]
    before: Laid
    words: Any = None


@dataclass
class Wanted:
    """An output that there is a target for."""

    name: str
    goal: Goal
    y: Any


def first_model(document: JSON, loaded: Loaded) -> tuple[JSON, list[Text]]:
    """Lays out a first model for data.

    Args:
        document: Has the plan, in which data is chosen; its drawing is replaced.
        loaded: The data.

    Returns:
        The document with the model, its training setup and the plan; and a sentence for each choice.

    Raises:
        RequestError: With what is wrong with the data.
    """
    training = training_of(document)
    if isinstance(loaded, Table):
        inputs, outputs, samples, plan, reasons = _of_table(loaded, training)
    else:
        inputs, outputs, samples = _of_arrays(loaded)
        plan, reasons = {}, []
    heads = [head_of(one.name, one.goal, one.y) for one in outputs]
    bodies = [body_of(one.name, one.shape, samples, one.words) for one in inputs]
    model = _joined(inputs, bodies, heads)
    for one, body in zip(inputs, bodies, strict=True):
        reasons += [*one.before.reasons, *body.reasons]
    for head in heads:
        reasons += head.laid.reasons
    weights = class_weights(outputs[0].goal) if len(outputs) == 1 else None
    fit = {**_epochs(samples, reasons), **part_of(training, "fit")}
    fit = {**fit, **({"class_weight": weights} if weights else {})}
    made = complete(model, json.loads(model.to_json()))
    made["config"]["name"] = part_of(document, "config").get("name") or "model"
    made["compile_config"] = {"optimizer": _optimizer(samples, reasons), **_compiled(outputs, heads)}
    kept = {key: value for key, value in part_of(document, "kerasviz").items() if key == "version"}
    made["kerasviz"] = {**kept, "training": {**training, **plan, "fit": fit}}
    return made, list(dict.fromkeys(reasons))


def _joined(inputs: Sequence[Given], bodies: Sequence[Laid], heads: Sequence[Head]) -> Any:
    tensors = [
        keras.Input(
            (1,) if one.words is not None else one.shape,
            name=one.name,
            dtype="string" if one.words is not None else None,
        )
        for one in inputs
    ]
    if len(inputs) == len(heads) == 1:
        layers = [*inputs[0].before.layers, *bodies[0].layers, *heads[0].laid.layers]
        return keras.Sequential([tensors[0], *layers])
    ends = []
    for tensor, one, body in zip(tensors, inputs, bodies, strict=True):
        for layer in (*one.before.layers, *body.layers):
            tensor = layer(tensor)
        ends.append(tensor)
    joined = keras.layers.Concatenate(name="joined")(ends) if len(ends) > 1 else ends[0]
    outputs = []
    for head in heads:
        tensor = joined
        for layer in head.laid.layers:
            tensor = layer(tensor)
        outputs.append(tensor)
    return keras.Model(_alone(tensors), _alone(outputs))


def _optimizer(samples: int, reasons: list[Text]) -> Any:
    if samples >= MANY:
        return "adam"
    reasons.append(
        text(
            "A small network on few samples takes larger steps well: the learning rate is {rate}.", rate=RATE
        )
    )
    config = {"learning_rate": RATE}
    return {"module": "keras.optimizers", "class_name": "Adam", "config": config, "registered_name": None}


def _epochs(samples: int, reasons: list[Text]) -> JSON:
    """Few samples make few steps an epoch, so that it takes more epochs to learn from them."""
    epochs = min(MOST_EPOCHS, math.ceil(STEPS * FIT_DEFAULTS["batch_size"] / samples))
    if epochs <= FIT_DEFAULTS["epochs"]:
        return {}
    reasons.append(
        text(
            "An epoch of {samples} samples has few steps, so there are {epochs} epochs.",
            samples=samples,
            epochs=epochs,
        )
    )
    return {"epochs": epochs}


def _alone(values: list[Any]) -> Any:
    return values if len(values) > 1 else values[0]


def _compiled(outputs: Sequence[Wanted], heads: Sequence[Head]) -> JSON:
    if len(heads) == 1:
        return {"loss": heads[0].loss, "metrics": heads[0].metrics}
    named = {one.name: head for one, head in zip(outputs, heads, strict=True)}
    return {
        "loss": {name: head.loss for name, head in named.items()},
        "metrics": {name: head.metrics for name, head in named.items()},
        "loss_weights": {name: head.weight for name, head in named.items()},
    }


def _of_table(
    table: Table, training: Mapping[str, Any]
) -> tuple[list[Given], list[Wanted], int, JSON, list[Text]]:
    seen = look_at_table(table, lambda share: None)
    rows = seen["sampled"] or seen["rows"] or 0
    chosen, split = part_of(training, "columns"), training.get("split")
    roles = roles_of(seen["columns"], rows, chosen, grouped_by(split))
    kinds = {column["name"]: column for column in seen["columns"]}
    texts = [name for name in roles.features if kinds[name]["kind"] == "text"]
    others = [name for name in roles.features if name not in texts]
    steps, reasons = proposed_steps(seen["columns"], others, rows)
    if training.get("preparation") is not None:
        steps, reasons = list(training["preparation"]), []
    goals = [goal_of(kinds[name]) for name in roles.targets]
    if split is None:
        split, why = split_for(seen["columns"], roles, goals, rows)
        reasons.append(why)
    columns = {"target": list(roles.targets), "ignored": list(roles.ignored), "weight": roles.weight}
    words = {"max_tokens": MOST_WORDS, "output_sequence_length": LENGTH}
    looked_up = [{"class_name": "TextVectorization", "config": words, "columns": texts}] if texts else []
    known = learned(table, {**chosen, **columns}, [*steps, *looked_up], split, HELD_OUT)
    trains = known.parts == TRAINING
    inputs = [
        Given(_plain(name), (1,), Laid(), _with_words(known.chains[name][-1], words, _plain(name)))
        for name in texts
    ]
    if others:
        first = next(blocks(table, others))
        width = sum(math.prod(changed(known.chains[name], first[name]).shape[1:]) for name in others)
        inputs.insert(0, Given("columns", (width,), Laid()))
    outputs = [
        Wanted(_free(_plain(goal.column), inputs), goal, known.targets[goal.column][trains]) for goal in goals
    ]
    plan = {"columns": {**chosen, **columns}, "preparation": steps, "split": split}
    return inputs, outputs, int(trains.sum()), plan, [*roles.reasons, *reasons]


def _with_words(step: Any, config: JSON, name: str) -> Any:
    if not isinstance(step, KerasLayer):
        raise RequestError("preparation", text("The text has no words."))
    return keras.layers.TextVectorization(**config, **learned_words(step.layer), name=f"{name}_words")


def _of_arrays(loaded: Data | Stream) -> tuple[list[Given], list[Wanted], int]:
    if isinstance(loaded, Stream):
        first = next(iter(loaded.batches))
        x, y = (keras.tree.map_structure(keras.ops.convert_to_numpy, part) for part in first[:2])
        samples, classes = loaded.samples or 1000, loaded.classes
    else:
        x, y, classes = loaded.x, loaded.y, loaded.classes
        samples = len(next(iter(_by_name(x, "input").values())))
    if y is None:
        raise RequestError("no_data", text("{name} has no targets to learn.", name=loaded.name))
    inputs = [_given(name, array[:SAMPLES]) for name, array in _by_name(x, "input").items()]
    outputs = []
    for name, array in _by_name(y, "output").items():
        outputs.append(Wanted(_free(_plain(name), inputs), _goal(name, array, classes), array))
    return inputs, outputs, samples


def _given(name: str, array: Any) -> Given:
    array = np.asarray(array)
    name, laid = _plain(name), Laid()
    if is_text(array):
        words = keras.layers.TextVectorization(MOST_WORDS, output_sequence_length=LENGTH)
        words.adapt(array.reshape(-1, 1).astype(str))
        config = {"max_tokens": MOST_WORDS, "output_sequence_length": LENGTH, **learned_words(words)}
        return Given(name, (1,), laid, keras.layers.TextVectorization(**config, name=f"{name}_words"))
    shape = tuple(array.shape[1:]) or (1,)
    if len(shape) == 3:
        if np.nanmax(array, initial=0) > 1.5:
            laid.add(
                keras.layers.Rescaling(1 / 255, name=f"{name}_scaled"),
                why=text("The pixels of {input} are brought from 0..255 to 0..1.", input=repr(name)),
            )
        return Given(name, shape, laid)
    moments = Moments(-1)
    moments.see(array.reshape(-1, *shape)[: math.ceil(len(array) * (1 - HELD_OUT))])
    mean, variance = moments.result()
    if np.abs(mean).max() > 0.5 or not (0.25 < np.median(variance) < 4):
        laid.add(
            keras.layers.Normalization(mean=mean, variance=variance, name=f"{name}_normal"),
            why=text("{input} is brought to mean 0 and deviation 1 inside the model.", input=repr(name)),
        )
    return Given(name, shape, laid)


def _goal(name: str, array: Any, classes: int | None) -> Goal:
    import pandas as pd

    array = np.asarray(array)
    one_hot = array.ndim == 2 and array.shape[1] > 1 and bool((array.sum(axis=1) == 1).all())
    if one_hot:
        array = array.argmax(axis=1)
    if array.size != len(array):
        column = look_at_column(name, pd.Series(np.asarray(array, "float64").ravel() + 0.5))
        return dataclasses.replace(goal_of(column), classes=None)
    values = array.reshape(-1)
    named = classes is not None or one_hot
    goal = goal_of(look_at_column(name, pd.Series(values.astype("int64").astype(str) if named else values)))
    if classes is not None and goal.classes is not None and goal.classes < classes:
        goal = dataclasses.replace(goal, classes=classes, loss="sparse_categorical_crossentropy", shares=())
    return dataclasses.replace(goal, loss="categorical_crossentropy") if one_hot else goal


def _by_name(value: Any, name: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return {str(key): array for key, array in value.items()}
    if isinstance(value, (list, tuple)):
        return {f"{name}_{at + 1}": array for at, array in enumerate(value)}
    return {name: value}


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_") or "value"


def _free(name: str, inputs: Sequence[Given]) -> str:
    taken = {one.name for one in inputs}
    return f"{name}_output" if name in taken else name
