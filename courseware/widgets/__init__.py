"""Screens in a notebook: the check, the progress, ``%%check``. They know a tutor and nothing behind it."""
