"""What the course map asks the server, and what the server refuses."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest

from courseware import workspace
from courseware.clock import Clock, system_clock
from courseware.course import find_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker
from courseware.server.handlers import AT, HANDLERS
from courseware.server.map import Json
from courseware.server.root import Refused, Root
from courseware.widgets import front
from courseware.workspace import WorkspaceError

POSTED = {"unlock": {"workspace": "mine"}, "start": {"course": "pandas", "folder": "pandas"}}
ASKED = {
    "course": "?near=mine",
    "progress": "?workspace=mine",
    "explain": "?workspace=mine&lesson=02-more",
    "review": "?workspace=mine",
}
SCRIPT = f"courseware/static/check.{front.shared('check').sha}.js"
EVERY = [*(f"{AT}/{name}" for name in HANDLERS), SCRIPT]


@pytest.fixture(scope="module")
def linked(server, sums) -> None:
    """A workspace outside of the root, and links to it from within."""
    outside = server.root.parent / "outside"
    workspace.create(outside / "mine", sums, by_path=True)
    workspace.create(outside, sums, by_path=True)
    (server.root / "link").symlink_to(outside, target_is_directory=True)
    (server.root / "rope").symlink_to("../outside", target_is_directory=True)


def asking(name: str) -> tuple[str, dict | None]:
    """Address and body of a request that is in order."""
    short = name.removeprefix(f"{AT}/")
    return name + ASKED.get(short, ""), POSTED.get(short)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.usefixtures("started")
def test_a_request_in_order_is_answered(server, name: str) -> None:
    path, body = asking(name)
    assert server.ask(path, body=body).status == 200


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.usefixtures("started")
def test_nobody_is_answered_without_signing_in(server, name: str) -> None:
    path, body = asking(name)
    assert server.ask(path, body=body, token=False).status == 403


@pytest.mark.parametrize("token", [True, False], ids=["with the token", "with its cookies"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", EVERY)
@pytest.mark.usefixtures("started")
def test_another_sites_page_is_refused(server, name: str, headers: dict, token: bool) -> None:
    path, body = asking(name)
    if token:
        answer = server.ask(path, body=body, headers=headers)
    else:
        data = None if body is None else b"{}"
        request = urllib.request.Request(f"http://{server.host}/{path}", data=data, headers=headers)
        answer = server._send(server.signed_in(), request)
    assert answer.status in (403, 404)
    assert set(answer.data) <= {"message", "reason"}


@pytest.mark.parametrize("name", sorted(POSTED))
def test_a_form_on_another_site_cannot_post(server, name: str) -> None:
    """A browser sends cookies along, but it cannot know the server's own mark against forgery."""
    request = urllib.request.Request(f"http://{server.host}/{AT}/{name}", data=b"{}")
    assert server._send(server.signed_in(), request).status == 403


@pytest.mark.parametrize(
    "named",
    [
        "..",
        "../outside",
        "mine/../../outside",
        "/",
        "/etc",
        "C:\\",
        "C:/",
        "..\\outside",
        "link",
        "rope/mine",
    ],
)
@pytest.mark.parametrize("name", ["course?near=", "progress?workspace=", "explain?lesson=01-add&workspace="])
@pytest.mark.usefixtures("linked")
def test_a_path_out_of_the_root_is_refused(server, name: str, named: str) -> None:
    answer = server.ask(f"{AT}/{name}{urllib.request.quote(named, safe='')}")
    assert (answer.status, answer.data["reason"]) == (403, "refused")
    assert "outside" not in str(answer.data).replace("lie outside", "").replace("place outside", "")


@pytest.mark.parametrize("folder", ["..", "../new", "/new", "a/../../new", "link/new", "\\new"])
@pytest.mark.usefixtures("linked")
def test_no_course_starts_out_of_the_root(server, folder: str) -> None:
    answer = server.ask(f"{AT}/start", body={"course": "pandas", "folder": folder})
    assert (answer.status, answer.data["reason"]) == (403, "refused")
    assert not list(server.root.parent.rglob("new"))


@pytest.mark.parametrize("name", [workspace.HOME, f"{workspace.HOME}/events.sqlite"])
def test_records_that_a_link_takes_elsewhere_are_refused(server, sums, name: str, tmp_path: Path) -> None:
    """Whoever may write here shall not read there through the server."""
    theirs = workspace.create(tmp_path / "theirs", sums, by_path=True)
    theirs.open_log().close()
    mine = server.root / f"linked-{name.count('/')}"
    workspace.create(mine, sums, by_path=True)
    if (mine / name).is_dir():
        shutil.rmtree(mine / name)
    (mine / name).symlink_to(theirs.path / name)
    answer = server.ask(f"{AT}/progress?workspace={mine.name}")
    assert (answer.status, answer.data["reason"]) == (403, "refused")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_another_users_workspace_is_refused(server, sums) -> None:
    space = workspace.create(server.root / "theirs", sums, by_path=True)
    for path in (space.path, *space.path.rglob("*")):
        os.chown(path, 65534, 65534)
    answer = server.ask(f"{AT}/progress?workspace=theirs")
    assert (answer.status, answer.data["reason"]) == (403, "refused")
    assert "theirs" not in server.ask(f"{AT}/course").data["workspaces"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b'{"course": 1}', b'{"course": {"a": 1}}', b"\xff"])
@pytest.mark.parametrize("name", sorted(POSTED))
def test_a_body_that_is_no_object_of_texts_is_told(server, name: str, body: bytes) -> None:
    answer = server.ask(f"{AT}/{name}", body=body)
    assert answer.status == 400
    assert answer.data["message"]


@pytest.mark.parametrize("name", HANDLERS)
def test_an_error_is_json_with_a_sentence(server, name: str) -> None:
    if name in POSTED:
        answer = server.ask(f"{AT}/{name}", body={"workspace": "nowhere", "course": "no-such"})
    else:
        answer = server.ask(f"{AT}/{name}?workspace=nowhere&lesson=x&near=../x")
    assert answer.status in (403, 404)
    assert answer.data["message"].endswith(".")
    assert answer.headers["Content-Type"].startswith("application/json")


def make_proficient(space: workspace.Workspace, objective: str, *, clock: Clock | None = None) -> None:
    """Answer as a learner does, in another process's place: right at the first try until the gate opens."""
    course, log = space.load_course(), space.open_log()
    now = clock or system_clock()
    tutor = LocalTutor(course, log, space.learner, clock=now, runner=Worker())
    for item in [i for i in course.items_for(objective) for _ in range(4)]:
        card = tutor.ask(item.id)
        if card.told is not None:
            card = tutor.another(item.id, card.variant, id=new_id())
        asked = [e for _, e in log.read(space.learner, course.id) if e.kind == "asked" and e.item == item.id]
        right = item.question(asked[-1].seed, course.data).right
        card = tutor.answer(item.id, card.variant, right, id=new_id())
        if card.standing.level >= 3:
            break
    log.close()
    assert card.standing.level >= 3


def lesson(data: Json, name: str) -> dict:
    (found,) = [each for each in data["lessons"] if each["lesson"] == name]
    return found


def test_the_map_follows_what_a_kernel_records_and_the_gate_alone_unlocks(server, sums) -> None:
    space = workspace.create(server.root / "way", sums, by_path=True)
    server.ask(f"{AT}/unlock", body={"workspace": "way"})
    data = server.ask(f"{AT}/progress?workspace=way").data
    assert [(each["lesson"], each["open"], each["there"]) for each in data["lessons"]] == [
        ("01-add", True, True),
        ("02-more", False, False),
    ]
    assert data["next"]["path"] == "way/01-add.ipynb"

    # Asking does not open anything.
    unlocked = server.ask(f"{AT}/unlock", body={"workspace": "way", "lesson": "02-more"}).data
    assert (unlocked["opened"], unlocked["restored"]) == ([], None)
    told = server.ask(f"{AT}/explain?path=way/02-more.ipynb").data
    assert not told["open"]
    assert told["opens_when"].startswith("Opens when “I can add” is Proficient")
    assert [(need["objective"], need["path"]) for need in told["needs"]] == [
        ("add.small", "way/01-add.ipynb")
    ]
    assert told["next"]["objective"] == "add.small"

    make_proficient(space, "add.small")
    data = server.ask(f"{AT}/progress?workspace=way").data
    assert lesson(data, "01-add")["objectives"][0]["word"] == "Proficient"
    assert lesson(data, "02-more")["open"]
    # That tutor wrote no notebook: whoever looks at the map next has it written.
    assert not lesson(data, "02-more")["there"]
    assert lesson(server.ask(f"{AT}/unlock", body={"workspace": "way"}).data["map"], "02-more")["there"]
    assert (space.path / "02-more.ipynb").is_file()
    told = server.ask(f"{AT}/explain?path=way/02-more.ipynb").data
    assert (told["open"], told["needs"]) == (True, [])


def test_a_deleted_notebook_of_an_open_lesson_comes_back_when_asked_for(server, sums) -> None:
    space = workspace.create(server.root / "again", sums, by_path=True)
    server.ask(f"{AT}/unlock", body={"workspace": "again"})
    file = space.path / "01-add.ipynb"
    file.unlink()
    assert not lesson(server.ask(f"{AT}/progress?workspace=again").data, "01-add")["there"]
    answer = server.ask(f"{AT}/unlock", body={"workspace": "again", "lesson": "01-add"})
    assert answer.data["restored"] == "again/01-add.ipynb"
    file.write_text("{}")
    answer = server.ask(f"{AT}/unlock", body={"workspace": "again", "lesson": "01-add"})
    assert (answer.data["restored"], file.read_text()) == (None, "{}")


def test_continue_stays_in_the_lesson_in_hand_and_goes_on_from_a_finished_one(server, sums) -> None:
    space = workspace.create(server.root / "on", sums, by_path=True)

    def next_from(at: str = "") -> tuple[str, bool]:
        told = server.ask(f"{AT}/progress?workspace=on&at={at}").data["next"]
        return told["lesson"], told["done"]

    assert next_from() == next_from("02-more") == next_from("no-such") == ("01-add", False)
    make_proficient(space, "add.small")
    assert (next_from(), next_from("02-more")) == (("01-add", False), ("02-more", False))
    make_proficient(space, "add.more")
    assert next_from("02-more") == ("01-add", False)
    make_proficient(space, "add.sign")
    assert next_from("01-add") == ("02-more", True)


def test_a_review_that_is_due_has_a_notebook_of_its_own(server, sums) -> None:
    space = workspace.create(server.root / "due", sums, by_path=True)
    assert server.ask(f"{AT}/review?workspace=due").data == {"due": None, "next_due": None}
    answer = server.ask(f"{AT}/review", body={"workspace": "due"})
    assert (answer.status, answer.data["reason"]) == (404, "not-found")
    make_proficient(space, "add.small", clock=lambda: system_clock()() - timedelta(days=3))
    due = server.ask(f"{AT}/review?workspace=due").data["due"]
    assert (due["questions"], due["objectives"]) == (1, ["I can add"])
    assert server.ask(f"{AT}/progress?workspace=due").data["due"] == due
    assert server.ask(f"{AT}/review", body={"workspace": "due"}).data == {"path": "due/review.ipynb"}
    cells = json.loads((space.path / "review.ipynb").read_text())["cells"]
    assert cells[-1]["source"] == 'lesson.check("review")'


def test_remedies_and_enrichment_are_on_the_map_once_they_are_in_the_workspace(server, sums) -> None:
    space = workspace.create(server.root / "extra", sums, by_path=True)

    def extras() -> list:
        data = server.ask(f"{AT}/progress?workspace=extra").data
        return [(each["kind"], each["path"]) for each in lesson(data, "02-more")["extras"]]

    assert extras() == []
    for folder, name in (("remedies", "remedy-more.ipynb"), ("enrichment", "enrich-more.ipynb")):
        (space.path / folder).mkdir()
        (space.path / folder / name).write_text("{}")
    assert extras() == [
        ("remedy", "extra/remedies/remedy-more.ipynb"),
        ("enrichment", "extra/enrichment/enrich-more.ipynb"),
    ]


def test_a_course_is_found_from_any_folder_in_it_and_by_itself_if_it_is_the_only_one(
    tmp_path: Path, sums
) -> None:
    root = Root(path=tmp_path)
    assert root.near("") is None
    one = workspace.create(tmp_path / "one", sums)
    assert root.near("") == one
    two = workspace.create(tmp_path / "two", sums)
    assert root.near("") is None
    (tmp_path / "two" / "data").mkdir()
    assert root.near("two/data/penguins.csv") == two
    assert root.near("two/02-select.ipynb") == two


@pytest.mark.parametrize("named", ["a\0b", "a" * 5000, "loop/x"])
def test_a_name_that_no_disk_takes_leads_nowhere(tmp_path: Path, named: str) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises((Refused, WorkspaceError)):
        Root(path=tmp_path).workspace(named)


def test_a_new_learner_starts_a_course_and_a_second_start_carries_on_with_it(server) -> None:
    first = server.ask(f"{AT}/start", body={"course": "pandas", "folder": "new/course", "name": "Ada"})
    assert first.data["workspace"] == "new/course"
    assert (server.root / "new" / "course" / "01-tables.ipynb").is_file()
    before = workspace.load(server.root / "new" / "course")
    assert before.name == "Ada"
    again = server.ask(f"{AT}/start", body={"course": "pandas", "folder": "new/course"})
    assert again.data == first.data
    assert workspace.load(server.root / "new" / "course") == before


def test_no_browser_names_a_folder_as_a_course(server, tmp_path: Path) -> None:
    course = shutil.copytree(find_course("pandas"), tmp_path / "course")
    answer = server.ask(f"{AT}/start", body={"course": str(course), "folder": "own"})
    assert (answer.status, answer.data["reason"]) == (404, "not-found")


def test_a_folder_with_another_course_is_not_taken(server, sums) -> None:
    workspace.create(server.root / "taken", sums, by_path=True)
    answer = server.ask(f"{AT}/start", body={"course": "pandas", "folder": "taken"})
    assert (answer.status, answer.data["reason"]) == (409, "taken")


def test_a_workspace_made_anew_is_told_anew(server, sums) -> None:
    space = workspace.create(server.root / "anew", sums, by_path=True)
    make_proficient(space, "add.small")
    assert server.ask(f"{AT}/progress?workspace=anew").data["proficient"] == 1
    shutil.rmtree(space.path)
    workspace.create(server.root / "anew", sums, by_path=True)
    assert server.ask(f"{AT}/progress?workspace=anew").data["proficient"] == 0


def test_the_script_is_served_for_good_and_an_old_name_leads_to_it(server) -> None:
    now = server.ask(SCRIPT)
    assert now.data["text"] == front.shared("check").text
    assert "immutable" in now.headers["Cache-Control"]
    assert now.headers["Content-Type"].startswith("text/javascript")
    before = server.ask("courseware/static/check.0000000000000000.js")
    assert before.data == now.data
    assert "no-store" in before.headers["Cache-Control"]
    assert server.ask("courseware/static/secret.0000000000000000.js").status == 404
