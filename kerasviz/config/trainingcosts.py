"""What optimizers, losses and metrics will take in memory and time, known before they are made."""

import copy
from typing import Any

from kerasviz.config.budget import budget, within
from kerasviz.config.build import own_waiting_variables
from kerasviz.config.trial import try_first
from kerasviz.config.weightsizes import check_variables


def check_training_costs(compile_config: Any) -> None:
    """Refuses a training setup whose objects would take too much; they are counted together.

    Args:
        compile_config: As Keras writes it.

    Raises:
        ModelFileError: When they take more than the budget. Whatever else is wrong with them shows later.
    """
    if not isinstance(compile_config, dict):
        return
    try_first(make_all, compile_config, config=compile_config)
    with within(budget().seconds):
        variables = make_all(compile_config)
    check_variables(variables)


def make_all(compile_config: dict[str, Any]) -> list[Any]:
    """Makes the objects of a training setup without memory for their variables, which it gives."""
    import keras

    variables: list[Any] = []
    with own_waiting_variables(), keras.StatelessScope(initialize_variables=False):
        for value in compile_config.values():
            try:
                made = keras.saving.deserialize_keras_object(copy.deepcopy(value))
            except Exception:  # Keras will say so again when the model is compiled
                continue
            for item in keras.tree.flatten(made):
                variables.extend(getattr(item, "variables", ()))
    return variables
