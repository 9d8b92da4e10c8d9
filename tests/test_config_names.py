"""What is remembered of Keras is what Keras says, so that reading a config need not import it."""

import json
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from kerasviz.config import names
from kerasviz.config.remember import remember

FIXTURES = Path(__file__).parents[2] / "shared" / "fixtures"
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


def test_a_config_is_read_without_keras_and_alike():
    files = [FIXTURES / "legacy" / name for name in ("gru.h5", "convlstm.keras", "compiled_legacy_opt.h5")]
    files += sorted((FIXTURES / "wild").glob("*.json"))
    files = [path for path in files if path.exists()]
    files += sorted((Path(__file__).parent / "fixtures").glob("*.keras.json"))
    done = subprocess.run(
        [sys.executable, "-c", READ, *map(str, files)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    from kerasviz.storage import read_document

    for path, line in zip(files, done.stdout.splitlines(), strict=True):
        document, report = read_document(path)
        assert json.loads(line) == {"document": document, "report": report}
