"""A licensed instrument's questions are shown only under a licence that covers them, and unaltered."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from imp2art.asthma.instruments import Licence, instrument, instruments
from imp2art.asthma.item_packs import standing_of_pack
from imp2art.cli.instruments import app
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal

ON = date(2026, 11, 23)
ACT = instrument("act")
QUESTIONS = """
[pack]
instrument = "act"
version = "made up for a test"
language = "en"

[[item]]
slug = "first"
text = "A made-up question?"
answer = [{ text = "Never", points = 5 }, { text = "Always", points = 1 }]
"""


def installed(folder: Path, questions: str = QUESTIONS, **changed: str) -> Path:
    """A pack with its licence; `changed` are lines of the licence."""
    lines = {
        "instrument": '"act"',
        "holder": '"A made-up practice"',
        "reference": '"L-1"',
        "expires": "2027-03-31",
        "digest": f'"{digest_of(QUESTIONS.encode())}"',
    } | changed
    (folder / "act.toml").write_text(questions)
    text = "[licence]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items())
    (folder / "act.licence.toml").write_text(text)
    return folder


def test_a_pack_under_a_good_licence_may_be_shown(tmp_path):
    pack = standing_of_pack(ACT, installed(tmp_path), ON).pack
    assert [(item.text, item.answers[0]) for item in pack.items] == [("A made-up question?", ("Never", 5))]


def test_on_its_last_day_a_licence_still_holds(tmp_path):
    assert standing_of_pack(ACT, installed(tmp_path), date(2027, 3, 31)).pack is not None


@pytest.mark.parametrize(
    ("questions", "licence", "said"),
    [
        (QUESTIONS, {"expires": "2026-11-22"}, "ran out on 22 November 2026"),
        (QUESTIONS.replace("Never", "Seldom"), {}, "was altered"),
        (QUESTIONS, {"instrument": '"acq"'}, "a licence for another instrument"),
        (QUESTIONS, {"expires": '"soon"'}, "must name the instrument"),
        (QUESTIONS, {"holder": '""'}, "must name the instrument"),
    ],
)
def test_any_other_pack_is_refused_with_a_sentence(tmp_path, questions, licence, said):
    standing = standing_of_pack(ACT, installed(tmp_path, questions, **licence), ON)
    assert standing.pack is None
    assert said in standing.refused


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('instrument = "act"', 'instrument = "acq"', "the questions of another instrument"),
        ('version = "made up for a test"', "", "lacks a version"),
        ("points = 5", 'points = "five"', "part of a question"),
        ("A made-up question?", " ", "part of a question"),
        ("[pack]", "[pack", "is not TOML"),
    ],
)
def test_a_pack_that_is_covered_but_damaged_is_refused(tmp_path, was, becomes, said):
    questions = QUESTIONS.replace(was, becomes)
    digest = f'"{digest_of(questions.encode())}"'
    assert said in standing_of_pack(ACT, installed(tmp_path, questions, digest=digest), ON).refused


def test_questions_without_their_licence_are_refused(tmp_path):
    (tmp_path / "act.toml").write_text(QUESTIONS)
    assert "act.licence.toml is missing" in standing_of_pack(ACT, tmp_path, ON).refused


def test_without_a_pack_nothing_is_shown_and_nothing_is_wrong(tmp_path):
    standing = standing_of_pack(ACT, tmp_path, ON)
    assert (standing.pack, standing.refused) == (None, "")


def test_only_the_open_instrument_and_our_own_facts_ship_their_words():
    shipping = {each.id for each in instruments() if each.ships}
    assert shipping == {each.id for each in instruments() if each.licence is not Licence.LICENSED}


def test_an_unknown_instrument_is_refused_with_the_known_ones():
    with pytest.raises(Refusal, match="Known: rcp3q, act, cact, acq, gina"):
        instrument("carat")


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def own_home(self, tmp_path, monkeypatch):
        monkeypatch.setenv("IMP2ART_HOME", str(tmp_path / "home"))

    def run(self, *given: str):
        return CliRunner().invoke(app, list(given))

    def test_it_lists_each_instrument_with_its_licence(self):
        told = self.run("list").output
        assert "no questions installed: its total can be entered" in told
        assert "Royal College of Physicians" in told

    def test_an_installed_pack_is_listed_with_its_last_day(self, tmp_path):
        folder = installed(tmp_path, expires="2099-03-31")
        files = (str(folder / "act.toml"), "--licence", str(folder / "act.licence.toml"))
        assert (
            "1 questions may be shown until 31 March 2099 (L-1)" in self.run("install", "act", *files).output
        )
        assert "questions may be shown until 31 March 2099" in self.run("list").output

    def test_an_open_instrument_takes_no_pack(self, tmp_path):
        folder = installed(tmp_path)
        files = (str(folder / "act.toml"), "--licence", str(folder / "act.licence.toml"))
        assert "takes no item pack" in str(self.run("install", "rcp3q", *files).exception)
