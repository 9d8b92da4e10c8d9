"""What optimizers, losses and metrics will take in memory and time, known before they are made."""

import copy
from collections.abc import Iterator
from typing import Any

from kerasviz.config.budget import budget, too_slow, within
from kerasviz.config.build import own_waiting_variables
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.sizes import share_of
from kerasviz.config.trial import try_first
from kerasviz.config.weightsizes import check_variables

SECONDS = 0.15
"""What one metric takes at the limit of its size, such as an AUC of 65,536 thresholds."""


def check_training_costs(compile_config: Any) -> None:
    """Refuses a training setup whose objects would take too much; they are counted together.

    Args:
        compile_config: As Keras writes it.

    Raises:
        ModelFileError: When they take more than the budget. Whatever else is wrong with them shows later.
    """
    if not isinstance(compile_config, dict):
        return
    if SECONDS * sum(map(_share, _objects(compile_config))) > budget().seconds:
        raise ModelFileError(too_slow())
    try_first(make_all, compile_config, config=compile_config)
    with within(budget().seconds):
        variables = make_all(compile_config)
    check_variables(variables)


def make_all(compile_config: dict[str, Any]) -> list[Any]:
    """Makes the objects of a training setup without memory for their variables, which it gives."""
    import keras

    variables: list[Any] = []
    with own_waiting_variables(), keras.StatelessScope(initialize_variables=False):
        for value in _objects(compile_config):
            try:
                made = keras.saving.deserialize_keras_object(copy.deepcopy(value))
            except Exception:  # Keras will say so again when the model is compiled
                continue
            variables.extend(getattr(made, "variables", ()))
    return variables


def _share(item: dict[str, Any]) -> float:
    config = item.get("config")
    return share_of(str(item["class_name"]), config) if isinstance(config, dict) else 0.0


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Finds each object for itself, so that one that can't be made does not bar those beside it."""
    if isinstance(value, dict) and "class_name" in value:
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects(item)
