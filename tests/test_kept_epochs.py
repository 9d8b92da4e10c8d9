"""Epochs of a run that are kept in its folder: bounded, plain, and a model can go back to them."""

import copy
import random
from typing import Any

import keras
import numpy as np
import pytest
from conftest import planned

from kerasviz.models.goingback import go_back, take_back
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves, RequestError
from kerasviz.training.fit import fit
from kerasviz.training.keeping import checkpoints, epochkeeper
from kerasviz.training.plan import read_plan
from kerasviz.training.run.folder import CHECKPOINTS, RunFolder
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

EPOCHS = 14


@pytest.fixture
def digits(digits):
    """Not compiled, which takes longer than these few batches."""
    digits["compile_config"]["run_eagerly"] = True
    return digits


@pytest.fixture
def every_epoch(monkeypatch):
    """Keeps epochs however short they are, and of many a few."""
    monkeypatch.setattr(epochkeeper, "SHARE", 0)
    monkeypatch.setattr(checkpoints, "MOST", 10)


def train(
    keeper: Keeper,
    document: dict[str, Any],
    namespace: Any = None,
    file: str = "net.keras.json",
    **fit_arguments: Any,
) -> RunFolder:
    """Trains, and writes at once; returns the folder."""
    plan = read_plan(planned(document, fit={"epochs": EPOCHS, "batch_size": 512, **fit_arguments}, seed=1))
    run = Run(plan.model_name, plan.epochs)
    record(run, plan.to_json(), KeptRuns(keeper.folder, file), lambda job: job(), lambda: None)
    assert run.recording is not None
    folder = run.recording.folder

    def heard(curves: Curves | None) -> None:
        run.extend(curves or Curves(batch={}, epoch={}))

    run.end(fit(plan, keeper, run, {} if namespace is None else namespace, heard, lambda job: job()))
    heard(None)
    return folder


def weights(model: Any) -> list[Any]:
    return [array.tolist() for array in model.get_weights()]


def test_what_is_given_up_leaves_the_ends_the_best_and_the_rest_evenly():
    for seed in range(20):
        best = random.Random(seed).randint(1, 200)
        kept: list[int] = []
        for epoch in range(1, 201):
            kept.append(epoch)
            if len(kept) > checkpoints.MOST:
                kept.remove(checkpoints.superfluous(kept, best) or 0)
        assert {1, 200, best} <= {*kept}
        assert max(np.diff(kept)) <= 200 / 4
    assert checkpoints.superfluous([1, 2], None) is checkpoints.superfluous([1, 2, 3], 2) is None


def test_epochs_are_plain_files_that_a_model_goes_back_to(tmp_path, digits, every_epoch):
    keeper, namespace = Keeper(tmp_path), dict[str, Any]()
    run = train(keeper, digits, namespace)
    model = keeper.model
    kept = checkpoints.kept_epochs(run)
    numbers = [each["epoch"] for each in kept]
    assert len(numbers) == checkpoints.MOST + 1
    assert (numbers[0], numbers[-2], numbers[-1]) == (0, EPOCHS, None)
    assert sum(each["best"] for each in kept) == 1

    end = weights(model)
    assert weights(keras.models.load_model(run.path / CHECKPOINTS / "end.keras")) == end
    new = keras.models.load_model(checkpoints.kept_file(run, 0))
    assert weights(new) != end
    assert int(new.optimizer.iterations) == 0
    second = keras.models.load_model(checkpoints.kept_file(run, numbers[1]))
    go_back(keeper, digits, checkpoints.kept_file(run, numbers[1]))
    assert keeper.model is model is namespace["model"]
    assert weights(model) == weights(second)
    assert int(model.optimizer.iterations) == int(second.optimizer.iterations) > 0

    take_back(keeper)
    assert weights(model) == end
    assert keeper.known is not None and not keeper.known.fresh
    with pytest.raises(RequestError, match="not there any more"):
        take_back(keeper)


def test_going_back_and_on_trains_as_from_there(tmp_path, digits, every_epoch):
    """The state of the optimizer and the place of the weights come along."""
    digits["compile_config"]["optimizer"] = "adam"
    one = Keeper(tmp_path)
    run = train(one, digits, epochs=2)
    after_two = weights(one.model)
    go_back(one, digits, checkpoints.kept_file(run, 1))
    train(one, digits, epochs=1)
    assert weights(one.model) != after_two
    assert one.before is None
    assert int(one.model.optimizer.iterations) == 2 * run.read("state.json")["step"] // 2


def test_an_edited_drawing_takes_what_fits_and_undo_brings_the_other_model_back(
    tmp_path, digits, every_epoch
):
    keeper = Keeper(tmp_path)
    run = train(keeper, digits, epochs=2)
    model, end = keeper.model, weights(keeper.model)
    edited = copy.deepcopy(digits)
    edited["config"]["layers"][1]["config"]["units"] = 16
    edited["config"]["layers"].insert(2, copy.deepcopy(digits["config"]["layers"][1]))
    edited["config"]["layers"][1]["config"]["name"] = "other"
    edited["config"]["layers"][2]["config"]["name"] = "more"
    note = go_back(keeper, edited, checkpoints.kept_file(run, 1))
    assert "except those of" in note
    assert keeper.model is not model
    take_back(keeper)
    assert keeper.model is model
    assert weights(model) == end


def test_what_is_too_large_or_can_not_be_written_is_told_and_training_goes_on(tmp_path, digits, monkeypatch):
    monkeypatch.setattr(epochkeeper, "MOST_BYTES", 10)
    run = train(Keeper(tmp_path), digits, epochs=2)
    assert checkpoints.kept_epochs(run) == []
    assert any("Epochs are not kept" in note["text"] for note in run.read("state.json")["notes"])
    with pytest.raises(RequestError, match="not kept any more"):
        checkpoints.kept_file(run, 1)
    for name in ("../end", True, 1.0):
        with pytest.raises(RequestError):
            checkpoints.kept_file(run, name)
