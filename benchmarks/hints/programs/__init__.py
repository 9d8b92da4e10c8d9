"""Programs as other people write them: questions at Stack Overflow, tutorials and examples, each whole.

They were written after the rules, and otherwise than `healthy.py` and `faults.py`: no mutation, but a
program for each, with the habits of its kind. A program with a fault has it at one place, and without it is
a healthy one, so that what the fault costs is known. Of half of them, by their names, rules were improved
(`seen`); the others are kept apart (`programs`).
"""
