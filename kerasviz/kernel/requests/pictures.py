"""Pictures as the Python that makes them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.kernel.askedmoment import at_in
from kerasviz.kernel.payload import count_in, document_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.plan import model_name_of
from kerasviz.training.run.folder import STATE

if TYPE_CHECKING:
    import numpy as np

    from kerasviz.insight.pictures.scene import Scene
    from kerasviz.insight.pictures.scores import Asked
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.pictures import PictureCode


def picture_code(session: Session, payload: JSON, client: Client) -> PictureCode:
    """The code that gives the numbers of a picture and draws it."""
    from kerasviz.insight.pictures import code_of_picture
    from kerasviz.insight.pictures.scores import asked_of

    def asked() -> Asked:
        if session.predicted is None:
            raise RequestError("no_predictions", text("Evaluate the model first."))
        outputs = session.predicted[0].outputs
        at = count_in(payload, "output") if "output" in payload else 0
        if at >= len(outputs):
            raise RequestError("bad_request", text("There is no such output."))
        return asked_of(outputs[at], at)

    return {"code": code_of_picture(part_of(payload, "picture"), _scene(session, payload), asked)}


def _scene(session: Session, payload: JSON) -> Scene:
    from kerasviz.insight.pictures.scene import Scene
    from kerasviz.training.keeping.checkpoints import kept_file

    document, keeper, looking = document_in(payload), session.worker.keeper(), session.looking
    model = keeper.kept(document)
    variable = model_name_of(document, session.model_name)
    held = user_namespace().get(variable)
    at = at_in(payload)
    file = None if at is None else kept_file(session.kept_runs.find(at["run"]), at["epoch"])

    def output_of(path: Sequence[str], node: str, tensor: int) -> np.ndarray | None:
        return None if looking is None else looking.output(document, keeper, path, node, tensor, False)

    def folder_of(name: str) -> str | None:
        folders = session.kept_runs.all()
        found = (each for each in folders if name in (each.name, each.read(STATE).get("run")))
        folder = next(found, None)
        return None if folder is None else Path(os.path.relpath(folder.path, keeper.folder)).as_posix()

    return Scene(
        document,
        variable,
        model,
        is_kept=model is not None and held is model,
        is_edited=model is None and held is not None and held is keeper.model,
        file=keeper.name or f"{session.model_name}.keras.json",
        epoch_file=None if file is None else Path(os.path.relpath(file, keeper.folder)).as_posix(),
        folder=session.worker.folder,
        taken=None if looking is None else looking.taken,
        folder_of=folder_of,
        output_of=output_of,
    )
