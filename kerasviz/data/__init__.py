"""What a model can be trained on: one module for each source in `sources/`."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.data.dataset import ArrayName, Data, Facts, Loaded, Stream, Table
from kerasviz.data.sources import SOURCES
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

__all__ = ["ArrayName", "Data", "Facts", "Loaded", "Stream", "Table", "load", "title"]


def title(source: ModuleType) -> str:
    """Returns the name of a source for people."""
    return inspect.cleandoc(source.__doc__ or source.__name__).partition("\n")[0].rstrip(".")


def load(chosen: Mapping[str, Any] | None, namespace: dict[str, Any], folder: Path | None = None) -> Loaded:
    """Loads the data of a plan.

    Args:
        chosen: `{"class_name": source, "config": arguments of its load}`.
        namespace: The user's variables.
        folder: Where the document is, to which paths are relative; the working directory where it is None.

    Returns:
        The data, as the source gives it.

    Raises:
        RequestError: With code `no_data`, where there is no such source, or it can't give what was asked for.
    """
    name, config = (chosen or {}).get("class_name"), part_of(chosen or {}, "config")
    source = SOURCES.get(name) if isinstance(name, str) else None
    if source is None:
        raise RequestError(
            "no_data",
            text(
                "Expected a data source ({known}). Received: {name}. Choose one under Train.",
                known=", ".join(SOURCES),
                name=f"{name!r:.80}",
            ),
        )
    from_here = {"namespace": namespace, "folder": (folder or Path.cwd()).resolve()}
    taken = inspect.signature(source.load).parameters
    given = {**config, **{name: value for name, value in from_here.items() if name in taken}}
    try:
        bound = inspect.signature(source.load).bind(**given)
    except TypeError as error:
        raise RequestError(
            "no_data",
            text(
                "The data source {name} needs other arguments. Fill in its form under Train.", name=repr(name)
            ),
            detail=str(error),
        ) from None
    data: Loaded = source.load(*bound.args, **bound.kwargs)
    return data
