"""A practice's report: its figures, its headline, who is behind it, and its two engines' agreement."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.audit import compare
from imp2art.audit.drafting import audit_days, draft_report, manifest_of
from imp2art.audit.figures import FIGURES_SCHEMA, figures_table
from imp2art.audit.packs import indicators_for
from imp2art.audit.peers import PeerFigures
from imp2art.audit.reports.report import AuditReport, FactCode, MonthFigure
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.store.json_form import from_json, to_json
from tests.audit_people import LIBRARY, entry, issue, someone, tables_of

ON = date(2026, 10, 31)
COUNTED, LACKING = indicators_for("England", LIBRARY)
TREATED = tuple(issue("ics", f"{year}-06-01") for year in range(2023, 2027))
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), *TREATED)
PEOPLE = [
    *(someone(*ASTHMA, entry("asthma-plan", "2026-08-01"), number=n) for n in range(30)),
    *(someone(*ASTHMA, entry("exacerbation", "2026-08-01"), number=n) for n in range(30, 40)),
    *(someone(*ASTHMA, number=n) for n in range(40, 60)),
    *(someone(number=n) for n in range(60, 100)),
]
PUBLIC_IDS = {record.patient.patient_id: f"public-{record.patient.patient_id}" for record in PEOPLE}


def report(public_ids=None, nation: str = "England", peers: PeerFigures | None = None) -> AuditReport:
    manifest = manifest_of("sha256:0", ON, LIBRARY, "0.1.0", rejected_rows=0, nation=nation)
    days = audit_days(ON, 24)
    code, tables = PracticeCode("A12345"), tables_of(PEOPLE)
    return draft_report(
        code, "Harbour Lane", tables, days, manifest, LIBRARY, public_ids, nation=nation, peers=peers
    )


REPORT = report(PUBLIC_IDS)


def test_figures_are_people():
    newest = REPORT.series_of("plan-12-months").newest
    assert (newest.numerator, newest.denominator, newest.excluded, newest.cannot_tell) == (30, 60, 0, 0)
    assert newest.rate == 0.5


def test_a_month_without_anyone_has_no_rate():
    assert MonthFigure(ON, 0, 0, 0, 0, "rules").rate is None


def test_the_rules_of_each_year_stand_beside_its_figures():
    figures = REPORT.series_of("qof-ast007").figures
    versions = {figure.month_end: figure.rule_version for figure in figures}
    assert versions[date(2026, 3, 31)] == "AST007, aged 6 and over"
    assert versions[date(2026, 4, 30)] == "AST015, aged 5 and over"


def test_the_headline_says_what_changed_and_who_is_left():
    facts = [(fact.code, fact.number) for fact in REPORT.headline]
    assert facts == [
        (FactCode.MORE, 30),
        (FactCode.BEYOND_CHANCE, 30),
        (FactCode.STILL_WITHOUT, 30),
        (FactCode.WITHOUT_AFTER_ATTACK, 10),
        (FactCode.START_WITH, 10),
    ]
    assert REPORT.headline[0].since == date(2026, 4, 30)


def test_the_people_behind_a_number_are_as_many_as_it():
    for series in REPORT.series:
        if series.slug != "asthma-register":
            newest = series.newest
            assert len(REPORT.people_behind(series.slug, Outcome.MET)) == newest.numerator
            missed = newest.denominator - newest.numerator
            assert len(REPORT.people_behind(series.slug, Outcome.NOT_MET)) == missed


def test_the_people_behind_a_number_are_public_ids():
    behind = REPORT.people_behind("plan-after-attack", Outcome.NOT_MET)
    assert set(behind) == {f"public-p{number:05}" for number in range(30, 40)}


def test_nobody_keeps_a_list_of_everyone_without_asthma():
    assert REPORT.people_behind("asthma-register", Outcome.NOT_MET) == ()


def test_without_public_ids_nobody_is_named():
    assert report().behind == ()


def test_both_engines_worked_everyone_out():
    checks = REPORT.checks
    assert (checks.people, checks.people_compared, checks.differences) == (100, 100, 0)
    assert checks.comparisons == 100 * len(COUNTED) * 3


def test_a_figure_on_which_the_engines_differ_is_never_kept(monkeypatch):
    monkeypatch.setattr(compare, "counted_as", lambda *_: Outcome.CANNOT_TELL)
    with pytest.raises(Refusal, match="engines differ"):
        report()


def test_of_a_large_practice_those_with_entries_are_compared_first(monkeypatch):
    monkeypatch.setattr(compare.people_to_compare, "__defaults__", (70,))
    assert report().checks.people_compared == 70


def test_a_report_survives_being_kept():
    assert from_json(to_json(REPORT), AuditReport) == REPORT


def test_the_figures_are_tidy():
    table = figures_table([REPORT])
    assert table.schema == FIGURES_SCHEMA
    assert table.num_rows == len(COUNTED) * 24
    newest = table.filter(table["indicator"].to_numpy() == "plan-12-months").to_pylist()[-1]
    assert (newest["practice"], newest["month_end"], newest["rate"]) == ("A12345", ON, 0.5)


def test_the_manifest_names_what_the_figures_were_made_of():
    manifest = REPORT.manifest
    assert manifest.indicator_digests.keys() == {series.slug for series in REPORT.series}
    assert manifest.codelist_digests["saba"] == LIBRARY.codelist("saba").digest


def test_the_standard_headline_counts_and_speaks_of_no_plan():
    facts = {fact.code: fact.number for fact in REPORT.plain_headline}
    assert facts[FactCode.COUNTED] == 60
    assert set(facts) == {FactCode.COUNTED, FactCode.ARE_BETTER, FactCode.ARE_WORSE}
    assert "plan-12-months" not in {fact.slug for fact in REPORT.plain_headline}


def test_few_indicators_lead():
    assert REPORT.key[0] == "plan-12-months"
    assert len(REPORT.key) <= 6
    assert all(REPORT.series_of(slug) for slug in REPORT.key)


def test_what_lacks_a_codelist_is_named_and_never_nought():
    assert REPORT.not_configured == dict(LACKING)
    assert not set(REPORT.not_configured) & {series.slug for series in REPORT.series}


def test_the_packs_of_the_years_stand_in_the_manifest():
    assert list(REPORT.manifest.packs) == ["England 2024/25", "England 2025/26", "England 2026/27"]


def test_a_nation_has_its_own_indicators():
    scottish = report(nation="scotland")
    assert scottish.nation == "Scotland"
    assert scottish.series_of("qof-ast007") is None
    assert REPORT.series_of("qof-ast007") is not None


def test_every_indicator_is_split_by_default():
    for series in REPORT.series:
        assert [split.dimension for split in series.equity] == ["age", "sex", "ethnicity", "deprivation"]
        for split in series.equity:
            assert sum(group.denominator for group in split.groups) == series.newest.denominator
            assert sum(group.numerator for group in split.groups) == series.newest.numerator


def test_without_figures_of_others_there_is_no_comparison():
    assert REPORT.peers_of is None
    assert all(series.comparison is None for series in REPORT.series)
