"""The printed report: tagged, a few pages, the same numbers, nobody's name, and one version only."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from imp2art.audit.reports.release import Version
from imp2art.documents.report_overview import overview_of
from imp2art.documents.report_pdf import ReportKind, render_report_pdf, values_of
from imp2art.documents.report_tables import year_against_before
from imp2art.documents.words import phrase
from tests.compared import COMPARED
from tests.unit.test_audit_report import REPORT

MADE = {
    (kind, version): render_report_pdf(COMPARED, kind, version) for kind in ReportKind for version in Version
}
BOTH = [pytest.param(key, id=f"{key[0]}-{key[1]}") for key in MADE]
FULL, PLAIN = (ReportKind.MONTH, Version.IMP2ART), (ReportKind.MONTH, Version.STANDARD)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(words.split())


@pytest.mark.parametrize("key", BOTH)
def test_it_is_tagged_and_says_its_language_and_title(key):
    with pikepdf.open(io.BytesIO(MADE[key])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert "Harbour Lane" in told["dc:title"]


@pytest.mark.parametrize("key", BOTH)
def test_it_has_few_pages(key):
    pages = len(pypdfium2.PdfDocument(MADE[key]))
    assert pages <= (6 if key[0] is ReportKind.MONTH else 8)


@pytest.mark.parametrize("key", BOTH)
def test_every_drawing_has_words_and_a_table(key):
    values = values_of(COMPARED, *key)
    for detail in values["details"]:
        assert detail["chart"]["alt"]
        assert len(detail["table"]["months"]) == 2
    for split in values["equity"]:
        assert split["chart"]["alt"]
        assert split["table"]["rows"]


def test_the_words_of_every_drawing_are_in_print():
    told = text_of(MADE[FULL])
    values = values_of(COMPARED, *FULL)
    drawings = [values["funnel"]["chart"], *(detail["chart"] for detail in values["details"])]
    for drawing in drawings:
        assert drawing["words"]
        for *_, words in drawing["words"]:
            assert words in told


def test_every_drawing_is_a_figure_with_its_words_in_the_tags():
    values = values_of(COMPARED, *FULL)
    with pikepdf.open(io.BytesIO(MADE[FULL])) as pdf:
        alts = {
            str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        }
    assert {values["funnel"]["chart"]["alt"], *(each["chart"]["alt"] for each in values["details"])} <= alts


@pytest.mark.parametrize("key", BOTH)
def test_it_names_nobody(key):
    told = text_of(MADE[key])
    assert "public-" not in told
    assert "C0000" not in told


def test_the_month_leads_with_its_headline():
    told = text_of(MADE[FULL])
    for sentence in overview_of(COMPARED).headline:
        assert sentence in told


def test_both_engines_are_in_print():
    assert "They differed in 0 of" in text_of(MADE[PLAIN])


def test_every_indicator_is_in_the_table():
    told = text_of(MADE[PLAIN])
    for series in COMPARED.series:
        assert phrase("indicators", f"{series.slug}-title") in told


@pytest.mark.parametrize("kind", ReportKind)
def test_the_standard_version_has_figures_and_rules_and_nothing_of_ours(kind):
    told = text_of(MADE[kind, Version.STANDARD])
    assert "similar practices" not in told
    assert "What to do" not in told
    for sentence in overview_of(COMPARED).headline:
        assert sentence not in told
    assert phrase("indicators", "plan-12-months-rule")[:60] in told


def test_the_year_is_set_against_the_year_before_and_has_room_for_goals():
    told = text_of(MADE[ReportKind.YEAR, Version.IMP2ART])
    assert "30 more people have a current plan than a year before." in told
    assert "What we will do" in told
    assert "Plans: 30 people were given or renewed one in the year; 0 in the year before." in told


def test_a_short_report_has_no_year_before():
    short = replace(
        REPORT,
        month_ends=REPORT.month_ends[-6:],
        series=tuple(replace(each, figures=each.figures[-6:]) for each in REPORT.series),
    )
    told = text_of(render_report_pdf(short, ReportKind.YEAR))
    assert "no year before" in told


def test_a_year_in_which_nobody_was_counted_is_not_compared_with():
    nobody = tuple(replace(each, numerator=0, denominator=0) for each in REPORT.series[0].figures[:-1])
    lead = replace(REPORT.series[0], figures=(*nobody, REPORT.series[0].newest))
    report = replace(REPORT, series=(lead, *REPORT.series[1:]), key=(lead.slug,))
    (row,) = year_against_before(report)["table"]["rows"]
    assert row[1] == "–"
    assert row[3:] == ["", "nobody to compare with"]


def test_a_report_without_comparison_is_set_too():
    assert "No figures of other practices" not in text_of(render_report_pdf(REPORT, *PLAIN))
    assert render_report_pdf(REPORT, *FULL)


def test_the_same_report_gives_the_same_bytes():
    assert render_report_pdf(COMPARED, *FULL) == MADE[FULL]


def test_a_name_is_never_read_as_markup():
    odd = replace(REPORT, practice_name='#panic("x") <b>$1$ *Surgery*')
    assert '#panic("x") <b>$1$ *Surgery*' in text_of(render_report_pdf(odd))
