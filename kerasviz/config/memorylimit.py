"""The end of what this process may take of the machine, for one that reads or makes a stranger's model."""

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


def limit_time(seconds: float) -> None:
    """Allows this process so many more seconds of a processor; the system then ends it.

    Args:
        seconds: On a busy machine they go by more slowly than those of a clock. Windows has no such limit.
    """
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 1, resource.RLIM_INFINITY))
