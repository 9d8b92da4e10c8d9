"""A language pack of JupyterLab in no real language, made of every string that can be translated.

Whoever reads ⟦…⟧ on a page reads a string that went through the translator.
"""

import json
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

POT = Path(__file__).parents[1] / "kerasviz" / "locale" / "kerasviz.pot"
LOCALE = "eo"
"""A language of which JupyterLab itself has no translation."""
PACKAGE = f"jupyterlab_language_pack_{LOCALE}"
PLACEHOLDER = re.compile(r"\{\w+\}|%\d+", re.ASCII)


def pseudo(text: str) -> str:
    """Marks a text as translated; the values that are put in stay."""
    return f"⟦{text}⟧"


def strings() -> dict[str, object]:
    """All strings with their translations, as JupyterLab reads them."""
    header = {"domain": "kerasviz", "language": LOCALE, "plural_forms": "nplurals=2; plural=(n != 1);"}
    found: dict[str, object] = {"": header}
    for message in catalog():
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            key = f"{message.context}\x04{forms[0]}" if message.context else forms[0]
            found[key] = [pseudo(form) for form in forms]
    return found


def catalog() -> Catalog:
    """The strings as the extraction wrote them."""
    with POT.open("rb") as file:
        return read_po(file)


def write_pack(folder: Path) -> None:
    """Writes the pack, which is installed where `folder` is on Python's path."""
    messages = folder / PACKAGE / "locale" / LOCALE / "LC_MESSAGES"
    messages.mkdir(parents=True)
    (folder / PACKAGE / "__init__.py").touch()
    (messages / "kerasviz.json").write_text(json.dumps(strings()), encoding="utf-8")
    info = folder / f"{PACKAGE}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[jupyterlab.languagepack]\n{LOCALE} = {PACKAGE}\n")
