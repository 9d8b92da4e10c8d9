"""HDF5 files, read by a child process that can be killed."""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any

import numpy as np

from kerasviz.config.budget import SLOWNESS, Budget, budget, most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text

SECONDS = 10
"""Of a processor, without an answer, after which the child is killed; with the usual budget."""
_XCPU = getattr(signal, "SIGXCPU", 24)
CONTAINERS = ("layers", "_layer_checkpoint_dependencies")
"""Names under which Keras writes the layers of a model, one group for each."""


class HDF5File:
    """A HDF5 file of Keras, parsed in a child process.

    Damage can make HDF5 loop for ever inside C code that holds Python's lock, or crash it. In a child
    this costs ten seconds of a processor and a sentence, and the calling process stays free meanwhile.

    Args:
        file: The open file.
        offset: Where the HDF5 file begins in it, in bytes.
        length: Its length in bytes.

    Attributes:
        groups: For each path of a group its attributes, as text or lists of text.
        arrays: For each path of an array its shape and dtype; the shape is None where it holds no numbers.
    """

    def __init__(self, file: IO[bytes], offset: int, length: int) -> None:
        self._asked = 0.0
        self._killed = False
        self._seconds = most(SECONDS, "seconds")
        self._done = threading.Event()
        self._child = _start(file, offset, length, self._seconds)
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            self._ask({"open": True})
            line = self._child.stdout.readline()  # type: ignore[union-attr]
            if not line.endswith(b"\n"):
                self._fail()
        except BaseException:
            self.close()
            raise
        self._asked = 0.0
        found = json.loads(line)["ok"]
        renamed = _renamed(found["groups"])
        self.groups: dict[str, dict[str, Any]] = {
            **{parent: {} for path in found["groups"] for parent in _parents(renamed(path))},
            **{renamed(path): attributes for path, attributes in found["groups"].items()},
        }
        self.arrays: dict[str, tuple[tuple[int, ...] | None, str]] = {
            renamed(path): (None if shape is None else tuple(shape), dtype)
            for path, (shape, dtype) in found["datasets"].items()
        }
        self._stored = {renamed(path): path for path in found["datasets"]}

    def names(self, path: str, attribute: str) -> list[str] | None:
        """Reads a list of names, which Keras cuts into several attributes when it is long.

        Returns:
            The names, or None where the group has no such attribute.
        """
        group = self.groups.get(path, {})
        if attribute in group:
            value = group[attribute]
            return value if isinstance(value, list) else [value]
        parts: list[list[str]] = []
        while f"{attribute}{len(parts)}" in group:
            parts.append(group[f"{attribute}{len(parts)}"])
        return [name for part in parts for name in part] if parts else None

    def read(self, path: str) -> np.ndarray:
        """Reads one array. Look at its shape in `arrays` before: this takes the memory that it declares.

        Raises:
            ModelFileError: When it is no array of numbers, or the file is damaged.
        """
        shape, dtype = self.arrays[path]
        if shape is None:
            raise ModelFileError(
                text("Expected numbers at {path}, received {dtype}.", path=repr(path), dtype=dtype)
            )
        array = np.empty(shape, np.uint16 if dtype == "bfloat16" else np.dtype(dtype))
        self._ask({"read": self._stored[path]})
        view = memoryview(array.reshape(-1).view(np.uint8).data)
        while len(view):
            count = self._child.stdout.readinto(view)  # type: ignore[union-attr]
            self._asked = time.monotonic()
            if not count:
                self._fail()
            view = view[count:]
        self._asked = 0.0
        if dtype == "bfloat16":
            # The upper half of a float32 is what bfloat16 is.
            return (array.astype(np.uint32) << 16).view(np.float32)
        return array

    def close(self) -> None:
        """Stops the child."""
        self._done.set()
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout, self._child.stderr):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        self._child.wait()

    def __enter__(self) -> "HDF5File":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: dict[str, Any]) -> None:
        self._asked = time.monotonic()
        try:
            self._child.stdin.write(json.dumps(request).encode() + b"\n")  # type: ignore[union-attr]
            self._child.stdin.flush()  # type: ignore[union-attr]
        except BrokenPipeError:
            self._fail()

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            if self._asked and time.monotonic() - self._asked > SLOWNESS * self._seconds:
                self._killed = True
                self._child.kill()
                return

    def _fail(self) -> None:
        self._child.wait()
        if self._killed or self._child.returncode == -_XCPU:
            raise ModelFileError(
                text(
                    "HDF5 did not finish reading the file in {seconds} seconds. It is probably damaged. "
                    "{way_on}",
                    seconds=f"{self._seconds:g}",
                    way_on=way_on("seconds"),
                )
            )
        said = self._child.stderr.read().decode("utf-8", "replace")  # type: ignore[union-attr]
        try:
            told = json.loads(said.splitlines()[-1])
        except (ValueError, IndexError):
            status = self._child.returncode
            raise _damaged(text("HDF5 crashed with status {status}.", status=status)) from None
        if "refused" in told:
            refused = Text(told["refused"]["text"], told["refused"]["args"])
            if told["costs"]:
                refused = text("{refused} {way_on}", refused=refused, way_on=way_on("gigabytes"))
            raise ModelFileError(refused)
        raise _damaged(text("HDF5 reports {error}.", error=told["failed"]))


def _renamed(groups: Iterable[str]) -> Callable[[str], str]:
    """Tells how the paths of a file are read: Keras 2.12 to 2.15 joined them with backslashes on Windows.

    Source: `tf.io.gfile.join` in
    https://github.com/keras-team/keras/blob/v2.15.0/keras/saving/saving_lib.py
    """
    if any(group.startswith(tuple(f"{container}\\" for container in CONTAINERS)) for group in groups):
        return lambda path: path.replace("\\", "/")
    return lambda path: path


def _parents(path: str) -> Iterator[str]:
    return (str(parent) for parent in PurePosixPath(path).parents if parent.name)


def _damaged(problem: Text) -> ModelFileError:
    return ModelFileError(
        text(
            "The HDF5 file is damaged. {problem} Download the file again, or save the model again.",
            problem=problem,
        )
    )


def _packages() -> Iterator[str]:
    for name in ("h5py", "numpy"):
        found = importlib.util.find_spec(name)
        if found and found.origin:
            yield str(Path(found.origin).parents[1])


def _start(file: IO[bytes], offset: int, length: int, seconds: float) -> "subprocess.Popen[bytes]":
    script = Path(__file__).with_name("hdf5_child.py")
    descriptor = file.fileno()
    times = max(1.0, budget().gigabytes / Budget().gigabytes)
    numbers = [str(number) for number in (descriptor, offset, length, seconds, times)]
    environment = {"HDF5_PLUGIN_PRELOAD": "::", "OPENBLAS_NUM_THREADS": "1"}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return subprocess.Popen(
        # -I: neither the working folder nor the user's environment has a say in what is imported.
        [sys.executable, "-I", str(script), *numbers, *_packages()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(descriptor,),
        env=environment,
        bufsize=-1,
    )
