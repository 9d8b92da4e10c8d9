"""A kernel that dies while it trains: what it leaves, and how a new one continues from there."""

import json
import os
import signal
import threading
import zipfile
from collections import deque
from itertools import product

import keras
import numpy as np
import pytest
from conftest import PATIENCE, Page, few, layer, planned, start_kernel
from test_storage_atomic import abandoned
from test_training import plan

from kerasviz.execution.thread import DISK
from kerasviz.kernel.session import Session
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.storage.snapshot import Snapshot
from kerasviz.training import fit as fitting
from kerasviz.training.backup import backupkeeper
from kerasviz.training.backup.callbackstates import CallbackStates
from kerasviz.training.backup.progress import read_progress
from kerasviz.training.callbacks import chosen
from kerasviz.training.run.folder import new_folder
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

NAME = "digits.keras.json"
NOTHING = {"batch": {}, "epoch": {}}


def wait_for_disk() -> None:
    """Waits until the disk has all that was to be backed up or removed."""
    done = threading.Event()
    DISK.submit(done.set)
    assert done.wait(60)


def train(keeper, plan, namespace=None, run=None, publish=lambda curves: None):
    """Trains and returns the run, which is kept."""
    run = run or Run(plan.model_name, plan.epochs)
    record(run, plan.to_json(), KeptRuns(keeper.folder, keeper.name), DISK.submit, lambda: None)

    def heard(curves):
        run.extend(curves or NOTHING)
        publish(curves)

    try:
        run.end(fitting.fit(plan, keeper, run, {} if namespace is None else namespace, heard, DISK.submit))
    except BaseException:
        run.end("failed")
        raise
    finally:
        run.extend(NOTHING)
        wait_for_disk()
    return run


def backup_in(folder, name=NAME):
    """The backup of the last run."""
    return KeptRuns(folder, name).all()[0].path / "backup.keras"


def offer_to(page):
    """Says hello, and returns the backup that the page is told of."""
    page.hello(NAME)
    return page._read(lambda data: data.get("event") == "backup", PATIENCE)["payload"]["backup"]


@pytest.fixture
def quick(digits):
    """The digits in a model that Keras does not compile, which takes longer than a few batches."""
    digits["compile_config"]["run_eagerly"] = True


@pytest.fixture
def file(tmp_path, digits, monkeypatch):
    """A backup of three epochs, as a kernel leaves it that dies right after them."""
    monkeypatch.setattr(backupkeeper, "INTERVAL", 0.0)
    monkeypatch.setattr(backupkeeper, "SHARE", 0)
    with monkeypatch.context() as dying:
        dying.setattr(backupkeeper.BackupKeeper, "discard", lambda self: None)
        train(Keeper(tmp_path, NAME), plan(digits, epochs=3))
    return backup_in(tmp_path)


def test_a_killed_kernel_costs_no_epoch_that_was_backed_up(tmp_path, digits):
    first = start_kernel(tmp_path)
    try:
        page = Page(first)
        assert offer_to(page) is None
        page.post("train", document=planned(digits, fit={"epochs": 100_000}), start="trained")
        page.until("training")
        file = backup_in(tmp_path)
        while (progress := read_progress(file)) is None:
            page.until("training")
        os.kill(first.provisioner.pid, signal.SIGKILL)
        page.close()
    finally:
        first.shutdown_kernel(now=True)
    progress = read_progress(file)
    assert progress is not None
    done = progress.epoch

    second = start_kernel(tmp_path)
    try:
        page = Page(second)
        offered = f"runs/{file.parent.name}/backup.keras"
        assert offer_to(page) == {"file": offered, "epoch": done, "epochs": 100_000}
        (told,) = [event["payload"] for event in page.events if event["event"] == "run"]
        assert (told["status"]["state"], told["status"]["kept"]) == ("lost", True)
        assert done <= len(told["curves"]["epoch"]["loss"]["x"]) <= told["status"]["epoch"]
        page.post("train", document=planned(digits, fit={"epochs": done + 2}), start="backup")
        status = page.until("finished", "failed")
        assert (status["state"], status["epoch"]) == ("finished", done + 2)
        assert status["step"] == (done + 2) * 45
        page.execute(f"assert int(digits.optimizer.iterations) == {(done + 2) * 45}")
        assert not [output for output in page.outputs if output["msg_type"] == "error"]
        run = page.ask("history", run=status["run"])["payload"]
        assert run["curves"]["epoch"]["loss"]["x"] == list(range(1, done + 3))
        assert offer_to(Page(second)) is None
        (resumed, _) = KeptRuns(tmp_path, "digits.keras.json").all()
        assert not file.exists()
        rows = (resumed.path / "history.csv").read_text().splitlines()
        assert [row.split(",")[0] for row in rows] == ["epoch", *map(str, range(done + 2))]
    finally:
        second.shutdown_kernel(now=True)


def test_a_restored_run_is_the_one_that_was_cut_off(file, digits):
    folder = file.parents[2]
    keeper = Keeper(folder, NAME)
    run = train(keeper, plan(digits, "backup", epochs=5))
    assert (run.state, run.epoch, run.step) == ("finished", 5, 5 * 45)
    assert int(keeper.model.optimizer.iterations) == 5 * 45
    curves = run.history.to_json()
    assert curves["batch"]["loss"]["x"] == list(range(1, 5 * 45 + 1))
    assert curves["epoch"]["val_loss"]["x"] == [1, 2, 3, 4, 5]
    assert curves["epoch"]["loss"]["y"][3] < curves["epoch"]["loss"]["y"][0]
    assert f"Continuing after epoch 3 of {file.parent.name}." in run.notes


SGD = {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": 0.05, "momentum": 0.9}}
SCALED = {
    "module": "keras.optimizers",
    "class_name": "LossScaleOptimizer",
    "config": {"inner_optimizer": SGD, "dynamic_growth_steps": 30},
}


@pytest.mark.parametrize(
    ("optimizer", "changes"),
    few([("adam", {"steps_per_epoch": 20, "batch_size": 32}), (SGD, {}), (SCALED, {"seed": 3})], 3),
    ids=["steps_per_epoch", "SGD", "LossScaleOptimizer"],
)
def test_a_run_that_continues_is_bit_equal_to_one_that_was_never_cut_off(
    tmp_path, digits, monkeypatch, optimizer, changes
):
    digits["config"]["layers"].insert(2, layer("Dropout", rate=0.5))
    digits["compile_config"]["optimizer"] = optimizer
    whole, continued = Keeper(tmp_path, NAME), Keeper(tmp_path, NAME)
    with monkeypatch.context() as dying:
        _dies_after_two_epochs(dying)
        train(whole, plan(digits, epochs=4, **changes))
        wait_for_disk()
    progress = read_progress(backup_in(tmp_path))
    assert progress is not None
    assert progress.epoch == 2
    if "seed" not in changes:
        keras.utils.set_random_seed(5)
    train(continued, plan(digits, "backup", epochs=4, **changes))
    for one, other in zip(_state(whole.model), _state(continued.model), strict=True):
        assert np.array_equal(one, other)


def test_a_stateful_layer_that_takes_one_sample_at_a_time_trains_and_continues(tmp_path, digits, monkeypatch):
    digits["config"]["layers"][0]["config"]["batch_shape"] = [1, 8, 8]
    # As the card proposes on PyTorch.
    digits["config"]["layers"][1] = layer("LSTM", units=4, stateful=True, use_cudnn=False, name="memory")
    options = {"epochs": 3, "batch_size": 1, "shuffle": False, "validation_split": 0.0}
    chosen = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    arrays = {"x": np.random.default_rng(0).random((20, 8, 8)), "y": np.arange(20) % 10}
    whole, continued = Keeper(tmp_path, NAME), Keeper(tmp_path, NAME)
    with monkeypatch.context() as dying:
        _dies_after_two_epochs(dying)
        train(whole, plan(digits, data=chosen, **options), dict(arrays))
        wait_for_disk()
    train(continued, plan(digits, "backup", data=chosen, **options), dict(arrays))
    for one, other in zip(_state(whole.model), _state(continued.model), strict=True):
        assert np.array_equal(one, other)


def _dies_after_two_epochs(dying):
    """The backup of the second epoch is the last one, and what ends the run does not remove it."""
    keep = backupkeeper.BackupKeeper._keep
    dying.setattr(backupkeeper, "INTERVAL", 0.0)
    dying.setattr(backupkeeper, "SHARE", 0)
    dying.setattr(backupkeeper.BackupKeeper, "_keep", lambda self, epoch: epoch == 2 and keep(self, epoch))
    dying.setattr(backupkeeper.BackupKeeper, "discard", lambda self: None)


@keras.saving.register_keras_serializable("backups")
class Diary(keras.callbacks.Callback):
    """Counts in values of every kind."""

    def __init__(self, queue=False):
        super().__init__()
        self.queue = queue

    def get_config(self):
        return {"queue": self.queue}

    def on_train_begin(self, logs=None):
        self.seen = deque() if self.queue else {"pairs": [], "sum": np.zeros(2), "last": None, "odd": False}

    def on_epoch_end(self, epoch, logs=None):
        if self.queue:
            self.seen.append(epoch)
            return
        self.seen["pairs"].append((epoch, logs["loss"]))
        self.seen["sum"] += logs["loss"]
        self.seen["last"] = np.float32(logs["loss"])
        self.seen["odd"] = not self.seen["odd"]


def callback(class_name, **config):
    return {"class_name": class_name, "config": config}


EMA = {"module": "keras.optimizers", "class_name": "Adam", "config": {"use_ema": True, "ema_momentum": 0.9}}


@pytest.mark.parametrize(
    ("callbacks", "optimizer"),
    few(
        [
            ([callback("SwapEMAWeights", swap_on_epoch=True), callback("backups>Diary")], EMA),
            ([callback("EarlyStopping", monitor="loss", mode="min", min_delta=9, patience=3)], "adam"),
            ([callback("ReduceLROnPlateau", monitor="loss", min_delta=9, patience=3, cooldown=1)], "adam"),
            ([callback("KeepBest", monitor="loss", mode="max")], "adam"),
        ],
        4,
    ),
    ids=["SwapEMAWeights", "EarlyStopping", "ReduceLROnPlateau", "KeepBest"],
)
@pytest.mark.usefixtures("quick")
def test_the_callbacks_of_a_run_that_continues_know_what_they_knew(
    tmp_path, digits, monkeypatch, callbacks, optimizer
):
    digits["compile_config"]["optimizer"] = optimizer
    made, make = [], chosen.make_callback
    monkeypatch.setattr(fitting, "make_callback", lambda *one: made.append(make(*one)) or made[-1])
    whole, continued = Keeper(tmp_path, NAME), Keeper(tmp_path, NAME)
    with monkeypatch.context() as dying:
        _dies_after_two_epochs(dying)
        first = train(whole, plan(digits, epochs=6, batch_size=512, callbacks=callbacks, seed=1))
        wait_for_disk()
    second = train(continued, plan(digits, "backup", epochs=6, batch_size=512, callbacks=callbacks, seed=1))
    assert second.epoch == first.epoch and not any("starts over" in note for note in second.notes)
    for one, other in zip(_state(whole.model), _state(continued.model), strict=True):
        assert np.array_equal(one, other)
    half = len(made) // 2
    for one, other in zip(made[:half], made[half:], strict=True):
        (state,), arrays = CallbackStates([{}], [one]).now()
        (again,), others = CallbackStates([{}], [other]).now()
        assert state == again and state["values"] is not None
        assert all(np.array_equal(*each) for each in zip(arrays, others, strict=True))


def test_a_callback_that_was_changed_or_can_not_be_kept_starts_over_and_it_is_told(
    tmp_path, digits, monkeypatch
):
    queue, kept = callback("backups>Diary", queue=True), callback("KeepBest", monitor="loss")
    stopping = callback("EarlyStopping", monitor="loss", patience=5)
    with monkeypatch.context() as dying:
        _dies_after_two_epochs(dying)
        train(Keeper(tmp_path, NAME), plan(digits, epochs=3, callbacks=[queue, kept, stopping]))
        wait_for_disk()
    stopping = callback("EarlyStopping", monitor="loss", patience=6)
    run = train(Keeper(tmp_path, NAME), plan(digits, "backup", epochs=3, callbacks=[kept, stopping, queue]))
    assert any("what EarlyStopping and backups>Diary had counted" in note for note in run.notes)


def test_a_backup_without_the_arrays_of_its_callbacks_goes_on(file, digits):
    kept = [callback("KeepBest", monitor="loss")]
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "callbacks.bin"}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    run = train(Keeper(file.parents[2], NAME), plan(digits, "backup", epochs=4, callbacks=kept))
    assert run.state == "finished" and any("starts over" in note for note in run.notes)


def test_an_epoch_that_ends_the_run_is_not_backed_up(tmp_path, digits, monkeypatch):
    monkeypatch.setattr(backupkeeper, "INTERVAL", 0.0)
    monkeypatch.setattr(backupkeeper, "SHARE", 0)
    monkeypatch.setattr(backupkeeper.BackupKeeper, "discard", lambda self: None)
    stopping = [callback("EarlyStopping", monitor="loss", mode="min", min_delta=9, patience=2)]
    run = train(Keeper(tmp_path, NAME), plan(digits, epochs=9, callbacks=stopping))
    wait_for_disk()
    progress = read_progress(backup_in(tmp_path))
    assert progress is not None and (run.epoch, progress.epoch) == (3, 2)


def _state(model):
    return [np.array(variable) for variable in [*model.variables, *model.optimizer.variables]]


def test_a_run_that_ends_well_leaves_no_backup(tmp_path, digits, monkeypatch):
    monkeypatch.setattr(backupkeeper, "INTERVAL", 0.0)
    train(Keeper(tmp_path, NAME), plan(digits, epochs=2))
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]
    assert not list(tmp_path.rglob("*backup*"))


class Failing(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        raise ZeroDivisionError


@pytest.mark.parametrize("start", few(["trained", "fresh"], 2))
def test_a_run_that_starts_over_keeps_the_backup_and_it_is_offered_no_more(file, digits, start):
    progress = read_progress(file)
    train(Keeper(file.parents[2], NAME), plan(digits, epochs=2, start=start))
    assert read_progress(file) == progress
    assert Session(file.parents[2], NAME).backup() is None


def test_a_run_that_continues_or_does_not_end_an_epoch_leaves_nothing_more(file, digits, monkeypatch):
    with monkeypatch.context() as failing, pytest.raises(ZeroDivisionError):
        failing.setattr(fitting, "make_callback", lambda *_: Failing())
        train(Keeper(file.parents[2], NAME), plan(digits, callbacks=[{"class_name": "TerminateOnNaN"}]))
    assert Session(file.parents[2], NAME).backup()
    abandoned(file.parent, file.name)  # of a kernel that was killed while it wrote
    train(Keeper(file.parents[2], NAME), plan(digits, epochs=4, start="backup"))
    assert not list(file.parents[2].rglob("*backup*"))


def test_a_backup_is_a_model_that_keras_opens(file, digits):
    model = keras.models.load_model(file)
    assert int(model.optimizer.iterations) == 3 * 45
    assert model.evaluate(np.zeros((4, 64)), np.zeros(4), verbose=0)


def test_a_snapshot_does_not_follow_the_model(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    before = model.get_weights()
    snapshot = Snapshot(model)
    model.set_weights([array + 1 for array in before])
    snapshot.write(tmp_path / "a.keras", {"config.json": json.loads(model.to_json())})
    after = keras.models.load_model(tmp_path / "a.keras").get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_an_epoch_that_was_stopped_is_not_backed_up(tmp_path, digits, monkeypatch):
    monkeypatch.setattr(backupkeeper.BackupKeeper, "discard", lambda self: None)
    run = Run("model", 9)

    def stop(curves):
        if run.step:
            run.control.stop()

    train(Keeper(tmp_path, NAME), plan(digits, epochs=9, batch_size=1), run=run, publish=stop)
    assert run.state == "stopped" and run.step < 1000
    assert not backup_in(tmp_path).exists()


def test_the_state_of_another_optimizer_is_reset_and_it_is_told(file, digits):
    digits["compile_config"]["optimizer"] = "sgd"
    keeper = Keeper(file.parents[2], NAME)
    run = train(keeper, plan(digits, "backup", epochs=4))
    assert int(keeper.model.optimizer.iterations) == 45
    assert any("its state is reset" in note for note in run.notes)


def test_a_backup_whose_training_setup_is_none_goes_on(file, digits):
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in {**parts, "config.json": b'{"compile_config": "x"}'}.items():
            archive.writestr(name, data)
    run = train(Keeper(file.parents[2], NAME), plan(digits, "backup", epochs=4))
    assert any("its state is reset" in note for note in run.notes)


def test_what_can_not_go_on_is_refused_and_offered_again(file, digits):
    session = Session(file.parents[2], NAME)
    with pytest.raises(RequestError, match="Set more epochs"):
        train(session.worker.keeper(), plan(digits, "backup", epochs=3))
    session.run = Run("model", 3)
    assert session.backup() is None
    session.run.end("failed")
    offered = f"runs/{file.parent.name}/backup.keras"
    assert session.backup() == {"file": offered, "epoch": 3, "epochs": 3}
    file.unlink()
    with pytest.raises(RequestError, match="has left no backup"):
        train(session.worker.keeper(), plan(digits, "backup", epochs=9))


@pytest.mark.parametrize("letter, size", few(product(["n", "ä", "漢"], [233, 253, 254, 255]), 5))
@pytest.mark.usefixtures("quick")
def test_a_document_with_a_long_name_is_backed_up(tmp_path, digits, monkeypatch, letter, size):
    ending, count = ".keras.json", len(letter.encode())
    name = letter * ((size - len(ending)) // count) + "x" * ((size - len(ending)) % count) + ending
    assert len(name.encode()) == size
    with monkeypatch.context() as dying:
        _dies_after_two_epochs(dying)
        train(Keeper(tmp_path, name), plan(digits, epochs=3, batch_size=512))
        wait_for_disk()
    offered = Session(tmp_path, name).backup()
    assert offered and offered["epoch"] == 2
    assert Session(tmp_path, f"y{name[1:]}").backup() is None
    run = train(Keeper(tmp_path, name), plan(digits, "backup", epochs=3, batch_size=512))
    assert run.state == "finished"


def test_a_backup_goes_along_when_its_document_is_renamed(file):
    session = Session(file.parents[2], NAME)
    offered = session.backup()
    session.rename("net.keras.json")
    wait_for_disk()
    assert offered and session.backup() == offered


def test_a_backup_that_can_not_be_written_does_not_end_the_training(tmp_path, digits, monkeypatch):
    def full(self, path, parts):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Snapshot, "write", full)
    monkeypatch.setattr(backupkeeper, "INTERVAL", 0.0)
    run = Run("model", 2)
    train(Keeper(tmp_path, NAME), plan(digits), run=run)
    wait_for_disk()
    assert run.state == "finished"
    assert any("No space left" in note for note in run.notes)


CURVES = {"batch": {"loss": {"x": [1], "y": [0.5]}}, "epoch": {}}
GOOD = {"epoch": 1, "epochs": 2, "step": 3, "curves": CURVES, "seed": 7, "generators": [[1, 2]]}


@pytest.mark.parametrize(
    "run",
    [
        {**GOOD, "epoch": "1"},
        {**GOOD, "epoch": 0},
        {**GOOD, "step": True},
        {**GOOD, "curves": []},
        {**GOOD, "curves": {"batch": {"loss": {"x": [1, 2], "y": [0.5]}}, "epoch": {}}},
        {**GOOD, "curves": {"batch": {"loss": {"x": [1e400], "y": [0.5]}}, "epoch": {}}},
        {**GOOD, "curves": {"batch": {"loss": "x"}, "epoch": {}}},
        {**GOOD, "seed": -1},
        {**GOOD, "generators": [[2**32, 0]]},
        {**GOOD, "callbacks": [{"callback": {}}]},
        [],
    ],
)
def test_a_damaged_backup_is_not_offered(tmp_path, run):
    folder = new_folder(tmp_path / "runs", NAME)
    folder.write("label.json", {"file": NAME})
    folder.write("state.json", {"state": "stopped"})
    file = folder.path / "backup.keras"
    for content, is_good in ((GOOD, True), (run, False)):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("config.json", "{}")
            archive.writestr("run.json", json.dumps(content))
        assert (Session(tmp_path, NAME).backup() is not None) is is_good
    file.write_bytes(b"PK\x03\x04")
    assert Session(tmp_path, NAME).backup() is None
