"""The lock for imports of kerasviz' own rooms.

Python gives up an import as a deadlock where one thread imports a package while another one imports a module
that the package needs: both get a `_DeadlockError`, or half a module. So a kernel's threads
(`execution/rooms.py`) and a cell that takes a public name (`kerasviz.run`) import one after the other.
"""

from __future__ import annotations

import threading

ONE_AT_A_TIME = threading.RLock()
"""Held while rooms are imported; what they import may take a public name, too."""
