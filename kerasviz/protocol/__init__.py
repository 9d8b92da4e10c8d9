"""The messages between the editor and the kernel, and the types in them.

The TypedDicts here are the one source: `make protocol` writes `src/core/protocol` from them. Nothing else of
kerasviz is imported here. Numbers that are not finite travel as null, and sentences with what they are made
of (`text.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from kerasviz.protocol.analysis import Capacity as Capacity
from kerasviz.protocol.analysis import FitLimits as FitLimits
from kerasviz.protocol.analysis import Fixes as Fixes
from kerasviz.protocol.analysis import LearningRates as LearningRates
from kerasviz.protocol.analysis import NodeAnalysis as NodeAnalysis
from kerasviz.protocol.analysis import Totals as Totals
from kerasviz.protocol.analysis import Update as Update
from kerasviz.protocol.data import Array as Array
from kerasviz.protocol.data import ClassWeights as ClassWeights
from kerasviz.protocol.data import ModelEntry as ModelEntry
from kerasviz.protocol.encoding import decode as decode
from kerasviz.protocol.encoding import encode as encode
from kerasviz.protocol.encoding import finite as finite
from kerasviz.protocol.errors import Fix as Fix
from kerasviz.protocol.errors import KerasError as KerasError
from kerasviz.protocol.errors import RequestError as RequestError
from kerasviz.protocol.frame import PROTOCOL_VERSION as PROTOCOL_VERSION
from kerasviz.protocol.frame import RequestMessage as RequestMessage
from kerasviz.protocol.frame import parse_request as parse_request
from kerasviz.protocol.hello import Device as Device
from kerasviz.protocol.owned import JSON as JSON
from kerasviz.protocol.run import Adjustable as Adjustable
from kerasviz.protocol.run import Adjustment as Adjustment
from kerasviz.protocol.run import Backup as Backup
from kerasviz.protocol.run import Curves as Curves
from kerasviz.protocol.run import Judged as Judged
from kerasviz.protocol.run import Mark as Mark
from kerasviz.protocol.run import RateTest as RateTest
from kerasviz.protocol.run import RunJSON as RunJSON
from kerasviz.protocol.run import RunSnapshot as RunSnapshot
from kerasviz.protocol.run import RunState as RunState
from kerasviz.protocol.run import RunStatus as RunStatus
from kerasviz.protocol.run import Series as Series
from kerasviz.protocol.run import TakenName as TakenName
from kerasviz.protocol.run import TrainStart as TrainStart
from kerasviz.protocol.run import TrialStatus as TrialStatus
from kerasviz.protocol.runs import Best as Best
from kerasviz.protocol.runs import Clock as Clock
from kerasviz.protocol.runs import KeptCurves as KeptCurves
from kerasviz.protocol.runs import KeptEpoch as KeptEpoch
from kerasviz.protocol.runs import RunDifference as RunDifference
from kerasviz.protocol.runs import RunSummary as RunSummary

Send = Callable[[JSON], None]
"""Carries one message to one client."""
