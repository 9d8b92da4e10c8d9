import os
import re
import subprocess
import sys
import tarfile
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
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, of what `make build` made."""
    out = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out)
    return next(out.glob("kerasviz-*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist on a PATH without Node."""
    out = tmp_path_factory.mktemp("wheel")
    environment = dict(os.environ, PATH=str(tmp_path_factory.mktemp("empty")))
    run(BIN / "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", out, sdist, env=environment)
    return next(out.glob("kerasviz-*.whl"))


def under(prefix: str, folder: str) -> set[str]:
    """The files of a folder of the checkout, as they are named where the folder is called `prefix`."""
    return {
        prefix + str(file.relative_to(ROOT / folder)) for file in (ROOT / folder).rglob("*") if file.is_file()
    }


def test_jupyterlab_lists_the_extension_as_enabled_and_ok() -> None:
    listed = run(BIN / "jupyter", "labextension", "list").splitlines()
    name, _version, *words = next(line.split() for line in listed if line.split()[:1] == ["kerasviz"])
    assert name == "kerasviz" and words[:2] == ["enabled", "OK"]


def test_jupyter_server_lists_the_extension_as_enabled_and_ok() -> None:
    listed = run(BIN / "jupyter", "server", "extension", "list")
    assert "kerasviz enabled" in listed and "kerasviz 0.1.0 OK" in " ".join(listed.split())


def test_the_wheel_holds_the_checkouts_package_and_what_was_built_once_each(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "kerasviz").split()
    package = {*tracked, "kerasviz/_version.py", *under("kerasviz/static/", "kerasviz/static")}
    data = "kerasviz-0.1.0.data/data/"
    lab = under(f"{data}share/jupyter/labextensions/kerasviz/", "kerasviz/labextension")
    settings = {f"{data}etc/jupyter/jupyter_server_config.d/kerasviz.json"}
    assert {name for name in names if ".dist-info/" not in name} == package | lab | settings
    assert {"kerasviz/py.typed", "kerasviz/static/widget.js", "kerasviz/static/plotly.js"} <= package
    assert f"{data}share/jupyter/labextensions/kerasviz/package.json" in lab
    assert f"{data}share/jupyter/labextensions/kerasviz/install.json" in lab


def test_the_sdist_holds_what_a_wheel_is_built_from_and_no_tests(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    assert under("kerasviz/labextension/", "kerasviz/labextension") <= names
    assert under("kerasviz/static/", "kerasviz/static") <= names
    assert {"src/index.ts", "yarn.lock", "schema/plugin.json", "tsconfig.build.json", "LICENSE"} <= names
    rooms = {name.partition("/")[0] for name in names}
    assert not rooms & {"tests", "ui-tests", "benchmarks", "node_modules", ".venv", ".cache", ".github"}


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
