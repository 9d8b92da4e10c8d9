"""Exports a model for another program in a process of its own, so that it can be stopped, and may crash."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from kerasviz.backend import installed
from kerasviz.execution.exportprocess import MODEL, OUTPUT, PICKLES
from kerasviz.execution.pickles import pickled
from kerasviz.execution.pythonpath import python_path
from kerasviz.execution.takenalong import taken_along
from kerasviz.execution.unexpectedend import MOST_BYTES, signal_of
from kerasviz.models.savetarget import SaveTarget
from kerasviz.models.weightorigins import Kept
from kerasviz.protocol import JSON, KerasError, RequestError
from kerasviz.protocol.files import Saved
from kerasviz.protocol.text import Text, sentence_of, text, words_of
from kerasviz.storage.exports import EXPORTS, ExportError, check_exportable
from kerasviz.storage.saving import replaced_export
from kerasviz.training.carriedmodel import Carried

PROCESS = "kerasviz.execution.exportprocess"
ON_THE_CPU = {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu"}
"""A GPU belongs to what trains; and it computes less exactly than what outputs are compared with."""

CRASH = "Fatal Python error"
"""With this Python begins to say where it crashed."""
_FOR_TRAINING = ("compile_config", "kerasviz")


class _Drawn(NamedTuple):
    """A model of a drawing, as `Carried` takes it."""

    model: Any
    known: Kept


class Exporting:
    """The export of one model, as it is now.

    Args:
        document: What the model was made of.
        model: The model, between two batches.
        target: Where to.

    Attributes:
        step: What is done now, as a sentence.
        done: Holds what `SaveTarget.saved` gives, or why there is none.

    Raises:
        RequestError: With code `export`, where it is known at once that it can't be done.
        ModelFileError: When a layer has a name that can't be written.
    """

    def __init__(self, document: JSON, model: Any, target: SaveTarget) -> None:
        self.step = text("Starting a process for the export…")
        self.done: Future[Saved] = Future()
        self._target = target
        self._lock = threading.Lock()
        self._is_stopped = self._is_over = False
        try:
            check_exportable(model, EXPORTS[target.end], target.path.name)
        except ExportError as error:
            raise RequestError("export", sentence_of(error), detail=error.detail) from error
        self._folder = Path(tempfile.mkdtemp(prefix="kerasviz-export-"))
        self._process = self._started()
        try:
            drawing = {key: value for key, value in document.items() if key not in _FOR_TRAINING}
            objects = [
                (kind, name, _pickled(name, value)) for kind, name, value in taken_along(drawing, place=False)
            ]
            (self._folder / PICKLES).write_bytes(pickle.dumps(objects))
            self._carried = Carried(_Drawn(model, Kept(drawing, {}, frozenset())), to_train=False)
        except BaseException:
            self._end()
            raise

    def begin(self, tell: Callable[[], None]) -> None:
        """Begins, and returns at once.

        Args:
            tell: Called at each step, on a thread of the export.
        """
        threading.Thread(target=self._export, args=(tell,), name="kerasviz-export", daemon=True).start()

    def stop(self) -> None:
        """Ends it at once, unless the file has just taken its place."""
        self._is_stopped = True
        self._kill()

    def _started(self) -> subprocess.Popen[bytes]:
        """The process, which imports Keras before it is told anything."""
        temporary = self._folder / "tmp"  # what converters leave there goes with the folder
        temporary.mkdir()
        return subprocess.Popen(
            # -P: what is in the working folder hides no package.
            [sys.executable, "-P", "-m", PROCESS, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                **ON_THE_CPU,
                "KERAS_BACKEND": installed.backend(),
                "PYTHONPATH": python_path(),
                **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
            },
            start_new_session=True,  # an interrupt of a terminal is not for it
        )

    def _export(self, tell: Callable[[], None]) -> None:
        try:
            try:
                saved = self._written(tell)
            finally:
                self._end()
        except BaseException as error:
            self.done.set_exception(error)
        else:
            self.done.set_result(saved)

    def _written(self, tell: Callable[[], None]) -> Saved:
        tell()
        self._carried.write(self._folder / MODEL)
        del self._carried  # the weights, for which the converter has more use
        with replaced_export(self._target.path, EXPORTS[self._target.end]) as beside:
            notes = self._answer(beside, tell)
        return self._target.saved(notes)

    def _answer(self, beside: Path, tell: Callable[[], None]) -> list[Text]:
        """What the process says of the file that it writes."""
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None and answers is not None
        order = {
            "path": str(beside),
            "end": self._target.end,
            "name": self._target.path.name,
        }
        with suppress(OSError):  # it has died, as its status says
            orders.write(f"{json.dumps(order)}\n".encode())
            orders.flush()
        while True:
            try:
                kind, said = pickle.load(answers)
            except (EOFError, pickle.UnpicklingError):
                said = self._why_ended()
                kind = "error"
            if self._is_stopped:
                said = _error("stopped", text("The export was stopped. No file was written."))
                kind = "error"
            if kind == "notes":
                return [*said]
            if kind == "error":
                raise RequestError(**said)
            self.step = said
            tell()

    def _why_ended(self) -> KerasError:
        status, file = self._process.wait(), self._target.path.name
        if status >= 0:
            sentence = text(
                "The process of the export ended with the exit status {status}, so {file} was not written.",
                status=status,
                file=file,
            )
        elif signal_of(status) == "SIGKILL":
            sentence = text(
                "The process of the export was killed, so {file} was not written. The system does so where "
                "memory runs out.",
                file=file,
            )
        else:
            sentence = text(
                "The process of the export crashed ({signal}), so {file} was not written.",
                signal=signal_of(status),
                file=file,
            )
        return _error("export", sentence, _last_words(self._folder / OUTPUT))

    def _end(self) -> None:
        self._kill()
        with self._lock:
            self._is_over = True
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # it has died before it read all
                if pipe is not None:
                    pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self) -> None:
        """Ends the process, and those that a converter has started."""
        with self._lock:
            if self._is_over:  # another process may have its number
                return
            with suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()


def _error(code: str, message: str, detail: str | None = None) -> KerasError:
    return RequestError(code, message, detail=detail).error


def _last_words(output: Path) -> str:
    """What a process has printed last; where Python says how it crashed, that from the innermost call on."""
    try:
        whole = output.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    crash = whole.rfind(CRASH)
    return whole[crash:][:MOST_BYTES] if crash >= 0 else whole[-MOST_BYTES:]


def _pickled(name: str, value: Any) -> bytes:
    try:
        return pickled(value, None)
    except Exception as error:  # of any class that the user may have made
        raise RequestError(
            "export",
            text(
                "{name} can't be taken to another process. Export the model in a cell, with kerasviz.save.",
                name=name,
            ),
            detail=words_of(error),
        ) from error
