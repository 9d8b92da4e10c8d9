"""`kerasviz.preview` and `kerasviz preview`: whatever a person has is looked at."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pandas as pd
import pytest
from typed import faults

import kerasviz
from kerasviz.__main__ import main
from kerasviz.data.dataset import Stream
from kerasviz.protocol.preview import Preview

FRAME = pd.DataFrame(
    {
        "day": pd.date_range("2020-01-01", periods=100).astype(str),
        "size": np.linspace(0, 9, 100) ** 2,
        "city": ["Ulm", "Köln"] * 50,
        "<b>note</b>": [f"<script>alert({at})</script> is what somebody wrote here" for at in range(100)],
        "none": [None] * 100,
        "same": ["a"] * 100,
        "ref": [f"ab-{at}" for at in range(100)],
    }
)


def seen(source: Any, **options: Any) -> dict[str, Any]:
    found = kerasviz.preview(source, **options).to_dict()
    assert list(faults(found, Preview)) == []
    assert json.loads(json.dumps(found)) == found
    return found


def test_a_file_and_a_frame_are_seen_alike(tmp_path: Path) -> None:
    FRAME.to_csv(tmp_path / "t.csv", index=False)
    file, frame = seen(tmp_path / "t.csv", target="size"), seen(FRAME, target="size")
    kinds = {column["name"]: column["kind"] for column in file["columns"]}
    assert kinds == {
        "day": "date",
        "size": "number",
        "city": "category",
        "<b>note</b>": "text",
        "none": "empty",
        "same": "constant",
        "ref": "id",
    }
    assert kinds == {column["name"]: column["kind"] for column in frame["columns"]}
    assert file["rows"] == frame["rows"] == 100 and file["sampled"] is None
    size = next(column for column in file["columns"] if column["name"] == "size")
    assert (size["minimum"], size["maximum"], sum(size["histogram"]["counts"])) == (0, 81, 100)
    assert size["mean"] == pytest.approx(FRAME["size"].mean())
    assert file["columns"][0]["first"].startswith("2020-01-01")
    assert file["columns"][2]["classes"] == [{"name": "Ulm", "count": 50}, {"name": "Köln", "count": 50}]
    assert file["found"]["delimiter"] == "," and len(file["samples"]) == 20


def test_it_shows_itself_and_text_of_files_is_text() -> None:
    look = kerasviz.preview(FRAME)
    told = look._repr_html_()
    assert "&lt;b&gt;note&lt;/b&gt;" in told and "<script" not in told and "<b>" not in told
    assert repr(look).splitlines()[0] == "DataFrame: 100 rows, 7 columns"
    assert any(line.split()[:2] == ["city", "category"] for line in repr(look).splitlines())


PIXELS = np.random.default_rng(0).integers(0, 255, (40, 12, 12, 3)).astype("uint8")
LABELS = np.arange(40) % 4


def test_arrays_are_seen() -> None:
    found = seen((np.random.default_rng(0).random((50, 3)), np.arange(50) % 2))
    assert [column["name"] for column in found["columns"]] == ["x[0]", "x[1]", "x[2]", "y"]
    assert found["kind"] == "arrays" and found["rows"] == 50
    assert found["classes"] == [{"name": "0", "count": 25}, {"name": "1", "count": 25}]
    one_hot = seen((PIXELS.reshape(40, -1), np.eye(4)[LABELS]))
    assert [each["count"] for each in one_hot["classes"]] == [10] * 4
    assert seen({"a": np.zeros(4), "b": np.ones((4, 2))})["rows"] == 4
    assert seen(np.array(["a text", "another"]))["kind"] == "texts"
    asked = seen((np.full((50, 3), np.nan), np.arange(50.0)))["questions"]
    assert {each["code"] for each in asked} >= {"constant"}


def test_pictures_are_shown_of_each_class() -> None:
    found = seen((PIXELS, LABELS))
    assert found["kind"] == "images" and len(found["columns"]) == 2
    labels = [each["label"] for each in found["samples"]]
    assert sorted(set(labels)) == ["0", "1", "2", "3"] and len(labels) == 24
    assert all(each["picture"].startswith("data:image/png;base64,") for each in found["samples"])
    grey = seen(PIXELS[..., 0] / 255)
    assert grey["kind"] == "images" and grey["samples"][0]["label"] is None
    lost = PIXELS.astype("float32")
    lost[3, 3, 3] = np.nan
    assert [each["code"] for each in seen((lost, LABELS))["questions"]] == ["missingcells"]


class Batches:
    """Four batches, as a PyDataset or a DataLoader gives them."""

    def __len__(self) -> int:
        return 4

    def __getitem__(self, at: int) -> Any:
        return PIXELS[at * 10 : at * 10 + 10], LABELS[at * 10 : at * 10 + 10]


def test_batches_are_seen_and_what_goes_by_once_is_left_alone() -> None:
    found = seen(Batches())
    assert (found["kind"], found["rows"], found["sampled"]) == ("images", None, 40)
    once = iter([(PIXELS, LABELS)])
    assert seen(Stream(name="once", batches=once))["sampled"] == 0
    assert len(list(once)) == 1


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (3, "Expected a path, a table, arrays or batches. Received: int"),
        ("none.csv", "There is no file none.csv"),
        ((np.zeros(3), np.zeros(4)), "as many samples in x as in y"),
        (np.float64(3), "one row for each sample"),
    ],
)
def test_what_is_no_data_is_refused(source: Any, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=sentence):
        kerasviz.preview(source)


def test_files_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    FRAME.drop(columns="none").to_parquet(tmp_path / "parquet.csv")
    FRAME.to_excel(tmp_path / "excel.csv", index=False)
    np.savez(tmp_path / "one", x=PIXELS, y=LABELS)
    np.savez(tmp_path / "two", a=PIXELS, b=LABELS)
    np.save(tmp_path / "array.npy", PIXELS)
    assert seen(tmp_path / "parquet.csv")["kind"] == seen(tmp_path / "excel.csv")["kind"] == "table"
    assert seen(tmp_path / "one.npz")["kind"] == seen(tmp_path / "array.npy")["kind"] == "images"
    assert seen(tmp_path / "two.npz", x=["a"], y=["b"])["rows"] == 40


def test_the_command_prints_json_and_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    FRAME.to_csv(path, index=False)
    assert main(["preview", str(path), "--json", "--target", "size"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == 100 and [column["missing"] for column in told["columns"]][4] == 100
    assert get_type_hints(Preview).keys() == told.keys()
    assert main(["preview", str(path)]) == 0
    assert capsys.readouterr().out.startswith("t.csv: 100 rows, 7 columns\n")


def test_what_is_no_table_ends_with_a_sentence_and_needs_no_keras(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    script = "import sys; from kerasviz.__main__ import main; status = main(['preview', 't.csv'])\n"
    script += "assert 'keras' not in sys.modules and 'tensorflow' not in sys.modules; sys.exit(status)"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr == "refused t.csv: t.csv is a PNG picture, not a table.\n"
