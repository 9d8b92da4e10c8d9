"""Optimizer, loss and metrics of old files."""

from collections.abc import Callable
from typing import Any

from kerasviz.config.names import accepts, is_identifier, is_registered, public_module
from kerasviz.config.oldarguments import RATE, todays_arguments
from kerasviz.config.oldnames import BY_TARGETS, kerass_own, todays_name, with_todays_names
from kerasviz.config.shortfloats import short_floats
from kerasviz.protocol.text import Text, text

PARTS = ("loss", "loss_weights", "metrics", "weighted_metrics")
KINDS = {
    "optimizer": text("optimizer"),
    "schedule": text("learning rate schedule"),
    "loss": text("loss"),
    "metric": text("metric"),
}
Keeps = Callable[[str], bool]
"""Whether an object of the user's own is kept, by its registered name; else it is left out."""
SIZE_REDUCTIONS = ("auto", "sum_over_nonzero_weights", "none_over_batch")


def is_own(name: str) -> bool:
    """Tells whether a class or function is the user's own: registered here, or where the file was written.

    Keras writes a package before the names of those: `package>name`.
    """
    return ">" in name or is_registered(name)


class _Report(list[Text]):
    """What is said, and what is kept of classes and functions of the user's own."""

    def __init__(self, keeps: Keeps) -> None:
        super().__init__()
        self._keeps = keeps

    def own(self, value: Any, kind: str) -> dict[str, Any] | None:
        """Writes an object of the user's own as Keras 3 does; None where it is none, or not kept."""
        found: dict[str, Any]
        if not isinstance(value, str) and (today := kerass_own(kind, value)) is not None:
            name = value.get("registered_name") or value["class_name"]
            self.append(
                text(
                    "{name} ({kind}) was read as Keras' own {today}.",
                    name=name,
                    kind=KINDS[kind],
                    today=today,
                )
            )
            return None
        if isinstance(value, str):
            name = value
            found = {"module": "builtins", "class_name": "function", "config": name}
            found["registered_name"] = "function"
        else:
            name = str(value.get("registered_name") or value["class_name"])
            found = {"module": None, "class_name": name.rpartition(">")[2], "config": value.get("config")}
            found["registered_name"] = name
        if not self._keeps(name):
            return None
        if not is_registered(name):
            self.append(
                text(
                    "{name} ({kind}) is your own: register it in the kernel before you train.",
                    name=name.rpartition(">")[2],
                    kind=KINDS[kind],
                )
            )
        return found


def modern_compile_config(
    compile_config: Any, training: Any, keeps: Keeps = lambda name: False
) -> tuple[dict[str, Any] | None, list[Text]]:
    """Converts how a model is compiled.

    Args:
        compile_config: As it stands in a `.keras` or `.json` file, or None.
        training: The `training_config` of a `.h5` file, or None.
        keeps: Which objects of the user's own are kept; others are left out.

    Returns:
        Today's `compile_config`, or None; and what was changed or left out, as sentences.
    """
    if isinstance(training, dict):
        given = {**training, "optimizer": training.get("optimizer_config")}
    elif isinstance(compile_config, dict) and compile_config:
        given = compile_config
    else:
        return None, []
    report = _Report(keeps)
    given = with_todays_names(given)
    found: dict[str, Any] = {"optimizer": _optimizer(given.get("optimizer"), report)}
    for part in PARTS:
        kind = "metric" if "metrics" in part else "loss"
        found[part] = given.get(part) if part == "loss_weights" else _nested(given.get(part), kind, report)
        if kind == "metric" and _is_of_one_output(found[part]):
            found[part] = found[part][0] or None
    if found["loss"] is None and found["optimizer"] is None:
        return None, report
    return {key: value for key, value in found.items() if value is not None}, report


def _is_of_one_output(metrics: Any) -> bool:
    """Tells whether metrics are a list for each output of a model that has one, as Keras 2 wrote them."""
    return isinstance(metrics, list) and len(metrics) == 1 and isinstance(metrics[0], list)


def left_out(kind: str, name: str) -> Text:
    """Says that an optimizer, loss or metric was left out."""
    return text("{name} ({kind}) is not part of Keras and was left out.", name=name, kind=KINDS[kind])


def is_left_out(sentence: Text) -> bool:
    """Tells whether a sentence says that something was left out."""
    return sentence.template == left_out("loss", "").template


def by_output(compile_config: dict[str, Any], outputs: list[str]) -> dict[str, Any]:
    """Gives each output of a model its part, as Keras 2 did by itself and Keras 3 does not.

    Keras 2 took a list of metrics for each of the outputs, and had no loss for one that a dict does not name.
    Source: https://github.com/keras-team/keras/blob/v2.15.0/keras/engine/compile_utils.py

    Args:
        compile_config: In today's form.
        outputs: Names of the model's outputs.
    """
    found = dict(compile_config)
    for part in ("metrics", "weighted_metrics"):
        metrics = found.get(part)
        if isinstance(metrics, list) and not any(isinstance(item, list | None) for item in metrics):
            found[part] = [metrics] * len(outputs)
    loss = found.get("loss")
    if isinstance(loss, dict) and "class_name" not in loss and loss.keys() <= set(outputs):
        found["loss"] = {name: loss.get(name) for name in outputs}
    return found


def _optimizer(value: Any, report: _Report) -> Any:
    if not isinstance(value, dict):
        return value if isinstance(value, str) else None
    class_name, config = value.get("class_name"), value.get("config")
    if not isinstance(class_name, str):
        return None
    if not isinstance(config, dict):
        report.append(left_out("optimizer", class_name))
        return None
    own = report.own(value, "optimizer")
    if own is not None:
        return own
    class_name = todays_name("optimizer", class_name.rpartition(">")[2])
    config = dict(short_floats(config))
    if class_name == "LossScaleOptimizer":
        return _loss_scale(config, report)
    if public_module("optimizer", class_name) is None:
        report.append(left_out("optimizer", class_name))
        return None
    today = todays_arguments(class_name, config)
    if "lr" in config.keys() - today.keys():
        report.append(text("The optimizer's lr was renamed to learning_rate."))
    if config.get("decay"):
        report.append(
            text("The optimizer's decay can't be joined with its learning rate and was left out.")
            if "decay" in today
            else text("The optimizer's decay became an InverseTimeDecay schedule.")
        )
    if (rate := _schedule(today.pop(RATE, None), report)) is not None:
        today[RATE] = rate
    return _object("optimizer", class_name, today)


def _loss_scale(config: dict[str, Any], report: _Report) -> Any:
    """Mixed precision: Keras 3 puts its own around the optimizer that it is given, and writes that too."""
    inner = _optimizer(config.get("inner_optimizer") or config.get("optimizer"), report)
    if inner is not None and "inner_optimizer" in config and "dynamic" not in config:  # of Keras 3
        return _object("optimizer", "LossScaleOptimizer", {**config, "inner_optimizer": inner})
    report.append(text("The optimizer's loss scale was reset."))
    return inner


def _schedule(value: Any, report: _Report) -> Any:
    if not isinstance(value, dict):
        return value
    class_name, config = str(value.get("class_name")), value.get("config")
    own = report.own({**value, "class_name": class_name}, "schedule")
    if own is not None:
        return own
    class_name = class_name.rpartition(">")[2]
    if not isinstance(config, dict) or public_module("schedule", class_name) is None:
        report.append(left_out("schedule", class_name))
        return None
    return _object("schedule", class_name, config)


def _nested(value: Any, kind: str, report: _Report) -> Any:
    """Converts a loss or metric, or lists and dicts of them by output."""
    if isinstance(value, list):
        found = [_nested(item, kind, report) for item in value]
        return [item for item in found if item is not None] if kind == "metric" else found
    if not isinstance(value, dict):
        return _named(value, kind, report)
    if "class_name" not in value:
        return {key: _nested(item, kind, report) for key, item in value.items()}
    class_name, config = str(value["class_name"]).rpartition(">")[2], value.get("config")
    if class_name == "function" or not isinstance(config, dict):
        return _named(config, kind, report)
    if class_name == "MeanMetricWrapper":
        return _wrapped(config, report)
    own = report.own(value, kind)
    if own is not None:
        return own
    if public_module(kind, class_name) is None:
        report.append(left_out(kind, class_name))
        return None
    if config.get("reduction") in SIZE_REDUCTIONS:
        config = {**config, "reduction": "sum_over_batch_size"}
    if config.get("dtype", 0) is None or isinstance(config.get("dtype"), dict):
        config = {key: item for key, item in config.items() if key != "dtype"}
    return _object(kind, class_name, config)


def _wrapped(config: dict[str, Any], report: _Report) -> Any:
    """A metric that Keras 2 made of a function: today's has the function's name."""
    function = config.get("fn")
    if isinstance(function, dict):
        function = function.get("config")
    found = _named(function, "metric", report)
    own_arguments = {key: value for key, value in config.items() if key not in ("name", "dtype", "fn")}
    if not isinstance(found, str) or not own_arguments:
        return found
    written = {"module": "builtins", "class_name": "function", "config": found, "registered_name": "function"}
    whole = {"name": config.get("name") or found, "fn": written, **own_arguments}
    return {**_object("metric", "MeanMetricWrapper", {}), "config": whole}


def _named(value: Any, kind: str, report: _Report) -> Any:
    if not isinstance(value, str):
        return None
    own = report.own(value, kind)
    if own is not None:
        return own
    known = value in BY_TARGETS["metrics" if kind == "metric" else kind] or is_identifier(kind, value)
    if not known or is_registered(value):
        report.append(left_out(kind, value))
        return None
    return value


def _object(kind: str, class_name: str, config: dict[str, Any]) -> dict[str, Any]:
    known = accepts(kind, class_name)
    if config.get("name", 0) is None:
        config = {key: value for key, value in config.items() if key != "name"}
    return {
        "module": public_module(kind, class_name),
        "class_name": class_name,
        "config": {key: value for key, value in config.items() if known is None or key in known},
        "registered_name": None,
    }
