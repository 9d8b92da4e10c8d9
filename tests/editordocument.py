"""The document of the editor, which is TypeScript, as a test in Python asks it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def available() -> bool:
    """Tells whether there is what it runs on."""
    return bool(shutil.which("node")) and (ROOT / "node_modules" / "esbuild").is_dir()


class EditorDocument:
    """A Node process that opens a text as a document, does something with it, and tells its text."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", Path(__file__).with_suffix(".mjs")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, question: str, **parameters: Any) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"question": question, **parameters}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer

    def close(self) -> None:
        self._process.communicate()
