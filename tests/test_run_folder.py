"""A run is a folder: what is in it, that others read it, and what it says when nobody writes it any more."""

import csv
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import PATIENCE, planned

from kerasviz.backend import installed
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.thread import DISK, Thread
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError
from kerasviz.training.plan import read_plan
from kerasviz.training.run import printedlimit
from kerasviz.training.run.folder import LABEL, RunFolder, new_folder, safe_stem
from kerasviz.training.run.keptrun import curves_of, kept_run, summaries, summary
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

FILE = "digits.keras.json"


def trained(folder: Path, document: dict[str, Any], **plan: Any) -> Run:
    """A run that has ended, and is written."""
    plan = read_plan(planned(document, **plan), "fresh")
    run, done = Run(plan.model_name, plan.epochs), threading.Event()
    record(run, plan.to_json(), KeptRuns(folder, FILE), DISK.submit, lambda: None)

    def publish(curves: Any) -> None:
        run.extend(curves or {"batch": {}, "epoch": {}})
        if run.ended:
            done.set()

    Thread().start(plan, run, DocumentWorker(folder, FILE), publish)
    assert done.wait(PATIENCE)
    written()
    return run


def written() -> None:
    """Waits until the disk's thread has done what it was asked to do."""
    done = threading.Event()
    DISK.submit(done.set)
    assert done.wait(PATIENCE)


@pytest.fixture
def kept(tmp_path):
    return KeptRuns(tmp_path, FILE)


def test_a_run_is_a_folder_that_others_read(tmp_path, digits, kept):
    document = planned(digits, fit={"epochs": 3}, seed=7)
    run = trained(tmp_path, digits, fit={"epochs": 3}, seed=7)
    (folder,) = kept.all()
    assert folder.path.parent == tmp_path / "runs"
    assert folder.name.startswith("digits-20")
    assert run.state == "finished"
    plan = folder.read("plan.json")
    assert plan["document"] == document
    assert (plan["seed"], plan["seed_drawn"], plan["fit"]["epochs"]) == (7, 7, 3)
    assert plan["versions"].items() >= {"keras": keras.__version__, "numpy": np.__version__}.items()
    keras.models.model_from_json(json.dumps(plan["document"]))
    state = folder.read("state.json")
    assert (state["state"], state["epoch"], state["step"]) == ("finished", 3, run.step)
    assert state["parameters"] == 64 * 32 + 32 + 330
    shown = run.history.to_json()["epoch"]
    with open(folder.path / "history.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["0", "1", "2"]
    assert [float(row["val_accuracy"]) for row in rows] == shown["val_accuracy"]["y"]
    read = curves_of(folder)
    assert read["curves"] == run.history.to_json()
    assert read["clock"] == run.history.clock()
    ends = read["clock"]["ends"]
    assert (ends["x"], ends["y"]) == ([1, 2, 3], [run.step // 3, run.step // 3 * 2, run.step])


def test_the_rows_are_those_of_keras(tmp_path, digits, kept):
    trained(tmp_path, digits, callbacks=[])
    (folder,) = kept.all()
    curves = curves_of(folder)["curves"]["epoch"]
    logger = keras.callbacks.CSVLogger(str(tmp_path / "theirs.csv"))
    logger.on_train_begin()
    for epoch in range(2):
        logger.on_epoch_end(epoch, {name: series["y"][epoch] for name, series in curves.items()})
    logger.on_train_end()
    assert (folder.path / "history.csv").read_text() == (tmp_path / "theirs.csv").read_text()


def test_the_list_tells_best_values_and_what_was_changed(tmp_path, digits, kept):
    trained(tmp_path, digits)
    digits["config"]["layers"][1]["config"]["units"] = 8
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 0.1},
        "registered_name": None,
    }
    trained(tmp_path, digits, fit={"epochs": 4})
    later, first = summaries(kept.all())
    assert first["changes"] == []
    assert later["changes"] == [
        "hidden: units: 32 → 8",
        "optimizer: adam → SGD(learning_rate=0.1)",
        "fit.epochs: 2 → 4",
    ]
    values = curves_of(kept.all()[0])["curves"]["epoch"]
    for name, better in (("loss", min), ("val_accuracy", max)):
        best = later["best"][name]
        assert best["value"] == better(values[name]["y"]) == values[name]["y"][best["epoch"] - 1]
    assert later["last"]["loss"] == values["loss"]["y"][-1]
    assert later["epoch"] == later["epochs"] == 4
    assert first["started"] <= first["ended"] <= later["started"]


def test_what_was_changed_on_the_way_is_kept(tmp_path, digits, kept):
    plan = read_plan(planned(digits, fit={"epochs": 10**6}), "fresh")
    run, done = Run(plan.model_name, plan.epochs), threading.Event()
    record(run, plan.to_json(), kept, DISK.submit, lambda: None)
    run.control.change("learning_rate", 0.5)

    def publish(curves: Any) -> None:
        run.extend(curves or {"batch": {}, "epoch": {}})
        if run.marks:
            run.control.stop()
        if run.ended:
            done.set()

    Thread().start(plan, run, DocumentWorker(tmp_path, FILE), publish)
    assert done.wait(PATIENCE)
    written()
    (folder,) = kept.all()
    assert curves_of(folder)["marks"] == run.marks == kept_run(folder).marks
    assert run.marks[0]["adjustment"]["after"] == 0.5
    assert summary(folder)["state"] == "stopped"


def test_runs_are_renamed_deleted_and_restored(tmp_path, digits, kept):
    trained(tmp_path, digits)
    (run,) = kept.all()
    kept.change(run.name, {"name": "Wider", "note": "two\nlines", "hidden": True})
    told = summary(run)
    assert (told["name"], told["note"], told["hidden"]) == ("Wider", "two\nlines", True)
    kept.change(run.name, {"deleted": True})
    assert (kept.all(), [each.name for each in kept.deleted()]) == ([], [run.name])
    kept.change(run.name, {"deleted": False})
    assert [each.name for each in kept.all()] == [run.name]
    kept.change(run.name, {"name": ""})
    assert summary(run)["name"] == run.name
    for name in ("../runs", "", ".trash", "none", None, 3):
        with pytest.raises(RequestError, match="no longer exists"):
            kept.find(name)
    kept.move(tmp_path, "other.keras.json")
    assert kept.all() == []
    assert [each.name for each in KeptRuns(tmp_path, "other.keras.json").all()] == [run.name]


@pytest.mark.parametrize("tells", ["page", "server"])
def test_a_run_follows_its_document_that_was_moved_while_it_trained(tells, tmp_path, digits):
    places = [tmp_path / name for name in ("before", "after", "last")]
    for place in places:
        place.mkdir()
    session, begun, ended = Session(places[0], FILE), threading.Event(), threading.Event()

    def heard(message: dict[str, Any]) -> None:
        status = message.get("payload", {}).get("status") if message.get("event") == "run" else None
        if status is not None:
            begun.set() if status["state"] == "training" else None
            ended.set() if status["state"] == "stopped" else None

    client = Client(heard)
    session.attach(client)
    plan = {"document": json.dumps(planned(digits, fit={"epochs": 100_000})), "start": "fresh"}
    session.dispatch({"id": "1", "type": "train", "version": 1, "payload": plan}, client)
    assert begun.wait(PATIENCE)
    written()
    if tells == "page":
        session.rename(FILE, places[1])
        session.rename("new.keras.json", places[2])
    else:  # and no page is there that would tell the kernel
        KeptRuns(places[0], FILE).move(places[2], "new.keras.json")
    session.run.control.stop()
    assert ended.wait(PATIENCE)
    written()
    (run,) = KeptRuns(places[2], "new.keras.json").all()
    assert run.state == "stopped" and run.events()[0]
    assert run.read(LABEL) == {"file": "new.keras.json"}
    assert [list(place.glob("runs/*")) for place in places[:2]] == [[], []]


def test_the_trash_is_bounded(tmp_path, kept):
    names = []
    for _ in range(25):
        run = new_folder(kept.path, FILE)
        run.write("label.json", {"file": FILE})
        run.write("state.json", {"state": "finished", "started": 1.0})
        names.append(run.name)
        kept.change(run.name, {"deleted": True})
    assert [run.name for run in kept.deleted()] == names[:4:-1]


def test_names_are_safe_unique_and_sorted(tmp_path):
    runs = tmp_path / "runs"
    names = [new_folder(runs, FILE).name for _ in range(3)]
    assert len(set(names)) == 3
    assert safe_stem("Mein Modell/ä?.keras.json") == "Mein-Modell-ä"
    assert safe_stem("../..") == safe_stem("\ud800.keras.json") == safe_stem("") == "model"
    assert len(safe_stem("ä" * 200 + ".keras.json").encode()) <= 60


DIES = """
import os, sys
from pathlib import Path
from kerasviz.training.run.pulse import this_process
from kerasviz.training.run.folder import new_folder
run = new_folder(Path("runs"), "digits.keras.json")
run.write("label.json", {"file": "digits.keras.json"})
run.write("state.json", {"run": "x", "state": "training", "started": 1.0, "process": this_process()})
print(run.name, flush=True)
sys.stdin.read()
"""


def test_a_run_whose_process_died_is_lost(tmp_path, kept):
    with subprocess.Popen(
        [sys.executable, "-c", DIES], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        name = process.stdout.readline().strip()
        run = kept.find(name)
        assert run.state == "training"
        with pytest.raises(RequestError, match="still training"):
            kept.change(name, {"deleted": True})
        process.kill()
        process.wait()
        assert run.state == "lost"
        shown = kept_run(run).status()
    assert (shown["state"], shown["run"], shown["kept"]) == ("lost", "x", True)
    elsewhere = {**run.read("state.json"), "process": {"machine": "another", "pid": 1, "begun": 1.0}}
    run.write("state.json", elsewhere)
    assert run.state == "training"  # it was written just now


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_disk_that_takes_nothing_costs_a_note(when, tmp_path, digits, monkeypatch):
    if when == "before":
        (tmp_path / "runs").write_text("no folder")
    else:
        monkeypatch.setattr(RunFolder, "write", RunFolder.read)
        monkeypatch.setattr("kerasviz.training.run.recording.HISTORY", "none/history.csv")
    run = trained(tmp_path, digits)
    assert run.state == "finished"
    assert [note for note in run.notes if note.startswith("This run is not kept in a folder")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("state.json", "[1]"),
        ("state.json", '{"state": 3, "started": "now", "best": {"loss": 1}, "last": [], "epoch": null}'),
        ("state.json", "[" * 100_000),
        ("label.json", '{"file": "digits.keras.json", "name": 3, "hidden": "yes", "group": []}'),
        ("events.jsonl", '{"curves": {"batch": {"loss": {"x": [1], "y": []}}, "epoch": {}}}\nno\n{"curves"'),
        ("plan.json", '{"document": 3, "fit": [], "callbacks": {}, "data": 1}'),
    ],
)
def test_what_others_wrote_there_harms_nothing(name, content, kept):
    runs = [new_folder(kept.path, FILE) for _ in range(2)]
    for run in runs:
        run.write("label.json", {"file": FILE})
    (runs[0].path / name).write_text(content)
    found = kept.all()
    assert len(found) == (2 if name != "label.json" or "digits" in content else 1)
    assert {each["state"] for each in summaries(found)} == {"lost"}
    for run in found:
        curves_of(run)
        kept_run(run).status()


def test_versions_are_those_of_the_packages():
    assert installed.versions()["keras"] == keras.__version__


def test_of_what_a_run_prints_the_end_is_kept_while_it_prints(tmp_path, monkeypatch):
    monkeypatch.setattr(printedlimit, "MOST_BYTES", 1000)
    monkeypatch.setattr(printedlimit, "KEPT_BYTES", 100)
    file = tmp_path / "output.txt"
    printedlimit.shorten(file)  # it isn't there yet
    with open(file, "a") as printing:
        for line in range(99):
            printing.write(f"line {line:03}\n")
        printing.flush()
        printedlimit.shorten(file)
        assert file.stat().st_size == 99 * 9
        print("line 099\n" * 20, end="", file=printing, flush=True)
        printedlimit.shorten(file)
        print("more", file=printing, flush=True)
    first, *rest, last = file.read_text().splitlines()
    assert first == "[What was printed before was removed.]" and last == "more"
    assert 9 <= len(rest) <= 11 and set(rest) == {"line 099"}
