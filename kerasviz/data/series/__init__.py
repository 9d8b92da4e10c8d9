"""Rows that follow each other in time, and windows of them."""
