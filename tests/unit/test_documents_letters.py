"""Letters that the fonts lack: named when they are pictures, refused when they are letters."""

from importlib.resources import files
from pathlib import Path

import pytest

from imp2art.core.refusal import Refusal
from imp2art.documents.letters import draw_all, drawable_characters, make_drawable

FONTS = Path(str(files("imp2art.documents") / "fonts"))


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "Siân",
        "Łukasz Żółć",
        "Nguyễn",
        "Δημήτρης",
        "Дмитрий",
        "فاطمة",
        "شگفتہ",
        "שרה",
        "अनीता",
        "সুমন",
        "ਗੁਰਪ੍ਰੀਤ",
        "હંસા",
    ],
)
def test_the_fonts_draw_names_of_many_scripts(name: str) -> None:
    assert make_drawable(name, FONTS) == name


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("🏃", "[runner]"),
        ("❤️", "[heavy black heart]"),
        ("a\U000e0041\ufe0e", "a"),
        ("a\tb\nc", "a b\nc"),
        ("\x01", "[unknown character]"),
        ("[runner]", "[runner]"),
    ],
)
def test_a_picture_is_named_and_what_is_invisible_is_left_out(text: str, drawn: str) -> None:
    assert make_drawable(text, FONTS) == drawn


@pytest.mark.parametrize("name", ["李", "சுமன்", "สมชาย"])
def test_a_letter_that_no_font_has_is_refused_by_number_and_not_shown(name: str) -> None:
    with pytest.raises(Refusal, match=rf"U\+{ord(name[0]):04X}") as told:
        make_drawable(name, FONTS)
    assert name[0] not in str(told.value)


def test_every_text_of_nested_values_is_made_drawable() -> None:
    assert draw_all({"a": ["🏃", {"b": "🐈"}], "c": 3}, FONTS) == {"a": ["[runner]", {"b": "[cat]"}], "c": 3}


def test_the_fonts_are_small_enough_to_ship() -> None:
    assert sum(font.stat().st_size for font in FONTS.rglob("*.ttf")) < 3_600_000


def test_the_licence_of_the_fonts_is_with_them() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


def test_the_character_map_holds_what_is_known_of_it() -> None:
    covered = drawable_characters(FONTS)
    assert {ord("A"), 0x05D0, 0x0627, 0x0905} <= covered
    assert 0x4E00 not in covered


def test_the_fonts_have_every_printable_ascii_character():
    assert drawable_characters(FONTS).issuperset(range(0x20, 0x7F))
