"""A document becomes the model that Keras makes of it, or an error that says where to look."""

import copy
import json

import keras
import numpy as np
import pytest
from conftest import BACKEND, few
from keras import layers

from kerasviz.analysis.mistakes.arguments import wrong_argument
from kerasviz.codegen import to_code
from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model as make
from kerasviz.config.oldnames import BY_TARGETS, OLD_NAMES
from kerasviz.models.building import BuildError, build_model


def document(compile_config=None):
    model = keras.Sequential(
        [layers.Input((4,)), layers.Dense(3, name="hidden"), layers.Dense(2, name="out")]
    )
    config = json.loads(model.to_json())
    config["kerasviz"] = {"version": 1, "positions": {"hidden:0": [0, 0]}}
    config["compile_config"] = compile_config
    return config


def plain(model):
    """The config as JSON has it, without tuples."""
    return json.loads(json.dumps(model.get_config()))


def built_with_error(config):
    with pytest.raises(BuildError) as caught:
        build_model(config)
    return caught.value.error


@pytest.mark.parametrize(
    "constructor", few([keras.applications.MobileNetV2, keras.applications.DenseNet121], 2)
)
def test_the_model_is_the_one_that_keras_makes(constructor):
    model = constructor(weights=None, input_shape=(64, 64, 3))
    built = build_model(json.loads(model.to_json()))
    assert plain(built) == plain(model)
    built.set_weights(model.get_weights())
    x = np.random.default_rng(0).random((2, 64, 64, 3), "float32")
    np.testing.assert_allclose(built.predict(x, verbose=0), model.predict(x, verbose=0), atol=1e-6)


def test_the_document_is_left_as_it_is():
    config = document({"optimizer": "adam", "loss": "mse"})
    before = copy.deepcopy(config)
    build_model(config)
    assert config == before


def test_a_shape_that_changed_since_the_file_was_saved_is_no_obstacle():
    config = document()
    config["config"]["layers"][0]["config"]["batch_shape"] = [None, 9]
    assert build_model(config).input_shape == (None, 9)


def test_new_weights_each_time():
    first, second = (build_model(document()).get_weights()[0] for _ in range(2))
    assert not np.array_equal(first, second)


def test_compiled_as_the_document_says():
    written = keras.Sequential([layers.Input((4,)), layers.Dense(2)])
    written.compile(
        keras.optimizers.SGD(0.25, momentum=0.5), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    config = document(json.loads(written.to_json())["compile_config"])
    built = build_model(config)
    assert isinstance(built.optimizer, keras.optimizers.SGD)
    assert float(built.optimizer.learning_rate) == 0.25
    history = built.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
    assert set(history.history) == {"loss", "accuracy"}


def test_everything_that_compile_takes_is_honoured():
    steps = 1 if BACKEND == "torch" else 3
    config = {
        "optimizer": "sgd",
        "loss": "mse",
        "weighted_metrics": ["mae"],
        "loss_weights": [0.5],
        "run_eagerly": True,
        "steps_per_execution": steps,
        "jit_compile": False,
        "auto_scale_loss": False,
    }
    built = build_model(document(config))
    assert built.run_eagerly is True
    assert built.steps_per_execution == steps
    assert built.jit_compile is False
    assert set(built.fit(np.zeros((8, 4)), np.zeros((8, 2)), verbose=0).history) == {
        "loss",
        "mae",
    }
    kept = json.loads(built.to_json())["compile_config"]
    assert kept["loss_weights"] == [0.5]


@pytest.mark.parametrize(
    "learning_rate",
    [
        1,
        1.0,
        {
            "module": "keras.optimizers.schedules",
            "class_name": "ExponentialDecay",
            "config": {"initial_learning_rate": 1, "decay_steps": 10, "decay_rate": 1},
            "registered_name": None,
        },
    ],
)
def test_a_whole_number_is_a_float_where_keras_wants_one(learning_rate):
    optimizer = {"class_name": "SGD", "config": {"learning_rate": learning_rate, "momentum": 0}}
    optimizer |= {"module": "keras.optimizers", "registered_name": None}
    built = build_model(document({"optimizer": optimizer, "loss": "mse"}))
    assert float(built.optimizer.learning_rate) == 1.0
    built.fit(np.zeros((8, 4)), np.zeros((8, 2)), verbose=0)


TORCH = "keras.src.backend.torch.optimizers.torch_adam"
"""Where Keras on PyTorch says that its Adam is."""
DECAY = {
    "class_name": "exponential_decay",
    "config": {"initial_learning_rate": 0.1, "decay_steps": 9, "decay_rate": 0.9},
}


@pytest.mark.parametrize(
    "part, old",
    few(
        [("loss", name) for name in sorted({*BY_TARGETS["loss"], *OLD_NAMES["loss"]}) if name.islower()]
        + [("metrics", [name]) for name in ["accuracy", "acc", "logcosh", "kullback_leibler_divergence"]]
        + [("optimizer", {"module": "keras.optimizers", "class_name": "AdamOptimizer", "config": {}})]
        + [("optimizer", {"module": TORCH, "class_name": "Adam", "config": {}, "registered_name": "Adam"})]
        + [
            ("optimizer", {"class_name": name, "config": {"learning_rate": 0.1}})
            for name in ("adam", "rmsprop")
        ]
        + [("optimizer", {"class_name": "sgd", "config": {"learning_rate": DECAY}})]
        + [("loss", {"class_name": name, "config": {}}) for name in ("mse", "mean_squared_error", "huber")]
        + [("loss", {"class_name": "huber", "config": {"delta": 2.0}})]
        + [
            ("metrics", [{"class_name": name, "config": {}}])
            for name in ("mae", "accuracy", "root_mean_squared_error")
        ],
        3,
    ),
)
def test_an_old_name_trains_and_is_written_as_code_that_runs(part, old):
    config = document({"optimizer": "sgd", "loss": "mse", "run_eagerly": True, part: old})
    written: dict = {}
    exec(to_code(config), written)
    for model in (build_model(config), written["model"]):
        model.fit(np.ones((4, 4)), np.ones((4, 2)), verbose=0)


@pytest.mark.parametrize("compile_config", [None, {}])
def test_not_compiled_where_the_document_says_nothing(compile_config):
    assert not build_model(document(compile_config)).compiled


@pytest.mark.parametrize(
    "part, value",
    [
        ("optimizer", "adamm"),
        ("loss", "crossentropi"),
        ("loss", {"out": "crossentropi"}),
        ("metrics", ["acuracy"]),
    ],
)
def test_an_unknown_part_of_the_training_setup_is_named(part, value):
    error = built_with_error(document({"optimizer": "adam", "loss": "mse", part: value}))
    assert error["code"] == "compile"
    assert part in error["message"] and error["detail"]


@pytest.mark.parametrize(
    "config, said",
    [
        ({"learning_rat": 1}, "Adam has no argument 'learning_rat'. Use learning_rate."),
        ({"zzz": 1}, "Adam has no argument 'zzz'. Remove it."),
        ({"learning_rate": "0.01"}, "The learning_rate of Adam must be a number above 0."),
    ],
)
def test_a_wrong_argument_of_the_optimizer_is_named(config, said):
    adam = {"module": "keras.optimizers", "class_name": "Adam", "config": config}
    error = built_with_error(document({"optimizer": adam, "loss": "mse"}))
    assert error["code"] == "compile" and error["message"] == said


@pytest.mark.parametrize(
    "kind, module", [("optimizer", keras.optimizers), ("loss", keras.losses), ("metric", keras.metrics)]
)
def test_no_argument_that_keras_writes_is_wrong(kind, module):
    for name, cls in vars(module).items():
        try:
            config = cls().get_config()
        except (TypeError, ValueError, AttributeError, NotImplementedError):
            continue
        assert wrong_argument(kind, name, config) is None


def test_a_schedule_and_an_optimizer_inside_make_steps():
    rate = keras.optimizers.schedules.CosineDecay(0.0, 10, warmup_target=0.1, warmup_steps=5)
    adam = keras.optimizers.Adam(rate, gradient_accumulation_steps=4)
    for optimizer in (adam, keras.optimizers.LossScaleOptimizer(adam)):
        config = json.loads(json.dumps(keras.saving.serialize_keras_object(optimizer)["config"]))
        assert wrong_argument("optimizer", type(optimizer).__name__, config) is None


def test_an_argument_that_keras_ignores_is_not_taken_for_another():
    wrong = wrong_argument("optimizer", "Adam", {"decay": 0.0, "beta_1": 0.5})
    assert wrong is not None and wrong.message == "Adam has no argument 'decay'. Remove it."
    assert wrong.config == {"beta_1": 0.5}
    wrong = wrong_argument("optimizer", "Adam", {"decay": 0.1, "beta_1": 0.5})
    assert wrong is not None and "Use the schedule InverseTimeDecay" in wrong.message
    schedule = wrong.config["learning_rate"]
    assert schedule["config"] == {"initial_learning_rate": 0.001, "decay_steps": 1, "decay_rate": 0.1}


def test_an_error_names_the_layer():
    config = document()
    del config["config"]["layers"][1]["config"]["units"]
    error = built_with_error(config)
    assert error["layer"] == "hidden" and "units" in error["message"]


@pytest.mark.parametrize("units", [None, -1, "many"])
def test_an_error_of_a_layer_without_a_name_is_told_by_its_class(units):
    config = document()
    wrong = config["config"]["layers"][1]["config"]
    del wrong["name"]
    wrong["units"] = units
    assert built_with_error(config)["layer"] == "Dense"
    with pytest.raises(ModelFileError) as caught:
        make(config)
    assert caught.value.layer == "Dense"


def test_what_keras_would_leave_out_is_an_error():
    x = keras.Input((4,), name="x")
    config = json.loads(keras.Model(x, layers.Dense(2, name="dense")(x)).to_json())
    extra = copy.deepcopy(config["config"]["layers"][1])
    extra.update(name="forgotten", inbound_nodes=[])
    extra["config"]["name"] = "forgotten"
    config["config"]["layers"].append(extra)
    assert keras.models.model_from_json(json.dumps(config)).get_layer("dense")
    assert built_with_error(config)["layer"] == "forgotten"


def test_a_class_that_a_file_may_not_name_is_refused():
    config = document()
    config["config"]["layers"][1].update(module="os", class_name="system")
    error = built_with_error(config)
    assert (error["code"], error["layer"]) == ("unknown_class", "hidden")


def test_a_model_too_large_for_any_memory_is_refused_before_it_is_built():
    config = document()
    config["config"]["layers"][1]["config"]["units"] = 10**12
    assert "GB of memory" in built_with_error(config)["message"]


def test_an_operation_that_keras_adds_for_masks_takes_no_name_of_the_document():
    """Concatenate joins masks by an operation that is named as a first Concatenate would be."""
    words = [layers.Input((3,), dtype="int32", name=name) for name in ("a", "b")]
    parts = [layers.Embedding(5, 2, mask_zero=True)(each) for each in words]
    joined = layers.Concatenate(axis=1, name="joined")(parts)
    config = json.loads(
        keras.Model(words, layers.LSTM(2)(joined)).to_json().replace('"joined"', '"concatenate"')
    )
    drawn = [layer for layer in config["config"]["layers"] if layer["module"] == "keras.layers"]
    for node in (node for layer in drawn for node in layer["inbound_nodes"]):
        node["kwargs"] = {}  # as files have it from before Keras kept these operations
    config["config"]["layers"] = drawn
    keras.utils.clear_session()
    names = [operation.name for operation in build_model(config).operations]
    assert "concatenate" in names and "concatenate_1" in names
