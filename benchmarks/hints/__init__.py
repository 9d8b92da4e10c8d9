"""Trainings with known faults, and healthy ones: how often hints are right, and how often they cry wolf.

`healthy.py` makes trainings that are as they should be, among them those that simple rules take for faulty.
`faults.py` is a table of what can go wrong, each with its cause, the layer, and what it does to a healthy
training. `cases.py` puts them together; every other case, by its name, is for testing alone, and no rule may
be fitted to it.
"""
