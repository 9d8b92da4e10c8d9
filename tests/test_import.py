"""Importing kerasviz is instant: what is heavy loads when it is used."""

import importlib
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import kerasviz
from kerasviz.backend.importing import ONE_AT_A_TIME
from kerasviz.execution.worker import ANALYSIS, DATA
from kerasviz.kernel.session import Session
from kerasviz.kernel.threads import Thread, queue

CODE = """
import sys
before = set(sys.modules)
import kerasviz
print(*{name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)
"""


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_the_import_needs_nothing_but_python():
    assert run(CODE).split() == ["kerasviz"]


def test_a_kernel_registers_without_importing_keras():
    run("import sys, kerasviz.comm; assert not {'keras', 'tensorflow'} & set(sys.modules)")


def test_every_public_name_is_there():
    for name in kerasviz.__all__:
        assert getattr(kerasviz, name) is not None
    assert set(kerasviz.__all__) == set(dir(kerasviz))


def test_a_cell_takes_a_name_while_no_other_thread_imports(monkeypatch):
    """Else Python gives both imports up, now and then: the cell's and that of Keras for the editor."""
    import_module, alone = importlib.import_module, []

    def imported(module: str, package: str | None = None) -> Any:
        with ThreadPoolExecutor(1) as other:
            alone.append(not other.submit(ONE_AT_A_TIME.acquire, blocking=False).result())
        return import_module(module, package)

    monkeypatch.setattr(importlib, "import_module", imported)
    for name in kerasviz.__all__:
        assert getattr(kerasviz, name) is not None
    assert len(alone) == len(kerasviz.__all__) - 1 and all(alone)  # the version is there before


def test_a_look_at_data_begins_once_keras_is_imported():
    """Else pandas and scikit-learn, which Keras imports too, are imported on two threads at the same time."""
    imported, done, session = threading.Event(), list[str](), Session()
    ANALYSIS.submit(lambda: done.append("keras") if imported.wait(60) else None)
    queue(Thread.DATA, session, lambda: done.append("look"))
    DATA.wait()
    imported.set()
    ANALYSIS.wait()
    DATA.wait()
    assert done == ["keras", "look"]


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        _ = kerasviz.nothing


def test_a_copy_that_was_not_built_says_so(monkeypatch, tmp_path):
    assets = importlib.import_module("kerasviz.kernel.assets")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    with pytest.raises(FileNotFoundError, match="make build"):
        assets.static_file("widget.js")


def test_jupyter_finds_the_extensions():
    paths = kerasviz._jupyter_labextension_paths()
    assert paths == [{"src": "labextension", "dest": "kerasviz"}]
    for point in kerasviz._jupyter_server_extension_points():
        assert hasattr(importlib.import_module(point["module"]), "_load_jupyter_server_extension")
