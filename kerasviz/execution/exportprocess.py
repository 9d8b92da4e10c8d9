"""The process of one export: it is told where the model lies, writes the file, and says what it does.

Who started it names its folder, gives it a line of JSON, and keeps the pipe open as long as somebody waits:
when that is closed, the process ends and leaves nothing. Its answers are pickles: `("step", sentence)`, and
at the end `("notes", sentences)` or `("error", KerasError)`.
"""

from __future__ import annotations

import faulthandler
import json
import os
import pickle
import shutil
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from kerasviz.execution.runnerprocess import print_to

MODEL, PICKLES, OUTPUT = "model.keras", "objects.pickle", "output.txt"


def main() -> None:
    """Exports a model, and ends."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    print_to(os.devnull)
    from kerasviz.execution.rooms import import_rooms_of_keras

    import_rooms_of_keras()  # while the model is handed over
    import kerasviz.training.carriedmodel  # noqa: F401

    folder, order = Path(sys.argv[1]), json.loads(orders.readline() or "null")
    if order is None:  # nobody waits any more
        shutil.rmtree(folder, ignore_errors=True)
    else:
        threading.Thread(target=_end_with, args=(orders, folder, Path(order["path"])), daemon=True).start()
        print_to(str(folder / OUTPUT))
        faulthandler.enable(all_threads=False)  # a converter that crashes says where
        _say(answers, *_done(folder, Path(order["path"]), order["end"], order["name"], answers))
    os._exit(0)  # threads of backends would be waited for, or crash as Python ends


def _done(folder: Path, path: Path, end: str, name: str, answers: BinaryIO) -> tuple[str, Any]:
    from kerasviz.execution.takenalong import take
    from kerasviz.models.keeper import Keeper
    from kerasviz.protocol import RequestError
    from kerasviz.protocol.text import sentence_of, text
    from kerasviz.storage.exports import EXPORTS, ExportError, export
    from kerasviz.training.carriedmodel import take_model
    from kerasviz.training.failure import failure

    try:
        _say(answers, "step", text("Loading the model…"))
        for kind, found, data in pickle.loads((folder / PICKLES).read_bytes()):
            take(kind, found, pickle.loads(data))
        keeper = Keeper(folder)
        take_model(keeper, folder / MODEL)
    except BaseException as error:  # a user's layer may raise SystemExit
        told = failure(error)
        sentence = text(
            "The model can't be made in another process. Export it in a cell, with kerasviz.save. {reason}",
            reason=told["message"],
        )
        return "error", RequestError("export", sentence, layer=told["layer"], detail=told["detail"]).error
    try:
        return "notes", export(
            keeper.model, path, EXPORTS[end], name, lambda step: _say(answers, "step", step)
        )
    except ExportError as error:
        return "error", RequestError("export", sentence_of(error), detail=error.detail).error
    except BaseException as error:  # a user's layer may raise SystemExit
        return "error", failure(error)


def _end_with(orders: BinaryIO, folder: Path, path: Path) -> None:
    """Ends the process when nobody waits for it any more."""
    orders.read()
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _say(answers: BinaryIO, kind: str, said: Any) -> None:
    pickle.dump((kind, said), answers)
    answers.flush()


if __name__ == "__main__":
    main()
