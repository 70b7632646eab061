"""F-11, F-14: the server dies while a plan is being issued. One press or two, killed or not: one of each."""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from tests.functional.site import Site, make_home, serving
from tests.functional.test_a_nurse_issues_a_plan import Nurse

KILLING = [sys.executable, "-m", "tests.faults.killing_site"]
SEED = 20261124
ROUNDS = 3


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("killed"))


@pytest.fixture
def asked(context: BrowserContext, home: Path) -> tuple[Page, str, dict[str, list[str]]]:
    """A signed-in browser, the path that finishes a review, and a form that is complete."""
    page = context.new_page()
    with serving(home) as site:
        nurse = Nurse(page, site)
        nurse.given_i_am_signed_in("nurse")
        nurse.when_i_open_the_person_on_top()
        nurse.when_i_start_the_review()
        nurse.when_i_ask_my_questions()
        nurse.when_i_fill_in_the_plan()
        sent: list[tuple[str, str]] = []
        page.on(
            "request",
            lambda request: (
                sent.append((request.url, request.post_data or ""))
                if request.method == "POST" and "/finish/" in request.url
                else None
            ),
        )
        nurse.when_i_issue_the_plan()
    address, body = sent[-1]
    form: dict[str, list[str]] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        form.setdefault(name, []).append(value)
    return page, address.split("/", 3)[3], form


def press(page: Page, site: Site, path: str, form: dict[str, list[str]]) -> str:
    """Send the form; the address that the answer leads to, or nothing where the server died."""
    try:
        answer = page.request.post(
            f"{site.address}/{path}",
            data=urlencode(form, doseq=True),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": site.address},
            max_redirects=0,
            timeout=20_000,
        )
    except Error:
        return ""
    assert answer.status == 302, answer.text()[:2000]
    return answer.headers["location"]


def kept(home: Path) -> dict[str, int]:
    base = sqlite3.connect(home / "imp2art.sqlite3")
    tables = {
        "reviews": "store_reviewrow",
        "plans": "store_actionplanrow",
        "messages": "store_outboxentry where patient_id is not null",  # a report's e-mail is about nobody
    }
    counts = {
        word: base.execute(f"select count(*) from {table}").fetchone()[0] for word, table in tables.items()
    }
    counts["current plans"] = base.execute(
        "select count(*) from store_actionplanrow where replaced_at is null"
    ).fetchone()[0]
    counts["sizes of code sets"] = base.execute(
        "select count(distinct n) from (select count(*) n from store_codedentryrow group by review_id)"
    ).fetchone()[0]
    counts["code sets"] = base.execute(
        "select count(distinct review_id) from store_codedentryrow"
    ).fetchone()[0]
    base.close()
    return counts


def test_F11_F14_one_review_one_plan_one_set_of_codes(
    asked: tuple[Page, str, dict[str, list[str]]], home: Path
) -> None:
    page, path, form = asked
    dice = random.Random(SEED)
    moments = ["after", *(str(dice.randint(1, 400)) for _ in range(ROUNDS))]
    for number, moment in enumerate(moments, start=2):  # one review is finished already
        form = {**form, "key": [f"{number:032x}"], "version": ["0"]}
        (home / "kill").write_text(moment)
        with serving(home, KILLING) as site:
            first = press(page, site, path, form)
        (home / "kill").unlink(missing_ok=True)
        assert moment != "after" or first == "", "the site lived on"
        with serving(home) as site:
            again = press(page, site, path, form)
            once_more = press(page, site, path, form)
        assert again == once_more == (first or again)
        expected = {"reviews": number, "plans": number, "messages": number, "current plans": 1}
        # Versions after the first also write "plan review": two sizes of code sets, not more.
        assert kept(home) == {**expected, "sizes of code sets": 2, "code sets": number}, moment
