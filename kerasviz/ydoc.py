"""The shared document on a server, where several people edit it: its text is the one that the page has.

`jupyter_ydoc` finds it by its entry point; nothing else imports it. `src/core/document/modeldocument.ts` and
`sharedjson.ts` are the page's side. It holds
- `model`: the JSON of the model, in maps and arrays down to the depths of `kerasviz/config/depths.py`, and
  texts of JSON below them. A map has the order of its keys under `ORDER`, as maps have none here.
- `file`: the layout of the file, and the `original` text where the layout does not tell all of it; or the
  `text` of a file that holds no model.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from functools import partial
from typing import Any

from jupyter_ydoc.ybasedoc import YBaseDoc
from pycrdt import Array, Awareness, Doc, Map

from kerasviz.config.depths import ORDER
from kerasviz.config.jsontext import Layout, Raw, RawObject, join, key_of, layout_of, split, written_key


class KerasDocument(YBaseDoc):
    """A Keras model as a shared document."""

    def __init__(self, ydoc: Doc[Any] | None = None, awareness: Awareness | None = None) -> None:
        """Makes a document.

        Args:
            ydoc: What holds its data; a new one where there is none.
            awareness: What tells who else is there.
        """
        super().__init__(ydoc, awareness)
        self._model = self._ydoc.get("model", type=Map)
        self._file = self._ydoc.get("file", type=Map)
        self.undo_manager.expand_scope(self._model)

    @property
    def version(self) -> str:
        """The version of what is shared."""
        return "1.0.0"

    def get(self) -> str:
        """The text of the document, as the page's `getSource` gives it."""
        broken = self._file.get("text")
        if isinstance(broken, str):
            return broken
        raw = _raw_object(self._model)
        if not raw:
            return ""
        known = {field.name: self._file[field.name] for field in fields(Layout) if field.name in self._file}
        layout = Layout(**known)
        text, original = join(raw, layout), self._file.get("original")
        # What another page has written may be anything.
        is_text = isinstance(original, str) and _is_model(original)
        return original if is_text and join(split(original), layout) == text else text

    def set(self, value: str) -> None:
        """Makes the document hold the text of a file, as the page's `setSource` does.

        Args:
            value: The text. One that is no Keras model is kept; the page says what is wrong with it.
        """
        is_model = _is_model(value)
        with self._ydoc.transaction():
            if is_model:
                raw, layout = split(value), layout_of(value)
                original = {} if join(raw, layout) == value else {"original": value}
                _write_map(self._file, asdict(layout) | original)
                _write_object(self._model, raw)
            else:
                _write_map(self._file, {"text": value})
                self._model.clear()

    def observe(self, callback: Callable[[str, Any], None]) -> None:
        """Has changes told.

        Args:
            callback: Gets `"state"`, `"file"` or `"model"`, and the event.
        """
        self.unobserve()
        self._subscriptions[self._ystate] = self._ystate.observe(partial(callback, "state"))
        self._subscriptions[self._file] = self._file.observe(partial(callback, "file"))
        self._subscriptions[self._model] = self._model.observe_deep(partial(callback, "model"))


def _is_model(text: str) -> bool:
    """Tells whether a text looks like that of a model: what this refuses, the page refuses, too."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    config = value.get("config") if isinstance(value, dict) else None
    return isinstance(config, dict) and isinstance(config.get("layers"), list) and ORDER not in value


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _raw(value: Any) -> Raw:
    """What a shared type holds, as it is written."""
    if isinstance(value, Map):
        return _raw_object(value)
    return [_raw(item) for item in value] if isinstance(value, Array) else str(value)


def _raw_object(value: Map[Any]) -> RawObject:
    left = set(value.keys()) - {ORDER}
    known = [key for key in value.get(ORDER) or () if key_of(key) in left]
    # Keys that several people added at once; the page sorts them by their UTF-16, too.
    new = sorted(left.difference(map(key_of, known)), key=lambda key: key.encode("utf-16-be"))
    return {key: _raw(value[key_of(key)]) for key in [*known, *map(written_key, new)]}


def _shared(raw: Raw) -> Any:
    """A value for a shared type to hold."""
    if isinstance(raw, dict):
        return Map({**{key_of(key): _shared(item) for key, item in raw.items()}, ORDER: list(raw)})
    return Array([_shared(item) for item in raw]) if isinstance(raw, list) else raw


def _write_object(shared: Map[Any], raw: RawObject) -> None:
    """Makes a map hold an object, and changes only what differs."""
    parts = {key_of(key): item for key, item in raw.items()}
    for key in set(shared.keys()) - {ORDER, *parts}:
        del shared[key]
    for key, item in parts.items():
        if key not in shared or not _write_into(shared[key], item):
            shared[key] = _shared(item)
    if shared.get(ORDER) != list(raw):
        shared[ORDER] = list(raw)


def _write_into(shared: Any, raw: Raw) -> bool:
    """Writes a value into the one that is there; False where it has to be replaced."""
    if isinstance(shared, Map) and isinstance(raw, dict):
        _write_object(shared, raw)
        return True
    if isinstance(shared, Array) and isinstance(raw, list):
        for i, item in enumerate(raw):
            if i == len(shared):
                shared.append(_shared(item))
            elif not _write_into(shared[i], item):
                shared[i] = _shared(item)
        while len(shared) > len(raw):
            shared.pop()
        return True
    return isinstance(shared, str) and shared == raw


def _write_map(shared: Map[Any], values: dict[str, Any]) -> None:
    for key in set(shared.keys()) - set(values):
        del shared[key]
    for key, value in values.items():
        if shared.get(key) != value:
            shared[key] = value
