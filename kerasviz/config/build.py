"""Makes a `keras.Model` of a checked config, after looking that it fits into memory."""

import contextlib
import copy
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kerasviz.config.check import check_model
from kerasviz.config.errors import ModelFileError

if TYPE_CHECKING:
    import keras

MAX_PARAMETERS = 10**9


def build_model(
    model_json: dict[str, Any], custom: bool = False, max_parameters: int = MAX_PARAMETERS
) -> "keras.Model":
    """Builds a model from a config, without its `compile_config`.

    Args:
        model_json: A model in today's Keras JSON.
        custom: Whether classes that the user registered in this process are allowed, as in `check_model`.
        max_parameters: The number of parameters from which on the model is refused.

    Returns:
        The model with new weights.

    Raises:
        ModelFileError: When the config is not allowed, Keras can't build it, or the model is too large.
    """
    import keras
    from keras.src.saving.serialization_lib import ObjectSharingScope

    check_model(model_json, custom)
    with _own_waiting_variables():
        try:
            # In this scope a variable has a shape but takes no memory yet.
            with keras.StatelessScope(initialize_variables=False), ObjectSharingScope():
                model = keras.saving.deserialize_keras_object(_architecture(model_json))
        except Exception as error:
            raise ModelFileError(f"Keras can't build it: {str(error).strip()}") from error
        parameters = sum(math.prod(variable.shape) for variable in model.variables)
        if parameters > max_parameters:
            raise ModelFileError(
                f"the model has {parameters:,} parameters, more than the {max_parameters:,} that are allowed."
            )
        with keras.StatelessScope():
            pass  # leaving it gives every waiting variable its first value
    return model


def _architecture(model_json: dict[str, Any]) -> dict[str, Any]:
    """Copies a config without what only training needs, or what would build layers before the check."""
    config = copy.deepcopy({key: value for key, value in model_json.items() if key != "kerasviz"})
    stack: list[Any] = [config]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            item.pop("compile_config", None)
            if item.get("class_name") != "Sequential":
                item.pop("build_config", None)
            stack.extend(item.values())
    return config


@contextlib.contextmanager
def _own_waiting_variables() -> Iterator[None]:
    """Keeps the variables that wait for their first value apart from those that others left waiting.

    Keras has one list of them in each thread, and gives all of them memory when the outermost scope ends.
    """
    from keras.src.backend.common import global_state

    others = global_state.get_global_attribute("uninitialized_variables", [])
    global_state.set_global_attribute("uninitialized_variables", [])
    try:
        yield
    finally:
        global_state.set_global_attribute("uninitialized_variables", others)
