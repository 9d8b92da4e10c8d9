"""No argument of a loss or metric is lost, in code and in every format, as plain Keras reads it."""

import inspect
import json

import keras
import numpy as np
import pytest

from kerasviz.catalog import catalog
from kerasviz.codegen import to_code
from kerasviz.config.fullconfig import full_compile_config, full_config
from kerasviz.config.shortfloats import short_floats
from kerasviz.config.wholeconfig import objects_of
from kerasviz.storage import save

OTHERS = {"axis": -2, "delta": 5.0, "from_sorted_ids": True}
"""Other values than the defaults, for the arguments that some `get_config` leaves out."""


def losing():
    """Each class of the catalogue and argument that is not in its config."""
    for kind, module in (("losses", keras.losses), ("metrics", keras.metrics)):
        for entry in catalog()[kind]:
            cls = getattr(module, entry["class_name"])
            if entry["schema"].get("required"):
                continue
            lost = set(inspect.signature(cls.__init__).parameters) - set(cls().get_config()) - {"self"}
            for name in sorted(lost & set(entry["schema"]["properties"]) - {"dtype", "thresholds"}):
                yield pytest.param(cls, name, id=f"{entry['class_name']}-{name}")


@pytest.mark.parametrize(("cls", "name"), losing())
def test_what_keras_leaves_out_of_a_config_is_in_ours_and_in_code(cls, name):
    made = cls(**{name: OTHERS[name]})
    assert full_config(made)[name] == OTHERS[name]
    assert full_config(cls.from_config(full_config(made)))[name] == OTHERS[name]
    model = compiled(made)
    assert f"{name}={OTHERS[name]!r}" in to_code(model)


KINDS = {
    "losses": keras.losses,
    "metrics": keras.metrics,
    "initializers": keras.initializers,
    "regularizers": keras.regularizers,
    "constraints": keras.constraints,
    "optimizers": keras.optimizers,
    "schedules": keras.optimizers.schedules,
}
ABSTRACT = {"Regularizer", "LearningRateSchedule", "Optimizer", "Loss", "Metric", "Initializer", "Constraint"}
NEEDED = {
    "boundaries": [1, 2],
    "values": [0.1, 0.2, 0.3],
    "target_class_ids": [0],
    "specificity": 0.5,
    "sensitivity": 0.5,
    "precision": 0.5,
    "recall": 0.5,
    "fn": keras.losses.mean_squared_error,
    "default_optimizer": keras.optimizers.SGD(),
    "inner_optimizer": keras.optimizers.SGD(),
}
"""Values of arguments that a class can't do without; 2 is one for the others."""
LOST = {"gain": 2.5, "dtype": "float64"}
"""Arguments that are lost though no function inside has them, each with another value than the default."""
ELSEWHERE = {("AUC", "thresholds"), ("MeanMetricWrapper", "fn"), ("LossFunctionWrapper", "fn")}
"""Written by another name, or no plain value."""


def classes():
    for kind, module in KINDS.items():
        for name in sorted(dir(module)):
            cls = getattr(module, name)
            if inspect.isclass(cls) and name not in ABSTRACT and cls.__module__.startswith("keras."):
                yield pytest.param(cls, id=f"{kind}-{name}")


@pytest.mark.parametrize("cls", classes())
def test_no_class_of_keras_loses_an_argument_that_we_do_not_keep(cls):
    parameters = [p for p in inspect.signature(cls.__init__).parameters.values() if p.kind in (1, 3)][1:]
    needed = {p.name: NEEDED.get(p.name, 2) for p in parameters if p.default is p.empty}
    config = cls(**needed).get_config()
    lost = {p.name for p in parameters if p.name not in config and (cls.__name__, p.name) not in ELSEWHERE}
    assert lost <= LOST.keys() | OTHERS.keys()
    for name in lost:
        value = (LOST | OTHERS)[name]
        made = cls(**needed, **{name: value})
        assert full_config(made)[name] == value
        assert full_config(cls.from_config(full_config(made))) == full_config(made)


INITIALIZED = [
    pytest.param(entry, name, id=f"{entry['class_name']}-{name}")
    for entry in catalog()["layers"]
    for name, schema in entry["schema"]["properties"].items()
    if schema.get("x-keras") == "initializer" and not entry["disabled"]
]


@pytest.mark.parametrize(("entry", "name"), INITIALIZED)
def test_an_initializer_of_any_layer_keeps_its_arguments(entry, name):
    layer_class = getattr(keras.layers, entry["class_name"])
    needed = {key: 2 for key in entry["schema"].get("required", []) if key != name}
    needed |= {"equation": "ab,bc->ac", "output_shape": 2} if entry["class_name"] == "EinsumDense" else {}
    layer = layer_class(**needed, **{name: keras.initializers.Identity(gain=2.5)})
    config = keras.saving.serialize_keras_object(layer)["config"]
    assert objects_of(layer, config)[name]["config"]["gain"] == 2.5


@pytest.mark.parametrize("end", [".keras", ".h5", ".json"])
def test_plain_keras_reads_the_gain_of_an_initializer_and_the_dtype_of_a_loss(end, tmp_path):
    dense = keras.layers.Dense(4, kernel_initializer=keras.initializers.Identity(gain=2.5), name="d")
    model = keras.Sequential([keras.Input((4,)), dense])
    model.compile(loss=keras.losses.MeanSquaredError(dtype="float64"))
    path = tmp_path / f"m{end}"
    save(model, path)
    is_json = end == ".json"
    read = keras.models.model_from_json(path.read_text()) if is_json else keras.models.load_model(path)
    assert read.get_layer("d").kernel_initializer.gain == 2.5
    assert read._compile_config.config["loss"].dtype == "float64"
    assert "gain=2.5" in to_code(model) and "float64" in to_code(model)


def test_keras_still_leaves_something_out():
    assert len(list(losing())) >= 3


def compiled(made):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    is_loss = isinstance(made, keras.Loss)
    model.compile(loss=made if is_loss else "mse", metrics=[] if is_loss else [made])
    return model


@pytest.mark.parametrize("end", [".keras", ".h5", ".json"])
def test_plain_keras_evaluates_a_saved_model_with_the_same_loss(tmp_path, end):
    model, path = compiled(keras.losses.Huber(delta=5.0)), tmp_path / f"m{end}"
    save(model, path)
    x, y = np.ones((3, 4)), np.full((3, 2), 20.0)
    if end == ".json":
        read = keras.models.model_from_json(path.read_text())
        read.set_weights(model.get_weights())
    else:
        read = keras.models.load_model(path)
    assert read.evaluate(x, y, verbose=0) == pytest.approx(model.evaluate(x, y, verbose=0))
    assert full_compile_config(read)["loss"]["config"]["delta"] == 5.0


def test_losses_of_several_outputs_keep_theirs():
    x = keras.Input((2,))
    model = keras.Model(x, [keras.layers.Dense(1, name=name)(x) for name in "ab"])
    model.compile(loss={"a": keras.losses.Huber(delta=2.0), "b": "mse"})
    assert full_compile_config(model)["loss"]["a"]["config"]["delta"] == 2.0


def test_float32_numbers_have_the_digits_that_were_typed():
    assert short_floats({"m": 0.8999999761581421, "t": (0.1, 1, True, None), "half": 0.5}) == {
        "m": 0.9,
        "t": [0.1, 1, True, None],
        "half": 0.5,
    }
    assert json.dumps(short_floats([float("inf"), 1e300])) == "[Infinity, 1e+300]"
    model = compiled(keras.losses.Huber())
    model.compile(keras.optimizers.SGD(0.1, momentum=float(np.float32(0.9))), loss="mse")
    assert "momentum=0.9)" in to_code(model)
