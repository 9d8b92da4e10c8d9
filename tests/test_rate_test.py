"""Range tests of learning rates: what a loop by hand would measure, and nothing of the model is another."""

import json
import math
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import BACKEND, PATIENCE, few, layer, planned
from sessionpage import SessionPage

from kerasviz import find_learning_rate
from kerasviz.execution.rangetest import RangeTest
from kerasviz.kernel.session import Session
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.plan import read_plan
from kerasviz.training.ratetest.ratepoints import RatePoints, rate_of

X = np.random.default_rng(0).normal(size=(48, 4)).astype("float32")
Y = X.sum(axis=1, keepdims=True)
IN_ORDER = {"batch_size": 8, "validation_split": 0, "shuffle": False}
DECAY = keras.optimizers.schedules.ExponentialDecay(0.3, 2, 0.5)


def network(optimizer: Any, **compiled: Any) -> keras.Model:
    keras.utils.set_random_seed(3)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(1)]
    )
    model.compile(**{"loss": "mse", **compiled}, optimizer=optimizer)
    return model


@pytest.mark.parametrize(
    ("optimizer", "rate"),
    few(
        [
            (lambda rate: keras.optimizers.LossScaleOptimizer(keras.optimizers.AdamW(rate)), DECAY),
            (lambda rate: keras.optimizers.SGD(rate, momentum=0.9), 0.01),
            (lambda rate: keras.optimizers.Adam(rate), DECAY),
        ],
        3,
    ),
    ids=["loss_scale", "number", "schedule"],
)
def test_the_losses_are_those_of_a_loop_by_hand_and_the_model_stays(optimizer, rate):
    model = network(optimizer(rate), metrics=["mae"], steps_per_execution=1 if BACKEND == "torch" else 3)
    model.fit(X, Y, batch_size=8, verbose=0)
    before = [np.array(value) for value in (*model.get_weights(), *model.optimizer.variables)]

    by_hand = network(optimizer(0.5))
    by_hand.set_weights(model.get_weights())
    losses = []
    for i in range(20):
        inner = getattr(by_hand.optimizer, "inner_optimizer", by_hand.optimizer)
        inner.learning_rate = rate_of(i, 1e-4, 0.1, 20)
        batch = slice(8 * (i % 6), 8 * (i % 6) + 8)
        losses.append(float(by_hand.train_on_batch(X[batch], Y[batch])))
        by_hand.reset_metrics()

    found = find_learning_rate(model, (X, Y), lowest=1e-4, highest=0.1, batches=20, **IN_ORDER)
    np.testing.assert_allclose(found.losses, losses, rtol=1e-4)
    np.testing.assert_allclose([found.rates[0], found.rates[-1]], [1e-4, 0.1])
    after = [np.array(value) for value in (*model.get_weights(), *model.optimizer.variables)]
    assert all(map(np.array_equal, before, after))


def test_a_loss_that_diverges_ends_it_and_is_no_error():
    found = find_learning_rate(network("sgd"), (1e3 * X, Y), highest=1e6, **IN_ORDER)
    assert len(found.losses) < 100
    assert found.diverged
    assert found.lowest is not None and found.proposed == pytest.approx(found.lowest / 10, rel=0.05)


@pytest.mark.thorough
def test_a_loss_that_is_no_number_from_the_start_proposes_nothing():
    found = find_learning_rate(network("sgd"), (X, np.full_like(Y, 1e38)), **IN_ORDER)
    assert len(found.losses) == 1 and not math.isfinite(found.losses[0])
    assert (found.smoothed, found.lowest, found.proposed) == ([], None, None)


@pytest.mark.parametrize(
    ("losses", "lowest"),
    [
        ([1.0] * 30 + [0.5] * 30 + [9.0] * 3, 59),
        ([1.0] * 30 + [2.0] * 30, None),
        ([1.0] * 60, None),
        ([0.4, 0.3, 0.1] + [0.3] * 57, None),
        ([0.1, 0.4, 0.2, 0.1, 0.3, 0.05] * 10, None),
        ([], None),
        ([math.nan], None),
        ([-1.0] * 30 + [-2.0] * 30, 59),
    ],
)
def test_the_rate_is_a_tenth_of_that_with_the_lowest_loss(losses, lowest):
    rates = [rate_of(i, 1e-5, 1.0, 60) for i in range(len(losses))]
    points = RatePoints(rates, losses)
    assert points.lowest == (None if lowest is None else rates[lowest])
    assert points.reason
    if lowest is not None:
        assert points.proposed == pytest.approx(rates[lowest] / 10, rel=0.05)


def test_what_cannot_be_tested_is_said():
    with pytest.raises(RequestError, match="lowest rate above 0"):
        find_learning_rate(network("sgd"), (X, Y), lowest=1, highest=0.1)
    with pytest.raises(RequestError, match="2 to 10000 batches"):
        find_learning_rate(network("sgd"), (X, Y), batches=1)
    with pytest.raises(RequestError, match="samples"):
        find_learning_rate(network("sgd"), (X, Y[:3]))


def test_batches_that_can_be_read_once_are_left_to_the_user(tmp_path):
    batches = ((X[:8], Y[:8]) for _ in range(9))
    test = endless(tmp_path, batches)
    assert "only once" in test.run.error["message"]
    assert len(list(batches)) == 9


class Page(SessionPage):
    """A page that begins a test and follows it."""

    def until(self, *states: str) -> dict[str, Any]:
        while (test := self.told("rate_test")["test"])["state"] not in states:
            pass
        return test

    def until_trained(self) -> None:
        while not self.session.run.ended:
            self.got.get(timeout=PATIENCE)


@pytest.fixture
def page(tmp_path):
    page = Page(Session(tmp_path, "digits.keras.json"))
    page.session.attach(page.client)
    yield page
    if page.session.rate_test is not None:
        page.session.rate_test.run.control.stop()
        assert page.session.rate_test.done.wait(PATIENCE)


def test_a_page_sees_how_far_it_is_and_what_is_proposed(page, digits, tmp_path):
    document = json.dumps(planned(digits, seed=1))
    assert page.ask("rate_test", document=document)["ok"]
    test = page.until("finished")
    assert len(test["rates"]) == len(test["losses"]) >= len(test["smoothed"]) > 50
    assert 1e-4 < test["proposed"] < 0.2
    assert "lowest" in test["reason"]["text"]
    assert page.ask("hello", document="digits.keras.json")["payload"]["rate_test"] == test
    assert page.session.worker.known is None, "the document has no model yet"
    assert list(tmp_path.iterdir()) == [], "no run and no backup"


def test_it_begins_with_the_trained_weights_and_leaves_them(page, digits):
    document = json.dumps(planned(digits, fit={"epochs": 5}, seed=1))
    assert page.ask("train", document=document, start="fresh")["ok"]
    page.until_trained()
    model = page.session.worker.keeper().model
    before = model.get_weights()
    assert page.ask("rate_test", document=document)["ok"]
    test = page.until("finished")
    assert test["losses"][0] < 1
    assert page.session.worker.keeper().model is model
    assert all(map(np.array_equal, before, model.get_weights()))


def test_it_is_stopped_and_nothing_else_trains_meanwhile(page, digits):
    slow = layer("Dense", units=8, name="more")
    digits["config"]["layers"][1:1] = [slow]
    page.session.worker.submit(lambda: page.session.worker.keeper())
    document = json.dumps(planned(digits))
    assert page.ask("rate_test", document=document)["ok"]
    assert page.ask("train", document=document, start="fresh")["error"]["code"] == "busy"
    assert page.ask("rate_test", document=document)["error"]["code"] == "busy"
    page.ask("end_rate_test")
    test = page.until("stopped", "finished")
    assert test["error"] is None
    assert page.session.rate_test.done.wait(PATIENCE)
    assert page.ask("train", document=document, start="fresh")["ok"]
    page.session.run.control.stop()
    page.until_trained()


def test_a_fault_of_the_plan_is_said(page, digits):
    document = planned(digits, data={"class_name": "arrays", "config": {"x": "nothing", "y": "y"}})
    assert page.ask("rate_test", document=json.dumps(document))["ok"]
    assert page.until("failed")["error"]["code"] == "no_data"


def endless(folder: Path, batches: Any) -> RangeTest:
    """Tests with batches of a variable, to the end."""
    model = network("rmsprop")
    plan = read_plan(
        planned(
            {**json.loads(model.to_json()), "compile_config": model.get_compile_config()},
            fit={"steps_per_epoch": 3},
            data={"class_name": "batches", "config": {"batches": "endless"}},
            callbacks=[{"class_name": "EarlyStopping", "config": {"monitor": "loss", "patience": 0}}],
        )
    )
    namespace = {"endless": batches}
    test = RangeTest(plan, Keeper(folder), namespace, highest=1e-3, batches=20)
    test.start()
    assert test.done.wait(PATIENCE)
    assert list(namespace) == ["endless"]
    return test


def test_an_endless_pipeline_and_callbacks_of_the_plan_are_no_obstacle(tmp_path):
    tf = pytest.importorskip("tensorflow")
    test = endless(tmp_path, tf.data.Dataset.from_tensor_slices((X, Y)).repeat().batch(8))
    assert test.run.error is None
    assert len(test.points.losses) == 20
