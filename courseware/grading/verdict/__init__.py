"""Verdicts that no submission can forge: it runs in one process, the tests in another (docs/security.md)."""
