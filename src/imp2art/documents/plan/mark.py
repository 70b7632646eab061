"""The code of a copy with its address: where anyone sees whether the copy is the newest plan."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.asthma.plan.currency import spaced_code
from imp2art.documents.plan.words import ENGLISH, PlanWords
from imp2art.documents.qr import draw_qr

CURRENT_PATH = "/current/"


@dataclass(frozen=True, slots=True)
class CurrencyMark:
    """`picture` is SVG, `picture_words` says what it is for; `address` is that of this plan's answer."""

    spaced: str
    title: str
    how: str
    address: str
    picture: str
    picture_words: str


def write_mark(plan: ActionPlan, site: str, words: PlanWords = ENGLISH) -> CurrencyMark | None:
    """The mark of a plan on the site of this address; None where either has none."""
    if not plan.currency_code or not site:
        return None
    spaced = spaced_code(plan.currency_code)
    page = site.rstrip("/") + CURRENT_PATH
    shown = urlsplit(page).netloc + CURRENT_PATH.rstrip("/")
    return CurrencyMark(
        spaced=spaced,
        title=words.say("currency-title"),
        how=words.say("currency-how", address=shown, code=spaced),
        address=page + spaced,
        picture=draw_qr(page + spaced),
        picture_words=words.say("currency-picture", code=spaced),
    )
