"""Metrics that measure the same as another one, in another form."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import keras

from kerasviz.config.naming import to_snake_case

_FORMS = frozenset({"sparse", "categorical", "binary", "one", "hot", "mean"})
"""Words in which metrics of the same thing differ."""
_OTHER_VALUES: dict[str, tuple[Any, ...]] = {"threshold": (0.5,), "k": (3, 2)}


def alike(metric: Any) -> Iterator[Any]:
    """Yields a metric with another argument, then those that measure the same in another form.

    Args:
        metric: A name that Keras knows, or a serialised object.
    """
    class_name = str(metric["class_name"]) if isinstance(metric, dict) else _class_of(metric)
    config = dict(metric["config"]) if isinstance(metric, dict) else {}
    for name, default in _defaults(class_name).items():
        value = config.get(name, default)
        for other in (not value,) if isinstance(value, bool) else _OTHER_VALUES.get(name, ()):
            if other != value:
                yield _object(class_name, {**config, name: other})
    for other_class in vars(keras.metrics):
        if other_class[0].isupper() and other_class != class_name and _stem(other_class) == _stem(class_name):
            known = _defaults(other_class)
            kept = {key: item for key, item in config.items() if key in known and key != "name"}
            name = to_snake_case(other_class)
            yield _object(other_class, kept) if kept or not _class_of(name) else name


def written(value: Any) -> str:
    """Writes a loss or metric for people: by its name, with the arguments that it has."""
    if not isinstance(value, dict):
        return str(value)
    config = value["config"] if isinstance(value.get("config"), dict) else {}
    arguments = [f"{key}={item!r}" for key, item in config.items() if key not in ("name", "dtype", "fn")]
    return f"{value.get('class_name')}({', '.join(arguments)})" if arguments else str(value.get("class_name"))


def _object(class_name: str, config: dict[str, Any]) -> dict[str, Any]:
    return {
        "module": "keras.metrics",
        "class_name": class_name,
        "config": config,
        "registered_name": None,
    }


def _stem(class_name: str) -> frozenset[str]:
    return frozenset(to_snake_case(class_name).split("_")) - _FORMS


def _class_of(name: str) -> str:
    """The class of a metric that is named by a text; empty where Keras makes none of the text alone."""
    try:
        made = keras.metrics.get(name)
    except (TypeError, ValueError):
        return ""
    wanted = to_snake_case(getattr(made, "__name__", type(made).__name__))
    return next((cls for cls in vars(keras.metrics) if cls[0].isupper() and to_snake_case(cls) == wanted), "")


def _defaults(class_name: str) -> dict[str, Any]:
    cls = vars(keras.metrics).get(class_name)
    if not inspect.isclass(cls):
        return {}
    parameters = inspect.signature(cls.__init__).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty}
