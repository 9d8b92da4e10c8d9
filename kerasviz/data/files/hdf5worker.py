"""Reads the arrays of one HDF5 file in a process of its own, where a hostile file does no harm.

Run by `hdf5arrays.py` as a plain script. It gets an open file and no way to open another, takes requests as
lines of JSON on its standard input, and answers on its standard output: first what arrays there are, as a
line of JSON, then for `{"read": path}` the raw bytes of that array; of words, a line of JSON.
"""

import contextlib
import json
import os
import sys
from typing import Any

MOST = 100_000
"""Groups and arrays in a file."""
DEEPEST = 32
SLICE = 2**23
MEMORY = 2**31
WORDS = 2**26
"""Bytes of an array of words."""
KINDS = "biuf"


def limit(descriptor: int) -> None:
    """Takes from this process what reading does not need: other files, file space, unlimited memory."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    files = max(descriptor, 2) + 1
    for what, value in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, files),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (value, value))


def arrays(file: Any) -> dict[str, list[Any]]:
    """Lists arrays as [shape, dtype, why it can't be read], by path, following hard links alone."""
    import h5py

    found: dict[str, list[Any]] = {}
    stack, seen = [("", file)], 0
    while stack:
        path, group = stack.pop()
        for name in group:
            seen += 1
            if seen > MOST or path.count("/") > DEEPEST:
                raise ValueError(MOST, DEEPEST)
            inner = f"{path}/{name}" if path else name
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                found[inner] = [None, "", "link"]
            elif group.get(name, getclass=True) is h5py.Group:
                stack.append((inner, group[name]))
            elif group.get(name, getclass=True) is h5py.Dataset:
                found.update(told(group[name], inner))
    return found


def told(item: Any, path: str) -> dict[str, list[Any]]:
    """What is in an array, or in each column of a table, after looking that its bytes are in this file."""
    if item.external or item.is_virtual:
        return {path: [None, "", "elsewhere"]}
    shape = None if item.shape is None else list(item.shape)
    if item.dtype.names and shape is not None and len(shape) == 1 and len(item.dtype.names) < MOST:
        columns = {name: item.dtype[name] for name in item.dtype.names if "/" not in name}
        return {
            f"{path}/{name}": described([*shape, *column.shape], column.base)
            for name, column in columns.items()
        }
    return {path: described(shape, item.dtype)}


def described(shape: Any, dtype: Any) -> list[Any]:
    """The shape, the dtype as numpy writes it, and why such values can't be read."""
    import h5py

    if dtype.kind in KINDS:
        return [shape, dtype.str, ""]
    words = dtype.kind == "S" or h5py.check_string_dtype(dtype) is not None
    return [shape, "words" if words else str(dtype)[:40], "" if words else "kind"]


def at(file: Any, path: str) -> Any:
    """An array, or a column of a table, by its path."""
    if path in file:
        return file[path]
    table, _, column = path.rpartition("/")
    return Column(file[table], column)


class Column:
    """A column of a table, read as an array is."""

    def __init__(self, table: Any, name: str) -> None:
        self._rows = table.fields(name)
        column = table.dtype[name]
        self.dtype, self.shape = column.base, (*table.shape, *column.shape)
        self.size = table.size * column.itemsize // max(column.base.itemsize, 1)

    def __getitem__(self, rows: Any) -> Any:
        return self._rows[rows]


def write(item: Any, out: Any) -> None:
    """Writes the values of an array, a few megabytes at a time."""
    import numpy

    if item.dtype.kind not in KINDS:
        values = item[()] if item.size * 16 < WORDS else ()
        words = [each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in values]
        out.write(json.dumps(words).encode() + b"\n")
        return
    row = max(item.dtype.itemsize * item.size // max(item.shape[0], 1), 1)
    rows = max(SLICE // row, 1)
    for start in range(0, item.shape[0], rows):
        out.write(numpy.ascontiguousarray(item[start : start + rows]).data.cast("B"))


def main() -> None:
    """Serves requests until the standard input is closed."""
    descriptor = int(sys.argv[1])
    sys.path.extend(sys.argv[2:])
    import encodings.ascii  # noqa: F401 (h5py asks for it late, when files can no longer be opened)

    import h5py

    out = sys.stdout.buffer
    limit(descriptor)
    try:
        file = h5py.File(os.fdopen(descriptor, "rb"), "r")
        out.write(json.dumps(arrays(file)).encode() + b"\n")
        out.flush()
        for line in sys.stdin:
            write(at(file, json.loads(line)["read"]), out)
            out.flush()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)  # HDF5's own clean-up may crash on a damaged file
    os._exit(0)


if __name__ == "__main__":
    main()
