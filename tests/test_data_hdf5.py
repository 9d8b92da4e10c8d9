"""Arrays in HDF5 files: several inputs and outputs, and nothing beside the file."""

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from kerasviz.data import code_of, load, names
from kerasviz.protocol import RequestError

PIXELS = np.arange(240, dtype="uint8").reshape(10, 4, 6)
PRICES = np.linspace(0, 1, 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    np.arange(10.0).tofile(tmp_path / "secret.bin")
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["y"] = PRICES
    with h5py.File(tmp_path / "t.h5", "w") as file:
        file.create_dataset("train/images", data=PIXELS, chunks=(2, 4, 6), compression="gzip")
        file.create_dataset("train/table", data=np.ones((10, 3)), compression="lzf", chunks=(5, 3))
        file["price"] = PRICES
        file["kind"] = ["chair", "table"] * 5
        file["few"] = np.zeros(3)
        file["one"] = 3.0
        file["elsewhere"] = h5py.ExternalLink("secret.h5", "y")
        file["soft"] = h5py.SoftLink("/price")
        file.create_dataset("stored", (10,), "f8", external=[(str(tmp_path / "secret.bin"), 0, 80)])
        layout = h5py.VirtualLayout((10,), "f8")
        layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "y", (10,))
        file.create_virtual_dataset("virtual", layout)
    return tmp_path


def plan(*x: str, y: Any = ("price",), file: str = "t.h5") -> dict[str, Any]:
    return {"class_name": "hdf5", "config": {"file": file, "x": list(x), "y": list(y)}}


def test_two_in_and_two_out_go_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = plan("train/images", "train/table", y=["price", "kind"])
    data: Any = load(chosen, {}, folder)
    assert (data.x["images"] == PIXELS).all() and data.x["images"].dtype == "uint8"
    assert (data.y["price"] == PRICES).all() and data.y["kind"].tolist() == [0, 1] * 5
    assert "chair = 0, table = 1" in data.notes[0]
    monkeypatch.chdir(folder)
    _same_by_code(chosen, data)


def _same_by_code(chosen: dict[str, Any], data: Any) -> None:
    snippet = code_of(chosen)
    assert snippet is not None
    namespace: dict[str, Any] = {}
    exec("\n".join([*snippet.imports, *snippet.lines]), namespace)
    for role, arrays in (("x", data.x), ("y", data.y)):
        assert namespace[role].keys() == arrays.keys()
        assert all((namespace[role][name] == array).all() for name, array in arrays.items())


def test_columns_of_a_table_are_arrays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.zeros(10, [("size", "f4"), ("kind", "S5"), ("price", "f8"), ("corner", "i2", (2,))])
    rows["size"], rows["kind"], rows["price"] = np.arange(10), [b"chair", b"table"] * 5, PRICES
    with h5py.File(folder / "t.h5", "a") as file:
        file["products"] = rows
        file["test/images"] = PIXELS
    told = names(plan(), {}, folder)
    assert told["products/kind"] == "(10,) words" and told["products/corner"] == "(10, 2) int16"
    monkeypatch.chdir(folder)
    chosen = plan("train/images", "test/images", "products/corner", y=["products/kind", "products/price"])
    data: Any = load(chosen, {}, folder)
    assert list(data.x) == ["train_images", "test_images", "corner"] and data.x["corner"].shape == (10, 2)
    assert data.y["kind"].tolist() == [0, 1] * 5 and (data.y["price"] == PRICES).all()
    _same_by_code(chosen, data)


def test_the_arrays_are_listed_without_those_that_lie_elsewhere(folder: Path) -> None:
    assert list(names(plan(), {}, folder)) == ["few", "kind", "price", "train/images", "train/table"]


@pytest.mark.parametrize("path", ["elsewhere", "soft", "stored", "virtual"])
def test_nothing_beside_the_file_is_read(path: str, folder: Path) -> None:
    with pytest.raises(RequestError, match=f"{path} of t.h5 lies in another file or place"):
        load(plan(path), {}, folder)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (plan("none"), "has no array of numbers 'none'. There are few, kind, price"),
        (plan("few"), "as many samples in few as in price. Received: 3 and 10"),
        (plan(), "Choose which arrays of t.h5 are x and y. There are few, kind, price, train/images and"),
        (plan("price", file="secret.bin"), "secret.bin is not an HDF5 file, or it is damaged"),
        (plan("price", file="cut.h5"), "cut.h5 is not an HDF5 file, or it is damaged"),
    ],
)
def test_what_can_not_be_read_is_told(chosen: dict[str, Any], sentence: str, folder: Path) -> None:
    (folder / "cut.h5").write_bytes((folder / "t.h5").read_bytes()[:2000])
    with pytest.raises(RequestError, match=sentence):
        load(chosen, {}, folder)
