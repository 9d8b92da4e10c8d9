"""The end of what this process may take from the system, for one that reads or makes a stranger's model."""

import contextlib


def limit_memory(bytes: int) -> None:
    """Allows this process so much more memory than it has; Python then raises a MemoryError.

    Args:
        bytes: Of address space. Windows has no such limit; there nothing happens.
    """
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        # A child process may set a limit of its own, as the one that reads HDF5 does.
        resource.setrlimit(resource.RLIMIT_AS, (used + bytes, resource.RLIM_INFINITY))
