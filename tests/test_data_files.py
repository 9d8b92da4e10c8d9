"""Tables and arrays in files of other kinds than text."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kerasviz.data import code_of, load, names
from kerasviz.protocol import RequestError

FRAME = pd.DataFrame(
    {
        "price": [1.5, None, 3.0],
        "rooms": [1, 2, 3],
        "city": ["Ulm", None, "Köln"],
        "day": pd.to_datetime(["2020-01-01", "2020-01-02", None]),
        "sold": [True, False, True],
    }
)
PIXELS, LABELS = np.arange(24).reshape(6, 2, 2), np.arange(6)


def chosen(source: str, /, **config: Any) -> dict[str, Any]:
    return {"class_name": source, "config": config}


def frame_of(folder: Path, name: str, **config: Any) -> pd.DataFrame:
    table: Any = load(chosen(name, **config), {}, folder)
    frame = pd.concat(table.parts())
    assert tuple(frame.columns) == table.columns == tuple(names(chosen(name, **config), {}, folder))
    sampled = table.sample(2, lambda share: None) if table.sample else None
    assert sampled is None or sampled.rows == len(frame)
    return frame


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, plan: dict[str, Any]) -> dict[str, Any]:
    snippet = code_of(plan, folder=folder)
    assert snippet is not None
    monkeypatch.chdir(folder)
    namespace: dict[str, Any] = {}
    exec("\n".join([*snippet.imports, *snippet.lines]), namespace)
    return {role: namespace[name] for role, name in snippet.gives.items()}


def test_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FRAME.set_index(pd.Index([5, 6, 7])).to_parquet(tmp_path / "t.parquet", row_group_size=2)
    found = frame_of(tmp_path, "parquet", file="t.parquet")
    pd.testing.assert_frame_equal(found, FRAME, check_dtype=False)
    made = run(tmp_path, monkeypatch, chosen("parquet", file="t.parquet"))
    pd.testing.assert_frame_equal(made["table"].reset_index(drop=True), found, check_dtype=False)


@pytest.mark.parametrize("above", [[], [["Prices of 2020"], []]])
@pytest.mark.parametrize("header", [True, False])
def test_excel(above: list[Any], header: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Prices")
    for row in [*above, *([list(FRAME.columns)] if header else [])]:
        sheet.append(row)
    for row in FRAME.astype(object).where(FRAME.notna(), None).itertuples(index=False):
        sheet.append(list(row))
    book.save(tmp_path / "t.xlsx")
    found = frame_of(tmp_path, "excel", file="t.xlsx")
    expected = FRAME if header else FRAME.set_axis([f"column {at + 1}" for at in range(5)], axis=1)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    made = run(tmp_path, monkeypatch, chosen("excel", file="t.xlsx"))
    pd.testing.assert_frame_equal(made["table"], found)
    with pytest.raises(RequestError, match=r"no sheet 'Costs'. There are Notes and Prices"):
        load(chosen("excel", file="t.xlsx", sheet="Costs"), {}, tmp_path)
    with pytest.raises(RequestError, match=r"The sheet Notes of t.xlsx is empty"):
        load(chosen("excel", file="t.xlsx", sheet="Notes"), {}, tmp_path)


def test_arrays_in_an_npz_are_found_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(
        tmp_path / "mnist.npz", x_train=PIXELS, y_train=LABELS, x_test=PIXELS[:2], y_test=LABELS[:2]
    )
    data: Any = load(chosen("npz", file="mnist.npz"), {}, tmp_path)
    assert (data.x == PIXELS).all() and data.x_name == "x_train" and len(data.test.y) == 2
    assert list(names(chosen("npz", file="mnist.npz"), {}, tmp_path)) == [
        "x_train",
        "y_train",
        "x_test",
        "y_test",
    ]
    made = run(tmp_path, monkeypatch, chosen("npz", file="mnist.npz"))
    assert (made["x"] == PIXELS).all() and (made["y"] == LABELS).all()


def test_arrays_in_an_npz_are_chosen_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez(tmp_path / "t.npz", left=PIXELS, right=PIXELS, kind=LABELS, price=LABELS)
    with pytest.raises(
        RequestError, match=r"Choose which array of t.npz is x. There are left, right, kind and"
    ):
        load(chosen("npz", file="t.npz"), {}, tmp_path)
    plan = chosen("npz", file="t.npz", x=["left", "right"], y=["kind"])
    data: Any = load(plan, {}, tmp_path)
    assert list(data.x) == ["left", "right"] and (data.y == LABELS).all()
    made = run(tmp_path, monkeypatch, plan)
    assert list(made["x"]) == ["left", "right"] and (made["y"] == LABELS).all()


def test_npy_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "x.npy", PIXELS)
    np.save(tmp_path / "y.npy", LABELS)
    plan = chosen("npy", x="x.npy", y="y.npy")
    data: Any = load(plan, {}, tmp_path)
    assert isinstance(data.x, np.memmap) and (data.x == PIXELS).all()
    made = run(tmp_path, monkeypatch, plan)
    assert (made["x"] == PIXELS).all() and (made["y"] == LABELS).all()


def bomb() -> bytes:
    """A member of 100 bytes whose header declares 8 TB."""
    header, target = io.BytesIO(), io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (10**12,)})
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("x", "y"):
            archive.writestr(f"{name}.npy", header.getvalue())
    return target.getvalue()


def npz(**arrays: Any) -> bytes:
    target = io.BytesIO()
    np.savez(target, **arrays)
    return target.getvalue()


REFUSED = [
    ("npz", npz(x=PIXELS, y=LABELS[:3]), "as many samples in x as in y. Received: 6 and 3"),
    ("npz", npz(x=np.array([{}, 1], object), y=LABELS[:2]), "holds objects of Python"),
    ("npz", bomb(), "takes 16000.0 GB of memory"),
    ("npz", npz(x=PIXELS, y=LABELS)[:-60], "not a file of NumPy, or it is damaged"),
    ("npz", npz(x=np.array(3), y=np.array(4)), "one row for each sample in x"),
    ("npz", b"a,b\n1,2\n", "not a file of NumPy"),
    ("parquet", b"PAR1 no", "not a Parquet file"),
    ("excel", b"a,b\n1,2\n", "not an Excel workbook"),
    ("excel", npz(x=PIXELS), "not an Excel workbook"),
]


@pytest.mark.parametrize(("source", "content", "sentence"), REFUSED)
def test_what_is_none_is_refused(source: str, content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "t").write_bytes(content)
    with pytest.raises(RequestError, match=sentence):
        load(chosen(source, file="t"), {}, tmp_path)


def test_tables_of_the_kernel() -> None:
    import pyarrow as pa

    namespace = {
        "pandas_one": FRAME,
        "by_day": FRAME.dropna().set_index("day"),
        "filtered": FRAME[FRAME.rooms > 1],
        "arrow": pa.Table.from_pandas(FRAME),
        "twice": pd.concat([FRAME, FRAME], axis=1),
        "levels": pd.DataFrame({("a", "x"): [1], ("a", "y"): [2], 3: [4]}),
        "numbers": [1, 2],
    }

    def columns(name: str) -> list[str]:
        return list(names(chosen("dataframe", name=name), namespace))

    assert columns("pandas_one") == columns("filtered") == columns("arrow") == list(FRAME.columns)
    assert columns("by_day")[0] == "day"
    assert columns("twice")[5:] == [f"{name}.1" for name in FRAME.columns]
    assert columns("levels") == ["a x", "a y", "3"]
    table: Any = load(chosen("dataframe", name="filtered"), namespace)
    assert list(next(table.parts()).index) == [0, 1]
    with pytest.raises(
        RequestError, match=r"Expected a table, such as a DataFrame, as numbers. Received: list"
    ):
        columns("numbers")
    with pytest.raises(RequestError, match=r"Expected the name of a table"):
        columns("none")
