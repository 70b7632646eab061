"""The printed plan: one tagged page, every number the plan's own, readable in grey, the same each time."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pikepdf
import pypdfium2
import pytest

from imp2art.asthma.plan.action_plan import ActionPlan, PlanInhaler
from imp2art.asthma.plan.family import PlanCopy, PlanFamily
from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal
from imp2art.documents.plan import render
from imp2art.documents.plan.file import example_plan, read_plan
from imp2art.documents.plan.page import write_page
from imp2art.documents.plan.render import render_plan

EVERY_EXAMPLE = [read_plan(example_plan(family)) for family in PlanFamily]
PLAN = EVERY_EXAMPLE[0]
A4 = (595.28, 841.89)  # points
BODY = 12.0  # points, U-25


def page_of(plan: ActionPlan) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(render_plan(plan).pdf)
    assert len(document) == 1
    return document[0]


def text_of(plan: ActionPlan) -> str:
    """The text of the page as a reader extracts it, lines joined."""
    return " ".join(page_of(plan).get_textpage().get_text_bounded().split())


def named(name: str) -> ActionPlan:
    return replace(PLAN, person=replace(PLAN.person, name=name))


def numbers_that_may_stand(plan: ActionPlan) -> set[str]:
    value = msgspec.to_builtins(plan, enc_hook=str)
    digits = set(re.findall(r"\d+", json.dumps(value)))
    groups = set(plan.person.nhs_number.spaced.split())
    dates = {str(int(part)) for part in digits if len(part) <= 2}
    minutes = {str((plan.emergency.seconds_between or 0) // 60)}
    return digits | groups | dates | minutes | {"999"}


@pytest.mark.parametrize("plan", EVERY_EXAMPLE, ids=lambda plan: plan.regimen)
class TestEveryRegimen:
    def test_it_is_one_a4_page(self, plan: ActionPlan) -> None:
        assert page_of(plan).get_size() == pytest.approx(A4, abs=0.1)

    def test_every_number_on_the_page_is_in_the_plan(self, plan: ActionPlan) -> None:
        """Hazards H-03, H-07: nothing is invented on the way to paper."""
        assert set(re.findall(r"\d+", text_of(plan))) <= numbers_that_may_stand(plan)

    def test_every_line_of_the_plans_text_is_on_the_page(self, plan: ActionPlan) -> None:
        on_paper = re.sub(r"\W", "", text_of(plan)).lower()
        lines = [re.split(r": ", line)[-1] for line in render_plan(plan).text.splitlines()]
        assert [line for line in lines if re.sub(r"\W", "", line).lower() not in on_paper] == []

    def test_the_zones_are_named_and_in_order(self, plan: ActionPlan) -> None:
        """H-29: meaning never hangs on colour."""
        text = text_of(plan)
        page = write_page(plan)
        places = [
            text.index(f"{zone.title} {zone.text}") for zone in (page.every_day, page.worse, page.attack)
        ]
        assert places == sorted(places)

    def test_it_names_the_right_person(self, plan: ActionPlan) -> None:
        text = text_of(plan)
        person = (
            plan.person.name,
            f"{plan.person.born.day} {plan.person.born:%B %Y}",
            plan.person.nhs_number.spaced,
        )
        assert [part for part in person if part not in text] == []

    def test_no_letter_is_smaller_than_a_label_and_no_sentence_smaller_than_the_body(
        self, plan: ActionPlan
    ) -> None:
        sizes = letter_sizes(plan)
        small = "".join(letter for letter, size in sizes if size < BODY)
        assert min(size for _, size in sizes) >= 10.4
        assert "." not in small


def letter_sizes(plan: ActionPlan) -> list[tuple[str, float]]:
    """Each letter of the page with its size in points."""
    textpage = page_of(plan).get_textpage()
    raw = pypdfium2.raw
    return [
        (chr(raw.FPDFText_GetUnicode(textpage, index)), round(raw.FPDFText_GetFontSize(textpage, index), 1))
        for index in range(textpage.count_chars())
        if not chr(raw.FPDFText_GetUnicode(textpage, index)).isspace()
    ]


def test_the_same_plan_gives_the_same_bytes() -> None:
    first, second = render_plan(PLAN), render_plan(read_plan(example_plan(PLAN.regimen)))
    assert first == second


def test_the_digest_is_of_the_page() -> None:
    page = render_plan(PLAN)
    assert page.digest == digest_of(page.pdf)


def test_another_version_gives_another_page() -> None:
    assert render_plan(PLAN).digest != render_plan(replace(PLAN, version=4)).digest


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_plan(PLAN).pdf))


def test_the_page_is_tagged(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K is not None


def test_the_page_says_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        title = metadata["dc:title"]
    assert (str(pdf.Root.Lang), title) == ("en", "My asthma action plan, version 3")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_the_title_of_the_file_does_not_name_the_person(pdf: pikepdf.Pdf) -> None:
    assert PLAN.person.name not in str(pdf.open_metadata())


def test_the_file_claims_pdf_ua_1(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_the_file_is_dated_by_the_plan_and_not_by_the_clock(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123")


def test_the_headings_of_the_page_are_tagged_as_headings(pdf: pikepdf.Pdf) -> None:
    kinds = [str(element.S) for element in elements(pdf.Root.StructTreeRoot) if "/S" in element]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 3


def test_each_drawn_inhaler_has_words_for_a_screen_reader(pdf: pikepdf.Pdf) -> None:
    words = [str(element.Alt) for element in elements(pdf.Root.StructTreeRoot) if "/Alt" in element]
    assert words == [
        "Drawing of a spray inhaler: a can in a bent mouthpiece.",
        "Drawing of a dry powder inhaler: a tube on a round base.",
    ]


def elements(root: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements of the structure tree, in reading order."""
    kids = root.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and ("/S" in kid or "/K" in kid):
            found += [kid, *elements(kid)]
    return found


def test_only_the_fonts_of_the_project_are_in_the_file(pdf: pikepdf.Pdf) -> None:
    fonts = {str(font.BaseFont).split("+")[-1] for font in pdf.pages[0].Resources.Font.values()}
    assert fonts == {"NotoSans-Regular", "NotoSans-Bold"}


def test_pages_made_at_the_same_time_do_not_mix() -> None:
    plans = [replace(PLAN, version=number) for number in range(1, 9)]
    alone = [render_plan(plan).digest for plan in plans]
    with ThreadPoolExecutor(4) as threads:
        assert [page.digest for page in threads.map(render_plan, plans)] == alone


def test_no_address_stands_in_the_file() -> None:
    content = pikepdf.open(io.BytesIO(render_plan(PLAN).pdf))
    assert "/Annots" not in content.pages[0]


def test_the_page_reads_in_grey() -> None:
    """H-29: every letter is far from its ground in lightness: dark on light, or white on dark."""
    grey = page_of(PLAN).render(scale=2).to_pil().convert("L")
    shares = grey.histogram()
    middle = sum(shares[100:190]) / sum(shares)
    dark = sum(shares[:70]) / sum(shares)
    assert dark > 0.05
    assert middle < 0.03


def test_the_ground_of_the_worse_zone_is_light_and_of_the_attack_band_dark_in_grey() -> None:
    page = page_of(PLAN)
    grey = page.render(scale=2).to_pil().convert("L")
    assert ground_right_of(page, grey, "My asthma is getting worse.") > 190
    assert ground_right_of(page, grey, "Act now. Do not wait.") < 70


def ground_right_of(page: pypdfium2.PdfPage, grey, words: str) -> int:
    textpage = page.get_textpage()
    index, count = textpage.search(words).get_next()
    _, bottom, right, top = textpage.get_charbox(index + count - 1)
    return grey.getpixel((int((right + 40) * 2), int((page.get_height() - (bottom + top) / 2) * 2)))


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "#let x = 1 #panic()",
        "$x$ *b* _i_ `d`",
        "<script>alert(1)</script>",
        "a // b /* c */",
        "\\ [c] @a <b>",
        "= Heading",
        "https://example.org",
        "-- ... ~",
        '"quoted"',
        "{1 + 1}",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_is(name: str) -> None:
    assert name in text_of(named(name))


def test_a_name_of_three_hundred_letters_is_on_the_page_whole() -> None:
    assert text_of(named("Q" * 300)).count("Q") == 300


def test_a_long_word_stays_within_the_page() -> None:
    page = page_of(named("W" * 300))
    textpage = page.get_textpage()
    rights = [textpage.get_charbox(index)[2] for index in range(textpage.count_chars())]
    assert max(rights) < A4[0] - 30


def test_a_hebrew_name_is_on_the_page() -> None:
    assert "שרה כהן" in text_of(named("שרה כהן"))


def test_an_arabic_name_is_drawn() -> None:
    blank = page_of(named("-")).render(scale=2).to_pil()
    assert page_of(named("فاطمة الزهراء")).render(scale=2).to_pil() != blank


def test_a_phone_number_reads_left_to_right_in_a_right_to_left_sentence() -> None:
    """In a right-to-left paragraph an unguarded 0131 496 0123 was once drawn as 0123 496 0131."""
    page = page_of(replace(PLAN, goal="اتصل 0207 946 0123 اليوم"))
    groups = [left_edge(page, group) for group in ("0207", "946", "0123")]
    assert groups == sorted(groups)


def left_edge(page: pypdfium2.PdfPage, words: str) -> float:
    textpage = page.get_textpage()
    index, count = textpage.search(words).get_next()
    return min(textpage.get_charbox(index + offset)[0] for offset in range(count))


def test_an_emoji_is_named() -> None:
    assert "Run [runner] and swim" in text_of(replace(PLAN, goal="Run 🏃 and swim"))


def test_a_letter_that_cannot_be_drawn_refuses_the_plan() -> None:
    with pytest.raises(Refusal, match=r"cannot draw the letter U\+674E"):
        render_plan(named("李"))


def test_a_plan_without_a_goal_has_no_empty_heading() -> None:
    assert "What I want to do" not in text_of(replace(PLAN, goal="  "))


def test_a_full_plan_of_four_action_points_fits_with_letters_of_the_same_size() -> None:
    points = tuple(replace(PLAN.action_points[1], order=order) for order in range(1, 5))
    sizes = {size for _, size in letter_sizes(replace(PLAN, action_points=points))}
    assert sizes == {size for _, size in letter_sizes(PLAN)}


def test_a_plan_that_does_not_fit_is_refused_and_never_runs_on() -> None:
    with pytest.raises(Refusal, match="does not fit on one page"):
        render_plan(replace(PLAN, goal="Walk the dog. " * 400))


def test_a_long_inhaler_name_stays_within_its_half() -> None:
    inhaler = PlanInhaler("", "Fluticasone propionate and salmeterol xinafoate MDI", "", "pMDI")
    text = text_of(replace(PLAN, usual=replace(PLAN.usual, preventer=inhaler)))
    assert "Fluticasone propionate and salmeterol xinafoate MDI" in text


@pytest.mark.parametrize("family", PlanFamily)
def test_every_family_and_its_copies_are_one_side_set_in_one_go(family: PlanFamily, monkeypatch) -> None:
    """Set once with guessed air: measuring first would take three times as long."""
    asked: list[object] = []
    once = render.typeset
    monkeypatch.setattr(render, "typeset", lambda *given: asked.append(1) or once(*given))
    for copy in PlanCopy:
        asked.clear()
        pdf = render.render_plan(read_plan(example_plan(family)), copy=copy).pdf
        assert (len(pypdfium2.PdfDocument(pdf)), len(asked)) == (1, 1)


def test_a_page_that_the_guess_does_not_fit_is_measured(monkeypatch) -> None:
    monkeypatch.setattr(render, "_guess", lambda text: 6.0)
    pdf = render.render_plan(read_plan(example_plan(PlanFamily.MART))).pdf
    assert len(pypdfium2.PdfDocument(pdf)) == 1
