"""Reads one HDF5 file in a process of its own, where a file that hangs or crashes HDF5 does no harm.

Run by `kerasviz.storage.hdf5` as a plain script, so that it imports neither Keras nor kerasviz. It gets an
open file and no way to open another, takes requests as lines of JSON on its standard input, and answers on
its standard output: `{"open": true}` with a line of JSON, `{"read": path}` with the raw bytes of that array.
"""

import contextlib
import io
import json
import os
import re
import sys
from typing import Any

ATTRIBUTES = re.compile(
    r"(model_config|training_config|keras_version|backend|name|(layer|weight)_names)\d*|dtype"
)
MAX_ATTRIBUTE_BYTES = 2**26
MAX_OBJECTS = 200_000
MAX_DEPTH = 48
MAX_CHUNK_BYTES = 2**26
SLICE_BYTES = 2**23
MEMORY = 2**30
"""What reading may take with the usual budget, as the numbers above: a larger budget allows more."""
FILTERS = frozenset({1, 2, 3})
"""What may be done to the bytes of an array, as HDF5 counts: deflate (gzip), shuffle and fletcher32."""


class RefusedError(Exception):
    """The file contains something that no file of Keras contains.

    Args:
        sentence: Why, made by `text`.
        costs: Whether it is only about memory, so that a larger budget lets it pass.
    """

    def __init__(self, sentence: dict[str, Any], costs: bool = False) -> None:
        super().__init__()
        self.sentence = sentence
        self.costs = costs


def text(template: str, /, **args: str | int) -> dict[str, Any]:
    """Makes a sentence for people as it travels: `kerasviz.protocol.text` for a script without imports."""
    return {"text": template, "args": args}


class Window(io.RawIOBase):
    """A part of an open file, read by position, so that HDF5 has no path to be relative to."""

    def __init__(self, descriptor: int, offset: int, length: int) -> None:
        self.descriptor, self.offset, self.length, self.position = descriptor, offset, length, 0

    def readable(self) -> bool:  # noqa: D102
        return True

    def seekable(self) -> bool:  # noqa: D102
        return True

    def seek(self, position: int, whence: int = 0) -> int:  # noqa: D102
        self.position = position + (0, self.position, self.length)[whence]
        return self.position

    def tell(self) -> int:  # noqa: D102
        return self.position

    def readinto(self, buffer: Any) -> int:  # noqa: D102
        view = memoryview(buffer).cast("B")[: max(self.length - self.position, 0)]
        os.lseek(self.descriptor, self.offset + self.position, os.SEEK_SET)
        count = (
            os.readv(self.descriptor, [view]) if hasattr(os, "readv") else _read_into(self.descriptor, view)
        )
        self.position += count
        return count


def _read_into(descriptor: int, view: memoryview) -> int:
    data = os.read(descriptor, len(view))
    view[: len(data)] = data
    return len(data)


def die_with_parent() -> None:
    """Asks the system to stop this process when the one that started it stops, however that happens."""
    if sys.platform == "linux":
        import ctypes
        import signal

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1 is PR_SET_PDEATHSIG


class Allowed:
    """What this process may take; its parent's budget says how much.

    Args:
        seconds: Of a processor, until the next answer.
        times: How many times the usual memory and numbers.
    """

    def __init__(self, seconds: float, times: float) -> None:
        self.seconds, self.times = seconds, times

    def most(self, usual: int) -> int:
        """How many of something, or bytes, are allowed."""
        return int(usual * self.times)

    def go_on(self) -> None:
        """Allows the time again. On a busy machine it goes by more slowly than that of a clock."""
        try:
            import resource
        except ImportError:  # Windows has no such limits; the parent's clock remains
            return
        with contextlib.suppress(OSError, ValueError):
            spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            resource.setrlimit(resource.RLIMIT_CPU, (int(spent + self.seconds) + 1, resource.RLIM_INFINITY))


def limit(descriptor: int, memory: int) -> None:
    """Takes from this process what reading does not need: files, file space, unlimited memory."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    for what, value in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, max(descriptor, 2) + 1),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (value, value))


def attributes(group: Any, allowed: Allowed) -> dict[str, Any]:
    """Reads the attributes that Keras writes, and no others."""
    import numpy

    found, most = {}, allowed.most(MAX_ATTRIBUTE_BYTES)
    for name in group.attrs:
        if not ATTRIBUTES.fullmatch(name):
            continue
        size = group.attrs.get_id(name).dtype.itemsize
        for length in group.attrs.get_id(name).shape or ():
            size *= length
        if size > most:
            raise RefusedError(_too_large(name, most), costs=True)
        value = group.attrs[name]
        values = value.ravel().tolist() if isinstance(value, numpy.ndarray) else [value]
        texts = [item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item) for item in values]
        if sum(map(len, texts)) > most:  # the size above is that of pointers
            raise RefusedError(_too_large(name, most), costs=True)
        found[name] = texts if isinstance(value, numpy.ndarray) else texts[0]
    return found


def _too_large(attribute: str, most: int) -> dict[str, Any]:
    return text(
        "The attribute {attribute} is larger than {most} bytes.", attribute=attribute, most=f"{most:,}"
    )


def dataset(path: str, item: Any, allowed: Allowed) -> list[Any]:
    """Describes an array as [shape, dtype], after looking that its bytes are in this file."""
    if item.external or item.is_virtual:
        raise RefusedError(text("{path} keeps its values in another file.", path=repr(path)))
    plan = item.id.get_create_plist()
    for number, _, _, name in (plan.get_filter(place) for place in range(plan.get_nfilters())):
        if number not in FILTERS:
            told = name.decode("utf-8", "replace")[:40] or f"filter {number}"
            raise RefusedError(
                text(
                    "{path} is compressed by {filter}, which Keras does not use.",
                    path=repr(path),
                    filter=told,
                )
            )
    # HDF5 has no bfloat16: h5py writes two bytes without a meaning.
    told = item.dtype.str == "|V2" or attributes(item, allowed).get("dtype") == "bfloat16"
    is_bfloat16 = told and item.dtype.itemsize == 2
    if item.shape is None or (item.dtype.kind not in "fiub" and not is_bfloat16):
        return [None, str(item.dtype)[:40]]
    if item.chunks:
        size = item.dtype.itemsize
        for length in item.chunks:
            size *= length
        if size > allowed.most(MAX_CHUNK_BYTES):
            raise RefusedError(
                text("{path} has chunks of {size} bytes.", path=repr(path), size=f"{size:,}"), costs=True
            )
    return [list(item.shape), "bfloat16" if is_bfloat16 else item.dtype.str]


def index(file: Any, allowed: Allowed) -> dict[str, Any]:
    """Lists the groups' attributes and the arrays, by path, following hard links alone."""
    import h5py

    groups: dict[str, Any] = {}
    datasets: dict[str, Any] = {}
    stack = [("", file)]
    while stack:
        path, group = stack.pop()
        groups[path] = attributes(group, allowed)
        many = len(groups) + len(datasets) > allowed.most(MAX_OBJECTS)
        if many or path.count("/") > MAX_DEPTH:
            raise RefusedError(text("It contains more groups than a model has."), costs=many)
        for name in group:
            inner = f"{path}/{name}" if path else name
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise RefusedError(text("{path} is a link to another place or file.", path=repr(inner)))
            kind = group.get(name, getclass=True)
            if kind is h5py.Group:
                stack.append((inner, group[name]))
            elif kind is h5py.Dataset:
                datasets[inner] = dataset(inner, group[name], allowed)
    return {"groups": groups, "datasets": datasets}


def write(item: Any, out: Any, allowed: Allowed) -> None:
    """Writes the values of an array, a few megabytes at a time."""
    import numpy

    if not item.shape:
        out.write(item[()].tobytes())
        return
    if 0 in item.shape:
        return
    row = max(item.dtype.itemsize * item.size // item.shape[0], 1)
    rows = max(SLICE_BYTES // row, 1)
    for start in range(0, item.shape[0], rows):
        out.write(numpy.ascontiguousarray(item[start : start + rows]).data.cast("B"))
        allowed.go_on()


def main() -> None:
    """Serves requests until the standard input is closed."""
    descriptor, offset, length = (int(word) for word in sys.argv[1:4])
    allowed = Allowed(*(float(word) for word in sys.argv[4:6]))
    sys.path.extend(sys.argv[6:])
    die_with_parent()
    import encodings.ascii  # noqa: F401 (h5py asks for it late, when files can no longer be opened)

    import h5py

    out = sys.stdout.buffer
    file = None
    limit(descriptor, allowed.most(MEMORY))
    try:
        for line in sys.stdin:
            allowed.go_on()
            request = json.loads(line)
            if file is None:
                file = h5py.File(Window(descriptor, offset, length), "r")
                out.write(json.dumps({"ok": index(file, allowed)}).encode() + b"\n")
            else:
                write(file[request["read"]], out, allowed)
            out.flush()
    except BaseException as error:
        told: dict[str, Any] = {"failed": f"{type(error).__name__}: {error}"}
        if isinstance(error, RefusedError):
            told = {"refused": error.sentence, "costs": error.costs}
        print(json.dumps(told), file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)  # HDF5's own clean-up may crash on a damaged file


if __name__ == "__main__":
    main()
