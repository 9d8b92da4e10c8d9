"""Optimizer, loss and metrics of old files."""

import keras
import pytest

from kerasviz.config import live_names, names
from kerasviz.config.compileconfig import by_output, is_own, modern_compile_config
from kerasviz.config.kinds import NAMESPACES
from kerasviz.config.names import public_module
from kerasviz.config.naming import to_snake_case
from kerasviz.config.oldnames import OLD_NAMES


def compiled(optimizer=None, **parts):
    config = {"optimizer_config": optimizer, "loss": "mse", **parts}
    return modern_compile_config(None, config)


def optimizer(class_name, **config):
    return {"class_name": class_name, "config": config}


@pytest.mark.parametrize("class_name", ["Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam"])
def test_an_optimizer_of_keras_1_is_that_of_today(class_name):
    found, report = compiled(optimizer(class_name, lr=0.5, decay=0.0, epsilon=1e-7, schedule_decay=0.004))
    made = keras.saving.deserialize_keras_object(found["optimizer"])
    assert type(made).__name__ == class_name and float(made.learning_rate) == 0.5
    assert any("learning_rate" in sentence for sentence in report)


def test_decay_is_a_schedule_with_the_same_rates():
    found, _ = compiled(optimizer("SGD", learning_rate=0.1, decay=0.01, momentum=0.9, nesterov=True))
    made = keras.saving.deserialize_keras_object(found["optimizer"])
    schedule = made._learning_rate
    for step in (0, 1, 50):
        assert float(schedule(step)) == pytest.approx(0.1 / (1 + 0.01 * step))
    assert made.momentum == 0.9 and made.nesterov


@pytest.mark.parametrize("class_name", ["Custom>Adam", "Adam"])
def test_what_keras_2_wrote_beside_is_left_out(class_name):
    given = optimizer(class_name, learning_rate=0.1, jit_compile=False, is_legacy_optimizer=False)
    made = keras.saving.deserialize_keras_object(compiled(given)[0]["optimizer"])
    assert float(made.learning_rate) == pytest.approx(0.1)


@pytest.mark.parametrize("kind", ["optimizer", "schedule", "loss", "metric"])
def test_a_class_in_small_letters_is_that_class(kind):
    named = [name for name in vars(live_names.namespace(NAMESPACES[kind][0])) if public_module(kind, name)]
    assert named
    for name in named:
        assert names.spelled(kind, name.lower()) == live_names.spelled(kind, to_snake_case(name)) == name
        assert names.spelled(kind, f"{name.lower()}s") is None


def test_an_optimizer_in_small_letters_keeps_its_arguments():
    found, report = compiled(optimizer("adam", lr=0.5, beta_1=0.25))
    made = keras.saving.deserialize_keras_object(found["optimizer"])
    assert isinstance(made, keras.optimizers.Adam)
    assert (float(made.learning_rate), made.beta_1) == (0.5, 0.25)
    assert not any("left out" in sentence for sentence in report)


def test_a_loss_that_a_text_means_is_that_text():
    found, _ = compiled(loss={"class_name": "mse", "config": {}}, metrics=[optimizer("accuracy", name="a")])
    assert (found["loss"], found["metrics"]) == ("mse", ["accuracy"])


def test_an_optimizer_that_has_no_config_is_not_left_out_in_silence():
    found, report = compiled({"class_name": "Own"})
    assert "optimizer" not in found
    assert report == ["Own (optimizer) is not part of Keras and was left out."]


WRITTEN = {
    "Custom>Adam": {"class_name": "Custom>Adam"},
    "Custom>Nadam": {"module": "keras.optimizers", "class_name": "Nadam", "registered_name": "Custom>Nadam"},
    "Custom>LossScaleOptimizerV3": {"class_name": "Custom>LossScaleOptimizerV3"},
}


@pytest.mark.parametrize("name", WRITTEN)
def test_an_optimizer_that_keras_registered_is_keras_own_and_said(name):
    inner = {**WRITTEN["Custom>Adam"], "config": {"learning_rate": 0.1, "is_legacy_optimizer": False}}
    config = {"inner_optimizer": inner, "dynamic": True} if "Scale" in name else inner["config"]
    given = {"optimizer_config": {**WRITTEN[name], "config": config}, "loss": "mse"}
    found, report = modern_compile_config(None, given, keeps=is_own)
    right = "Adam" if "Scale" in name else name.removeprefix("Custom>")
    assert found["optimizer"]["module"] == "keras.optimizers"
    assert found["optimizer"]["class_name"] == right
    assert found["optimizer"]["registered_name"] is None
    assert type(keras.saving.deserialize_keras_object(found["optimizer"])).__name__ == right
    assert f"Custom>{right} (optimizer) was read as Keras' own {right}." in report


def test_a_loss_of_keras_under_another_package_is_keras_own():
    loss = {"module": "keras.losses", "class_name": "Huber", "registered_name": "any>Huber"}
    found, report = modern_compile_config(
        {"optimizer": "adam", "loss": {**loss, "config": {"delta": 2.0}}}, None, keeps=is_own
    )
    assert keras.saving.deserialize_keras_object(found["loss"])._fn_kwargs == {"delta": 2.0}
    assert report == ["any>Huber (loss) was read as Keras' own Huber."]


def test_what_may_be_your_own_stays_your_own():
    given = {"optimizer_config": optimizer("Custom>Adam"), "loss": optimizer("Custom>Huber", delta=2.0)}
    try:
        keras.saving.register_keras_serializable()(type("Adam", (keras.optimizers.SGD,), {}))
        found, _ = modern_compile_config(None, given, keeps=is_own)
    finally:
        keras.saving.get_custom_objects().pop("Custom>Adam", None)
    assert found["optimizer"]["registered_name"] == "Custom>Adam"
    assert found["loss"]["registered_name"] == "Custom>Huber"


def test_a_learning_rate_schedule_is_kept():
    schedule = {
        "class_name": "ExponentialDecay",
        "config": {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5, "name": None},
    }
    made = keras.saving.deserialize_keras_object(
        compiled(optimizer("SGD", learning_rate=schedule))[0]["optimizer"]
    )
    assert float(made._learning_rate(10)) == pytest.approx(0.05)


def test_a_loss_scale_optimizer_is_the_one_inside():
    inner = optimizer("Adam", learning_rate=0.1)
    found, report = compiled(optimizer("LossScaleOptimizer", inner_optimizer=inner, dynamic=True))
    assert found["optimizer"]["class_name"] == "Adam" and report


def test_reduction_auto_is_the_sum_over_the_batch():
    loss = {"class_name": "Huber", "config": {"reduction": "auto", "name": "h", "delta": 2.0, "fn": "huber"}}
    made = keras.saving.deserialize_keras_object(compiled(loss=loss)[0]["loss"])
    assert made.reduction == "sum_over_batch_size"


def test_losses_and_metrics_by_output_are_kept():
    metric = {"class_name": "MeanMetricWrapper", "config": {"name": "a_mae", "fn": "mean_absolute_error"}}
    found, _ = compiled(loss={"a": "mse", "b": "binary_crossentropy"}, metrics=[[metric], ["accuracy"]])
    assert found["loss"] == {"a": "mse", "b": "binary_crossentropy"}
    assert found["metrics"] == [["mean_absolute_error"], ["accuracy"]]


def test_what_keras_2_gave_to_each_output_is_written_for_each():
    given = {"loss": {"b": "mse"}, "metrics": ["mae", "mse"], "weighted_metrics": [["mae"], []]}
    found = by_output(given, ["a", "b"])
    assert found["loss"] == {"a": None, "b": "mse"}
    assert found["metrics"] == [["mae", "mse"]] * 2 and found["weighted_metrics"] == [["mae"], []]


def test_what_keras_does_not_have_is_left_out_and_said():
    found, report = compiled(optimizer("MyOptimizer"), loss="my_loss", metrics=["mae", "my_metric"])
    assert found == {"metrics": ["mae"]} or found is None
    assert len(report) >= 2 and all("left out" in sentence for sentence in report)


def test_without_anything_there_is_nothing():
    assert modern_compile_config({}, None) == (None, [])


@pytest.mark.parametrize("old", sorted(OLD_NAMES["loss"]))
def test_an_old_name_of_a_loss_is_that_of_today(old):
    given = {"class_name": old, "config": {}} if old[0].isupper() else old
    found, report = compiled(loss=given)
    assert callable(keras.losses.get(found["loss"])) and report == []


@pytest.mark.parametrize("old", sorted(OLD_NAMES["metrics"]))
def test_an_old_name_of_a_metric_is_that_of_today(old):
    given = {"class_name": old, "config": {}} if old[0].isupper() else old
    found, report = compiled(metrics=[given])
    assert isinstance(keras.metrics.get(found["metrics"][0]), keras.Metric) and report == []


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("AdamOptimizer", "Adam"),
        ("AdagradOptimizer", "Adagrad"),
        ("FtrlOptimizer", "Ftrl"),
        ("GradientDescentOptimizer", "SGD"),
        ("RMSPropOptimizer", "RMSprop"),
    ],
)
def test_an_optimizer_of_tf_train_is_that_of_today(old, today):
    found, report = compiled(optimizer(old, learning_rate=0.5))
    assert found["optimizer"]["class_name"] == today and report == []


def test_an_optimizer_that_only_tensorflow_had_is_left_out():
    found, report = compiled(optimizer("TFOptimizer"))
    assert "optimizer" not in found and "TFOptimizer" in report[0]


@pytest.mark.parametrize(
    ("stored", "plain"), [([["accuracy"]], ["accuracy"]), ([[]], None), ([["acc", "mae"]], ["acc", "mae"])]
)
def test_metrics_of_one_output_are_a_plain_list(stored, plain):
    assert compiled(metrics=stored)[0].get("metrics") == plain


@pytest.mark.parametrize("loss", ["binary_crossentropy", {"class_name": "BinaryCrossentropy", "config": {}}])
@pytest.mark.parametrize("name", ["ce", "crossentropy"])
def test_the_metric_crossentropy_is_that_of_the_loss(name, loss):
    assert compiled(loss=loss, metrics=["acc", name])[0]["metrics"] == ["acc", "binary_crossentropy"]
