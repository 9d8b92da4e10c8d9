"""Plans: how a document is to be trained, as plain data."""

import json
from typing import Any

import pytest
from conftest import DIGITS, planned
from hypothesis import given
from hypothesis import strategies as st

from kerasviz.protocol import RequestError
from kerasviz.training.plan import plan_of, read_plan

NAMES = st.text("abcxyz_", min_size=1, max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
CHOSEN = st.fixed_dictionaries({"class_name": NAMES, "config": st.dictionaries(NAMES, PLAIN, max_size=3)})
TRAINING = st.fixed_dictionaries(
    {"data": CHOSEN},
    optional={
        "fit": st.fixed_dictionaries(
            {},
            optional={
                "epochs": st.integers(1, 10**9),
                "batch_size": st.none() | st.integers(1, 10**9),
                "validation_split": st.floats(0, 1, exclude_max=True),
                "class_weight": st.dictionaries(NAMES, PLAIN, max_size=3),
            },
        ),
        "callbacks": st.lists(CHOSEN, max_size=3),
        "seed": st.none() | st.integers(0, 2**32 - 1),
        "place": CHOSEN,
        "model_name": st.from_regex(r"\A[a-z_]{1,3}[0-9]\Z"),
        "later": PLAIN,
    },
)


@given(training=TRAINING, start=st.sampled_from(["trained", "fresh", "backup"]))
def test_a_plan_is_written_to_json_and_read_again(training, start):
    plan = read_plan({**DIGITS, "kerasviz": {"training": training}}, start)
    assert plan_of(json.loads(json.dumps(plan.to_json()))) == plan
    assert plan.callbacks == training.get("callbacks", [])
    assert plan.data == training["data"]


def test_a_silent_document_gets_the_defaults(digits):
    digits["kerasviz"] = {"training": {"data": {"class_name": "iris", "config": {}}}}
    plan = read_plan(digits)
    assert plan.fit == {"epochs": 10, "batch_size": 32, "validation_split": 0.2}
    assert (plan.start, plan.model_name, plan.seed, plan.callbacks) == ("trained", "model", None, [])
    assert plan.place == {"class_name": "thread", "config": {}}


def test_the_form_of_old_documents_is_read(digits):
    old = {"data": {"source": "arrays", "x": "a", "y": "b"}, "epochs": 3, "validation_split": 0.5}
    plan = read_plan({**digits, "kerasviz": {"training": old}})
    assert plan.data == {"class_name": "arrays", "config": {"x": "a", "y": "b"}}
    assert plan.fit == {"epochs": 3, "batch_size": 32, "validation_split": 0.5}
    assert plan.epochs == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"fit": {"epochs": 0}},
        {"fit": {"epochs": 1.5}},
        {"fit": {"epochs": float("nan")}},
        {"fit": {"batch_size": True}},
        {"fit": {"batch_size": 0}},
        {"fit": {"validation_split": 1}},
        {"fit": {"validation_split": None}},
        {"model_name": "not a name"},
        {"model_name": "lambda"},
        {"data": "digits"},
        {"data": {"class_name": "digits", "config": []}},
        {"callbacks": {"class_name": "EarlyStopping"}},
        {"callbacks": [{"config": {}}]},
        {"seed": -1},
        {"seed": "7"},
        {"place": {"config": {}}},
    ],
)
def test_a_plan_that_is_wrong_is_refused(digits, changes):
    with pytest.raises(RequestError) as refused:
        read_plan(planned(digits, **changes))
    assert refused.value.error["code"] == "plan"
    assert refused.value.error["message"].startswith("Expected ")


@pytest.mark.parametrize("document", [None, "{}", []])
def test_what_is_no_document_has_no_plan(document: Any):
    with pytest.raises(RequestError, match="Expected a document"):
        read_plan(document)


def test_a_start_that_does_not_exist_is_refused(digits):
    with pytest.raises(RequestError, match="trained, fresh, backup"):
        read_plan(planned(digits), "warm")


def test_missing_data_and_a_missing_loss_are_told(digits):
    with pytest.raises(RequestError) as refused:
        read_plan(digits)
    assert refused.value.error["code"] == "no_data"


@pytest.mark.parametrize("loss", [None, "", [], {}, [None], {"a": None, "b": []}, [[], None]])
def test_a_setup_without_a_loss_for_any_output_has_none(digits, loss):
    digits["compile_config"] = {"optimizer": "adam", "loss": loss}
    with pytest.raises(RequestError) as refused:
        read_plan(planned(digits))
    assert refused.value.error["code"] == "no_loss"
    for one in ("mse", [None, "mse"], {"a": "mse"}, {"class_name": "MeanSquaredError", "config": {}}):
        read_plan(planned({**digits, "compile_config": {"loss": one}}))


@pytest.mark.parametrize(
    "argument", ["steps_per_epoch", "validation_steps", "validation_freq", "validation_batch_size"]
)
@pytest.mark.parametrize("value", [0, -1, "a", 1.5])
def test_counts_of_fit_are_whole_and_above_0(digits, argument, value):
    with pytest.raises(RequestError, match=f"{argument} must be a whole number above 0, not {value!r}"):
        read_plan(planned(digits, fit={argument: value}))
    assert read_plan(planned(digits, fit={argument: 2})).fit[argument] == 2


@pytest.mark.parametrize("value", [3, 7, -1, "a", 0.5])
def test_the_first_epoch_comes_before_the_last(digits, value):
    with pytest.raises(RequestError, match=f"initial_epoch must be .* \\(3\\), not {value!r}"):
        read_plan(planned(digits, fit={"epochs": 3, "initial_epoch": value}))
    assert read_plan(planned(digits, fit={"epochs": 3, "initial_epoch": 2})).fit["initial_epoch"] == 2
