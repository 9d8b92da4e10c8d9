"""Every command of the README works."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import keras
import numpy as np

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_every_shell_command_is_a_target_of_the_makefile_or_tested_here() -> None:
    assert [block.strip() for block in blocks("sh")] == ["make lab", "make test"]
    for target in ("lab", "test", "bench", "picture"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_ci_runs_make_test() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()


def test_make_lab_opens_the_browser_on_the_example(tmp_path: Path) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    os.mkfifo(opened)
    # Jupyter hands its browser a page that leads to the address with the token.
    browser.write_text(f'#!/bin/sh\ncat "${{1#file://}}" > {opened}\n')
    browser.chmod(0o755)
    lab = subprocess.Popen(
        ["make", "lab"], cwd=ROOT, env=dict(os.environ, BROWSER=f"{browser} %s"), start_new_session=True
    )
    try:
        url = re.search(r'href="([^"]+/lab/tree/digits\.keras\.json\?token=[^"]+)"', opened.read_text())
        assert url is not None
        assert urllib.request.urlopen(url.group(1), timeout=30).status == 200
    finally:
        os.killpg(lab.pid, signal.SIGTERM)
        lab.wait(timeout=60)


def test_every_python_snippet_runs(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    model.compile("sgd", "mse")
    model.save(tmp_path / "digits.keras")
    x, y = np.zeros((8, 4), "float32"), np.zeros((8, 2), "float32")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        names: dict[str, object] = {"x": x, "y": y}
        for block in blocks("python"):
            exec(compile(block, "README.md", "exec"), names)
    finally:
        os.chdir(here)
    assert "kerasviz" in sys.modules and names["editor"] is not None
