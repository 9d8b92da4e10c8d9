"""Callbacks of Keras that write do so inside the folder of the run, and its own tools read that."""

import csv
import json

import keras
import pytest
from test_training import plan, train

from kerasviz.callbacks.finding import keras_callbacks, path_arguments, refused_callbacks
from kerasviz.callbacks.runpaths import inside
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.run.run import Run


def run_with(tmp_path, document, *callbacks, **changes):
    """Trains with a folder of the run beside the document; gives this folder."""
    folder = tmp_path / "runs" / "one"
    folder.mkdir(parents=True, exist_ok=True)
    made = plan(
        document, callbacks=[{"class_name": name, "config": config} for name, config in callbacks], **changes
    )
    run = Run(made.model_name, made.epochs)
    run.folder = RunFolder(folder)
    train(Keeper(tmp_path), made, run=run)
    assert run.state == "finished"
    return folder


def test_a_callback_has_paths_where_keras_says_so():
    found = {name: path_arguments(kind) for name, kind in keras_callbacks().items()}
    assert found["ModelCheckpoint"] == ["filepath"]
    assert found["CSVLogger"] == ["filename"]
    assert found["BackupAndRestore"] == ["backup_dir"]
    assert found["TensorBoard"] == ["log_dir", "embeddings_metadata"]
    assert not any(found[name] for name in ("EarlyStopping", "ReduceLROnPlateau", "SwapEMAWeights"))
    assert {"LambdaCallback", "LearningRateScheduler", "RemoteMonitor"} == refused_callbacks().keys()


@pytest.mark.parametrize(
    "path",
    [
        "../x.keras",
        "a/../../x.keras",
        "/tmp/x.keras",
        "..",
        "",
        " ",
        "C:x",
        "a\\b",
        "a\0b",
        "{epoch.__doc__[3]}{epoch.__doc__[3]}/x.keras",
        "{epoch:.>3}",
        "{epoch:/>9}",
        "{epoch!r}",
        "{",
    ],
)
def test_a_path_that_leads_out_is_refused(tmp_path, path):
    with pytest.raises(RequestError, match="must be a path inside the folder of the run"):
        inside(tmp_path, path, "filepath")


def test_a_path_inside_is_taken_with_what_keras_fills_in(tmp_path):
    made = inside(tmp_path, "kept/{epoch:02d}-{val_loss:.2f}.keras", "filepath")
    assert made == str(tmp_path / "kept" / "{epoch:02d}-{val_loss:.2f}.keras")
    assert (tmp_path / "kept").is_dir()
    assert inside(tmp_path, {"words": "words.tsv"}, "m") == {"words": str(tmp_path / "words.tsv")}


@pytest.mark.parametrize(
    "path",
    [
        "LSTM+BN5--{epoch:02d}--{val_lev_cer:.3f}.hdf5",
        "./modelCheckpoint/k46_diabets_{epoch:02d}-{val_loss:.4f}.hdf5",
        "model_at_epoch_{epoch}.keras",
        "cp-{epoch:04d}.ckpt",
        "./Graph",
        "logs/fit/20240101-101010",
    ],
)
def test_names_out_of_peoples_scripts_stay_inside(tmp_path, path):
    assert inside(tmp_path, path, "filepath").startswith(f"{tmp_path}/")


def test_checkpoints_and_a_table_lie_in_the_run(tmp_path, digits):
    folder = run_with(
        tmp_path,
        digits,
        ("ModelCheckpoint", {"filepath": "kept/{epoch:02d}.keras"}),
        ("CSVLogger", {"filename": "log.csv"}),
        ("BackupAndRestore", {"backup_dir": "state"}),
    )
    assert sorted(path.name for path in (folder / "kept").iterdir()) == ["01.keras", "02.keras"]
    assert keras.saving.load_model(folder / "kept" / "02.keras").count_params() > 0
    with open(folder / "log.csv") as file:
        assert [row["epoch"] for row in csv.DictReader(file)] == ["0", "1"]
    assert {path.name for path in tmp_path.iterdir()} == {"runs"}


def test_a_file_name_with_a_value_that_is_not_measured_is_said_after_a_batch(tmp_path, digits):
    """As in many tutorials, of when accuracy was called acc."""
    named = {"filepath": "cp-{epoch:04d}-{val_acc:.2f}.keras"}
    with pytest.raises(RequestError, match="Did you mean 'val_accuracy'"):
        run_with(tmp_path, digits, ("ModelCheckpoint", named))


def test_tensorboard_reads_the_logs_of_a_run(tmp_path, digits):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util.tensor_util import make_ndarray

    folder = run_with(tmp_path, digits, ("TensorBoard", {"histogram_freq": 1}))
    logs = EventAccumulator(str(folder / "logs" / "validation")).Reload()
    points = [(event.step, float(make_ndarray(event.tensor_proto))) for event in logs.Tensors("epoch_loss")]
    assert [step for step, _ in points] == [0, 1]
    assert points[1][1] < points[0][1]
    assert EventAccumulator(str(folder / "logs" / "train")).Reload().Tags()["tensors"]


def test_averaged_weights_are_swapped_in(tmp_path, digits):
    config = {"learning_rate": 0.01, "use_ema": True}
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "Adam",
        "config": config,
        "registered_name": None,
    }
    run_with(tmp_path, digits, ("SwapEMAWeights", {"swap_on_epoch": True}))


@pytest.mark.parametrize("name", ["LambdaCallback", "LearningRateScheduler"])
def test_a_callback_of_functions_says_the_way_out(tmp_path, digits, name):
    with pytest.raises(RequestError, match=r"takes functions, which a document can.t hold"):
        run_with(tmp_path, digits, (name, {}))


def test_a_package_that_is_missing_is_named_with_the_command(tmp_path, digits, monkeypatch):
    monkeypatch.setattr("kerasviz.training.callbacks.chosen.NEEDS", {"TensorBoard": ("no_such_package",)})
    with pytest.raises(RequestError, match="Run `%pip install no_such_package` and restart") as raised:
        run_with(tmp_path, digits, ("TensorBoard", {}))
    assert raised.value.error["code"] == "import"
    assert json.dumps(raised.value.error["message"])


def test_a_run_without_a_folder_writes_nowhere(tmp_path, digits):
    with pytest.raises(RequestError, match="this run has none"):
        train(Keeper(tmp_path), plan(digits, callbacks=[{"class_name": "TensorBoard", "config": {}}]))
