"""Puts the preparation into the model, so that the saved model takes raw input."""

from __future__ import annotations

from collections.abc import Sequence

import keras

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.dataset import Loaded, Table
from kerasviz.data.preparation.byinput import Place, input_places
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.preparation.tabular import learned
from kerasviz.models.building import build_model
from kerasviz.models.functionalconfig import functional_config
from kerasviz.models.leftsteps import left_steps, none_moved
from kerasviz.models.rawinputs import Raw, layers_before, put_before, why_outside, width_of
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
        starts = {name: len(why_outside(known.chains[name])) for name in place.columns}
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
    rest, why = left_steps(known.steps, known.chains, stays, known.roles.targets)
    if not moved:
        raise RequestError("preparation", none_moved(known.steps, why))
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
    said = text("The model takes {columns} as they are now.", columns=all_of([repr(name) for name in moved]))
    return made, [said, *why]


def _put_before(config: JSON, place: Place, raws: Sequence[Raw]) -> dict[str, list[str]]:
    """Changes a functional config; returns the column of each new input."""
    name = str(place.layer)
    taken = {str(layer["name"]) for layer in config["layers"] if layer["name"] != name}
    before, inputs = layers_before(place, raws, taken)
    columns = dict(zip(put_before(config, name, before), inputs.values(), strict=True))
    return {key: [column] for key, column in columns.items()}
