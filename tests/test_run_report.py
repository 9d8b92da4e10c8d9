"""Runs as a file to keep: CSV, and one HTML that needs nothing else."""

import csv
import io
import json
import re

import pytest
from conftest import DIGITS, planned

from kerasviz.figures.runreport import report
from kerasviz.kernel.clients import Client
from kerasviz.kernel.requests import runs as requests
from kerasviz.kernel.session import Session
from kerasviz.training.run.folder import new_folder
from kerasviz.training.run.listing import KeptRuns

FILE = "digits.keras.json"
EVIL = '</script><img src=x onerror="alert(1)">'
BUNDLE = 'var W1=(()=>"a</script>b");export default W1();\n'


@pytest.fixture
def kept(tmp_path):
    """Two runs that differ in the number of epochs; the second has a hostile name."""
    found = KeptRuns(tmp_path, FILE)
    for number, name in enumerate(("", EVIL), start=1):
        run = new_folder(found.path, FILE)
        series = {"x": list(range(1, number + 1)), "y": [1.0 / n for n in range(1, number + 1)]}
        nothing = {"x": [], "y": []}
        curves = {"batch": {}, "epoch": {"loss": series, f"val_{EVIL}": series}}
        event = {"curves": curves, "clock": {"batch": nothing, "epoch": nothing, "ends": nothing}}
        (run.path / "events.jsonl").write_text(json.dumps(event) + "\n")
        run.write("label.json", {"file": FILE, "name": name, "note": EVIL})
        run.write("state.json", {"state": "finished", "started": float(number), "last": {"loss": 1.0}})
        plan = {"document": DIGITS, "fit": {"epochs": number}, "versions": {"keras": "3.15.1"}}
        run.write("plan.json", plan)
    return found


def test_a_report_is_one_file_with_curves_plans_and_versions(kept):
    page = report(kept.all(), BUNDLE)
    assert "window.Plotly=W1();" in page and "export default" not in page
    figure = json.loads(re.search(r'id="figure">(.*?)</script>', page)[1])
    assert len(figure["data"]) == 4
    assert "3.15.1" in page
    assert "fit.epochs" in page and '<td class="differs">2</td>' in page
    assert not re.search(r"https?://(?!plot)", page.replace(BUNDLE, ""))


def test_what_others_wrote_is_text_in_a_report(kept):
    page = report(kept.all(), BUNDLE)
    assert EVIL not in page and "<img" not in page
    assert page.count("</script>") == 2


def test_a_table_of_runs_has_a_row_for_each_epoch(kept, tmp_path):
    session = Session(tmp_path, FILE)
    ids = [run.name for run in kept.all()]
    answer = requests.run_export(session, {"ids": ids, "format": "csv"}, Client(lambda message: None))
    rows = list(csv.DictReader(io.StringIO(answer["content"])))
    assert [(row["run"], row["epoch"], row["loss"]) for row in rows] == [
        (ids[0], "1", "1.0"),
        (ids[0], "2", "0.5"),
        (ids[1], "1", "1.0"),
    ]
    assert answer["mimetype"] == "text/csv"


def test_a_run_opens_as_the_document_that_it_was(kept, tmp_path):
    (run, _) = kept.all()
    run.write("plan.json", {"document": planned(DIGITS)})
    session = Session(tmp_path, FILE)
    answer = requests.run_document(session, {"id": run.name}, Client(lambda message: None))
    assert json.loads(answer["document"]) == planned(DIGITS)
    assert answer["file"] == f"{run.name}.keras.json"
