"""Numbers of optimizers and schedules with which nothing is learned, or which Keras ignores, are named."""

import inspect

import keras
import pytest

from kerasviz.analysis.mistakes.arguments import wrong_argument

NEEDING_OTHERS = {"Optimizer", "LossScaleOptimizer", "MultiOptimizer", "OptimizerMap"}
OPTIMIZERS = {
    name: inspect.signature(cls.__init__).parameters
    for name, cls in vars(keras.optimizers).items()
    if inspect.isclass(cls) and name not in NEEDING_OTHERS
}
USUAL = {"Adam", "SGD"}
"""The others take a minute."""
EACH = [pytest.param(name, marks=[] if name in USUAL else [pytest.mark.thorough]) for name in OPTIMIZERS]
IMPOSSIBLE = {
    "epsilon": -1.0,
    "weight_decay": -0.001,
    "adam_weight_decay": -0.001,
    "clipnorm": -1.0,
    "clipvalue": -0.5,
    "global_clipnorm": -1.0,
    "beta_2": 1.0,
    "momentum": 1.5,
    "rho": 1.0,
}
POSSIBLE = {
    "clipnorm": (0.1, 1.0),
    "clipvalue": (0.1, 5.0),
    "global_clipnorm": (0.5,),
    "weight_decay": (1e-6, 0.1),
    "epsilon": (1e-10, 1.0),
    "momentum": (0.0, 0.99),
    "rho": (0.5, 0.99),
    "beta_1": (0.1, 0.99),
    "beta_2": (0.5, 0.9999),
    "learning_rate": (1e-6, 10.0),
    "gradient_accumulation_steps": (8,),
    "loss_scale_factor": (128.0,),
    "use_ema": (True,),
}
EXCEPT = {
    ("Lion", "clipnorm"),
    ("Lion", "clipvalue"),
    ("Lion", "global_clipnorm"),
    ("Muon", "momentum"),
    ("Ftrl", "weight_decay"),
    ("Adamax", "beta_2"),
}
"""Lion takes the signs of gradients, so that clipping changes little; Muon makes all steps of one size; Ftrl
makes weights of the gradients so far, whatever they were before a step, so that they don't grow; with a
beta_2 of 1 Adamax keeps the largest gradient, and learns."""


@pytest.mark.parametrize("name", EACH)
def test_impossible_numbers_are_named_and_left_out(name):
    for argument in {*IMPOSSIBLE} & {*OPTIMIZERS[name]}:
        if (name, argument) in EXCEPT:
            continue
        wrong = wrong_argument("optimizer", name, {"learning_rate": 0.01, argument: IMPOSSIBLE[argument]})
        assert wrong is not None, argument
        assert argument in wrong.message and wrong.config == {"learning_rate": 0.01}


@pytest.mark.parametrize("name", EACH)
def test_possible_numbers_are_right(name):
    for argument in {*POSSIBLE} & {*OPTIMIZERS[name]}:
        for value in POSSIBLE[argument]:
            assert wrong_argument("optimizer", name, {argument: value}) is None, (argument, value)


@pytest.mark.parametrize(
    ("name", "config", "says"),
    [
        ("Adam", {"epsilon": -1e-7}, "The epsilon of Adam must not be below 0, and it is -1e-07."),
        ("Adadelta", {"epsilon": 0.0}, "The epsilon of Adadelta must be above 0, and it is 0.0."),
        ("Adam", {"beta_1": 1.0}, "The beta_1 of Adam must be below 1, and it is 1.0."),
        ("Adam", {"beta_2": 1.5}, "The beta_2 of Adam must be below 1, and it is 1.5."),
        ("SGD", {"momentum": 1.5}, "The momentum of SGD must not be above 1, and it is 1.5."),
        (
            "SGD",
            {"clipnorm": -1.0},
            "SGD ignores a clipnorm below 0, such as -1.0. Use a number above 0, or none.",
        ),
        ("SGD", {"weight_decay": -1e-4}, "The weight_decay of SGD must not be below 0, and it is -0.0001."),
        (
            "Adam",
            {"use_ema": True, "ema_momentum": 1.0},
            "The ema_momentum of Adam must be below 1, and it is 1.0.",
        ),
        (
            "Adam",
            {"epsilon": -1.0, "beta_1": 1.0},
            "The epsilon of Adam must not be below 0, and it is -1.0.",
        ),
        ("Adam", {"epsilon": "x"}, "Adam can't have the epsilon x. Use another value, or the default."),
        ("RMSprop", {"rho": "x"}, "RMSprop can't have the rho x. Use another value, or the default."),
    ],
)
def test_what_a_number_has_to_be_is_said(name, config, says):
    wrong = wrong_argument("optimizer", name, config)
    assert wrong is not None and wrong.message == says


def rate(class_name, **config):
    return {
        "module": "keras.optimizers.schedules",
        "class_name": class_name,
        "config": config,
        "registered_name": None,
    }


@pytest.mark.parametrize(
    ("schedule", "says", "right"),
    [
        (
            rate("ExponentialDecay", initial_learning_rate=0.1, decay_steps=0, decay_rate=0.9),
            "The decay_steps of ExponentialDecay must be above 0, and it is 0.",
            {"decay_steps": 1000},
        ),
        (
            rate("ExponentialDecay", initial_learning_rate=0.1, decay_steps=-10, decay_rate=0.9),
            "The decay_steps of ExponentialDecay must be above 0, and it is -10.",
            {"decay_steps": 10},
        ),
        (
            rate("PolynomialDecay", initial_learning_rate=0.1, decay_steps=9, end_learning_rate=-0.1),
            "The end_learning_rate of PolynomialDecay must not be below 0, and it is -0.1.",
            {"end_learning_rate": 0.1},
        ),
        (
            rate("CosineDecay", initial_learning_rate=0.0, decay_steps=9),
            "The initial_learning_rate of CosineDecay must be above 0, and it is 0.0.",
            {"initial_learning_rate": 0.01},
        ),
    ],
)
def test_a_schedule_that_gives_no_rate_has_its_number_named(schedule, says, right):
    wrong = wrong_argument("optimizer", "SGD", {"learning_rate": schedule, "momentum": 0.9})
    assert wrong is not None and wrong.message == says
    fixed = {**schedule, "config": {**schedule["config"], **right}}
    assert wrong.config == {"learning_rate": fixed, "momentum": 0.9}
    assert wrong_argument("optimizer", "SGD", wrong.config) is None


@pytest.mark.parametrize(
    "schedule",
    [
        rate("ExponentialDecay", initial_learning_rate=1e-5, decay_steps=1, decay_rate=1.1),
        rate("CosineDecay", initial_learning_rate=0.0, decay_steps=10, warmup_target=0.1, warmup_steps=5),
        rate("PiecewiseConstantDecay", boundaries=[10, 20], values=[0.1, 0.01, 0.001]),
    ],
)
def test_a_schedule_that_warms_up_is_right(schedule):
    assert wrong_argument("optimizer", "SGD", {"learning_rate": schedule}) is None


def test_numbers_of_an_optimizer_inside_another_are_named():
    inner = {"module": "keras.optimizers", "class_name": "Adam", "config": {"epsilon": -1.0}}
    wrong = wrong_argument("optimizer", "LossScaleOptimizer", {"inner_optimizer": inner})
    assert wrong is not None and wrong.message.startswith("The epsilon of Adam")
    assert wrong.config == {"inner_optimizer": {**inner, "config": {}}}
