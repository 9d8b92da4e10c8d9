import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def run(*command: object, **options: object) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return re.sub(r"\x1b\[\d+m", "", done.stdout + done.stderr)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what `make build` made, on a PATH without Node."""
    out = tmp_path_factory.mktemp("wheel")
    environment = dict(os.environ, PATH=str(tmp_path_factory.mktemp("empty")))
    run(BIN / "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", out, ROOT, env=environment)
    return next(out.glob("kerasviz-*.whl"))


def test_jupyterlab_lists_the_extension_as_enabled_and_ok() -> None:
    listed = run(BIN / "jupyter", "labextension", "list").splitlines()
    name, _version, *words = next(line.split() for line in listed if line.split()[:1] == ["kerasviz"])
    assert name == "kerasviz" and words[:2] == ["enabled", "OK"]


def test_jupyter_server_lists_the_extension_as_enabled_and_ok() -> None:
    listed = run(BIN / "jupyter", "server", "extension", "list")
    assert "kerasviz enabled" in listed and "kerasviz 0.1.0 OK" in " ".join(listed.split())


def test_the_wheel_carries_the_lab_extension_the_notebook_widget_and_the_server_setting(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    data = "kerasviz-0.1.0.data/data/"
    assert data + "share/jupyter/labextensions/kerasviz/package.json" in names
    assert data + "share/jupyter/labextensions/kerasviz/install.json" in names
    assert data + "etc/jupyter/jupyter_server_config.d/kerasviz.json" in names
    assert {"kerasviz/static/widget.js", "kerasviz/static/plotly.js"} <= set(names)


def test_the_wheel_installs_where_there_is_no_node(wheel: Path, tmp_path: Path) -> None:
    environment = dict(os.environ, PATH=str(tmp_path))
    target = tmp_path / "target"
    run(BIN / "pip", "install", "-q", "--no-deps", "--no-index", "--target", target, wheel, env=environment)
    assert (target / "share/jupyter/labextensions/kerasviz/package.json").exists()


def test_no_file_names_a_package_registry_or_a_machines_path() -> None:
    hosts = "|".join(
        ["registry[.]npmjs", "registry[.]yarnpkg", "pypi[.]org", "pythonhos[t]ed", "deb[.]debian"]
    )
    places = r"(^|[^a-zA-Z0-9_.])/(work|farm|root)/"
    for pattern in (hosts, places):
        found = subprocess.run(
            ["git", "grep", "-nIE", pattern], cwd=ROOT, capture_output=True, text=True
        ).stdout
        assert found.splitlines() == []
