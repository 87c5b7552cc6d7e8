"""Mastery: a pure fold over events. Nothing here reads a clock, a file or a database."""
