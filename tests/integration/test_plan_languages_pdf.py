"""A plan in other languages as it stands on paper: numbers in their order, no letter missing, nothing cut.

What is extracted from a PDF can be right where the page is wrong, so that these tests look at where each
glyph stands and at the picture.
"""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops, ImageStat

from imp2art.asthma.plan.action_plan import PointAction
from imp2art.asthma.regimen import Regimen
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.render import render_plan
from imp2art.documents.plan.translations import LANGUAGES
from imp2art.documents.plan.words import ENGLISH, PlanWords, words_in
from imp2art.documents.typesetting import FONTS, TEMPLATES
from tests.signed_words import signed_file

PLAN = read_plan(example_plan(Regimen.PREVENTER_RELIEVER))
PHONE = "0131 496 0000"
CALLS = replace(
    PLAN,
    action_points=tuple(replace(point, action=PointAction.CONTACT_PRACTICE) for point in PLAN.action_points),
)
SENTENCE = "اتصل بعيادتي 0131 496 0000 ثم انتظر."
Box = tuple[float, float, float, float]
FONTS_OF = {"ar": "NotoSansArabic", "ur": "NotoNastaliqUrdu", "bn": "NotoSansBengali"}


def draft(language: str) -> PlanWords:
    return words_in(language, is_draft=True)


def pages_of(pdf: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(pdf))


def letters(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    """Each letter with the box of its row: left, bottom, right, top, in points."""
    text = page.get_textpage()
    code = pypdfium2.raw.FPDFText_GetUnicode
    found = [(chr(code(text, at)), text.get_charbox(at, loose=True)) for at in range(text.count_chars())]
    return [(letter, box) for letter, box in found if letter.strip()]


def rows_of(page: pypdfium2.PdfPage) -> list[list[tuple[str, Box]]]:
    """The letters of Noto Sans row by row, as the eye meets them from left to right."""
    rows: dict[int, list[tuple[str, Box]]] = {}
    for letter, box in letters(page):
        if letter.isascii():
            rows.setdefault(round(box[1]), []).append((letter, box))
    return [sorted(row, key=lambda each: each[1][0]) for row in rows.values()]


def seen(page: pypdfium2.PdfPage) -> list[str]:
    """The text of each row without spaces."""
    return ["".join(letter for letter, _ in row) for row in rows_of(page)]


def times_seen(pages: list[pypdfium2.PdfPage], words: str) -> int:
    """In how many rows the words stand in this order."""
    return sum(words.replace(" ", "") in row for page in pages for row in seen(page))


def set_bare(body: str) -> list[pypdfium2.PdfPage]:
    """One Arabic sentence set without a template, or with what `body` says."""
    source = f'#set text(font: ("Noto Sans", "Noto Sans Arabic"), lang: "ar")\n{body}'
    made = typst.compile(
        source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, root=str(TEMPLATES)
    )
    return pages_of(made)


def test_an_unguarded_number_is_turned_round_and_these_tests_see_it() -> None:
    """The trap itself: without it the tests below would prove nothing."""
    pages = set_bare(SENTENCE)
    assert times_seen(pages, PHONE) == 0
    assert times_seen(pages, "0000 496 0131") == 1


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_phone_number_in_a_sentence_keeps_its_order(language: str) -> None:
    pages = pages_of(render_plan(CALLS, draft(language)).pdf)
    assert times_seen(pages, PHONE) == 1 + len(CALLS.action_points)  # in the head, and in each step


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_person_and_the_practice_keeps_its_order(language: str) -> None:
    pages = pages_of(render_plan(PLAN, draft(language)).pdf)
    numbers = (PLAN.person.nhs_number.spaced, PLAN.practice_phone, PLAN.out_of_hours_phone)
    assert [number for number in numbers if not times_seen(pages, number)] == []


def picture_of(words: PlanWords) -> Image.Image:
    """The practice's number as it is drawn in the last step, inside a sentence; four dots a point."""
    pages = pages_of(render_plan(CALLS, words).pdf)
    *_, (page, box) = ((page, box) for page in pages for box in places_of_the_number(page))
    left, bottom, right, top = (round(4 * edge) for edge in box)
    whole = page.render(scale=4).to_pil().convert("L")
    return whole.crop((left - 2, whole.height - top - 2, right + 2, whole.height - bottom + 2))


def places_of_the_number(page: pypdfium2.PdfPage) -> list[Box]:
    """Where its eleven digits stand side by side."""
    wanted = PHONE.replace(" ", "")
    found = []
    for row in rows_of(page):
        at = "".join(letter for letter, _ in row).find(wanted)
        if at >= 0:
            first, last = row[at][1], row[at + len(wanted) - 1][1]
            found.append((first[0], first[1], last[2], first[3]))
    return found


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_the_picture_of_the_number_is_that_of_the_english_page(language: str) -> None:
    theirs = picture_of(draft(language))
    ours = picture_of(ENGLISH).resize(theirs.size)
    assert ImageStat.Stat(ImageChops.difference(ours, theirs)).mean[0] < 25


@pytest.mark.parametrize(("language", "family"), FONTS_OF.items())
def test_a_page_has_the_fonts_of_its_script_and_no_others(language: str, family: str) -> None:
    fonts = fonts_in(render_plan(PLAN, draft(language)).pdf)
    assert fonts == {f"{name}-{weight}" for name in ("NotoSans", family) for weight in ("Regular", "Bold")}


def fonts_in(pdf: bytes) -> set[str]:
    pages = pikepdf.open(io.BytesIO(pdf)).pages
    return {str(font.BaseFont).split("+")[-1] for page in pages for font in page.Resources.Font.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_drawn_off_the_paper(language: str) -> None:
    for page in pages_of(render_plan(PLAN, draft(language)).pdf):
        boxes = [box for _, box in letters(page)]
        assert min(box[0] for box in boxes) > 20
        assert max(box[2] for box in boxes) < page.get_width() - 20
        assert min(box[1] for box in boxes) > 15


def test_every_page_of_a_draft_says_so() -> None:
    pages = pages_of(render_plan(PLAN, draft("ur")).pdf)
    assert len(pages) > 1
    assert all(times_seen([page], "Draft. Do not use.") for page in pages)


def test_every_further_side_says_whose_plan_it_is_and_which_side() -> None:
    """H-29: a sheet that is dropped can be put together again."""
    pages = pages_of(render_plan(PLAN, draft("ur")).pdf)
    for number, page in enumerate(pages, 1):
        assert times_seen([page], PLAN.person.name)
        assert times_seen([page], f"{number} / {len(pages)}")


def test_the_attack_is_on_the_first_side() -> None:
    """H-12."""
    first, *_ = pages_of(render_plan(PLAN, draft("ur")).pdf)
    assert times_seen([first], "999")


def test_a_page_of_another_language_says_which(tmp_path: Path) -> None:
    signed_file(tmp_path, "cy")
    pdf = pikepdf.open(io.BytesIO(render_plan(PLAN, words_in("cy", tmp_path)).pdf))
    assert str(pdf.Root.Lang) == "cy"


def test_a_sentence_in_english_is_tagged_as_english(tmp_path: Path) -> None:
    """WCAG 3.1.2: a voice must change its language with the words."""
    signed_file(tmp_path, "cy", without=("step-call",))
    pdf = pikepdf.open(io.BytesIO(render_plan(PLAN, words_in("cy", tmp_path)).pdf))
    pieces = [each for each in pikepdf.parse_content_stream(pdf.pages[0]) if str(each.operator) == "BDC"]
    tagged = [each.operands[1] for each in pieces if isinstance(each.operands[1], pikepdf.Dictionary)]
    assert {str(each.Lang) for each in tagged if "/Lang" in each} == {"en"}
