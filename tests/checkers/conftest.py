"""What the checkers' tests share: one warm process for all of them, and laws without a stop-watch."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from courseware.runner import Worker

settings.register_profile("checkers", deadline=None, max_examples=60)
settings.load_profile("checkers")


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()
