"""What is extracted for translators, and that JupyterLab serves what they make of it."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections import Counter

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT
from pseudolocale import LOCALE, PLACEHOLDER, catalog, pseudo, strings, write_pack


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("extraction", ROOT / "scripts" / "strings.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def extracted(script):
    return script.all_strings()


def test_strings_of_each_kind_are_extracted(script, extracted):
    kinds = {file.partition("/")[0] for files in extracted.values() for file in files}
    assert kinds == {"kerasviz", "schema", "src"}
    child = script.String("{path} keeps its values in another file.")
    assert extracted[child] == ["kerasviz/storage/hdf5_child.py"]
    counted = [string for string in extracted if string.plural]
    assert any("{n}" in string.text for string in counted) and any("%1" in string.text for string in counted)
    assert any(string.context == "toolbar" for string in extracted)


def test_the_template_holds_every_string_as_it_is(script, extracted, tmp_path):
    odd = script.String('A "quoted" text\nof two lines, with \\ and …', "menu", "and its plural")
    path = tmp_path / "strings.pot"
    path.write_text(script.template({**extracted, odd: ["src/a.ts"]}), encoding="utf-8")
    with path.open("rb") as file:
        read = [(message.id, message.context or "") for message in read_po(file) if message.id]
    assert sorted(read, key=str) == sorted(
        (((s.text, s.plural) if s.plural else s.text, s.context) for s in [*extracted, odd]), key=str
    )


def test_no_text_is_said_of_one_and_of_several_in_two_ways(extracted):
    """Gettext has one entry for a text."""
    counts = Counter((string.context, string.text) for string in extracted)
    assert [text for text, count in counts.items() if count > 1] == []


def test_what_stands_in_a_text_of_one_stands_in_that_of_several(extracted):
    for string in extracted:
        if string.plural:
            singular, plural = (set(PLACEHOLDER.findall(text)) for text in (string.text, string.plural))
            assert singular <= plural, string


def test_no_sentence_of_the_kernel_looks_like_a_text_of_the_page(extracted):
    """JupyterLab's translator puts arguments in for %1, and makes one % of two."""
    for string, files in extracted.items():
        if any(file.endswith(".py") for file in files):
            assert not re.search(r"%[%\d]", string.text + string.plural), string


def test_a_translation_keeps_the_values():
    for message in catalog():
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        for form in forms:
            assert PLACEHOLDER.findall(pseudo(form)) == PLACEHOLDER.findall(form)


def test_jupyterlab_serves_the_pack_of_a_language(tmp_path):
    write_pack(tmp_path)
    code = (
        "import json; from jupyterlab_server.translation_utils import get_language_pack;"
        f"print(json.dumps(get_language_pack({LOCALE!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=True,
    )
    data, message = json.loads(done.stdout)
    assert not message and data["kerasviz"] == strings()
