"""Pictures as the Python that makes them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.execution.thread import DISK
from kerasviz.kernel.askedmoment import at_in, moment_in
from kerasviz.kernel.payload import count_in, document_in, string_in
from kerasviz.kernel.requests.insight import looking_of, trains
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.plan import model_name_of
from kerasviz.training.run.folder import STATE

if TYPE_CHECKING:
    import numpy as np

    from kerasviz.insight.pictures.scene import Scene
    from kerasviz.insight.pictures.scores import Asked
    from kerasviz.insight.why.reasons import Reasons
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.insight import At
    from kerasviz.protocol.pictures import PictureCode


def picture_code(session: Session, payload: JSON, client: Client) -> PictureCode:
    """The code that gives the numbers of a picture and draws it."""
    import numpy as np

    from kerasviz.insight.pictures import code_of_picture
    from kerasviz.insight.pictures.samplelooks import looks_of
    from kerasviz.insight.pictures.scores import asked_of

    def asked() -> Asked:
        if session.predicted is None:
            raise RequestError("no_predictions", text("Evaluate the model first."))
        evaluated, samples = session.predicted
        at = count_in(payload, "output") if "output" in payload else 0
        if at >= len(evaluated.outputs):
            raise RequestError("bad_request", text("There is no such output."))
        of = dict(part_of(payload, "slice"))
        chosen = (string_in(of, "column"), count_in(of, "number")) if of else None
        rows = next(iter(samples.inputs(evaluated.part, np.arange(1)).values()))
        return asked_of(evaluated.outputs, at, chosen, looks_of(rows), samples.source)

    return {"code": code_of_picture(part_of(payload, "picture"), _scene(session, payload, client), asked)}


def _scene(session: Session, payload: JSON, client: Client) -> Scene:
    from kerasviz.insight.pictures.scene import Scene
    from kerasviz.training.keeping.checkpoints import kept_file

    document, keeper, looking = document_in(payload), session.worker.keeper(), session.looking
    model = keeper.kept(document)
    variable = model_name_of(document, session.model_name)
    held = user_namespace().get(variable)
    at = at_in(payload)

    def beside(path: Path) -> str:
        return Path(os.path.relpath(path, keeper.folder)).as_posix()

    def file_of(at: At) -> str:
        return beside(kept_file(session.kept_runs.find(at["run"]), at["epoch"]))

    def output_of(path: Sequence[str], node: str, tensor: int) -> np.ndarray | None:
        return None if looking is None else looking.output(document, keeper, path, node, tensor, False)

    def steps_of(path: Sequence[str]) -> list[int]:
        return [] if looking is None else looking.steps(document, keeper, path)

    def explain(method: Mapping[str, Any], output: int, target: int | None) -> Reasons:
        from kerasviz.insight.why.reasons import Asked

        asked = Asked(method, output, target)
        moment = moment_in(session, payload)
        return looking_of(session).explain(document, keeper, asked, trains(session), moment)

    def folder_of(name: str) -> str | None:
        folders = session.kept_runs.all()
        found = (each for each in folders if name in (each.name, each.read(STATE).get("run")))
        folder = next(found, None)
        return None if folder is None else beside(folder.path)

    return Scene(
        document,
        variable,
        model,
        is_kept=model is not None and held is model,
        is_edited=model is None and held is not None and held is keeper.model,
        file=keeper.name or f"{session.model_name}.keras.json",
        epoch_file=None if at is None else file_of(at),
        saved_file=_saved_file(session, beside),
        file_of=file_of,
        folder=session.worker.folder,
        taken=None if looking is None else looking.taken,
        folder_of=folder_of,
        side=0 if looking is None else looking.side,
        axes=None if client.axes is None else client.axes[1],
        explain=explain,
        output_of=output_of,
        steps_of=steps_of,
    )


def _saved_file(session: Session, beside: Callable[[Path], str]) -> str | None:
    """Where the trained model is as a run left it; None where it is in no file."""
    from kerasviz.training.keeping.checkpoints import kept_file

    run = session.run
    if session.worker.keeper().before is not None or run is None or not run.ended:
        return None
    folders = session.kept_runs.all()
    folder = next((each for each in folders if each.read(STATE).get("run") == run.id), None)
    if folder is None:
        return None
    DISK.wait()  # it may be writing the model, a moment after the run
    try:
        return beside(kept_file(folder, None))
    except RequestError:
        return None
