"""A real kernel answers every request with what the protocol says, and tells what it says."""

import copy
import json
from typing import Any, get_args, get_type_hints

import pytest
from conftest import BACKEND, Page, planned, start_kernel, written
from typed import faults

from kerasviz.protocol import KerasError
from kerasviz.protocol.analysis import Fixes
from kerasviz.protocol.hello import Hello
from kerasviz.protocol.requests import Events, Requests

CELL = """
import keras, numpy as np
samples, sums = np.zeros((8, 4)), np.zeros(8)
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, name="sum")])
net.compile("sgd", "mse")
"""

ERROR = {"code": "loss", "layer": None, "message": {"text": "No.", "args": {}}, "detail": None, "fix": None}


@pytest.mark.parametrize(
    ("value", "hint", "fault"),
    [
        ({"nodes": {}, "errors": []}, Fixes, ""),
        (
            {"nodes": {"a:0": {"title": {"text": "Fix", "args": {}}, "edits": []}}, "errors": [ERROR]},
            Fixes,
            "",
        ),
        ({"nodes": {}}, Fixes, ": Fixes lacks errors"),
        ({"nodes": {}, "errors": [], "more": 1}, Fixes, ": Fixes has no more"),
        ({"nodes": {"a:0": {"title": "Fix"}}, "errors": []}, Fixes, ".nodes.a:0: Fix lacks edits"),
        ({"nodes": {}, "errors": [{**ERROR, "message": 1}]}, Fixes, ".errors[0].message: 1 is no"),
        (None, Hello, ": None is no Hello"),
        (True, int, ": True is no"),
        ([1, "a"], tuple[int, int], "[1]: 'a' is no"),
    ],
)
def test_faults_are_found(value, hint, fault):
    found = [each.split("<")[0].strip() for each in faults(value, hint)]
    assert found == ([fault.strip()] if fault else [])


def test_every_answer_and_every_event_is_what_the_protocol_says(tmp_path, digits):
    requests, events = get_type_hints(Requests, include_extras=True), get_type_hints(Events)
    asked: set[str] = set()
    manager = start_kernel(tmp_path)
    page = Page(manager)

    def ask(type: str, **payload: Any) -> Any:
        takes, gives = get_args(requests[type])
        asked.add(type)
        assert list(faults(written(payload), takes, type)) == []
        reply = page.ask(type, **payload)
        assert reply["ok"], reply
        assert list(faults(reply["payload"], gives, type)) == []
        return reply["payload"]

    try:
        assert page.execute(CELL)["status"] == "ok"
        ask("hello", document="digits.keras.json")
        ask("catalog")
        ask("asset", name="catalog")
        broken = copy.deepcopy(digits)
        broken["config"]["layers"][1]["config"]["activation"] = "rellu"
        shell = {**broken, "config": {**broken["config"], "layers": []}}
        told = ask("analyze", revision=1, base=None, model=shell, layers=broken["config"]["layers"])
        assert told["nodes"]["hidden:0"]["error"]
        fix = ask("fixes", revision=1)["nodes"]["hidden:0"]
        ask("apply_fix", document=broken, fix=fix)
        layers = [[0, 1], digits["config"]["layers"][1], [2, 1]]
        ask("analyze", revision=2, base=1, model=shell, layers=layers)
        ask("code", document=digits, recipe="model")
        ask("cost", document=digits, batch_size=32)
        ask("diagram", document=digits)
        ask("schedule", document=digits)
        assert ask("fit_limits", document=digits) == {"unused": {}, "needed": {}, "split": None}
        ask("class_weights", document=planned(digits))
        ask("sample", document=planned(digits), choice={"class_name": "by_index", "config": {}})
        assert ask("probe", document=planned(digits), path=[], nodes=["digit:0"])["predictions"]
        first = {"class_name": "by_index", "config": {}}
        assert ask("sample_form", document=planned(digits), of=first)["fields"][0]["kind"] == "picture"
        ask("probe_layer", document=planned(digits), path=[], node="digit:0", tensor=0)
        why = ask("why", document=planned(digits), method=None, output=0, target=None)
        assert why["method"]["class_name"] == "saliency"
        ask("end_why")
        covered = {"class_name": "occlusion", "config": {"window": 3}}
        assert ask("why", document=planned(digits), method=covered, output=0, target=3)["parts"]
        shown = {"class_name": "layer_output", "config": {"node": "digit:0", "kind": "bars"}}
        ask("picture_code", document=planned(digits), picture=shown)
        told = ask(
            "embedding",
            document=planned(digits),
            path=[],
            node="hidden:0",
            part="training",
            samples=60,
            method=None,
        )
        assert len(told["across"]) == 60
        ask("end_embedding")
        ask("look_away")
        ask("summary", document=digits, layers=["hidden"])
        page.execute("more = np.zeros((8, 4)); keras.config.set_floatx('float64')")
        assert ask("arrays")["arrays"]
        assert ask("models")["models"]
        ask("open_model", name="net")
        page.execute("import pandas as pd; prices = pd.DataFrame({'rooms': [1, 2], 'kind': ['a', 'b']})")
        chosen = planned(digits, data={"class_name": "dataframe", "config": {"name": "prices"}})
        assert [each["name"] for each in ask("preview", document=chosen)["columns"]] == ["rooms", "kind"]
        told = [{"name": name, "holds": ""} for name in ("rooms", "kind")]
        assert ask("columns", document=chosen)["columns"] == told
        assert ask("sample_form", document=chosen, of=None)["fields"]
        laid_out = json.loads(ask("first_model", document=chosen)["document"])
        if BACKEND == "tensorflow":
            assert ask("prepare_in_model", document=laid_out)["reasons"]
        else:  # whose models take no words
            asked.add("prepare_in_model")
        ask("formats")
        assert ask("devices")["devices"][0]["name"] == "cpu:0"
        ask("warm_place", place='{"class_name": "thread", "config": {}}')
        run = ask("train", document=planned(digits, fit={"epochs": 100_000}), start="fresh")["run"]
        page.until("training")
        page.until_points()
        ask("control", run=run, action="change", what="learning_rate", value=0.01)
        assert ask("adjustable", run=run)["values"]
        assert ask("statistics", run=run)["measured"]["layers"]
        ask("history", run=run)
        ask("save", document=digits, path="digits.weights.h5")
        exported = "digits.pt2" if BACKEND == "torch" else "digits"
        assert ask("save", document=digits, path=exported)["notes"]
        ask("end_save", path=exported)
        ask("control", run=run, action="stop")
        page.until("stopped")
        ask("train", document=planned(digits), start="fresh")
        page.until_told("runs", 4)  # both have begun and ended
        after, before = (run["id"] for run in ask("runs")["runs"])
        assert ask("hints", document=planned(digits), read=False)["run"]
        kept = ask("run_curves", ids=[before, after])["runs"]
        assert [run["id"] for run in kept] == [before, after]
        ask("run_difference", before=before, after=after)
        ask("run_document", id=before)
        ask("run_code", id=before)
        choice = {"class_name": "by_index", "config": {}}
        assert ask("sample", document=planned(digits), choice=choice)["views"]
        assert ask("probe", document=planned(digits), path=[], nodes=[])["views"]
        assert ask("evaluate", document=planned(digits), part="validation")["run"]
        for name in ("confusion", "per_class", "worst", "curves", "csv_file"):
            ask("result", class_name=name, config={})
        ask("end_evaluation")
        assert ask("take_runs", folder=".")["others"] == ["."]
        ask("leave_runs", folder=".")
        ask("run_control", ids=[after], action="resume")
        ask("run_export", ids=[before, after], format="html")
        while not ask("kept_epochs", id=after)["epochs"]:  # the disk has a thread of its own
            pass
        ask("go_back", document=digits, id=after, epoch=None)
        ask("undo_go_back")
        assert len(ask("run_change", ids=[before], deleted=True)["runs"]) == 1
        ask("load_weights", document=digits, file="digits.weights.h5")
        ask("weights", document=digits, revision=None, file=None)
        ask("weights", document=None, revision=2, file="digits.weights.h5")
        ranges = [{"path": ["config", "layers", "hidden", "config", "units"], "values": [3, 4]}]
        tried = {"class_name": "grid", "config": {}, "ranges": ranges}
        ask("sweep", document=planned(digits, fit={"epochs": 100_000}, sweep=tried))
        page.until("training")
        ask("end_sweep")
        page.until("stopped")
        while not page.ask("rate_test", document=planned(digits))["ok"]:  # the sweep ends after its trial
            pass
        asked.add("rate_test")
        ask("end_rate_test")
        refused = page.ask("control", run="none", action="stop")
        assert list(faults(refused["error"], KerasError)) == []
        told = {event["event"]: event["payload"] for event in page.events}
        assert asked == requests.keys()
        assert told.keys() == events.keys()
        for event in page.events:
            assert list(faults(event["payload"], events[event["event"]], event["event"])) == []
    finally:
        page.close()
        manager.shutdown_kernel(now=True)
