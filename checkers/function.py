"""A function that the learner writes: called with examples, compared with what it should give."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Literal

from checkers.alike import REL, alike
from checkers.checker import Checker
from checkers.code import is_code, parsed, problem, read_code
from checkers.differs import explain_call, passes, shown
from checkers.explain import explain, quoted
from checkers.message import Message
from checkers.raised import nearest, raised_by
from checkers.result import FormatError, Result, refused, right
from checkers.run import Call, Job, Made, Outcome, Raised, Runner

NO_FUNCTION: Final = (
    "Your code runs, and defines no function. Put it into one: `def {name}(…):`, with the steps indented "
    "below."
)
OTHER_NAME: Final = (
    "Your function is called `{found}`, and the task asks for `{name}`. Rename it: capitals count, too."
)
PARAMETERS: Final = (
    "`{name}` is called with {given}, and yours takes {takes}. Compare the line that begins with `def` "
    "with the task."
)
GOOD: Final = "Right for {good} of {count} calls. "
PROPERTY: Final = "`{call}` gives `{yours}`. "
MUTATED: Final = (
    "The results are right, and `{call}` changes the list or dict that it is given. Whoever calls it may "
    "need it as it was: work on a copy."
)


@dataclass(frozen=True, slots=True)
class Property:
    """Something that holds whatever the function gives, for each of the `calls` (tuples of arguments).

    ``holds(args, value)`` judges one call; `says` is what a learner is told when it does not hold.
    """

    name: str
    calls: Sequence[tuple[object, ...]]
    holds: Callable[[tuple[object, ...], Any], bool]
    says: str


@dataclass(frozen=True, slots=True)
class _Try:
    """One call that is made: with what it should come to, or the property that should hold."""

    args: tuple[object, ...]
    expected: Made | None = None
    rule: Property | None = None


@dataclass(frozen=True, slots=True, init=False)
class Function(Checker):
    """A function called `name`, judged by what its calls come to.

    `examples` are ``((args…), expected)``, or ``((args…),)`` where `reference` (source, or a callable)
    tells what is expected; an exception type as expected means that the call has to raise it. Where
    nothing is to be returned, the reference's printed output or changed arguments are compared instead.
    The score is the share of calls that are right. `check` takes source; each call is stopped after
    `call_limit` seconds, all of them after `total`. With `keeps_arguments`, changing an argument is wrong.
    """

    kind: ClassVar[str] = "code"
    takes: ClassVar[Literal["answer", "value", "source"]] = "source"

    name: str
    examples: tuple[_Try, ...]
    properties: tuple[Property, ...]
    reference: str | Callable[..., object] | None
    given: tuple[str, ...]
    keeps_arguments: bool
    rel: float
    call_limit: float
    total: float

    def __init__(
        self,
        *,
        name: str,
        examples: Sequence[tuple[Any, ...]] = (),
        properties: Sequence[Property] = (),
        reference: str | Callable[..., object] | None = None,
        given: Sequence[str] = (),
        keeps_arguments: bool = False,
        rel: float = REL,
        call_limit: float = 2.0,
        total: float = 10.0,
    ) -> None:
        if not name.isidentifier():
            raise ValueError(f"Function has name={name!r}; expected the function's name, like 'search'")
        if not examples and not properties:
            raise ValueError(f"Function {name!r} has no examples; expected some, like examples=[((2, 3), 5)]")
        set_ = object.__setattr__
        set_(self, "name", name)
        set_(self, "examples", tuple(_example(name, e, reference is not None) for e in examples))
        set_(self, "properties", tuple(properties))
        set_(self, "reference", reference)
        set_(self, "given", tuple(given))
        set_(self, "keeps_arguments", keeps_arguments)
        set_(self, "rel", rel)
        set_(self, "call_limit", call_limit)
        set_(self, "total", total)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> dict[str, object] | None:
        """The reference, where it is source."""
        return {"code": self.reference} if isinstance(self.reference, str) else None

    def parse(self, response: object) -> str | FormatError:
        code = response.get("code") if isinstance(response, Mapping) and is_code(response) else None
        return read_code({"code": without_main(code)} if isinstance(code, str) else response)

    def check(self, answer: object, runner: Runner | None = None) -> Result:
        source = self._source(answer)
        if isinstance(source, FormatError):
            return refused(source)
        tree = parsed(source)
        if unfit := self._unfit(tree):
            return unfit
        runner = runner or _subprocess()
        tries = self._tries(runner)
        outcome = runner.run(self._job(source, [t.args for t in tries]))
        if outcome.made.raised or outcome.made.timed_out:
            why = explain(outcome.made, source)
            return Result(score=0.0, mistake=why.key, messages=(why,))
        return self._judge(tries, outcome, returns=_returns(tree, self.name))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:
        """Whether two sources behave alike in every call that is tried."""
        runner = runner or _subprocess()
        sources = self._source(one), self._source(other)
        if isinstance(sources[0], FormatError) or isinstance(sources[1], FormatError):
            return False
        args = [t.args for t in self._tries(runner)]
        first, second = (runner.run(self._job(source, args)) for source in sources if isinstance(source, str))
        if not _same_made(first.made, second.made, self.rel) and not (first.calls and second.calls):
            return False
        return len(first.calls) == len(second.calls) and all(
            _same_made(a, b, self.rel) for a, b in zip(first.calls, second.calls, strict=True)
        )

    def _source(self, answer: object) -> str | FormatError:
        if type(answer) is not str:
            return self.parse(answer)
        source = without_main(answer)
        return problem(source) or source

    def _job(self, source: str, args: Sequence[tuple[object, ...]]) -> Job:
        calls = tuple(Call(name=self.name, args=a) for a in args)
        return Job(
            source=source,
            given=self.given,
            calls=calls,
            limit=self.total,
            call_limit=self.call_limit,
            total=self.total,
        )

    def _tries(self, runner: Runner) -> list[_Try]:
        """All calls, those with small arguments first, with what each should come to."""
        tries = [
            *self.examples,
            *(_Try(tuple(args), rule=rule) for rule in self.properties for args in rule.calls),
        ]
        tries.sort(key=lambda t: len(shown(t.args, 10_000)))
        open_ones = [t for t in tries if t.expected is None and t.rule is None]
        if not open_ones:
            return tries
        found = iter(self._of_reference([t.args for t in open_ones], runner))
        return [
            replace(t, expected=next(found)) if t.expected is None and t.rule is None else t for t in tries
        ]

    def _of_reference(self, args: Sequence[tuple[object, ...]], runner: Runner) -> Sequence[Made]:
        if callable(self.reference):
            return [_called(self.reference, a) for a in args]
        assert isinstance(self.reference, str)
        outcome = runner.run(self._job(without_main(self.reference), args))
        if outcome.made.raised or outcome.made.timed_out or len(outcome.calls) < len(args):
            raise ValueError(
                f"the reference of Function {self.name!r} does not run: {explain(outcome.made).text}"
            )
        return outcome.calls

    def _unfit(self, tree: ast.Module) -> Result | None:
        """No such function, or one that cannot be called with these arguments."""
        found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        mine = [f for f in found if f.name == self.name]
        if not mine:
            if self.name in _bound(tree):
                return None
            if not found:
                return _miss("no-function", NO_FUNCTION, {"name": self.name})
            names = [f.name for f in found]
            other = nearest(self.name, names, 0.5) or names[0]
            return _miss("other-name", OTHER_NAME, {"found": other, "name": self.name})
        counts = {len(t.args) for t in self.examples} | {len(a) for p in self.properties for a in p.calls}
        least, most = _arity(mine[-1].args)
        if not mine[-1].decorator_list:
            for count in sorted(counts):
                if not least <= count <= most:
                    takes = (
                        str(least)
                        if least == most
                        else f"{least} or more"
                        if most > 99
                        else f"{least} to {most}"
                    )
                    given = "one argument" if count == 1 else f"{count} arguments"
                    return _miss(
                        "parameters", PARAMETERS, {"name": self.name, "given": given, "takes": takes}
                    )
        return None

    def _judge(self, tries: Sequence[_Try], outcome: Outcome, *, returns: bool) -> Result:
        made = list(outcome.calls)
        verdicts = [self._holds(t, m) for t, m in zip(tries, made, strict=False)]
        good = sum(verdicts)
        if good == len(tries):
            return self._kept(tries, made) or right()
        score = good / len(tries)
        place = verdicts.index(False) if False in verdicts else len(made)
        if place >= len(made):  # the run ended before all calls were made
            why = explain(Made(timed_out=True))
            return Result(score=score, mistake="endless", messages=(why,))
        failed = tries[place]
        call = self._call(failed.args)
        if failed.rule is not None and made[place].raised is None and not made[place].timed_out:
            message = Message(
                key=failed.rule.name,
                template=PROPERTY + failed.rule.says,
                params={"call": call, "yours": shown(made[place].value)},
            )
            return Result(score=score, mistake=failed.rule.name, messages=(message,))
        others = [(m, t.expected) for t, m in zip(tries, made, strict=False) if t.expected is not None]
        key, message = explain_call(
            call, made[place], failed.expected or Made(), returns=returns, others=others
        )
        if good:
            params = {"good": good, "count": len(tries), **message.params}
            message = Message(key=message.key, template=GOOD + message.template, params=params)
        return Result(score=score, mistake=key, messages=(message,))

    def _holds(self, tried: _Try, made: Made) -> bool:
        if tried.rule is None:
            return tried.expected is not None and passes(made, tried.expected, self.rel)
        if made.raised is not None or made.timed_out or made.strange is not None:
            return False
        try:
            return bool(tried.rule.holds(copy.deepcopy(tried.args), made.value))
        except Exception:
            return False  # a property written for numbers meets a text

    def _kept(self, tries: Sequence[_Try], made: Sequence[Made]) -> Result | None:
        if not self.keeps_arguments:
            return None
        for tried, m in zip(tries, made, strict=True):
            if m.args_after is not None and not alike(m.args_after, tried.args):
                return _miss("argument-changed", MUTATED, {"call": self._call(tried.args)}, score=0.5)
        return None

    def _call(self, args: tuple[object, ...]) -> str:
        return quoted(f"{self.name}({', '.join(shown(a) for a in args)})", 160)


def without_main(source: str) -> str:
    """Source without what runs only as a program (``if __name__ == "__main__":``); lines keep their "
    "numbers."""
    try:
        tree = parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    lines = source.split("\n")
    for node in tree.body:
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test) and node.end_lineno:
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return "\n".join(lines)


def _example(name: str, example: object, has_reference: bool) -> _Try:
    match example:
        case (tuple(args), expected):
            if isinstance(expected, type) and issubclass(expected, BaseException):
                return _Try(args, Made(raised=Raised(type=expected.__name__, text="")))
            return _Try(args, Made(value=copy.deepcopy(expected)))
        case (tuple(args),) if has_reference:
            return _Try(args)
        case (tuple(),):
            raise ValueError(
                f"Function {name!r}: the example {example!r} needs what is expected, or a reference"
            )
    raise ValueError(
        f"Function {name!r}: an example is {example!r}; expected ((arguments,), expected), like ((2, 3), 5): "
        "the arguments are a tuple, with a comma even if there is one"
    )


def _called(function: Callable[..., object], args: tuple[object, ...]) -> Made:
    own = copy.deepcopy(args)
    try:
        value = function(*own)
    except Exception as error:
        return Made(raised=raised_by(error, ""))
    return Made(value=value, args_after=None if alike(own, args) else own)


def _same_made(one: Made, other: Made, rel: float) -> bool:
    if one.raised or other.raised:
        return bool(one.raised and other.raised and one.raised.type == other.raised.type)
    if one.timed_out or other.timed_out or one.strange or other.strange:
        return one.timed_out == other.timed_out and one.strange == other.strange
    if one.value is other.value is None:
        return one.output == other.output and alike(one.args_after, other.args_after)
    return alike(one.value, other.value, rel=rel)


def _arity(args: ast.arguments) -> tuple[int, int]:
    """The least and the most positional arguments that a function takes."""
    names = len(args.posonlyargs) + len(args.args)
    return names - len(args.defaults), 10_000 if args.vararg else names


def _bound(tree: ast.Module) -> set[str]:
    """Names that code binds in other ways than by ``def``: ``f = lambda …``, imports."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.ClassDef):
            names.add(node.name)
    return names


def _returns(tree: ast.Module, name: str) -> bool:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name == name:
            return any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(function))
    return True


def _miss(key: str, template: str, params: Mapping[str, object], *, score: float = 0.0) -> Result:
    return Result(score=score, mistake=key, messages=(Message(key=key, template=template, params=params),))


def _subprocess() -> Runner:
    from checkers.process import Subprocess  # only where no runner is given

    return Subprocess()
