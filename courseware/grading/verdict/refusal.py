"""What ends a test although no assertion of it failed. No test can take these for its own exceptions."""

from __future__ import annotations


class Refused(BaseException):
    """The submission handed over what is not allowed there, or the test does what it cannot do here."""


class Gone(BaseException):
    """The process of the submission is not there any more, or cannot be understood."""
