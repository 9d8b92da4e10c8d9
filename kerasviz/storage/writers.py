"""The two formats that hold a whole model."""

import datetime
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.config.fullconfig import compiled_objects, restored
from kerasviz.config.names import public_module
from kerasviz.config.naming import to_snake_case
from kerasviz.config.oldnames import BY_TARGETS
from kerasviz.storage.ellipsis import spelled_out
from kerasviz.storage.list_writer import write_layers, write_list

if TYPE_CHECKING:
    import keras

OPTIMIZER_STATE = "optimizer_state"
"""The group of a `.h5` file for what Keras has in `optimizer_weights`."""


def write_keras(model: "keras.Model", config: dict[str, Any], path: Path) -> None:
    """Writes a `.keras` file as Keras does, with a config of our own.

    Source: `_save_model_to_fileobj` in keras/src/saving/saving_lib.py.
    """
    import keras
    from keras.src.saving import saving_lib

    metadata = {
        "keras_version": keras.__version__,
        "date_saved": datetime.datetime.now().strftime("%Y-%m-%d@%H:%M:%S"),
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps(metadata))
        archive.writestr("config.json", json.dumps(config))
        weights = saving_lib.H5IOStore("model.weights.h5", archive=archive, mode="w")
        assets = saving_lib.DiskIOStore("assets", archive=archive, mode="w")
        try:
            saving_lib._save_state(
                model, weights_store=weights, assets_store=assets, inner_path="", visited_saveables=set()
            )
        except BaseException:
            weights.archive = assets.archive = None
            raise
        finally:
            weights.close()
            assets.close()


def write_h5(model: "keras.Model", config: dict[str, Any], path: Path) -> None:
    """Writes a `.h5` file as Keras does, with a config of our own.

    Keras itself can't write one where a layer keeps its random numbers in its config, takes the optimizer out
    of the model's own record while it writes, does not read again what it writes for `loss="mse"`, and can't
    train a model whose file has the group `optimizer_weights`: it then builds the optimizer for no variables.
    So the optimizer's state has a name here that Keras passes over.

    Source: `save_model_to_hdf5` in keras/src/legacy/saving/legacy_h5_format.py.
    """
    import h5py
    import keras

    model_config = {key: spelled_out(config[key]) for key in ("class_name", "config")}
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = keras.__version__
        file.attrs["backend"] = keras.backend.backend()
        file.attrs["model_config"] = json.dumps(model_config).encode()
        write_layers(file.create_group("model_weights"), model)
        if model.compiled and model.optimizer is not None:
            file.attrs["training_config"] = json.dumps(_training_config(model)).encode()
            write_list(file.create_group(OPTIMIZER_STATE), model.optimizer.variables)


def _training_config(model: "keras.Model") -> dict[str, Any]:
    """What `compile` was given, as a `.h5` file has it."""
    import keras
    from keras.src.legacy.saving import json_utils, saving_options, saving_utils

    with saving_options.keras_option_scope(use_legacy_config=True):
        given = saving_utils._serialize_nested_config(
            {key: value for key, value in model._compile_config.config.items() if key != "optimizer"}
        )
        optimizer = {
            "class_name": keras.saving.get_registered_name(type(model.optimizer)),
            "config": model.optimizer.get_config(),
        }
        found: dict[str, Any] = json.loads(
            json.dumps({**given, "optimizer_config": optimizer}, default=json_utils.get_json_type)
        )
    made = compiled_objects(model)
    for part in ("loss", "metrics", "weighted_metrics"):
        whole = restored(found.get(part), made.get(part))
        found[part] = _as_classes(whole, "loss" if part == "loss" else "metric")
    return found


def _as_classes(value: Any, kind: str) -> Any:
    """Writes losses and metrics that are named by a function as the class of that function."""
    if isinstance(value, list):
        return [_as_classes(item, kind) for item in value]
    if isinstance(value, dict) and "class_name" not in value:
        return {key: _as_classes(item, kind) for key, item in value.items()}
    name = value.get("config") if isinstance(value, dict) else value
    if not isinstance(name, str) or name in BY_TARGETS["loss" if kind == "loss" else "metrics"]:
        return value
    found = _class_of(name, kind)
    return {"class_name": found, "config": {}} if found else value


def _class_of(name: str, kind: str) -> str | None:
    """Finds the class that computes a function, e.g. MeanSquaredError for mse."""
    import keras

    namespace = keras.losses if kind == "loss" else keras.metrics
    try:
        function = namespace.get(name)
    except ValueError:
        return None
    wanted = getattr(function, "__name__", type(function).__name__)
    for candidate in dir(namespace):
        if to_snake_case(candidate) == to_snake_case(wanted) and public_module(kind, candidate):
            return candidate
    return None
