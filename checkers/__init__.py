"""Checkers: a response in, a Result out."""
