"""The curve of a learning-rate schedule is what the optimizer of a run gets."""

import keras
import numpy as np
import pytest
from conftest import planned

from kerasviz.catalog import catalog
from kerasviz.models.schedulecurve import schedule_curve
from kerasviz.protocol import RequestError

VALUES = {"integer": 20, "number": 0.5}
NEEDED = {"PiecewiseConstantDecay": {"boundaries": [30], "values": [0.5, 0.25]}}


def with_rate(document, class_name, config, registered_name=None, **training):
    module = None if registered_name else "keras.optimizers.schedules"
    rate = {"module": module, "class_name": class_name, "config": config, "registered_name": registered_name}
    optimizer = {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": rate}}
    document["compile_config"]["optimizer"] = {**optimizer, "registered_name": None}
    return planned(document, **training)


@pytest.mark.parametrize("entry", catalog()["schedules"], ids=lambda entry: entry["class_name"])
def test_each_schedule_of_keras_is_drawn_as_keras_computes_it(digits, entry):
    schema, name = entry["schema"], entry["class_name"]
    kinds = {one: schema["properties"][one]["type"] for one in schema.get("required", [])}
    config = NEEDED.get(name) or {
        one: VALUES[kind if isinstance(kind, str) else kind[0]] for one, kind in kinds.items()
    }
    found = schedule_curve(with_rate(digits, name, config, fit={"epochs": 2}))
    assert (found["steps_per_epoch"], found["steps"]) == (45, 90)
    schedule = getattr(keras.optimizers.schedules, name)(**config)
    assert found["rates"]["x"][-1] == 90
    assert np.allclose(found["rates"]["y"], [float(schedule(step)) for step in found["rates"]["x"]])


def test_a_number_is_no_curve_and_no_data_leaves_the_length_to_the_schedule(digits):
    digits["compile_config"]["optimizer"] = "adam"
    assert schedule_curve(digits)["rates"] is None
    config = {"initial_learning_rate": 0.1, "decay_steps": 400}
    found = schedule_curve(with_rate(digits, "CosineDecay", config, data=None))
    assert (found["steps_per_epoch"], found["steps"]) == (None, 600)


def test_the_schedule_of_an_optimizer_inside_another_is_drawn(digits):
    config = {"initial_learning_rate": 0.5, "decay_steps": 90}
    compiled = with_rate(digits, "CosineDecay", config, fit={"epochs": 2})["compile_config"]
    plain = schedule_curve(digits)
    scaled = {"inner_optimizer": compiled["optimizer"], "initial_scale": 8.0}
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "LossScaleOptimizer",
        "config": scaled,
        "registered_name": None,
    }
    assert schedule_curve(digits) == plain
    assert plain["rates"]["y"][0] == 0.5


def test_a_schedule_of_the_users_own_is_drawn_and_a_wrong_one_is_told(digits):
    @keras.saving.register_keras_serializable("curve")
    class Steps(keras.optimizers.schedules.LearningRateSchedule):
        def __init__(self, rate):
            self.rate = rate

        def __call__(self, step):
            if self.rate < 0:
                raise ValueError("The rate is below 0.")
            return self.rate / (1 + step)

        def get_config(self):
            return {"rate": self.rate}

    try:
        found = schedule_curve(with_rate(digits, "Steps", {"rate": 2.0}, "curve>Steps"))
        assert found["rates"]["y"][:2] == [2.0, pytest.approx(2.0 / (1 + found["rates"]["x"][1]))]
        with pytest.raises(RequestError, match="can't be computed: The rate is below 0"):
            schedule_curve(with_rate(digits, "Steps", {"rate": -1.0}, "curve>Steps"))
    finally:
        del keras.saving.get_custom_objects()["curve>Steps"]
