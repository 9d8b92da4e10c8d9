"""What is remembered of Keras is what Keras says, so that reading a config need not import it."""

import json
import subprocess
import sys

import keras
import pytest
from conftest import FIXTURES, LEGACY, ROOT, WILD

from kerasviz.config import names
from kerasviz.config.remember import remember

DRAWN = sorted(FIXTURES.glob("*.keras.json"))
WITH_WEIGHTS = [LEGACY / name for name in ("gru.h5", "convlstm.keras", "compiled_legacy_opt.h5")]
READ = """
import sys, json
from kerasviz.__main__ import main
for path in sys.argv[1:]:
    main(["document", path])
if "keras" in sys.modules:
    sys.exit("Keras was imported")
"""


def test_what_is_remembered_is_what_keras_says():
    known = json.loads(names.REMEMBERED.read_text())
    if known["keras"] != keras.__version__:
        pytest.skip(f"written down of Keras {known['keras']}; run make catalog")
    assert known == json.loads(json.dumps(remember()))


@pytest.mark.parametrize(
    "files",
    [
        [*WITH_WEIGHTS, *DRAWN[::4]],
        pytest.param(DRAWN, marks=pytest.mark.thorough),
        pytest.param(sorted(WILD.glob("*.json")), marks=pytest.mark.wild),
    ],
    ids=["ours", "all of ours", "wild"],
)
def test_a_config_is_read_without_keras_and_alike(files):
    assert files
    done = subprocess.run(
        [sys.executable, "-c", READ, *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    from kerasviz.protocol import encode
    from kerasviz.storage import read_document

    for path, line in zip(files, done.stdout.splitlines(), strict=True):
        document, report = read_document(path)
        assert json.loads(line) == {"document": document, "report": encode(report)}
