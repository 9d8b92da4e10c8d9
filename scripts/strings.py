"""Extracts the strings of both languages and of the settings into `kerasviz/locale/kerasviz.pot`.

`make strings` writes the file; `python scripts/strings.py --check` fails where it is not up to date. Entries
name the files that they are in but no lines, so that an edit changes no entry but its own.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyterlab_server.translation_utils import DEFAULT_SCHEMA_SELECTORS

ROOT = Path(__file__).parents[1]
POT = ROOT / "kerasviz" / "locale" / "kerasviz.pot"
HEADER = """\
# The strings of kerasviz that can be translated. Written by `make strings`.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
SELECTORS = {re.compile(f"/{path}"): context for path, context in DEFAULT_SCHEMA_SELECTORS.items()}
"""The parts of a settings schema that JupyterLab translates, each with the context of the look-up."""


@dataclass(frozen=True, order=True)
class String:
    """A string to translate.

    Attributes:
        text: In English; of a text that counts, that for one.
        context: What tells it from the same text elsewhere, or "".
        plural: The text for several, or "".
    """

    text: str
    context: str = ""
    plural: str = ""


def all_strings() -> dict[String, list[str]]:
    """Finds all strings, each with the files that it is in."""
    found: dict[String, set[str]] = {}
    for file, string in (*_of_python(), *_of_typescript(), *_of_settings()):
        if string.text:
            found.setdefault(string, set()).add(file)
    return {string: sorted(found[string]) for string in sorted(found)}


def _of_python() -> Iterator[tuple[str, String]]:
    for path in (ROOT / "kerasviz").rglob("*.py"):
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("text"), args=[ast.Constant(str(text)), *_]):
                    yield file, String(text)
                case ast.Call(
                    func=ast.Name("text_n"), args=[ast.Constant(str(text)), ast.Constant(str(plural)), *_]
                ):
                    yield file, String(text, plural=plural)


def _of_typescript() -> Iterator[tuple[str, String]]:
    script = Path(__file__).with_suffix(".mjs")
    printed = subprocess.run(["node", script], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for entry in json.loads(printed):
        yield entry.pop("file"), String(**entry)


def _of_settings() -> Iterator[tuple[str, String]]:
    for path in (ROOT / "schema").glob("*.json"):
        for place, text in _texts("", json.loads(path.read_text(encoding="utf-8"))):
            for selector, context in SELECTORS.items():
                if selector.fullmatch(place):
                    yield path.relative_to(ROOT).as_posix(), String(text, context)


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(f"{place}/{key}", item)


def template(strings: dict[String, list[str]]) -> str:
    """Writes strings as a template that translators fill in, in gettext's format."""
    return "\n".join([HEADER, *(_entry(string, files) for string, files in strings.items())])


def _entry(string: String, files: list[str]) -> str:
    lines = [f"#: {file}" for file in files]
    if string.context:
        lines.append(f"msgctxt {_quoted(string.context)}")
    lines.append(f"msgid {_quoted(string.text)}")
    if string.plural:
        lines += [f"msgid_plural {_quoted(string.plural)}", 'msgstr[0] ""', 'msgstr[1] ""']
    else:
        lines.append('msgstr ""')
    return "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    written = template(all_strings())
    if "--check" not in sys.argv[1:]:
        POT.parent.mkdir(exist_ok=True)
        POT.write_text(written, encoding="utf-8")
    elif not POT.exists() or POT.read_text(encoding="utf-8") != written:
        sys.exit(f"{POT.relative_to(ROOT)} is not up to date. Run `make strings`.")
