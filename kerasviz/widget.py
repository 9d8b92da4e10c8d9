"""The editor and the charts as notebook widgets; `src/notebook` is the other side."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from kerasviz.backend.cellsettings import CELL_SETTINGS
from kerasviz.kernel.addressed import keep_addressed
from kerasviz.kernel.assets import static_file
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.models.opening import draw, text_of
from kerasviz.protocol import JSON, RunStatus
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import ENDED

if TYPE_CHECKING:
    import keras

FIRST_SNAPSHOT = 0.25
"""Seconds after which a new run is kept whole for the second time; from then on its age doubles each time."""


class RunWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """Carries messages between a session and the pages that show the widget.

    Args:
        session: Who answers.
        **traits: Values of traits.
    """

    _esm = static_file("widget.js")
    _css = static_file("widget.css")
    _view = traitlets.Unicode().tag(sync=True)
    _document = traitlets.Unicode().tag(sync=True)
    _edited = traitlets.Bool(False).tag(sync=True)
    _height = traitlets.Int(600).tag(sync=True)
    _run = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    """The last run, whole, with the number `seq` of the last event in it.

    A page starts from it that has no kernel, or whose kernel is busy with the cell that trains. The events
    that follow it have consecutive numbers, so nothing is missing.
    """

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(**traits)
        CELL_SETTINGS.follow()
        self._session = session
        self._kept = ""
        self._since = self._due = 0.0
        client = Client(self._carry)
        session.attach(client)
        self.on_msg(lambda widget, message, buffers: session.dispatch(message, client))

    def open(self) -> None:
        """Opens the comm; ipywidgets calls this."""
        super().open()
        keep_addressed(self.comm)

    def _carry(self, message: JSON) -> None:
        self.send(message)
        if message.get("event") == "run":
            self._keep(message["payload"]["status"])

    def _keep(self, status: RunStatus) -> None:
        """Keeps the whole run: when it starts and ends, and ever less often in between, as it is large."""
        now = time.monotonic()
        if status["run"] != self._kept:
            self._kept, self._since, self._due = status["run"], now, now
        if now >= self._due or status["state"] in ENDED:
            self.set_trait("_run", self._session.snapshot())
            self._due = now + max(FIRST_SNAPSHOT, now - self._since)


class Charts(RunWidget):
    """The charts of one run."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, _view="charts")


class Editor(RunWidget):
    """Draws, checks and trains a model in a notebook.

    Args:
        document: What is drawn: the path of a `.keras.json`, `.keras` or `.h5` file, a `keras.Model`,
            a Keras config as a dict, or None for an empty canvas.
        height: Pixels.

    Raises:
        ModelFileError: If a file holds no model that can be drawn.

    Example:
    ```python
    editor = kerasviz.Editor("lenet.keras.json")
    editor          # as the last line of a cell
    editor.model    # later: what was drawn, trained where it was trained
    ```
    """

    def __init__(
        self, document: str | os.PathLike[str] | keras.Model | JSON | None = None, *, height: int = 600
    ) -> None:
        path = Path(document) if isinstance(document, (str, os.PathLike)) else None
        self._documents = Session(path and path.resolve().parent, path.name if path else "")
        live = None if isinstance(document, (str, os.PathLike, dict, NoneType)) else draw(document)
        text = text_of(document) if live is None else json.dumps(live[1])
        super().__init__(self._documents, _view="editor", _document=text, _height=height)
        if live is not None:
            self._documents.worker.call(lambda: self._documents.worker.keeper().adopt(*live))

    @property
    def config(self) -> JSON:
        """The drawn model, as Keras JSON.

        Raises:
            ValueError: If the text is not JSON, which the editor shows too.
        """
        try:
            config = json.loads(self._document)
        except ValueError as error:
            raise ValueError(
                text("The editor does not contain a Keras model as JSON: {error}.", error=str(error))
            ) from None
        return dict(config)

    @property
    def model(self) -> keras.Model:
        """The drawn model: the trained one, or a new one after its layers were changed.

        Raises:
            Exception: With the name of a layer that can't be built.
        """
        config = self.config
        return self._documents.worker.call(lambda: self._documents.worker.keeper().current(config))

    @property
    def run(self) -> Any:
        """The last run, for `kerasviz.plot(editor)`; None before the first."""
        return self._documents.run

    def save(self, path: str | os.PathLike[str]) -> None:
        """Saves what is drawn: the document as `.json`, or the model with its weights as `.keras` or `.h5`.

        Raises:
            OSError: If it can't be written; an existing file is unchanged.
        """
        from kerasviz import storage

        if Path(path).suffix == ".json":
            from kerasviz.storage.atomic import replaced

            with replaced(path) as beside:
                beside.write_text(self._document, encoding="utf-8")
        else:
            model = self.model
            self._documents.worker.call(lambda: storage.save(model, path))


def open(model: keras.Model, *, height: int = 600) -> Editor:
    """Opens a model of the kernel on the canvas.

    The drawn and trained model has the same name, and starts from the weights of the given model as long as
    the layers are unchanged.

    Args:
        model: Any model. A subclassed one, which must have been called on data, is one node.
        height: Pixels.

    Returns:
        The editor, which a cell shows as its last line.

    Raises:
        TypeError: If it is no model that can be drawn; with the way out.

    Example:
    ```python
    kerasviz.open(model)
    ```
    """
    return Editor(model, height=height)
