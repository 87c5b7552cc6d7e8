"""What a course's objectives and lessons name of each other: unknown names, circles, lessons never opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final

from courseware.course import Problem
from courseware.rule import AVERAGE, BKT, IN_A_ROW, is_kind

TOML: Final = "course.toml"


def in_toml(place: str, found: str, expected: str, mend: str) -> Problem:
    """A problem in course.toml."""
    return Problem(file=TOML, place=place, found=found, expected=expected, mend=mend)


def near(name: str, names: Iterable[str]) -> str:
    """“; perhaps 'select.rows'?” if there is a name like this one, else nothing."""
    found = get_close_matches(name, list(names), n=1)
    return f"; perhaps {found[0]!r}?" if found else ""


def problems(raw: dict[str, Any], whole: dict[str, Any]) -> Iterator[Problem]:
    objectives = [o["id"] for o in whole["objectives"]]
    lessons = [entry["id"] for entry in whole["lessons"]]
    yield from _twice(objectives, "objective")
    yield from _twice(lessons, "lesson")
    # An entry left out for its shape may be named all the same: that is not a second problem.
    named = {e.get("id") for e in raw.get("objectives", []) if isinstance(e, dict)} | set(objectives)

    def unknown(names: Iterable[str], place: str) -> Iterator[Problem]:
        for name in names:
            if name not in named:
                yield in_toml(
                    place,
                    f"the objective {name!r}",
                    "one of the objectives of this course",
                    f"correct the id or add the objective{near(name, objectives)}",
                )

    for o in whole["objectives"]:
        yield from unknown(o.get("needs", ()), f"objective {o['id']!r}, needs")
        yield from _rule(o)
    for entry in whole["lessons"]:
        for key in ("teaches", "opens_when"):
            yield from unknown(entry.get(key, ()), f"lesson {entry['id']!r}, {key}")
        # "select.rows", or with a mistake that an item of it names: "select.rows:at-least"
        about = dict.fromkeys(name.partition(":")[0] for name in entry.get("remedies", ()))
        yield from unknown(about, f"lesson {entry['id']!r}, remedies")
    needs: dict[str, list[str]] = {}
    for o in whole["objectives"]:
        needs.setdefault(o["id"], []).extend(n for n in o.get("needs", ()) if n in named)
    yield from _cycle(needs)
    yield from _teaching(whole, objectives)
    yield from _opening(whole["lessons"], named)


def _rule(objective: dict[str, Any]) -> Iterator[Problem]:
    kind = objective.get("rule", BKT)
    names = (BKT, IN_A_ROW, AVERAGE)
    if not is_kind(kind):
        yield in_toml(
            f"objective {objective['id']!r}, rule",
            repr(kind),
            f"one of {', '.join(names)}, or 2-in-a-row to 10-in-a-row",
            f"correct the rule's name or leave it out{near(str(kind), names)}",
        )
    elif kind.endswith(IN_A_ROW[1:]) and objective.get("threshold") is not None:
        yield in_toml(
            f"objective {objective['id']!r}, threshold",
            f"a threshold of {objective['threshold']} beside the rule {kind!r}",
            "a number of first tries in a row, which the rule's name gives",
            'take the threshold out, and write `rule = "4-in-a-row"` for four in a row',
        )


def _twice(ids: list[str], what: str) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield in_toml(
                f"{what} {name!r}", f"{count} entries of this id", "one", "give each an id of its own"
            )


def _cycle(needs: dict[str, list[str]]) -> Iterator[Problem]:
    """One problem for each circle of prerequisites."""
    done: set[str] = set()
    told: set[frozenset[str]] = set()
    for start in needs:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(needs.get(start, ())))]
        if start in done:
            continue
        path.append(start)
        while stack:
            node, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                path.pop()
                done.add(node)
            elif step in path:
                ring = path[path.index(step) :]
                if frozenset(ring) not in told:
                    told.add(frozenset(ring))
                    yield in_toml(
                        f"objective {step!r}, needs",
                        " needs ".join([*ring, step]),
                        "prerequisites that never lead back",
                        "take one of these needs out",
                    )
            elif step not in done:
                path.append(step)
                stack.append((step, iter(needs.get(step, ()))))


def _teaching(whole: dict[str, Any], objectives: list[str]) -> Iterator[Problem]:
    taught = Counter(name for entry in whole["lessons"] for name in dict.fromkeys(entry["teaches"]))
    for name in dict.fromkeys(objectives):
        if taught[name] != 1:
            found = "taught by no lesson" if taught[name] == 0 else f"taught by {taught[name]} lessons"
            yield in_toml(
                f"objective {name!r}",
                found,
                "taught by exactly one lesson",
                "name it under `teaches` of one lesson",
            )


def _opening(lessons: list[dict[str, Any]], named: set[Any]) -> Iterator[Problem]:
    first = [entry["id"] for entry in lessons if not entry["opens_when"]]
    if len(first) != 1:
        found = "no lesson" if not first else f"{', '.join(first)}"
        yield in_toml(
            "lessons, opens_when",
            f"opens_when = [] at {found}",
            "exactly one lesson to begin with",
            "say of each other lesson which objectives open it",
        )
    reached: set[str] = set()
    can: set[str] = set()
    while True:
        new = [e for e in lessons if e["id"] not in reached and set(e["opens_when"]) & named <= can]
        if not new:
            break
        for entry in new:
            reached.add(entry["id"])
            can.update(entry["teaches"])
    for entry in lessons:
        if entry["id"] not in reached:
            missing = ", ".join(o for o in entry["opens_when"] if o not in can)
            yield in_toml(
                f"lesson {entry['id']!r}, opens_when",
                f"nothing opens it: {missing} cannot be reached before it",
                "objectives of lessons that are open by then",
                "name objectives of an earlier lesson",
            )
