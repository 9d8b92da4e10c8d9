"""Folders with a file for each sample, in a folder for each class."""
