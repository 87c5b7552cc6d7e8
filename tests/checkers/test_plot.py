"""Plots: equivalent ways are right, and what is missing or exchanged is told."""

import copy
import json

import matplotlib

matplotlib.use("Agg")

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from checkers.figure import described
from checkers.plot import Plot
from checkers.run import Job

G = pd.DataFrame({"n": ["p", "q", "p", "q"], "v": [1.0, 2.0, 3.0, 6.0], "w": [5.0, 3.0, 2.0, 1.0]})
D = pd.DataFrame({"day": pd.to_datetime(["2012-01-31", "2012-02-29", "2012-03-31"]), "v": [1.0, 4.0, 2.0]})
V = pd.Series([1.0, 2, 2, 3, 3, 3, 4, 4, 5, 9])
T = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [4.0, 1.0, 6.0], "c": [2.0, 2.0, 9.0]})


def drawn(code):
    plt.close("all")
    names = {"plt": plt, "pd": pd, "np": np, "T": T, "G": G, "D": D, "V": V}
    exec(code, names)
    figure = described(plt.gcf())
    plt.close("all")
    return figure


LINE, POINTS, BARS = "plt.plot(T.a, T.b)", "plt.scatter(T.a, T.b)", "plt.bar(T.a, T.b)"
MEANS = "plt.bar(['p', 'q'], [2, 4])"
SIDES = "pd.DataFrame({'x': [1, 3], 'y': [5, 2]}, index=['a', 'b']).plot.bar()"
GROUPS = "for k in 'pq': plt.scatter(G.v[G.n == k], G.w[G.n == k], label=k)"
TWO = "plt.plot(T.a, T.b, label='b'); plt.plot(T.a, T.c, label='c'); plt.legend()"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (LINE, "T.plot(x='a', y='b')"),
        (LINE, "fig, ax = plt.subplots(); ax.plot(T.a, T.b, '--')"),
        (LINE, "T.set_index('a').b.plot()"),
        (POINTS, "plt.plot(T.a, T.b, 'o')"),
        (POINTS, "T.plot.scatter('a', 'b')"),
        (POINTS, "T.iloc[::-1].plot(kind='scatter', x='a', y='b')"),
        (BARS, "fig, ax = plt.subplots(); ax.bar(T.a, T.b, width=0.3)"),
        (TWO, "T.plot(x='a', y=['b', 'c'])"),
        (TWO, "plt.plot(T.a, T.c, label='c'); plt.plot(T.a, T.b, label='b'); plt.legend()"),
        (BARS, "T.plot.bar(x='a', y='b')"),
        (MEANS, "G.groupby('n').v.mean().plot.bar()"),
        (MEANS, "m = G.groupby('n').v.mean(); plt.bar([0, 1], m.values); plt.xticks([0, 1], m.index)"),
        (MEANS, "m = G.groupby('n').v.mean()[::-1]; plt.bar(m.index, m)"),
        ("G.groupby('n').v.mean().plot.barh()", "plt.barh(['q', 'p'], [4, 2])"),
        (
            SIDES,
            "plt.bar([-0.2, 0.8], [1, 3], 0.4); plt.bar([0.2, 1.2], [5, 2], 0.4); plt.xticks([0, 1], 'ab')",
        ),
        ("plt.hist(V, bins=4)", "V.plot.hist(bins=4)"),
        ("plt.hist(V, bins=4)", "V.hist(bins=4)"),
        ("plt.hist(V, bins=4)", "plt.hist(V, bins=np.linspace(1, 9, 5), histtype='step')"),
        ("plt.hist(V, bins=4)", "plt.stairs(*np.histogram(V, 4))"),
        ("plt.hist(V, bins=4)", "n, e = np.histogram(V, 4); plt.bar(e[:-1], n, 2, align='edge')"),
        ("G.boxplot('v', by='n')", "plt.boxplot([G.v[G.n == k] for k in 'pq'], tick_labels=['p', 'q'])"),
        (
            "T.plot.box()",
            "plt.boxplot([T.a, T.b, T.c], patch_artist=True); plt.xticks([1, 2, 3], ['a', 'b', 'c'])",
        ),
        ("T.set_index('a').plot.area()", "plt.stackplot(T.a, T.b, T.c)"),
        ("T.set_index('a').plot.bar(stacked=True)", "plt.bar(T.a, T.b); plt.bar(T.a, T.c, bottom=T.b)"),
        ("T.b.plot.pie(labels=['p', 'q', 'r'])", "plt.pie([6, 1, 4], labels=['r', 'q', 'p'], startangle=90)"),
        ("D.set_index('day').v.plot()", "plt.plot(D.day, D.v)"),
        ("plt.plot(D.day, D.v)", "D.plot(x='day', y='v')"),
        ("D.set_index('day').v.plot.bar()", "plt.bar(D.day, D.v)"),
        (GROUPS, "plt.scatter(G.v, G.w, c=G.n.map({'p': 0, 'q': 1}))"),
        ("plt.scatter(G.v, G.w)", GROUPS),
        (LINE, "plt.plot(T.a, T.b); plt.axhline(2); plt.grid()"),
        (LINE, "plt.errorbar(T.a, T.b, yerr=1, capsize=3)"),
        (LINE, "plt.plot([*T.a, None], [*T.b, None])"),
        (LINE + "; plt.axhline(2)", "plt.axhline(2); T.plot(x='a', y='b', ax=plt.gca())"),
        ("plt.imshow([[1, 2], [3, 4]])", "plt.matshow([[1, 2], [3, 4]], fignum=False); plt.colorbar()"),
    ],
)
def test_equivalent_ways_to_draw_are_right(asked, code):
    result = Plot(drawn(asked), looks=["scales"]).check(drawn(code))
    assert result.correct, result.feedback


FAR = "plt.bar(['p', 'q', 'r'], [2, 4, 9])"


@pytest.mark.parametrize(
    ("asked", "code", "mistake"),
    [
        (LINE, POINTS, "other-plot"),
        (POINTS, "plt.scatter(T.b, T.a)", "axes-exchanged"),
        (LINE, "plt.plot(T.b, T.a)", "axes-exchanged"),
        (BARS, "plt.barh(T.a, T.b)", "bars-turned"),
        (TWO, LINE, "mark-missing"),
        (LINE, TWO, "extra-mark"),
        (LINE, "plt.plot(T.a, T.c)", "data-on-y"),
        (LINE, "plt.plot(T.c, T.b)", "data-on-x"),
        (LINE, "plt.plot(T.b)", "row-number"),
        (LINE, "plt.plot(T.a[1:], T.b[1:])", "rows-missing"),
        (LINE, "plt.plot([*T.a, 9], [*T.b, 9])", "rows-extra"),
        (LINE, "plt.plot([2, 1, 3], [1, 4, 6])", "joined-otherwise"),
        (LINE, "plt.plot(T.a, T.b.cumsum())", "cumulated"),
        (LINE, "plt.plot(T.a, T.b * 10)", "times"),
        (LINE, "plt.plot(T.a, -T.b)", "negated"),
        (LINE, "plt.plot(T.a, T.b / T.b.sum())", "shares"),
        (POINTS, "plt.scatter(T.a, T.b.sort_values())", "broken-pairs"),
        (LINE, "plt.plot(T.c + 1, T.c)", None),
        (LINE, "plt.plot(T.c[1:] + 1, T.c[1:])", "how-many-values"),
        (LINE, "plt.bar(T.a, T.c)", "other-plot-and-data"),
        (LINE, "plt.subplots()", "empty-plot"),
        (LINE, "f, (p, q) = plt.subplots(2); p.plot(T.a, T.b); q.plot(T.a, T.b)", "how-many-plots"),
        (
            "f, (p, q) = plt.subplots(2); p.plot(T.a, T.b); q.plot(T.a, T.c)",
            "f, (p, q) = plt.subplots(2); q.plot(T.a, T.b); p.plot(T.a, T.c)",
            "plots-exchanged",
        ),
        (GROUPS, "plt.scatter(G.v, G.w)", "not-grouped"),
        (MEANS, "plt.bar(['q', 'p'], [2, 4])", "names-exchanged"),
        (MEANS, "plt.bar([0, 1], [2, 4])", "names-missing"),
        (MEANS, "plt.bar(['a', 'b'], [2, 4])", "names-other"),
        (MEANS, "plt.bar(G.n, G.v)", "bars-on-top"),
        (MEANS, FAR, "places-extra"),
        (FAR, MEANS, "places-missing"),
        (MEANS, "plt.bar(['p', 'q'], [3, 8])", "lengths"),
        (FAR, "plt.bar(['a', 'b', 'c'], [1, 2, 3])", "places-other"),
        (FAR, "plt.bar(['p', 'q', 'r'], [2, 4, 7])", "some-values"),
        ("T.plot.bar(stacked=True)", "T.plot.bar()", "not-stacked"),
        ("T.plot.bar()", "T.plot.bar(stacked=True)", "stacked"),
        ("plt.hist(V, bins=4)", "plt.hist(V, bins=5)", "bins"),
        ("plt.hist(V, bins=4)", "plt.hist(V[1:], bins=4, range=(1, 9))", "counted"),
        ("plt.hist(V, bins=4)", "plt.hist(V, bins=4, range=(0, 9))", "edges"),
        ("plt.hist(V, bins=4)", "plt.hist(V, bins=4, cumulative=True)", "cumulated"),
        ("plt.hist(V, bins=4)", "plt.bar(V.index, V)", "other-plot-and-data"),
        ("T.plot.box()", "T.plot.box(whis=0.1)", "whiskers"),
        ("T.plot.box()", "(T * T).plot.box()", "boxes"),
        (
            "T.plot.box()",
            "plt.boxplot([T.a, T.b, T.c], orientation='horizontal', tick_labels=list('abc'))",
            "bars-turned",
        ),
        (LINE + "; plt.axhline(2)", LINE, "mark-missing"),
        (LINE + "; plt.axhline(2)", LINE + "; plt.axvline(2)", "axes-exchanged"),
    ],
)
def test_what_is_wrong_with_the_data_is_told(asked, code, mistake):
    key = Plot(drawn(asked))
    assert key.check(drawn(asked)).correct
    result = key.check(drawn(code))
    assert (result.score, result.mistake) == (0, mistake), result.feedback
    assert len(result.feedback.split()) <= 60


@pytest.mark.parametrize(
    ("looks", "asked", "code", "mistake"),
    [
        ("labels", "; plt.xlabel('A')", "", "no-label"),
        ("labels", "; plt.ylabel('A')", "; plt.ylabel('B')", "other-label"),
        (
            "labels",
            "; plt.xlabel('A'); plt.ylabel('B')",
            "; plt.xlabel('B'); plt.ylabel('A')",
            "labels-exchanged",
        ),
        ("any labels", "", "; plt.xlabel('A')", "no-label"),
        ("title", "; plt.title('A')", "", "no-title"),
        ("title", "; plt.title('A')", "; plt.title('B')", "other-title"),
        ("any title", "", "", "no-title"),
        ("scales", "", "; plt.yscale('log')", "scale"),
        ("limits", "; plt.ylim(0, 9)", "", "limits"),
        ("legend", "; plt.legend(['b'])", "", "no-legend"),
        ("legend", "; plt.legend(['b'])", "; plt.legend(['d'])", "other-legend"),
    ],
)
def test_a_look_that_is_not_as_asked_costs_half_and_is_told(looks, asked, code, mistake):
    key = Plot(drawn(LINE + asked), looks=[looks])
    result = key.check(drawn(LINE + code))
    assert (result.score, result.mistake) == (0.5, mistake), result.feedback
    assert result.points(4) == 2.0
    assert (
        Plot(drawn(LINE + asked), looks=["limits"] if looks != "limits" else []).parse({"code": LINE}) == LINE
    )
    with pytest.raises(AssertionError, match="What you drew is right"):
        result.require()


@pytest.mark.parametrize(
    "code",
    ["; plt.xlabel('body_mass  [KG]')", "; plt.xlabel('Body mass (kg)')", "; plt.xlabel('body mass: kg')"],
)
def test_texts_are_compared_by_letters_and_digits(code):
    assert (
        Plot(drawn(LINE + "; plt.xlabel('Body mass (kg)')"), looks=["labels"])
        .check(drawn(LINE + code))
        .correct
    )


@pytest.mark.parametrize(
    "code",
    [
        "T.plot(x='a', y=['b', 'c'])",
        "plt.plot(T.a, T.c, label='C'); plt.plot(T.a, T.b, label='b'); plt.legend()",
    ],
)
def test_a_legend_has_the_names_in_any_order(code):
    assert Plot(drawn(TWO), looks=["legend"]).check(drawn(code)).correct


def test_names_of_two_lines_that_are_exchanged_are_told():
    key = Plot(drawn(TWO), looks=["legend"])
    other = "plt.plot(T.a, T.b, label='c'); plt.plot(T.a, T.c, label='b'); plt.legend()"
    assert key.check(drawn(other)).mistake == "legend-exchanged"


def test_the_order_of_bars_counts_where_it_is_asked_for():
    turned = drawn("plt.bar(['q', 'p'], [4, 2])")
    assert Plot(drawn(MEANS)).check(turned).correct
    assert Plot(drawn(MEANS), looks=["order"]).check(turned).mistake == "order"


BROKEN = [
    None, 3, "plot", T, {"is": "figure"}, {"is": "figure", "axes": [{}]}, {"is": "figure", "axes": [None]},
    {"is": "figure", "axes": 3}, [[]],
]  # fmt: skip


@pytest.mark.parametrize("value", BROKEN)
def test_what_is_no_plot_is_refused_with_a_sentence(value):
    key = Plot(drawn(LINE))
    assert key.check(value).score == 0
    assert key.expects(value) is not None


def test_an_author_gives_something_drawn():
    with pytest.raises(ValueError, match="no mark is found"):
        Plot(plt.Figure())
    with pytest.raises(ValueError, match="expected some of order"):
        Plot(lambda ax: ax.plot([1, 2]), looks=["colours"])
    with pytest.raises(ValueError, match="cannot be read"):
        Plot("plt.plot(")


def test_an_author_gives_a_function_that_draws_and_no_figure_stays_open():
    plt.close("all")
    key = Plot(lambda ax: T.plot(x="a", y="b", ax=ax))
    assert plt.get_fignums() == []
    assert key.check(drawn(LINE)).correct
    assert key.right() is None


def test_an_author_gives_code_that_runs_where_answers_run(worker):
    key = Plot("import matplotlib.pyplot as plt\nplt.plot(T.a, T.b)", names={"T": T})
    assert key.check(drawn(LINE), worker).correct
    assert key.check(drawn(POINTS), worker).mistake == "other-plot"
    assert key.right() == {"code": key.source}
    with pytest.raises(ValueError, match="does not run"):
        Plot("nothing.plot()").check(drawn(LINE), worker)


@pytest.mark.parametrize(
    "end", ["", "\nplt.show()", "\nplt.gca()", "\nplt.gcf()", "\nplt.title('x')", "\nfor n in range(3): pass"]
)
def test_what_code_draws_in_a_process_of_its_own_comes_back_as_its_description(worker, end):
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3], [4, 1, 6])" + end
    made = worker.run(Job(source=source)).made
    assert Plot(drawn(LINE)).check(made.value).correct, made


def test_a_process_keeps_no_figure_and_no_style_for_the_next_code_and_opens_no_window(worker):
    start = "import matplotlib, matplotlib.pyplot as plt\n"
    styled = (
        "plt.plot([1, 2]); plt.rcParams['lines.linestyle'] = ':'; matplotlib.rcParams['axes.grid'] = True\n7"
    )
    assert worker.run(Job(source=start + styled)).made.value == 7
    start += "r = plt.rcParams\n"
    seen = "(plt.get_fignums(), r['lines.linestyle'], r['axes.grid'], plt.get_backend().lower())"
    assert worker.run(Job(source=start + seen)).made.value == ([], "-", False, "agg")
    for name in ("TkAgg", "QtAgg", "MacOSX", "WebAgg"):
        made = worker.run(Job(source=start + f"plt.switch_backend({name!r})")).made
        assert made.raised is not None
        assert made.raised.type in ("ImportError", "ModuleNotFoundError")


RIGHT = st.sampled_from([LINE, POINTS, BARS, TWO, MEANS, GROUPS, "T.plot.box()", "plt.hist(V, bins=4)"])
FIGURES = {
    code: drawn(code)
    for code in (LINE, POINTS, BARS, TWO, MEANS, GROUPS, "T.plot.box()", "plt.hist(V, bins=4)")
}
JSON = st.recursive(
    st.none() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda d: st.lists(d, max_size=3),
    max_leaves=5,
)


@given(RIGHT, RIGHT)
def test_the_right_plot_scores_one_and_a_verdict_is_always_the_same(asked, given):
    key = Plot(FIGURES[asked], looks=["scales", "legend", "order", "title"])
    first = key.check(FIGURES[given])
    assert first == key.check(copy.deepcopy(FIGURES[given]))
    assert first.correct == (asked == given)
    assert key.same(FIGURES[asked], FIGURES[given]) == first.correct
    assert json.dumps(key.asks()) == '{"kind": "code"}'


@given(RIGHT, st.data(), JSON)
def test_a_description_that_was_tampered_with_is_judged_or_refused_and_never_raises(code, data, other):
    figure = copy.deepcopy(FIGURES[code])
    place = figure
    for _ in range(data.draw(st.integers(0, 6))):
        names = list(place) if type(place) is dict else list(range(len(place)))
        name = data.draw(st.sampled_from(names)) if names else None
        if name is None or type(place[name]) not in (dict, list):
            break
        place = place[name]
    names = list(place) if type(place) is dict else list(range(len(place)))
    if names:
        place[data.draw(st.sampled_from(names))] = other
    result = Plot(FIGURES[LINE], looks=["labels", "limits", "order", "legend"]).check(figure)
    assert 0 <= result.score <= 1
