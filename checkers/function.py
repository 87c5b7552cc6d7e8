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
from checkers.definition import (
    arity,
    bound,
    defined,
    definition,
    early_return,
    parameters,
    returns,
    without_main,
)
from checkers.differs import explain_call, passes
from checkers.explain import explain, quoted
from checkers.further import further
from checkers.message import Message
from checkers.never_runs import never_runs
from checkers.pitfall import Pitfall, pitfall
from checkers.raised import nearest
from checkers.reference import Reference
from checkers.result import FormatError, Result, refused, right
from checkers.run import Call, Job, Made, Raised, Runner
from checkers.show import shown
from checkers.source import Source
from checkers.tried import Evidence, Tried

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
BEYOND: Final = "Right for all {count} examples, and not for every call like them. "
FITTED: Final = (
    "Right for all {count} examples, and for few other calls: `{call}` gives `{yours}`; expected is "
    "`{expected}`. The examples only show what is meant: which steps lead from any argument to its result?"
)
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
    With a `reference`, calls like the examples are tried as well (``beyond=False``: not): whatever holds for
    all examples holds for these, so show an empty list, repeats or negative numbers where they may occur.
    The score is the share of calls that are right. `check` takes source; each call is stopped after
    `call_limit` seconds, all of them after `total`. With `keeps_arguments`, changing an argument is wrong.
    `requires` and `forbids` name constructs and calls, as `Source` does: looked at when results are right.
    """

    kind: ClassVar[str] = "code"
    takes: ClassVar[Literal["answer", "value", "source"]] = "source"

    name: str
    examples: tuple[_Try, ...]
    properties: tuple[Property, ...]
    reference: str | Callable[..., object] | None
    given: tuple[str, ...]
    keeps_arguments: bool
    way: Source | None
    beyond: bool
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
        requires: Sequence[str] = (),
        forbids: Sequence[str] = (),
        beyond: bool = True,
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
        set_(self, "way", Source(uses=requires, avoids=forbids) if requires or forbids else None)
        set_(self, "beyond", beyond)
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
        made = list(outcome.calls)
        good = [self._holds(t, m) for t, m in zip(tries, made, strict=False)]
        score = sum(good) / len(tries)
        shows_more = False not in good or made[good.index(False)].raised is None
        more, more_made = (
            self._beyond(source, tries, runner) if len(made) == len(tries) and shows_more else ([], [])
        )
        more_good = [self._holds(t, m) for t, m in zip(more, more_made, strict=True)]
        if all(good) and len(good) == len(tries):
            if all(more_good):
                return self._kept(tries, made) or self._written(source) or right()
            score = (sum(good) + sum(more_good)) / (len(tries) + len(more))
        if len(good) < len(tries) and False not in good:  # the run ended before all calls were made
            why = explain(Made(timed_out=True))
            return Result(score=score, mistake="endless", messages=(why,))
        seen = [*zip(tries, made, good, strict=False), *zip(more, more_made, more_good, strict=True)]
        return self._told(tree, seen, len(tries), score, runner)

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:
        """Whether two sources behave alike in every call that is tried."""
        runner = runner or _subprocess()
        sources = self._source(one), self._source(other)
        if isinstance(sources[0], FormatError) or isinstance(sources[1], FormatError):
            return False
        tries = self._tries(runner)
        args = [t.args for t in (*tries, *self._more(tries, runner))]
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
        reference = self._reference(runner)
        assert reference is not None
        found = iter(reference.gives([t.args for t in open_ones]))
        return [
            replace(t, expected=next(found)) if t.expected is None and t.rule is None else t for t in tries
        ]

    def _reference(self, runner: Runner) -> Reference | None:
        if self.reference is None:
            return None
        return Reference(name=self.name, solution=self.reference, given=self.given, runner=runner)

    def _more(self, tries: Sequence[_Try], runner: Runner) -> list[_Try]:
        """Calls like the examples, where there is a reference that tells what they come to."""
        reference = self._reference(runner)
        if reference is None or not self.beyond:
            return []
        examples = [t for t in tries if t.expected is not None and t.expected.raised is None]
        if not examples:
            return []
        args = [*self._exchanged(examples, reference), *further([t.args for t in examples])]
        nothing = any(t.expected is not None and t.expected.value is None for t in examples)
        return [
            _Try(a, expected=made)
            for a, made in zip(args, reference.tries(args), strict=False)
            if not made.raised and not made.timed_out and made.strange is None
            if made.value is not None or nothing
        ]

    def _exchanged(self, examples: Sequence[_Try], reference: Reference) -> list[tuple[object, ...]]:
        """The examples with their two arguments exchanged, where that makes no difference to the result."""
        both = [t for t in examples if len(t.args) == 2 and type(t.args[0]) is type(t.args[1])]
        if len(both) < max(3, len(examples)):
            return []
        made = reference.tries([t.args[::-1] for t in both])
        same = len(made) == len(both) and all(
            t.expected is not None and passes(m, t.expected, self.rel)
            for t, m in zip(both, made, strict=True)
        )
        return [t.args[::-1] for t in both if not alike(t.args, t.args[::-1])] if same else []

    def _beyond(self, source: str, tries: Sequence[_Try], runner: Runner) -> tuple[list[_Try], list[Made]]:
        """The calls beyond the examples, as far as they were made, and what they came to."""
        more = self._more(tries, runner)
        if not more:
            return [], []
        made = list(runner.run(self._job(source, [t.args for t in more])).calls)
        if made and made[-1].timed_out:  # by itself, or only all of them together?
            again = runner.run(self._job(source, [more[len(made) - 1].args])).calls
            made = [*made[:-1], *(m for m in again if m.timed_out)]
        return more[: len(made)], made

    def _unfit(self, tree: ast.Module) -> Result | None:
        """No such function, or one that cannot be called with these arguments."""
        mine = definition(tree, self.name)
        if mine is None:
            if self.name in bound(tree):
                return None
            names = [f.name for f in defined(tree)]
            if not names:
                return _miss("no-function", NO_FUNCTION, {"name": self.name})
            other = nearest(self.name, names, 0.5) or names[0]
            return _miss("other-name", OTHER_NAME, {"found": other, "name": self.name})
        counts = {len(t.args) for t in self.examples} | {len(a) for p in self.properties for a in p.calls}
        least, most = arity(mine)
        for count in sorted(counts):
            if not mine.decorator_list and not least <= count <= most:
                takes = str(least) if least == most else f"{least} to {most}"
                takes = f"{least} or more" if most > 99 else takes
                given = "one argument" if count == 1 else f"{count} arguments"
                return _miss("parameters", PARAMETERS, {"name": self.name, "given": given, "takes": takes})
        return None

    def _told(
        self,
        tree: ast.Module,
        seen: Sequence[tuple[_Try, Made, bool]],
        examples: int,
        score: float,
        runner: Runner,
    ) -> Result:
        """The first wrong call, and what it shows together with all others."""
        failed, made, _ = next(one for one in seen if not one[2])
        call = self._call(failed.args)
        if failed.rule is not None and made.raised is None and not made.timed_out:
            params: dict[str, object] = {"call": call, "yours": shown(made.value)}
            return _miss(failed.rule.name, PROPERTY + failed.rule.says, params, score=score)
        mine, reference = definition(tree, self.name), self._reference(runner)
        evidence = Evidence(
            calls=[
                Tried(args=t.args, made=m, expected=t.expected, good=good)
                for t, m, good in seen
                if t.expected is not None
            ],
            names=parameters(mine),
            early=early_return(mine),
            ask=None if reference is None else reference.tries,
        )
        tried = Tried(args=failed.args, made=made, expected=failed.expected or Made(), good=False)
        key, message = explain_call(call, tried, evidence, returns=returns(mine))
        told_by_loop = mine is not None and key in ("none-for-some", "unbound-local")
        found = never_runs(mine, tried, evidence) if mine and told_by_loop else None
        if mine is not None and (found := found or pitfall(mine, key)):
            key, message = _with_line(message, found)
        good, more = sum(g for _, _, g in seen[:examples]), [g for _, _, g in seen[examples:]]
        lead, params = "", {"good": good, "count": examples}
        if good == examples:
            if key is None and sum(more) * 2 < len(more) and made.raised is None:
                return _miss("examples-only", FITTED, {**message.params, "count": examples}, score=score)
            lead = BEYOND
        elif good:
            lead = GOOD
        if lead:
            message = Message(
                key=message.key, template=lead + message.template, params={**params, **message.params}
            )
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

    def _written(self, source: str) -> Result | None:
        """Where the results are right: what is not as the task asks about the way."""
        found = self.way.findings(source) if self.way else []
        return found[0].told(results_right=True, score=0.5) if found else None

    def _kept(self, tries: Sequence[_Try], made: Sequence[Made]) -> Result | None:
        if not self.keeps_arguments:
            return None
        for tried, m in zip(tries, made, strict=True):
            if m.args_after is not None and not alike(m.args_after, tried.args):
                return _miss("argument-changed", MUTATED, {"call": self._call(tried.args)}, score=0.5)
        return None

    def _call(self, args: tuple[object, ...]) -> str:
        return quoted(f"{self.name}({', '.join(shown(a) for a in args)})", 160)


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


def _same_made(one: Made, other: Made, rel: float) -> bool:
    if one.raised or other.raised:
        return bool(one.raised and other.raised and one.raised.type == other.raised.type)
    if one.timed_out or other.timed_out or one.strange or other.strange:
        return one.timed_out == other.timed_out and one.strange == other.strange
    if one.value is other.value is None:
        return one.output == other.output and alike(one.args_after, other.args_after)
    return alike(one.value, other.value, rel=rel)


def _with_line(message: Message, found: Pitfall) -> tuple[str, Message]:
    """What a message says of the call, and then what the source shows."""
    template = message.template.partition(". ")[0] + "." + found.says
    params = {**message.params, **found.params}
    used = {name: value for name, value in params.items() if f"{{{name}}}" in template}
    return found.key, Message(key=found.key, template=template, params=used)


def _miss(key: str, template: str, params: Mapping[str, object], *, score: float = 0.0) -> Result:
    return Result(score=score, mistake=key, messages=(Message(key=key, template=template, params=params),))


def _subprocess() -> Runner:
    from checkers.process import Subprocess  # only where no runner is given

    return Subprocess()
