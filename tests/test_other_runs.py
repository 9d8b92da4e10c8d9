"""Runs that others train, or have trained: found, followed, steered, compared; and tables of epochs."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import planned
from said import said
from sessionpage import SessionPage

import kerasviz.comm
from kerasviz.execution.thread import DISK
from kerasviz.kernel.requests.runs import run_document
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError
from kerasviz.server import follow_documents
from kerasviz.training.keeping.limit import keep_within
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.run.keptrun import curves_of
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.loggedrun import LoggedRun, is_log

LOSS = {"x": [1, 2], "y": [0.5, 0.25]}
CLOCK = {"batch": {"x": [], "y": []}, "epoch": {"x": [1, 2], "y": [1, 2]}, "ends": {"x": [1, 2], "y": [3, 6]}}


def put_run(folder: Path, id: str, file: str, *, started: float = 1.0, **label: Any) -> None:
    """A run that has ended, as kerasviz leaves it."""
    path = folder / "runs" / id
    path.mkdir(parents=True)
    run = RunFolder(path)
    run.write("label.json", {"file": file, **label})
    run.write("plan.json", {"document": {"config": {"layers": []}}, "fit": {"epochs": int(started)}})
    run.write("state.json", {"run": id, "state": "finished", "started": started, "ended": started + 1})
    line = {"curves": {"batch": {"loss": LOSS}, "epoch": {"loss": LOSS}}, "clock": CLOCK}
    (path / "events.jsonl").write_text(json.dumps(line) + "\n")


@pytest.fixture
def page(tmp_path):
    (tmp_path / "teacher").mkdir()
    page = SessionPage(Session(tmp_path / "teacher", "lab.keras.json"))
    page.session.attach(page.client)
    yield page
    page.session.detach(page.client)


def test_the_runs_of_a_class_are_listed_drawn_compared_and_left_as_they_are(page, tmp_path):
    put_run(tmp_path / "teacher", "own", "lab.keras.json", started=5)
    for number, name in enumerate(("anna", "ben", "cy")):
        put_run(tmp_path / "class" / name, f"lab-{name}", "lab.keras.json", started=10 + number)
    put_run(tmp_path / "class/anna", "again", "lab.keras.json", started=20, name="<b>wide</b>")
    assert [run["name"] for run in page.ask("runs")["payload"]["runs"]] == ["own"]

    told = page.ask("take_runs", folder="../class")["payload"]
    assert told["others"] == ["../class"]
    assert [run["name"] for run in told["runs"]] == ["anna 2: <b>wide</b>", "cy", "ben", "anna", "own"]
    assert [run.get("origin") for run in told["runs"]] == ["anna", "cy", "ben", "anna", None]
    assert [said(change) for change in told["runs"][1]["changes"]] == ["fit.epochs: 5 → 12"]
    ids = [run["id"] for run in told["runs"]]
    curves = page.ask("run_curves", ids=ids, epochs_only=True)["payload"]["runs"]
    assert [each["id"] for each in curves] == ids
    assert [each["curves"] for each in curves] == [{"batch": {}, "epoch": {"loss": LOSS}}] * 5
    difference = page.ask("run_difference", before=ids[1], after=ids[2])["payload"]
    assert difference["plan"] == [{"key": "fit.epochs", "before": "12", "after": "11"}]
    table = page.ask("run_export", ids=ids, format="csv")["payload"]["content"].splitlines()
    assert table[3] == "cy,1,0.5"
    refused = page.ask("run_change", ids=[ids[1]], deleted=True)
    assert refused["error"]["code"] == "unknown_run"

    assert page.ask("take_runs", folder="nowhere")["error"]["code"] == "file"
    (tmp_path / "empty").mkdir()
    assert page.ask("take_runs", folder="../empty")["error"]["code"] == "file"
    assert len(page.ask("leave_runs", folder="../class")["payload"]["runs"]) == 1


def test_documents_of_one_folder_are_told_apart_by_their_names(page, tmp_path):
    for number, name in enumerate(("anna", "ben")):
        put_run(tmp_path / "class", name, f"{name}.keras.json", started=number)
    put_run(tmp_path / "teacher", "own", "lab.keras.json")
    names = [run["name"] for run in page.ask("take_runs", folder="../class")["payload"]["runs"]]
    assert sorted(names) == ["anna", "ben", "own"]
    names = [run["name"] for run in page.ask("take_runs", folder="..")["payload"]["runs"]]
    assert sorted(names) == ["anna", "ben", "own"]


def until(page: SessionPage, state: str) -> dict[str, Any]:
    """Asks for the list when the page is told that it is another one, until its first run is so."""
    while True:
        runs = page.ask("runs")["payload"]["runs"]
        if runs and runs[0]["state"] == state and (state != "training" or runs[0]["step"]):
            return dict(runs[0])
        page.told("runs")


def test_a_run_of_another_process_is_followed_paused_and_stopped(page, digits, tmp_path):
    file = tmp_path / "teacher" / "lab.keras.json"
    file.write_text(json.dumps(planned(digits, fit={"epochs": 1_000_000})))
    page.ask("runs")
    with subprocess.Popen(
        [sys.executable, "-m", "kerasviz", "train", str(file)], stdout=subprocess.DEVNULL
    ) as process:
        try:
            run = until(page, "training")
            step = run["step"]
            while page.ask("run_curves", ids=[run["id"]])["payload"]["runs"][0]["clock"]["batch"]["x"] == []:
                pass
            assert page.ask("run_control", ids=[run["id"]], action="pause")["ok"]
            paused = until(page, "paused")
            assert paused["step"] >= step
            assert page.ask("run_change", ids=[run["id"]], deleted=True)["error"]["code"] == "busy"
            assert page.ask("run_control", ids=[run["id"]], action="resume")["ok"]
            until(page, "training")
            assert page.ask("run_control", ids=[run["id"]], action="stop")["ok"]
            assert until(page, "stopped")["error"] is None
            assert process.wait(timeout=240) == 0
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("text", "curves"),
    [
        ("epoch,accuracy,loss\n0,0.5,1.0\n1,0.75,0.5\n", {"accuracy": [0.5, 0.75], "loss": [1.0, 0.5]}),
        ("epoch;loss;val_loss\n0;1;2\n1;.5;NA\n", {"loss": [1.0, 0.5], "val_loss": [2.0]}),
        ('"Epoch"\t"loss"\n1\tnan\n2\tinf\n3\t0.25', {"loss": [None, None, 0.25]}),
        # A log that was continued, a torn row, a value that is a list, a column without a name.
        ('epoch,loss,,"w"\n0,1,9,"[1, 2]"\n1,2\n0,3\n2', {"loss": [3.0, 2.0]}),
        ("\ufeffepoch,loss\r\n0,1e-3\r\n", {"loss": [0.001]}),
        ("epoch,loss\n", {}),
        ("epoch,loss\n-1,2\n1e400,3\nx,4\n0.5,1\n", {}),
    ],
)
def test_tables_of_epochs_are_runs(text, curves, tmp_path):
    file = tmp_path / "history.csv"
    file.write_text(text, newline="")
    assert is_log(file)
    ((event,), _) = LoggedRun(file).events()
    assert {name: series["y"] for name, series in event["curves"]["epoch"].items()} == curves


def test_other_tables_are_no_runs_and_a_table_that_grows_is_seen(page, tmp_path):
    folder = tmp_path / "logs"
    (folder / "exp1").mkdir(parents=True)
    (folder / "houses.csv").write_text("id;price\n1;2\n")
    (folder / "exp1/history.csv").write_text("epoch,loss,lr\n0,0.5,0.01\n1,0.7,0.01\n")
    (folder / "exp1/pixels.csv").write_bytes(b"\x00\xff" * 100)
    (folder / "training.log").write_text("epoch,loss\n0,1\n")
    (folder / "link").symlink_to(folder)
    told = page.ask("take_runs", folder="../logs")["payload"]["runs"]
    assert sorted(run["name"] for run in told) == ["exp1", "training"]
    (run,) = (run for run in told if run["name"] == "exp1")
    assert (run["epoch"], run["best"]) == (2, {"loss": {"value": 0.5, "epoch": 1}})
    (curves,) = page.ask("run_curves", ids=[run["id"]])["payload"]["runs"]
    assert curves["curves"]["epoch"]["loss"] == {"x": [1, 2], "y": [0.5, 0.7]}
    before = [each.stamp() for each in page.session.others.all([])]
    (folder / "training.log").write_text("epoch,loss\n0,1\n1,0.5\n")
    assert before != [each.stamp() for each in page.session.others.all([])]
    # None of it breaks what can be asked of runs.
    ids = [run["id"] for run in told]
    assert page.ask("run_difference", before=ids[0], after=ids[1])["payload"]["plan"] == []
    assert page.ask("run_export", ids=ids, format="html")["ok"]
    with pytest.raises(RequestError, match="no document"):
        run_document(page.session, {"id": ids[0]}, page.client)


def test_runs_go_along_with_a_document_that_is_renamed_moved_or_copied_without_a_kernel(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    put_run(tmp_path / "a", "lab-1", "lab.keras.json")
    weights = tmp_path / "a/runs/lab-1/checkpoints/epoch-0001.keras"
    weights.parent.mkdir()
    weights.write_bytes(b"1234")
    KeptRuns(tmp_path / "a", "lab.keras.json").change("lab-1", {"note": "mine"})
    put_run(tmp_path / "a", "lab-2", "lab.keras.json", started=2)
    KeptRuns(tmp_path / "a", "lab.keras.json").change("lab-2", {"deleted": True})
    put_run(tmp_path / "a", "other", "other.keras.json")
    manager = SimpleNamespace(_get_os_path=lambda path: str(tmp_path / path))

    def happens(action: str, source_path: str, path: str) -> None:
        data = {"action": action, "source_path": source_path, "path": path}
        asyncio.run(follow_documents(manager)(None, "", data))

    happens("rename", "a/lab.keras.json", "b/net.keras.json")
    moved = KeptRuns(tmp_path / "b", "net.keras.json")
    assert [run.name for run in moved.all()] == ["lab-1"]
    assert [run.name for run in moved.deleted()] == ["lab-2"]
    assert KeptRuns(tmp_path / "a", "lab.keras.json").all() == []
    assert len(KeptRuns(tmp_path / "a", "other.keras.json").all()) == 1

    happens("copy", "b/net.keras.json", "b/net-Copy1.keras.json")
    happens("copy", "b/net.keras.json", "notes.txt")
    (copied,) = KeptRuns(tmp_path / "b", "net-Copy1.keras.json").all()
    assert curves_of(copied)["curves"]["epoch"] == {"loss": LOSS}
    assert not list(copied.path.rglob("*.keras"))
    (original,) = moved.all()
    assert original.read("label.json")["note"] == "mine"
    assert list(original.path.rglob("*.keras"))


def test_a_kernel_follows_its_document_to_another_folder(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "b/lab.keras.json").write_text("{}")
    put_run(tmp_path / "a", "lab-1", "lab.keras.json")
    monkeypatch.chdir(tmp_path / "a")
    session = Session(name="lab.keras.json")
    assert (
        kerasviz.comm._folder_of("class/b/lab.keras.json", "class/a/lab.keras.json", session)
        == tmp_path / "b"
    )
    assert kerasviz.comm._folder_of("class/c/lab.keras.json", "class/a/lab.keras.json", session) is None
    session.rename("lab.keras.json", tmp_path / "b")
    DISK.wait()
    assert [run.name for run in session.kept_runs.all()] == ["lab-1"]
    assert session.kept_runs.path == tmp_path / "b/runs"


def test_weights_of_old_runs_go_where_all_take_too_much_and_histories_stay(tmp_path):
    kept = KeptRuns(tmp_path, "lab.keras.json")
    for number in range(3):
        put_run(tmp_path, f"lab-{number}", "lab.keras.json", started=number)
        folder = tmp_path / "runs" / f"lab-{number}"
        RunFolder(folder).write(
            "state.json",
            {"run": "r", "state": "finished", "started": number, "best": {"loss": {"value": 1, "epoch": 2}}},
        )
        (folder / "checkpoints").mkdir()
        for name in ("epoch-0001", "epoch-0002", "end"):
            (folder / "checkpoints" / f"{name}.keras").write_bytes(b"0" * 10_000)
    present = tmp_path / "runs/lab-2"

    def left() -> list[int]:
        return [len(list(run.path.rglob("*.keras"))) for run in reversed(kept.all())]

    assert keep_within(kept, present, 100_000) == []
    assert left() == [3, 3, 3]
    assert keep_within(kept, present, 75_000) == ["lab-0", "lab-1"]
    assert left() == [2, 2, 3]
    assert not (tmp_path / "runs/lab-0/checkpoints/epoch-0001.keras").exists()
    assert keep_within(kept, present, 55_000) == ["lab-0"]
    assert left() == [0, 2, 3]
    keep_within(kept, present, 0)
    assert left() == [0, 0, 3]
    assert all(curves_of(run)["curves"]["epoch"] for run in kept.all())
