"""`kerasviz.run` and `kerasviz train`: the same run as the editor's, without Jupyter."""

import json
import os
import signal
import subprocess
import sys
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf
from conftest import planned

import kerasviz
from kerasviz.__main__ import main
from kerasviz.execution.here import train
from kerasviz.execution.setvalues import with_settings
from kerasviz.execution.subject import subject_of
from kerasviz.protocol import RequestError
from kerasviz.training.run.listing import KeptRuns


@pytest.fixture
def file(tmp_path, digits):
    path = tmp_path / "digits.keras.json"
    path.write_text(json.dumps(planned(digits)))
    return path


def state_in(folder: Any) -> dict[str, Any]:
    return dict(json.loads((folder / "state.json").read_text()))


def test_a_file_is_trained_with_its_plan_and_the_run_is_kept_beside_it(file):
    run = kerasviz.run(file, epochs=3)
    # Three epochs are few: the loss still falls steeply when the run ends.
    assert (run.state, [hint["code"] for hint in run.hints]) == ("finished", ["stopped-too-early"])
    assert [len(values) for values in run.history.values()] == [3] * 4
    (kept,) = KeptRuns(file.parent, file.name).all()
    assert run.folder == kept.path
    assert kept.read("plan.json")["fit"]["epochs"] == 3
    assert state_in(run.folder)["last"]["val_loss"] == run.history["val_loss"][-1]
    measured = run.evaluate()
    assert measured["loss"] == pytest.approx(run.history["val_loss"][-1], rel=1e-4)
    assert [note for note in run.notes if "reshaped" in note]
    assert not list(file.parent.rglob("backup.keras"))


@pytest.mark.parametrize("kind", ["dict", "text", "config", "model"])
def test_arrays_are_trained_on_and_no_file_leaves_nothing(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x, y = np.ones((32, 3)), np.zeros((32, 1))
    document = json.loads(model.to_json())
    given = {"dict": document, "text": json.dumps(document), "model": model}.get(kind, model.get_config())
    if kind == "config":
        with pytest.raises(RequestError, match="No loss is selected"):
            kerasviz.run(given, (x, y))
        return
    run = kerasviz.run(given, (x, y), validation_data=(x[:8], y[:8]), epochs=2, batch_size=8)
    assert len(run.history["val_loss"]) == 2
    assert run.folder is None
    assert run.evaluate(x, y)["loss"] == pytest.approx(run.evaluate()["loss"])
    assert (run.model is model) == (kind == "model")
    assert os.listdir(tmp_path) == []


def test_batches_and_tables_are_trained_on_as_fit_takes_them():
    x, y = np.ones((32, 1)), np.arange(32.0)
    rows = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)

    def model():
        keras.utils.set_random_seed(1)
        made = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        made.compile("sgd", "mse")
        return made

    run = kerasviz.run(model(), rows, validation_data=rows, epochs=2)
    assert run.history == model().fit(rows, validation_data=rows, epochs=2, verbose=0).history
    assert run.evaluate() == {"loss": pytest.approx(run.history["val_loss"][-1])}
    document = json.loads(model().to_json())
    columns = {"target": ["y"], "ignored": []}
    document["kerasviz"] = {"training": {"columns": columns, "preparation": []}}
    table = pd.DataFrame({"x": x[:, 0], "y": y})
    assert len(kerasviz.run(document, table, epochs=2).history["loss"]) == 2


def test_a_config_of_an_older_keras_is_trained():
    first = {"name": "a", "units": 2, "batch_input_shape": [None, 3], "kernel_initializer": "uniform"}
    old = {
        "class_name": "Sequential",
        "keras_version": "2.2.4",
        "backend": "tensorflow",
        "config": {"name": "s", "layers": [{"class_name": "Dense", "config": first}]},
        "compile_config": {"optimizer": "sgd", "loss": "mse"},
    }
    run = kerasviz.run(json.dumps(old), (np.ones((8, 3)), np.ones((8, 2))), epochs=1)
    assert run.model.count_params() == 8


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"data": 3}, "Expected arrays as"),
        ({"data": (np.ones((4, 64)), np.zeros(3))}, "as many samples"),
        ({"epochs": 0}, "at least 1 epoch"),
        ({"patience": 3}, "no argument 'patience' of fit"),
        ({"start": "backup"}, "has left no backup"),
    ],
)
def test_what_can_not_be_trained_is_said(file, arguments, words):
    with pytest.raises(RequestError, match=words):
        kerasviz.run(file, **arguments)


def test_a_run_that_held_nothing_out_says_so(file):
    with pytest.raises(ValueError, match="held no samples out"):
        kerasviz.run(file, epochs=1, validation_split=0.0).evaluate()


def test_control_json_steers_a_run(file, tmp_path):
    change = ["unheard of", {"action": "change", "what": "learning_rate", "value": 0.5}]

    def follow(run: Any, curves: Any) -> None:
        if curves["batch"]:
            asked = {"action": "stop"} if run.marks else change
            (tmp_path / "run" / "control.json").write_text(json.dumps(asked))

    subject = subject_of(file)
    long = subject.__class__(with_settings(subject.document, ["epochs=1000000"]), tmp_path, file.name)
    run = train(long, folder=tmp_path / "run", follow=follow)
    assert run.state == "stopped"
    assert state_in(run.folder)["marks"][0]["adjustment"]["after"] == 0.5


def test_values_are_set_by_name(digits):
    made = with_settings(
        planned(digits),
        ["epochs=3", "shuffle=false", "seed=7", "optimizer.learning_rate=0.5", "data=iris", "loss=mse"],
    )
    training = made["kerasviz"]["training"]
    assert training["fit"] == {"epochs": 3, "shuffle": False}
    assert (training["seed"], training["data"]["class_name"]) == (7, "iris")
    optimizer = made["compile_config"]["optimizer"]
    assert (optimizer["class_name"], optimizer["config"]) == ("Adam", {"learning_rate": 0.5})
    assert made["compile_config"]["loss"] == "mse"
    path = with_settings(digits, ["data=csv", "data.path=my=file.csv", "optimizer=sgd"])
    assert path["kerasviz"]["training"]["data"] == {"class_name": "csv", "config": {"path": "my=file.csv"}}
    assert digits["compile_config"]["optimizer"] == "adam"
    for wrong in ("epochs", "=3", "a..b=1"):
        with pytest.raises(RequestError, match="Expected NAME=VALUE"):
            with_settings(digits, [wrong])


def test_the_command_trains_and_keeps_run_and_model(file, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["train", str(file), "--set", "epochs=2", "--run", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["note:", "epoch", "epoch", "warning:", "finished:"]
    assert "\r" not in "".join(lines)
    files = {path.name for path in out.iterdir() if path.is_file()}
    of_the_run = {"plan.json", "state.json", "label.json", "events.jsonl", "history.csv", "statistics.jsonl"}
    assert files == of_the_run | {"model.keras"}
    assert int(keras.models.load_model(out / "model.keras").optimizer.iterations) == 90


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "epochs=many"], "at least 1 epoch"),
        (["--set", "patience=3"], "no argument 'patience' of fit"),
        (["--set", "hidden.units=3"], "no argument 'hidden.units' of fit or compile"),
        (["--set", "shuffle=maybe"], "true or false for shuffle"),
        (["--set", "optimizer.learning_rate=0.1,0.01"], "above 0. --set takes one value; a sweep"),
        (["--set", "batch_size=[16,32]"], "received: [16, 32]. --set takes one value"),
        (["--set", "epochs=1..3"], "--set takes one value"),
        (["--set", "optimizer=adam,sgd"], "--set takes one value"),
        (["--run", "."], "is no empty folder"),
        (["--set", "optimizer=unheard"], "unheard"),
        (["--set", "data=nowhere"], "data source"),
    ],
)
def test_the_command_says_in_a_sentence_why_not(arguments, words, file, capsys, monkeypatch):
    monkeypatch.chdir(file.parent)
    assert main(["train", str(file), *arguments]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and said[0].startswith("refused ") and words in said[0]


@pytest.mark.thorough
def test_the_command_says_that_it_does_not_sweep(file, tmp_path, capsys):
    document = json.loads(file.read_text())
    document["kerasviz"]["training"]["sweep"] = {"class_name": "grid", "ranges": []}
    file.write_text(json.dumps(document))
    assert main(["train", str(file), "--set", "epochs=1", "--run", str(tmp_path / "out")]) == 0
    assert "The sweep of this document begins in the editor" in capsys.readouterr().out


def test_the_command_needs_a_file_with_a_model(tmp_path, capsys):
    (tmp_path / "no.keras.json").write_text("{}")
    for name in ("no.keras.json", "none.keras.json"):
        assert main(["train", str(tmp_path / name)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_an_interrupt_ends_the_command_and_keeps_the_run(file):
    command = [sys.executable, "-m", "kerasviz", "train", str(file), "--set", "epochs=1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not process.stdout.readline().startswith("epoch 1/"):
            pass
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert out.splitlines()[-1].startswith("stopped after")
    assert "Traceback" not in err
    (kept,) = KeptRuns(file.parent, file.name).all()
    state = kept.read("state.json")
    assert (state["state"], state["error"]) == ("stopped", None)
    assert (kept.path / "model.keras").is_file()
