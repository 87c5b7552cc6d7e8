"""Every pipeline of the corpus (corpus/pipelines.md), right and wrong, as `Frame` judges it."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import pipelines
from corpus.told import Told, told


def corpus(only: str | None) -> Iterator[Told]:
    for name, source, slip, right, result in pipelines.judged(only):
        yield told("frame", name, source, slip, right, result)
