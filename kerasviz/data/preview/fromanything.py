"""Data of whatever a person has at hand."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kerasviz.data import load
from kerasviz.data.arraylike import as_arrays, is_array
from kerasviz.data.dataset import Data, Loaded, Stream, Table
from kerasviz.data.files.firstbytes import HDF5, NPY, OLD_EXCEL, PARQUET, ZIP
from kerasviz.data.files.located import located
from kerasviz.data.frames import as_frame, is_table, table_of
from kerasviz.data.sources import SOURCES
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

_FIRST = ((PARQUET, "parquet"), (OLD_EXCEL, "excel"), (HDF5, "hdf5"))


def loaded_from(source: Any, folder: Path, options: Mapping[str, Any]) -> Loaded:
    """Loads data.

    Args:
        source: What `kerasviz.preview` takes.
        folder: To which paths are relative.
        options: More arguments of the source of a file.

    Raises:
        RequestError: With code `no_data`, where it can't be loaded.
    """
    if isinstance(source, (str, os.PathLike)):
        return _from_path(os.fspath(source), folder, options)
    if isinstance(source, (Data, Table, Stream)):
        return source
    if is_table(source):
        return table_of(as_frame(source, type(source).__name__), type(source).__name__)
    if isinstance(source, tuple) and len(source) in (2, 3):
        return _arrays(source[0], source[1])
    if is_array(source) or isinstance(source, (dict, list)):
        return _arrays(source, None)
    if hasattr(type(source), "__iter__") or hasattr(type(source), "__getitem__"):
        return Stream(name=type(source).__name__, batches=source)
    raise RequestError(
        "no_data",
        text("Expected a path, a table, arrays or batches. Received: {kind}.", kind=type(source).__name__),
    )


def source_of(path: Path) -> str:
    """The name of the data source for a file, by its first bytes; what is none of the others may be text."""
    with path.open("rb") as file:
        head = file.read(8)
    for start, name in _FIRST:
        if head.startswith(start) and name in SOURCES:
            return name
    if head.startswith(NPY):
        return "npy"
    if head.startswith(ZIP) and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if names and all(name.endswith(".npy") for name in names):
            return "npz"
        if "[Content_Types].xml" in names or "mimetype" in names:
            return "excel"
    return "csv"


def _from_path(file: str, folder: Path, options: Mapping[str, Any]) -> Loaded:
    path = folder / Path(file).expanduser()
    if path.is_dir():
        return _from_folder(file, folder, options)
    name = source_of(located(file, folder))
    if name == "npy" and "y" not in options:
        import numpy as np

        from kerasviz.data.sources.npy import opened

        return _arrays(np.asarray(opened(path)), None, path.name)
    config = {("x" if name == "npy" else "file"): file, **options}
    return load({"class_name": name, "config": config}, {}, folder)


def _from_folder(file: str, folder: Path, options: Mapping[str, Any]) -> Loaded:
    refusals = []
    for name in ("images", "texts", "sounds"):
        try:
            return load({"class_name": name, "config": {"path": file, **options}}, {}, folder)
        except RequestError as error:
            refusals.append(error)
    raise refusals[0]


def _arrays(x: Any, y: Any, name: str = "x") -> Data:
    from kerasviz.data.sources.npy import check_samples

    inputs, targets = as_arrays(x, "x"), None if y is None else as_arrays(y, "y")
    both = {**_parts(inputs, "x"), **_parts(targets, "y")}
    check_samples(both)
    return Data(name=name if y is None else "x, y", x=inputs, y=targets, x_name=name)


def _parts(value: Any, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return {f"{name}[{key!r}]": part for key, part in value.items()}
    return (
        {f"{name}[{at}]": part for at, part in enumerate(value)} if isinstance(value, list) else {name: value}
    )
