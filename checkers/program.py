"""A whole program: what it prints for what is typed in."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

from checkers.checker import Checker
from checkers.code import is_code, parsed, problem, read_code
from checkers.definition import defined
from checkers.explain import explain, explain_raised, quoted
from checkers.message import Message
from checkers.printed import difference, same_output
from checkers.result import FormatError, Result, refused, right
from checkers.run import Call, Job, Made, Outcome, Runner
from checkers.source import Source

KEYBOARD: Final = (
    "import io as __io, sys as __sys",
    "__sys.stdin = __io.StringIO({typed!r})",
    "def input(prompt='', /):\n"
    "    line = __sys.stdin.readline()\n"
    "    if not line:\n"
    "        raise EOFError('nothing more is typed in')\n"
    "    {show}\n"
    "    return line.rstrip('\\n')",
    "def __unread():\n    return __sys.stdin.read().count('\\n')",
)
"""What stands for the keyboard: `input` of its own, and stdin for those who read that."""

GOOD: Final = "Right for {good} of {count} runs. "
TYPED: Final = "With `{typed}` typed in: "
UNTYPED: Final = ""
ASKS_TOO_OFTEN: Final = (
    "Your program asks for more than the {count} lines that are typed in. Count your calls of "
    "`input()`, those "
    "in loops too."
)
ASKS_FOR_NOTHING: Final = (
    "Your program asks with `input()`, and nothing is typed in here. Take the values from the task."
)
UNREAD: Final = (
    "Your program ends before it has read all that is typed in (lines left: {left}). Where else does it have "
    "to ask with `input()`?"
)
NEVER_CALLED: Final = (
    "Your program prints nothing. It defines `{name}`, and never calls it. Add a line with the call below."
)
JOINED: Final = (
    "Line {line} of the output is `{yours}`; expected is `{expected}`. What was typed is joined as text: "
    "`input()` gives text. Make a number of it with `int(…)` or `float(…)` first."
)
ALWAYS_SAME: Final = (
    "Your program prints the same whatever is typed in: `{yours}`. Look at whether it works "
    "with what `input()` "
    "gives."
)
ENDLESS: Final = (
    "Your program did not come to an end in time, and was stopped. Look at its loops: what "
    "changes from one round "
    "to the next, and what ends them?"
)


@dataclass(frozen=True, slots=True)
class _Run:
    typed: tuple[str, ...]
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class _Came:
    """What one run came to: its output, and how many typed lines it left."""

    made: Made
    unread: int


@dataclass(frozen=True, slots=True, init=False)
class Program(Checker):
    """A program, judged by what it prints.

    `examples` are ``(typed, printed)``: the lines typed in (a list, a text, or nothing: ``()``) and what has
    to be printed; or ``(typed,)`` where `reference` (source) tells. Without `exact`, capitals, spaces, blank
    lines, punctuation and how a number is written make no difference. Prompts of `input` do not count as
    printed unless `prompts` is set. `requires` and `forbids` are as in `Function`. The score is the share of
    runs that are right; each is stopped after `limit` seconds.
    """

    kind: ClassVar[str] = "code"
    takes: ClassVar[Literal["answer", "value", "source"]] = "source"

    examples: tuple[_Run, ...]
    reference: str | None
    exact: bool
    prompts: bool
    given: tuple[str, ...]
    way: Source | None
    limit: float

    def __init__(
        self,
        *,
        examples: Sequence[tuple[object, ...]],
        reference: str | None = None,
        exact: bool = False,
        prompts: bool = False,
        given: Sequence[str] = (),
        requires: Sequence[str] = (),
        forbids: Sequence[str] = (),
        limit: float = 2.0,
    ) -> None:
        if not examples:
            raise ValueError("Program has no examples; expected some, like examples=[(['3', '4'], '7')]")
        set_ = object.__setattr__
        set_(self, "examples", tuple(_example(e, reference is not None) for e in examples))
        set_(self, "reference", reference)
        set_(self, "exact", exact)
        set_(self, "prompts", prompts)
        set_(self, "given", tuple(given))
        set_(self, "way", Source(uses=requires, avoids=forbids) if requires or forbids else None)
        set_(self, "limit", limit)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> dict[str, object] | None:
        """The reference, if there is one."""
        return None if self.reference is None else {"code": self.reference}

    def parse(self, response: object) -> str | FormatError:
        return read_code(response, may_input=True)

    def check(self, answer: object, runner: Runner | None = None) -> Result:
        source = self._read(answer)
        if isinstance(source, FormatError):
            return refused(source)
        runner = runner or _subprocess()
        runs = self._runs(runner)
        came: list[_Came] = []
        for run in runs:
            came.append(self._ran(source, run, runner))
            if came[-1].made.timed_out:
                break
        good = [self._holds(run, c) for run, c in zip(runs, came, strict=False)]
        if sum(good) == len(runs):
            found = self.way.findings(source) if self.way else []
            return found[0].told(results_right=True, score=0.5) if found else right()
        return self._told(source, runs, came, good)

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:
        """Whether two programs print the same in every run."""
        first, second = self._read(one), self._read(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        runner = runner or _subprocess()
        return all(
            self._alike(self._ran(first, run, runner).made, self._ran(second, run, runner).made)
            for run in self.examples
        )

    def _alike(self, one: Made, other: Made) -> bool:
        kinds = [(m.timed_out, m.raised.type if m.raised else None) for m in (one, other)]
        return kinds[0] == kinds[1] and same_output(one.output, other.output, exact=self.exact)

    def _read(self, answer: object) -> str | FormatError:
        if type(answer) is not str:
            return self.parse(answer) if is_code(answer) else self.parse(None)
        return problem(answer, may_input=True) or answer

    def _runs(self, runner: Runner) -> list[_Run]:
        runs = []
        for run in self.examples:
            if run.expected is None and self.reference is not None:
                came = self._ran(self.reference, run, runner)
                if came.made.raised or came.made.timed_out:
                    why = explain(came.made).text
                    raise ValueError(f"the reference of Program does not run for {run.typed!r}: {why}")
                run = replace(run, expected=came.made.output)
            runs.append(run)
        return runs

    def _ran(self, source: str, run: _Run, runner: Runner) -> _Came:
        typed = "".join(f"{line}\n" for line in run.typed)
        show = "print(prompt, end='')" if self.prompts else "pass"
        keyboard = (part.replace("{typed!r}", repr(typed)).replace("{show}", show) for part in KEYBOARD)
        given = (*self.given, *keyboard)
        job = Job(source=source, given=given, calls=(Call(name="__unread"),), limit=self.limit)
        outcome: Outcome = runner.run(job)
        left = outcome.calls[0].value if outcome.calls else 0
        return _Came(outcome.made, left if type(left) is int else 0)

    def _holds(self, run: _Run, came: _Came) -> bool:
        if came.made.timed_out or (came.made.raised is not None and came.made.raised.type != "SystemExit"):
            return False
        return same_output(came.made.output, run.expected or "", exact=self.exact)

    def _told(self, source: str, runs: Sequence[_Run], came: Sequence[_Came], good: Sequence[bool]) -> Result:
        place = good.index(False)
        run, made = runs[place], came[place].made
        key, says, params = self._why(source, run, came[place])
        if (
            len(runs) > 2
            and len(came) == len(runs)
            and not any(good)
            and key not in ("no-output", "never-called")
        ):
            outputs = {c.made.output.strip() for c in came}
            if len(outputs) == 1 and not made.raised and any(r.typed for r in runs):
                key, says, params = "always-same", ALWAYS_SAME, {"yours": quoted(made.output, 60)}
        if run.typed and len(runs) > 1 and key != "always-same":
            says = TYPED + says
            params = {**params, "typed": quoted(" ⏎ ".join(run.typed), 60)}
        if any(good):
            says = GOOD + says
            params = {**params, "good": sum(good), "count": len(runs)}
        message = Message(key=key, template=says, params=params)
        return Result(
            score=sum(good) / len(runs), mistake=None if key == "line" else key, messages=(message,)
        )

    def _why(self, source: str, run: _Run, came: _Came) -> tuple[str, str, Mapping[str, object]]:
        made = came.made
        if made.timed_out:
            return "endless", ENDLESS, {}
        if made.raised is not None and made.raised.type == "EOFError":
            if not run.typed:
                return "asks-for-nothing", ASKS_FOR_NOTHING, {}
            return "asks-too-often", ASKS_TOO_OFTEN, {"count": len(run.typed)}
        if made.raised is not None and made.raised.type != "SystemExit":
            why = explain_raised(made.raised)
            return why.key, why.template, why.params
        key, says, params = difference(made.output, run.expected or "", exact=self.exact)
        if key == "no-output" and (name := _never_called(source)):
            return "never-called", NEVER_CALLED, {"name": name}
        joined = "".join(run.typed) if len(run.typed) > 1 else ""
        if joined in made.output and joined not in (run.expected or "") and "expected" in params:
            return (
                "joined",
                JOINED,
                {**params, "line": params.get("line", 1), "yours": params.get("yours", joined)},
            )
        if came.unread and key not in ("capitals", "spaces", "punctuation"):
            return "unread", UNREAD, {"left": came.unread}
        return key, says, params


def _never_called(source: str) -> str | None:
    """A function that a program defines and does not call, if it is the only thing that it does."""
    tree = parsed(source)
    called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    return next((f.name for f in defined(tree) if f.name not in called), None)


def _example(example: object, has_reference: bool) -> _Run:
    match example:
        case (typed, str() as printed):
            return _Run(_typed(typed, example), printed)
        case (typed,) if has_reference:
            return _Run(_typed(typed, example))
    raise ValueError(
        f"Program: an example is {example!r}; expected (typed, printed), like (['3', '4'], '7'), or (typed,) "
        "and a reference"
    )


def _typed(typed: object, example: object) -> tuple[str, ...]:
    if isinstance(typed, str):
        return tuple(typed.splitlines())
    if isinstance(typed, list | tuple) and all(isinstance(line, str | int | float) for line in typed):
        return tuple(str(line) for line in typed)
    raise ValueError(f"Program: the example {example!r} has {typed!r} typed in; expected a list of lines")


def _subprocess() -> Runner:
    from checkers.process import Subprocess  # only where no runner is given

    return Subprocess()
