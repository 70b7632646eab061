"""What the patient's page shows of an open plan, in the words, language and size that were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from imp2art.asthma.plan.state import PlanState
from imp2art.core.refusal import Refusal
from imp2art.documents.directions import reads_right_to_left
from imp2art.documents.plan.languages import offered_languages
from imp2art.documents.plan.notices import notices_of
from imp2art.documents.plan.page import PlanPage, write_page
from imp2art.documents.plan.words import ENGLISH, PlanWords, words_in
from imp2art.flows.open_shared_plan import SharedPlan
from imp2art.web.accounts.on_site import signed_blocks

NOW = ("well", "worse", "unsure")
SIZES = ("usual", "large", "largest")
FORMS = ("to-share", "page", "wallet", "large-print", "easy-read", "black-and-white")
_OVERTAKEN = {PlanState.REPLACED: "plan-overtaken", PlanState.STALE: "plan-old"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few links that change the page: `is_here` where it is what the page shows."""

    slug: str
    address: str
    is_here: bool


def page_of(request: HttpRequest, token: str, shared: SharedPlan) -> dict[str, Any]:
    """The values of the template."""
    words = chosen_words(request)
    page = write_page(shared.plan, words)
    asked = _asked(request)
    return {
        **frame_of(request),
        "token": token,
        "shared": shared,
        "plan": shared.plan,
        "page": page,
        "notices": notices_of(page, words),
        "overtaken": _OVERTAKEN.get(shared.standing.state),
        "now": asked["now"],
        "choices": _choices(token, asked, "now", NOW),
        "sizes": _choices(token, asked, "size", SIZES),
        "languages": _choices(token, asked, "language", languages()),
        "size_words": {size: words.say(f"size-{size}") for size in SIZES},
        "language_names": language_names(),
        "forms": FORMS,
        "signs_of_worse": signs_of_worse(page),
        "query": _query(asked | {"now": ""}),
    }


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """What every page behind the door needs: words, language, direction, size."""
    words = chosen_words(request)
    return {
        "say": words.say,
        "language": words.language,
        "direction": "rtl" if reads_right_to_left(words.language) else "ltr",
        "size": _asked(request)["size"] or SIZES[0],
    }


def chosen_words(request: HttpRequest) -> PlanWords:
    """The words of the language in the address; English for one that the site has not."""
    language = request.GET.get("language", "en")
    try:
        return words_in(language, signed_blocks()) if language in languages() else ENGLISH
    except Refusal:
        return ENGLISH


def languages() -> tuple[str, ...]:
    """English and every language in which some words of a plan may be shown to a patient."""
    return ("en", *(each.language for each in offered_languages(signed_blocks())))


def language_names() -> dict[str, str]:
    """What its readers call each language that is offered, by its tag."""
    return {"en": "English"} | {each.language: each.name for each in offered_languages(signed_blocks())}


def signs_of_worse(page: PlanPage) -> tuple[str, ...]:
    """Each sign of the action points once, in order."""
    return tuple(dict.fromkeys(sign for step in page.steps for sign in step.signs))


def _asked(request: HttpRequest) -> dict[str, str]:
    allowed = {"now": NOW, "size": SIZES, "language": languages()}
    given = {name: request.GET.get(name, "") for name in allowed}
    return {name: value if value in allowed[name] else "" for name, value in given.items()}


def _choices(token: str, asked: dict[str, str], name: str, values: tuple[str, ...]) -> tuple[Choice, ...]:
    here = asked[name] or (values[0] if name != "now" else "")
    address = reverse("own-plan", args=[token])
    mark = "#right-now" if name == "now" else ""
    return tuple(
        Choice(value, f"{address}{_query(asked | {name: value})}{mark}", value == here) for value in values
    )


def _query(asked: dict[str, str]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""
