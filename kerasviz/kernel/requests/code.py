"""Keras code of a drawing, and what it would do to the user's variables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.training import training_of
from kerasviz.kernel.givencode import assigned_in
from kerasviz.kernel.payload import document_in
from kerasviz.models.variablename import kind_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.training.plan import model_name_of

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def code(session: Session, payload: JSON, client: Client) -> JSON:
    """Keras code for what is drawn and its training; refused where Keras would leave a part of it out."""
    from kerasviz.codegen import to_code
    from kerasviz.models.building import check_graph

    document = document_in(payload)
    check_graph(document, needs_input=False)
    recipe = payload.get("recipe", "model")
    name = model_name_of(document, session.model_name)
    source = to_code(
        document, name, recipe=None if recipe == "model" else recipe, folder=session.worker.folder
    )
    replaces = _replaces(session, source)
    session.given_code.remember(source)
    trains = recipe not in ("model", "serve")
    unseen = trains and _is_unseen(training_of(document).get("data"), session.worker.folder)
    return {"code": source, "replaces": replaces, "needs_look": unseen}


def _is_unseen(chosen: JSON | None, folder: Path | None) -> bool:
    """Whether the data of a plan is a table that nobody has looked at."""
    from kerasviz.data import code_of
    from kerasviz.data.preparation.seentable import seen_table

    try:
        snippet = code_of(chosen, folder=folder) if chosen else None
    except RequestError:  # the script says it
        return False
    return snippet is not None and "table" in snippet.gives and seen_table(chosen or {}, folder) is None


def _replaces(session: Session, source: str) -> Text | None:
    """Says which values of the user's own a cell with this code would replace; None where it would none."""
    import keras

    namespace, document = user_namespace(), session.worker.variables
    cells = namespace.get("In")
    own = session.given_code.set_by(cells) if isinstance(cells, list) else set()
    found = [
        f"{name!r} ({kind_of(namespace[name])})"
        for name in dict.fromkeys(assigned_in(source))
        if namespace.get(name) is not None
        and name not in own
        and not issubclass(type(namespace[name]), keras.KerasTensor)  # only part of another drawing
        and not (document and document.may_set(name, namespace))
    ]
    if not found:
        return None
    return text(
        "Run in this kernel, the code replaces values that are not from this document: {variables}.",
        variables=", ".join(found),
    )
