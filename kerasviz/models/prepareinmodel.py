"""Puts the preparation into the model, so that the saved model takes raw input."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import keras

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.dataset import Loaded, Table
from kerasviz.data.preparation.byinput import Place, input_places
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.preparation.tabular import Learned, learned
from kerasviz.models.building import build_model
from kerasviz.models.functionalconfig import functional_config
from kerasviz.models.rawinputs import Raw, into_model, layers_before, put_before, width_of
from kerasviz.models.rawsamples import samples_in_model
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, all_of, text


def prepare_in_model(document: JSON, loaded: Loaded) -> tuple[JSON, list[Text]]:
    """Makes layers of the steps of a plan, with what they learn from the training rows.

    Args:
        document: The model and its plan.
        loaded: The data of the plan.

    Returns:
        The document whose model takes raw columns; its layers keep their names, and so their weights. And
        what was done, and what stays in the plan.

    Raises:
        RequestError: With code `preparation`, where there is nothing to put into the model.
    """
    model = build_model(document)
    if not model.built or not isinstance(model, (keras.Sequential, keras.models.Model)):
        raise RequestError("preparation", text("The model has no Input. Give it one first."))
    if not isinstance(loaded, Table):
        return samples_in_model(document, loaded, model)
    training = training_of(document)
    columns, steps = part_of(training, "columns"), training.get("preparation")
    share = part_of(training, "fit").get("validation_split", FIT_DEFAULTS["validation_split"])
    known = learned(loaded, columns, steps, training.get("split"), share, model)
    first = next(blocks(loaded, known.roles.features))
    tried = {name: changed(known.chains[name], first[name]) for name in first}
    words = [name for name, values in tried.items() if values.dtype == object]
    places = input_places(model, known.roles.features, words, columns.get("inputs"))
    made = functional_config(document, model)
    stays = {name: len(chain) for name, chain in known.chains.items()}
    mapping: dict[str, list[str]] = {}
    moved = []
    for place in places:
        place.check_width({name: width_of(values) for name, values in tried.items()})
        starts = {name: into_model(known.chains[name]) for name in place.columns}
        if place.layer is None or all(starts[name] == len(known.chains[name]) for name in place.columns):
            mapping[place.key or str(place.layer)] = list(place.columns)
            continue
        stays.update(starts)
        raws = [
            Raw(name, known.chains[name][at:], width_of(changed(known.chains[name][:at], first[name])))
            for name, at in starts.items()
        ]
        moved += [name for name, at in starts.items() if at < len(known.chains[name])]
        mapping.update(_put_before(made["config"], place, raws))
    if not moved:
        raise RequestError(
            "preparation",
            text("No step of the plan can be put into the model: it takes the columns as they are.")
            if not known.steps
            else text("No step of the plan has a layer in Keras: all of them stay in the plan."),
        )
    rest = _remaining(known, stays)
    plan = {
        **training,
        "columns": {
            **columns,
            "target": list(known.roles.targets),
            "ignored": list(known.roles.ignored),
            "inputs": mapping,
        },
        "preparation": rest,
    }
    beside = {key: value for key, value in part_of(document, "kerasviz").items() if key != "positions"}
    made["kerasviz"] = {**beside, "training": plan}
    return made, _said(moved, rest)


def _put_before(config: JSON, place: Place, raws: Sequence[Raw]) -> dict[str, list[str]]:
    """Changes a functional config; returns the column of each new input."""
    name = str(place.layer)
    taken = {str(layer["name"]) for layer in config["layers"] if layer["name"] != name}
    before, inputs = layers_before(place, raws, taken)
    columns = dict(zip(put_before(config, name, before), inputs.values(), strict=True))
    return {key: [column] for key, column in columns.items()}


def _remaining(known: Learned, stays: Mapping[str, int]) -> list[JSON]:
    """The steps that stay in the plan, each for the columns for which it stays."""
    done = dict.fromkeys(known.chains, 0)
    rest = []
    for step in known.steps:
        columns = []
        for name in step.get("columns") or list(known.chains):
            if name in done:
                columns += [name] if done[name] < stays[name] else []
                done[name] += 1
        if columns:
            rest.append({**copy.deepcopy(dict(step)), "columns": columns})
    return rest


def _said(moved: Sequence[str], rest: Sequence[JSON]) -> list[Text]:
    notes = [
        text("The model takes {columns} as they are now.", columns=all_of([repr(name) for name in moved]))
    ]
    if rest:
        left = sorted({name for step in rest for name in step["columns"]})
        notes.append(
            text(
                "Some steps of {columns} have no layer in Keras and stay in the plan.",
                columns=all_of([repr(name) for name in left]),
            )
        )
    return notes
