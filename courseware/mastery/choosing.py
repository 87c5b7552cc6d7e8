"""What to ask next: which objective, and which item for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from courseware.items import DIFFICULTY, Item
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.mastery.review import due
from courseware.parameters import Parameters

EASIEST: Final = 0.85
HARDEST: Final = 0.70
"""A first try teaches most where it goes right about so often (Wilson et al. 2019: 85%)."""
SAME_ITEM: Final = 3.0
NOT_READY: Final = 1.0
SAME_FORMAT: Final = 0.15
DEALT: Final = 0.10
CLOSED_AGAIN: Final = 0.20
"""What it costs an item to be chosen: to be the last one again; to need an objective whose own prerequisites
are not there; to have the format used last; each variant dealt of it more than of the others; to be closed
where the gate waits for an open one. Beside them stands the distance of its success chance."""

Needs = Mapping[str, Sequence[str]]


def next_objective(objectives: Sequence[str], needs: Needs, fold: Fold, now: datetime) -> str:
    """The objective to work on: one below Proficient, its prerequisites first; else the least sure."""
    open_ones = [o for o in objectives if fold.level(o, now) < Level.PROFICIENT]
    ready = [o for o in open_ones if _ready(o, needs, fold)]
    if ready or open_ones:
        return (ready or open_ones)[0]
    return min(objectives, key=lambda o: (fold.standing(o).known, objectives.index(o)))


def next_review(
    homes: Callable[[str], str], fold: Fold, now: datetime, skip: Sequence[str] = ()
) -> str | None:
    """The objective to review next: due, the longest waiting first, from another lesson than the last."""
    waiting = [o for o in due(fold.reviews, fold.standings, fold.rules, now) if o not in skip]
    if not waiting:
        return None
    last = fold.current.get("review")
    before = None if last is None else str(last.detail.get("objective", ""))
    other = [o for o in waiting if before not in fold.rules or homes(o) != homes(str(before))]
    return (other or waiting)[0]


def next_item(
    objective: str,
    items: Sequence[Item],
    needs: Needs,
    fold: Fold,
    parameters: Parameters,
    *,
    target: str | None = None,
) -> Item:
    """The item to ask next for an objective; see SAME_ITEM and what stands with it."""
    last = fold.current.get(objective if target is None else target)
    recent = fold.standing(objective).recent
    waits_for_open = bool(recent) and recent[-1].right and not recent[-1].open
    least = min(len(fold.asked.get(item.id, ())) for item in items)

    def cost(item: Item) -> tuple[float, int]:
        dealt = fold.asked.get(item.id, [])
        chance = fold.predictor.chance(
            item.objectives, parameters.difficulty_of(item.id, DIFFICULTY[item.difficulty])
        )
        total = max(0.0, HARDEST - chance, chance - EASIEST) + DEALT * (len(dealt) - least)
        if last is not None and last.item == item.id:
            total += SAME_ITEM
        if last is not None and dealt and dealt[-1].format == last.format:
            total += SAME_FORMAT
        if waits_for_open and dealt and not dealt[-1].open:
            total += CLOSED_AGAIN
        total += NOT_READY * sum(not _ready(o, needs, fold) for o in item.objectives if o != objective)
        return round(total, 9), items.index(item)

    return min(items, key=cost)


def _ready(objective: str, needs: Needs, fold: Fold) -> bool:
    return all(fold.standing(need).ever_proficient for need in needs.get(objective, ()))
