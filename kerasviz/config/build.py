"""Makes a `keras.Model` of a checked config, after looking that it fits into memory."""

import collections
import contextlib
import copy
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from kerasviz.config.adaptivepools import check_adaptive_pools
from kerasviz.config.budget import budget, within
from kerasviz.config.check import check_model
from kerasviz.config.cost import count_of
from kerasviz.config.fresh import is_plain
from kerasviz.config.layerlist import layer_name
from kerasviz.config.malformed import MALFORMED, is_malformed
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.trial import try_first
from kerasviz.config.weightsizes import check_outputs, check_states, check_variables
from kerasviz.protocol.text import Text, text

if TYPE_CHECKING:
    import keras


LONG = 64
"""Layers from which on a Sequential is built at once."""


def build_model(
    model_json: dict[str, Any],
    custom: bool = False,
    replaced: bool = False,
    make: Callable[[], "keras.Model"] | None = None,
) -> "keras.Model":
    """Builds a model from a config, without its `compile_config`.

    Args:
        model_json: A model in today's Keras JSON.
        custom: Whether classes that the user registered in this process are allowed, as in `check_model`.
        replaced: Whether a file's weights will replace all of the model's, whose first values need not
            be drawn; drawing orthogonal ones takes minutes for a large layer.
        make: Makes the model when it is known to fit into memory, where the config is not to be asked.

    Returns:
        The model with new weights.

    Raises:
        ModelFileError: When the config is not allowed, Keras can't build it, or it takes too much.
    """
    import keras

    check_model(model_json, custom)
    config = _architecture(model_json)
    try_build(config)
    without_states = stateless(config)
    light = unspread(without_states)
    with own_waiting_variables() as waiting, _names_apart(config):
        try:
            # In this scope a variable has a shape but takes no memory yet.
            with within(budget().seconds), keras.StatelessScope(initialize_variables=False):
                model = _deserialize(light)
            check_outputs(model)
            check_adaptive_pools(model)
            check_variables(model.variables, drawn=not replaced)
            if light != config or make is not None:
                waiting.clear()
                make = make or (lambda: _deserialize(config))
                if without_states == config:
                    with keras.StatelessScope(initialize_variables=False):
                        model = make()
                else:
                    # The states of a stateful RNN get their values when the layer is built.
                    check_states(model)
                    model = make()
        except ModelFileError as error:
            error.layer = error.layer or _costliest(config)
            raise
        except Exception as error:
            raise _explained(config, error) from error
        if replaced:
            for variable in model.weights:
                variable._initializer = variable._initializer and keras.initializers.Zeros()
        try:
            with keras.StatelessScope():
                pass  # leaving it gives every waiting variable its first value
        except Exception as error:
            raise _explained(config, error) from error
    return model


def try_build(config: dict[str, Any]) -> None:
    """Tries in another process what may be too large or take too long to build, without its weights.

    Args:
        config: A model in today's Keras JSON.

    Raises:
        ModelFileError: When it takes more than the budget, with the layer that counts most.
    """
    try_first(build_light, config, config=config, layer=_costliest(config))


def _costliest(config: dict[str, Any]) -> str | None:
    """Names the layer that counts most: it is the one where the time or memory goes."""
    costliest = max(_layers(config), key=count_of, default=None)
    return layer_name(costliest) if costliest else None


def build_shapes(model_json: dict[str, Any], custom: bool = False) -> "keras.Model":
    """Builds a model as `build_model`, with weights that have shapes and no values.

    Its setup for training is not built, and so not checked. Call it on a thread of its own (`aside`).
    """
    drawn = {key: value for key, value in model_json.items() if key != "compile_config"}
    check_model(drawn, custom)
    config = _architecture(drawn)
    try_build(config)
    try:
        with own_waiting_variables(), within(budget().seconds):
            return _light(config)
    except ModelFileError:
        raise
    except Exception as error:
        raise _explained(config, error) from error


def build_light(config: dict[str, Any]) -> None:
    """Builds a model without weights and states; `try_build` has a child process do this."""
    _light(_architecture(config))


def _light(config: dict[str, Any]) -> "keras.Model":
    import keras

    with keras.StatelessScope(initialize_variables=False):
        return _deserialize(unspread(stateless(config)))


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


def _explained(config: dict[str, Any], error: Exception) -> ModelFileError:
    """Says what Keras refused, and at which layer."""
    import keras

    if isinstance(error, RecursionError):
        return ModelFileError(
            text("Its layers are a longer chain than Keras can build. Put parts of it into models inside it.")
        )

    for layer in _layers(config):
        try:
            with keras.StatelessScope(initialize_variables=False):
                keras.saving.deserialize_keras_object(copy.deepcopy(layer))
        except Exception as cause:
            return ModelFileError(_refused(cause), layer=layer_name(layer))
    named = re.search(r"layer '([^']+)'|layer \"([^\"]+)\"|path='(?:[^']*/)?([^'/]+)/[^'/]+'", str(error))
    return ModelFileError(_refused(error), layer=named and named[named.lastindex or 0])


def _refused(error: Exception) -> Text:
    if is_malformed(error):
        return MALFORMED
    return text("Keras can't build it: {error}", error=_root(error))


def _root(error: BaseException) -> str:
    """Gives Keras' own first words, under those that it wraps around an error on the way up."""
    while error.__context__ is not None:
        error = error.__context__
    return str(error).strip()


def _layers(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Lists the layers of a model that are no models, those of nested models too."""
    layers = config["config"].get("layers")
    for layer in layers if isinstance(layers, list) else []:
        if not isinstance(layer, dict) or not isinstance(layer.get("config"), dict):
            continue
        if "layers" in layer["config"]:
            yield from _layers(layer)
        else:
            yield {key: item for key, item in layer.items() if key not in ("inbound_nodes", "name")}


def _deserialize(config: dict[str, Any]) -> "keras.Model":
    import keras
    from keras.src.saving.serialization_lib import ObjectSharingScope

    with ObjectSharingScope():
        items = config["config"].get("layers")
        long = config["class_name"] == "Sequential" and isinstance(items, list) and len(items) > LONG
        if not long or items[0].get("class_name") != "InputLayer":
            return keras.saving.deserialize_keras_object(copy.deepcopy(config))
        # Keras would build all layers so far again with each one that it adds.
        layers = [keras.saving.deserialize_keras_object(item) for item in copy.deepcopy(items)]
        return keras.Sequential(layers, name=config["config"].get("name"))


def stateless(value: Any) -> Any:
    """Copies a config with stateful layers made stateless: states need memory as soon as they are built."""
    if isinstance(value, list):
        return value[:] if is_plain(value) else [stateless(item) for item in value]
    if isinstance(value, dict):
        return {key: False if key == "stateful" else stateless(item) for key, item in value.items()}
    return value


def unspread(value: Any) -> Any:
    """Copies a config with each Normalization as a LayerNormalization, whose weights are as wide.

    Keras spreads the mean and variance of a Normalization over the width of the input as soon as the layer is
    built, where no memory is to be taken yet.
    """
    if isinstance(value, list):
        return value[:] if is_plain(value) else [unspread(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: unspread(item) for key, item in value.items()}
    config = found.get("config")
    if (
        found.get("class_name") == "Normalization"
        and isinstance(config, dict)
        and config.get("axis", -1) is not None
    ):
        kept = {key: item for key, item in config.items() if key in ("name", "dtype", "axis")}
        found |= {"class_name": "LayerNormalization", "registered_name": None, "config": kept}
    return found


@contextlib.contextmanager
def own_waiting_variables() -> Iterator[list[Any]]:
    """Keeps the variables that wait for their first value apart from those that others left waiting.

    Keras has one list of them in each thread, and gives all of them memory when the outermost scope is left.

    Yields:
        The list.
    """
    from keras.src.backend.common import global_state

    others = global_state.get_global_attribute("uninitialized_variables", [])
    waiting: list[Any] = []
    global_state.set_global_attribute("uninitialized_variables", waiting)
    try:
        yield waiting
    finally:
        global_state.set_global_attribute("uninitialized_variables", others)


@contextlib.contextmanager
def first_names() -> Iterator[None]:
    """Has what is made without a name named as the first of its kind: `auc`, never `auc_1`."""
    from keras.src.backend.common import global_state

    others = global_state.get_global_attribute("object_name_uids")
    global_state.set_global_attribute("object_name_uids", None)
    try:
        yield
    finally:
        global_state.set_global_attribute("object_name_uids", others)


@contextlib.contextmanager
def _names_apart(config: dict[str, Any]) -> Iterator[None]:
    """Keeps names that Keras makes up while it builds apart from those in the config.

    Concatenate joins masks by an operation that is named `concatenate` too.
    """
    from keras.src.backend.common import global_state

    others = global_state.get_global_attribute("object_name_uids")
    taken = collections.defaultdict(int, others or {})
    for layer in config["config"].get("layers", []):
        base, _, number = str(layer["config"].get("name")).rpartition("_")
        if number.isdecimal():
            taken[base] = max(taken[base], int(number) + 1)
        else:
            taken[f"{base}_{number}".lstrip("_")] += 1
    global_state.set_global_attribute("object_name_uids", taken)
    try:
        yield
    finally:
        global_state.set_global_attribute("object_name_uids", others)
