"""JSON that keeps how it was written: numbers, strings and the order of keys stay as they are in the file.

`src/core/document/jsontext.ts` is the same in TypeScript.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from kerasviz.config.depths import ITEM, ORDER, inside, may_split_array, may_split_object

#: A value of a file: its text without white space, or its parts, where they are shared one by one.
#: Keys are as they are written, without their quotes.
Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"
RawObject: TypeAlias = dict[str, Raw]

_STRING = r'"(?:[^"\\]|\\.)*"'
_SPACE = re.compile(rf"({_STRING})|[ \t\n\r]+")
_TOKEN = re.compile(rf"{_STRING}|\[\]|\{{\}}|[\[\]{{}},:]")
_KEY = re.compile(r'"((?:[^"\\]|\\.)*)":')
_SCALAR = re.compile(rf"{_STRING}|[^,\]}}]+")
_PART = re.compile(rf'{_STRING}|[^"\[\]{{}}]+|[\[\]{{}}]')


@dataclass(frozen=True)
class Layout:
    """How a file is laid out.

    Attributes:
        indent: What a level is indented by; empty where all is on one line.
        newline: What ends a line.
        spaced: Whether a space follows ',' and ':' on one line.
        end: White space at the end of the file.
    """

    indent: str = ""
    newline: str = "\n"
    spaced: bool = False
    end: str = ""


def key_of(written: str) -> str:
    """The key that is written so."""
    key: str = json.loads(f'"{written}"') if "\\" in written else written
    return key


def written_key(key: str) -> str:
    """A key as it is written."""
    return json.dumps(key, ensure_ascii=False)[1:-1]


def layout_of(text: str) -> Layout:
    """How a text is laid out."""
    first = re.match(r"\s*\{(\r?\n)([ \t]+)", text)
    broken = "  " if "\n" in text.strip() else ""
    return Layout(
        indent=first[2] if first else broken,
        newline=first[1] if first else "\n",
        spaced=re.match(rf"\s*\{{\s*{_STRING}\s*:\s", text) is not None,
        end=text[len(text.rstrip()) :],
    )


def split(text: str) -> RawObject:
    """The object that is written in a valid text of JSON."""
    return _Splitter(_SPACE.sub(r"\1", text)).object(0)


def join(raw: Raw, layout: Layout) -> str:
    """The text of an object."""
    text = _joined(raw)
    if not layout.indent and not layout.spaced:
        return text + layout.end
    line = layout.newline if layout.indent else ""

    def laid_out(match: re.Match[str]) -> str:
        nonlocal line
        token = match[0]
        if token in ("[", "{"):
            line += layout.indent
            return token + line
        if token in ("]", "}"):
            line = line[: len(line) - len(layout.indent)]
            return line + token
        if token == ",":
            return f",{line}" if layout.indent else ", "
        return ": " if token == ":" else token

    return _TOKEN.sub(laid_out, text) + layout.end


def _joined(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, list):
        return f"[{','.join(map(_joined, raw))}]"
    return "{" + ",".join(f'"{key}":{_joined(item)}' for key, item in raw.items()) + "}"


class _Splitter:
    """Reads a valid text without white space."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0

    def object(self, depth: int) -> RawObject:
        parts: dict[str, Any] = {}
        written: dict[str, str] = {}
        self._place += 1
        while self._text[self._place] != "}":
            key = self._take(_KEY)[1:-2]
            first = written.setdefault(key_of(key), key)
            parts[first] = self._value(key_of(key), depth + 1)
            self._skip_comma()
        self._place += 1
        return parts

    def _value(self, key: str, depth: int) -> Raw:
        start = self._place
        if self._text[start] == "{" and may_split_object(key, depth):
            parts = self.object(depth)
            return self._text[start : self._place] if ORDER in parts else parts
        if self._text[start] == "[" and may_split_array(key, depth):
            items = self._objects(inside(key, depth))
            if items is not None:
                return items
            self._place = start
        return self._leaf()

    def _objects(self, depth: int) -> list[Raw] | None:
        """The items of an array; None where they are not all objects."""
        items: list[Raw] = []
        self._place += 1
        while self._text[self._place] != "]":
            if self._text[self._place] != "{":
                return None
            items.append(self._value(ITEM, depth + 1))
            self._skip_comma()
        self._place += 1
        return items

    def _leaf(self) -> str:
        start = self._place
        pattern = _PART if self._text[start] in "{[" else _SCALAR
        depth = 0
        while True:
            part = self._take(pattern)
            depth += (part in "{[") - (part in "]}")
            if depth == 0:
                return self._text[start : self._place]

    def _skip_comma(self) -> None:
        self._place += self._text[self._place] == ","

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._place)
        assert match
        self._place = match.end()
        return match[0]
