"""What the commands of insight share: where to read from, as options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CourseName = Annotated[
    str | None, typer.Option("--course", metavar="COURSE", help="A course's name, or the folder of one.")
]
Db = Annotated[
    str | None, typer.Option("--db", metavar="URL", help="A log: a file, or PostgreSQL's address.")
]
Class = Annotated[
    Path | None, typer.Option("--class", metavar="DIR", help="A class (default: the one you are in).")
]
Dir = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="A learner's workspace (default: the one you are in)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")]
