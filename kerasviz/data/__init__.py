"""What a model can be trained on: one module for each source in `sources/`."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from kerasviz.config.parts import found_in
from kerasviz.data.dataset import ArrayName, Data, Facts, Loaded, Stream, Table
from kerasviz.data.files.seen import remember, seen
from kerasviz.data.sources import SOURCES
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.snippet import Snippet

__all__ = [
    "ArrayName",
    "Data",
    "Facts",
    "Given",
    "Loaded",
    "Stream",
    "Table",
    "code_of",
    "given_by",
    "load",
    "names",
    "title",
]


class Given(NamedTuple):
    """What a source is known to give before it is loaded.

    Attributes:
        parts: By the names that a `Snippet` has for them, such as `x_val`.
        is_divided: Whether the source holds out itself what validates, so that nothing more can be.
    """

    parts: frozenset[str] = frozenset()
    is_divided: bool = False

    @property
    def validates(self) -> bool:
        """Whether there are samples for validation."""
        return any(part == "validation" or part.endswith("_val") for part in self.parts)


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
    source, config = _chosen(chosen)
    given, here = _bound(source, config), _from_here(namespace, folder)
    key = _key(source, given, here)
    here |= {"inner": lambda other: load(other, namespace, folder), "keep": lambda code: remember(key, code)}
    data: Loaded = _called(source, source.load, given, here)
    if not isinstance(data, Table):
        return data
    return dataclasses.replace(data, source=chosen, folder=here["folder"])


def names(
    chosen: Mapping[str, Any] | None, namespace: dict[str, Any], folder: Path | None = None
) -> dict[str, str]:
    """Tells what the data of a plan is made of, in no time: columns of a table, arrays in a file.

    Args:
        chosen: As `load` takes it; what is to be learned may be open.
        namespace: The user's variables.
        folder: Where the document is.

    Returns:
        Shape and dtype by name, an empty text where they are not known; empty where nothing has a name.

    Raises:
        RequestError: As `load`.
    """
    source, config = _chosen(chosen)
    if hasattr(source, "names"):
        here = {**_from_here(namespace, folder), "inner": lambda other: names(other, namespace, folder)}
        told: dict[str, str] = _called(source, source.names, config, here)
        return told
    if source.load.__annotations__.get("return") != Table.__name__:
        return {}
    loaded = load(chosen, namespace, folder)
    return dict.fromkeys(loaded.columns, "") if isinstance(loaded, Table) else {}


def code_of(
    chosen: Mapping[str, Any] | None, model: Any = None, loss: Any = None, folder: Path | None = None
) -> Snippet | None:
    """Writes how a script loads the data of a plan; nothing is read.

    Args:
        chosen: As `load` takes it.
        model: The model that it is for.
        loss: What that is compiled with, as a document has it.
        folder: Where the document is.

    Returns:
        The statements; None for a source that has no code.

    Raises:
        RequestError: As `load`, for what can be told without looking at the data.
    """
    source, config = _chosen(chosen)
    if not hasattr(source, "code"):
        return None
    given, here = _bound(source, config), _from_here({}, folder)
    here |= {"known": seen(_key(source, given, here)), "model": model, "loss": loss}
    here |= {"inner": lambda other: code_of(other, folder=folder)}
    written: Snippet = _called(source, source.code, given, here)
    return written


def given_by(chosen: Mapping[str, Any] | None, folder: Path | None = None) -> Given:
    """Tells what the data of a plan is made of as far as that is known without reading it.

    Args:
        chosen: As `load` takes it.
        folder: Where the document is.

    Returns:
        What its code gives: what the plan says, and what was found out when it was loaded last; nothing where
        there is no such source.
    """
    source, _ = found_in(SOURCES, chosen or {})
    is_divided = getattr(source, "IS_DIVIDED", False)
    try:
        written = code_of(chosen, folder=folder)
    except RequestError:  # nobody can tell yet
        written = None
    return Given(frozenset() if written is None else frozenset(written.gives), is_divided)


def _from_here(namespace: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    """What the functions of a source may take beside what a plan says."""
    return {"namespace": namespace, "folder": (folder or Path.cwd()).resolve()}


def _chosen(chosen: Mapping[str, Any] | None) -> tuple[ModuleType, dict[str, Any]]:
    """The source of a plan and what it is given."""
    source, config = found_in(SOURCES, chosen or {})
    if source is None:
        raise RequestError(
            "no_data",
            text(
                "Expected a data source ({known}). Received: {name}. Choose one under Train.",
                known=", ".join(SOURCES),
                name=f"{(chosen or {}).get('class_name')!r:.80}",
            ),
        )
    return source, config


def _bound(source: ModuleType, config: dict[str, Any]) -> dict[str, Any]:
    """What a plan says for a source, and what its `load` takes where the plan is silent."""
    taken = inspect.signature(source.load)
    said = [each for each in taken.parameters.values() if each.kind is not each.KEYWORD_ONLY]
    try:
        bound = taken.replace(parameters=said).bind(**config)
    except TypeError as error:
        raise _other_arguments(source, str(error)) from None
    bound.apply_defaults()
    return bound.arguments


def _key(source: ModuleType, given: dict[str, Any], here: dict[str, Any]) -> tuple[str, Path, str]:
    """The name under which the code of what was loaded is kept."""
    return source.__name__, here["folder"], repr(given)


def _called(
    source: ModuleType, function: Callable[..., Any], given: dict[str, Any], here: dict[str, Any]
) -> Any:
    """Calls a function of a source with what it takes, by name, of what a plan says and of what is here."""
    known, taken = {**given, **here}, inspect.signature(function).parameters
    missing = [name for name, each in taken.items() if name not in known and each.default is each.empty]
    if missing:
        raise _other_arguments(source, f"missing: {', '.join(missing)}")
    return function(**{name: known[name] for name in taken if name in known})


def _other_arguments(source: ModuleType, detail: str) -> RequestError:
    return RequestError(
        "no_data",
        text(
            "The data source {name} needs other arguments. Fill in its form under Train.",
            name=repr(source.__name__.rpartition(".")[2]),
        ),
        detail=detail,
    )
