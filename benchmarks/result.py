"""What a benchmark reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One row of `docs/benchmarks.md`.

    Attributes:
        what: What was done, in words.
        ours: The time kerasviz took, with its unit.
        peer: The peer's name and the time it took in the same run.
        ratio: Ours divided by the peer's; a bare number where there is a limit and no peer.
        limit: What the project promises.
    """

    what: str
    ours: str
    peer: str
    ratio: str
    limit: str
