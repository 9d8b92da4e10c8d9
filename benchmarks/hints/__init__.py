"""Trainings with known faults, and healthy ones: how often hints are right, and how often they cry wolf.

`healthy.py` and `habits.py` make trainings that are as they should be, among them those that simple rules
take for faulty. `faults.py` and `subtlefaults.py` are a table of what can go wrong, each with its cause, the
layer, and what it does to a healthy training; `mutation.py` puts them in. `cases.py` puts all together; every
other case, by its name, is for testing alone, and no rule may be fitted to it. `outside.py` has programs that
others published. `fixes.py` trains once more with the fix of a hint, and compares the scores.
"""
