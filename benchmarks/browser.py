"""What happens in the browser: runs `ui-tests/benchmarks` and reads what it wrote."""

import json
import os
import subprocess
from pathlib import Path

from benchmarks.models import CACHE, model_file
from benchmarks.result import Result

ROOT = Path(__file__).parent.parent


def measure() -> list[Result]:
    """Return what a person waits for: edits, opening, panning, curves, and JupyterLab's start."""
    for name in ("ResNet50", "NASNetLarge"):
        model_file(name)
    for old in CACHE.glob("result-*.json"):
        old.unlink()
    find = [ROOT / "scripts" / "find-program", "browser"]
    browser = subprocess.run(find, check=True, capture_output=True, text=True)
    subprocess.run(
        ["jlpm", "playwright", "test", "--config", "bench.config.ts"],
        cwd=ROOT / "ui-tests",
        env=dict(os.environ, CHROMIUM=browser.stdout.strip(), KERASVIZ_BENCH=str(CACHE)),
        check=True,
    )
    return [
        Result(**row) for path in sorted(CACHE.glob("result-*.json")) for row in json.loads(path.read_text())
    ]
