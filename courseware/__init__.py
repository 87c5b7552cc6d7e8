"""Interactive lessons on Jupyter in which people move on when they have mastered something.

A lesson notebook begins with::

    from courseware import Lesson
    lesson = Lesson("02-select")
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from courseware.lesson import Lesson

__all__ = ["Lesson"]


def __getattr__(name: str) -> object:
    if name == "Lesson":  # loaded when asked for: the command line needs no widgets
        from courseware.lesson import Lesson

        return Lesson
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
