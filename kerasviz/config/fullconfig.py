"""The arguments of losses, metrics and initializers, those included that Keras' `get_config` leaves out."""

import inspect
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kerasviz.config.oldnames import of_any_backend


@lru_cache(maxsize=512)
def constructor_arguments(cls: Any) -> Mapping[str, inspect.Parameter]:
    """The named arguments of a class, with their defaults."""
    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    some = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return {parameter.name: parameter for parameter in parameters if parameter.kind not in some}


def full_config(made: Any) -> dict[str, Any]:
    """Gives the config of an object with every argument that it computes with.

    Keras hands some to the function inside and writes them nowhere: `delta` of `Huber`, `axis` of
    `CosineSimilarity`. Others are an attribute alone: `dtype` of a loss, `gain` of `Identity`. Whoever
    reads the config would compute with their defaults.

    Args:
        made: An object with `get_config`.

    Returns:
        A config from which Keras makes the same object.
    """
    config: dict[str, Any] = made.get_config()
    parameters = constructor_arguments(made.__class__)
    kept = {**_attributes(made, parameters), **(getattr(made, "_fn_kwargs", None) or {})}
    return {
        **config,
        **{key: value for key, value in kept.items() if key in parameters and key not in config},
    }


def _attributes(made: Any, parameters: Mapping[str, inspect.Parameter]) -> dict[str, Any]:
    """Arguments that an object of Keras has as plain attributes, where they are no defaults."""
    import keras

    if isinstance(made, keras.Operation) or not type(made).__module__.startswith("keras."):
        return {}  # layers are `wholeconfig`'s; what a class of the user's own leaves out is his
    found = {name: getattr(made, name, None) for name in parameters}
    defaults = {name: parameter.default for name, parameter in parameters.items()}
    defaults["dtype"] = keras.config.floatx()
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, str | int | float | bool) and value != defaults[name]
    }


def full_compile_config(model: Any) -> dict[str, Any] | None:
    """Gives how a model is compiled, with all arguments of its losses and metrics; None where it is not."""
    import keras

    given = model.get_compile_config() if model.compiled else None
    if given and "optimizer" not in given:  # Keras takes it out when it saves a `.h5`
        given = {"optimizer": keras.optimizers.serialize(model.optimizer), **given}
    return of_any_backend(restored(given, compiled_objects(model))) if given else None


def compiled_objects(model: Any) -> dict[str, Any]:
    """The objects that a model was compiled with, by the argument of `compile`."""
    return dict(getattr(getattr(model, "_compile_config", None), "config", None) or {})


def restored(written: Any, made: Any) -> Any:
    """Adds to serialised losses, metrics and initializers what Keras left out.

    Args:
        written: An object, or lists and dicts of them, as Keras serialised it.
        made: The same as objects.

    Returns:
        A copy.
    """
    if isinstance(written, dict) and "class_name" in written:
        if not hasattr(made, "get_config") or not isinstance(written.get("config"), dict):
            return written
        return {**written, "config": {**full_config(made), **written["config"]}}
    if isinstance(written, dict) and isinstance(made, dict):
        return {key: restored(value, made.get(key)) for key, value in written.items()}
    if isinstance(written, list) and isinstance(made, list | tuple) and len(written) == len(made):
        return [restored(value, item) for value, item in zip(written, made, strict=True)]
    return written
