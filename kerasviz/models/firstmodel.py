"""A first model that fits the data: inputs and outputs by what there is, and the reasons for each choice."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import keras

from kerasviz.backend.texttensors import takes_text
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.config.wholeconfig import complete
from kerasviz.data.dataset import Loaded, Table
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.columnroles import grouped_by, roles_of
from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.proposal import split_for
from kerasviz.data.preparation.proposing import BY_LETTER, LENGTH, MOST_WORDS, proposed_steps
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.preparation.seentable import SeenTable, see_table
from kerasviz.data.preparation.tabular import learned
from kerasviz.data.preparation.targetgoal import class_weights, goal_of
from kerasviz.data.splits.splitsamples import TRAINING
from kerasviz.models.bodies import MANY, Head, Laid, body_of, head_of
from kerasviz.models.givendata import HELD_OUT, Given, Wanted, free, of_arrays, plain
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.owned import Step
from kerasviz.protocol.text import Text, text
from kerasviz.storage.vocabularies import learned as learned_words

STEPS = 250
"""Steps that a small network needs at least."""
MOST_EPOCHS = 50
RATE = 0.01


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
        inputs, outputs, seen = of_arrays(loaded, training)
        samples, plan, reasons = seen.samples, seen.plan, seen.reasons
    heads = [head_of(one.name, one.goal, one.y) for one in outputs]
    bodies = [body_of(one.name, one.shape, samples, one.words, one.tokens) for one in inputs]
    model = _joined(inputs, bodies, heads)
    for one, body in zip(inputs, bodies, strict=True):
        reasons += [*one.before.reasons, *body.reasons]
    for head in heads:
        reasons += head.laid.reasons
    weighs_rows = part_of({**training, **plan}, "columns").get("weight") is not None
    weights = class_weights(outputs[0].goal) if len(outputs) == 1 and not weighs_rows else None
    weighted = {"class_weight": weights} if weights else {}
    fit = {**_epochs(samples, reasons), **weighted, **part_of(training, "fit")}
    made = complete(model, json.loads(model.to_json()))
    made["config"]["name"] = part_of(document, "config").get("name") or "model"
    made["compile_config"] = {"optimizer": _optimizer(samples, inputs, reasons), **_compiled(outputs, heads)}
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


def _optimizer(samples: int, inputs: Sequence[Given], reasons: list[Text]) -> Any:
    if samples >= MANY or any(len(one.shape) == 3 for one in inputs):
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
    seen = see_table(table)
    chosen, split = part_of(training, "columns"), training.get("split")
    roles = roles_of(seen.columns, seen.rows, chosen, grouped_by(split))
    steps, texts, reasons = _steps_and_texts(seen, roles.features, training.get("preparation"))
    others = [name for name in roles.features if name not in texts]
    goals = [goal_of(seen.column(name)) for name in roles.targets]
    if split is None:
        split, why = split_for(seen, roles, goals)
        reasons.append(why)
    columns = {"target": list(roles.targets), "ignored": list(roles.ignored), "weight": roles.weight}
    looked_up = [_looking_up(config, [name]) for name, config in texts.items()]
    known = learned(table, {**chosen, **columns}, [*steps, *looked_up], split, HELD_OUT)
    trains = known.parts == TRAINING
    inputs = [
        Given(plain(name), (1,), Laid(), _with_words(known.chains[name][-1], config, plain(name)))
        for name, config in texts.items()
    ]
    if others:
        first = next(blocks(table, others))
        width = sum(math.prod(changed(known.chains[name], first[name]).shape[1:]) for name in others)
        tokens = _tokens(known.chains[others[0]]) if len(others) == 1 else None
        inputs.insert(0, Given("columns", (width,), Laid(), tokens=tokens))
    outputs = [
        Wanted(free(plain(goal.column), inputs), goal, known.targets[goal.column][trains]) for goal in goals
    ]
    plan = {"columns": {**chosen, **columns}, "preparation": steps, "split": split}
    return inputs, outputs, int(trains.sum()), plan, [*roles.reasons, *reasons]


def _steps_and_texts(
    seen: SeenTable, features: Sequence[str], chosen: Sequence[Step] | None
) -> tuple[list[Step], dict[str, JSON], list[Text]]:
    """Steps of the plan; and the texts whose words the model looks up itself, each with how it does that."""
    words = {"max_tokens": MOST_WORDS, "output_sequence_length": LENGTH}
    steps = {
        name: [step for step in chosen or [] if name in (step["columns"] or features)] for name in features
    }
    texts = {
        name: steps[name][0]["config"]
        if steps[name]
        else words | (BY_LETTER if seen.column(name)["unspaced"] else {})
        for name in features
        if takes_text() and seen.column(name)["kind"] == "text" and all(map(_gives_words, steps[name]))
    }
    if chosen is None:
        others = [name for name in features if name not in texts]
        proposed, reasons = proposed_steps(seen.columns, others, seen.rows)
        return proposed, texts, reasons
    left: list[Step] = [
        {**step, "columns": [name for name in step["columns"] or features if name not in texts]}
        for step in chosen
    ]
    return [step for step in left if step["columns"]], texts, []


def _gives_words(step: Step) -> bool:
    """Whether a step gives the numbers of words in their order, as a layer looks them up."""
    return step["class_name"] == "TextVectorization" and step["config"].get("output_mode", "int") == "int"


def _tokens(chain: Sequence[Any]) -> int | None:
    """How many words a column's steps can look up in their order; None where they do something else."""
    if len(chain) != 1 or not isinstance(chain[0], KerasLayer):
        return None
    layer = chain[0].layer
    if not isinstance(layer, keras.layers.TextVectorization) or layer.get_config()["output_mode"] != "int":
        return None
    # Other rows that train have other words.
    return int(layer.get_config()["max_tokens"] or layer.vocabulary_size())


def _looking_up(config: JSON, columns: list[str]) -> Step:
    return {"class_name": "TextVectorization", "config": config, "columns": columns}


def _with_words(step: Any, config: JSON, name: str) -> Any:
    if not isinstance(step, KerasLayer):
        raise RequestError("preparation", text("The text has no words."))
    return keras.layers.TextVectorization(**{**config, **learned_words(step.layer)}, name=f"{name}_words")
