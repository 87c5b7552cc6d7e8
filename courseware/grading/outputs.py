"""What a graded cell shows in formgrader and feedback: outputs made safe to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from courseware.grading.engine.job import StepRun
from courseware.grading.rebuild import Place

NO_VERDICT: Final = "This cell was not run to its end. {why}"
ATTRIBUTES: Final = {
    "*": {"class", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"border"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
"""What is left of HTML's attributes, by element."""


UNVERIFIED: Final = "Unverified: this test ran beside the submitted code, which could have had a part in it."
"""Shown with such a test, even if it passed. As a display, which nbgrader takes for no score."""


def shown(place: Place, step: StepRun | None, why: str | None) -> list[dict[str, Any]]:
    """The outputs of a code cell, as nbformat has them, with HTML sanitised and nothing that runs.

    A test without a verdict shows an error that says why: whoever reads a score from the outputs, as
    nbgrader does, reads 0.
    """
    if step is not None:
        outputs = [_safe(dict(output)) for output in step.outputs]
        if not step.ok and not any(output["output_type"] == "error" for output in outputs):
            outputs.append(_error(step.error or "Error", step.says))
        if place.trusted is not None and place.trusted.is_test and not step.verified:
            outputs.insert(
                0, {"output_type": "display_data", "data": {"text/plain": UNVERIFIED}, "metadata": {}}
            )
        return outputs
    if place.trusted is not None and place.trusted.is_test:
        return [_error("NoVerdict", NO_VERDICT.format(why=why or "").strip())]
    return []


def _error(name: str, says: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": says, "traceback": [f"{name}: {says}"]}


def _safe(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data")
    if isinstance(data, Mapping):
        # An SVG is a document that can act; what is drawn by the usual libraries comes as PNG as well.
        output["data"] = {kind: _clean(kind, text) for kind, text in data.items() if kind != "image/svg+xml"}
    return output


def _clean(kind: str, text: str) -> str:
    if kind not in ("text/html", "text/markdown"):
        return text
    import nh3  # with the first table or heading that is shown

    return nh3.clean(text, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "data"})
