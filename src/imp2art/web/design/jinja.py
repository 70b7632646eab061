"""The templates' environment: NHS.UK components, our filters, and every audience's folder.

For the site's settings:

    TEMPLATES = [{
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {"environment": "imp2art.web.design.jinja.environment"},
    }]
    INSTALLED_APPS += ["imp2art.web.design"]    # its `static` folder; django_htmx for htmx itself

A page extends `layouts/page.jinja`, which says which blocks and values it takes. The layout links
to the named routes `register`, `month`, `account` and `sign-out`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from imp2art.web.design import (
    directed,
    said,
    said_of_care,
    said_of_lists,
    said_of_panels,
    said_of_plans,
    said_of_reports,
    said_of_reviews,
    words,
)

WEB = Path(__file__).parent.parent


def environment(**options: Any) -> Environment:  # noqa: ANN401 - as Django passes them
    """A Jinja2 environment for Django's back end, which passes its own `options`."""
    # NHS.UK's components reach into values that were not given: a plain Undefined would stop them.
    options |= {"undefined": ChainableUndefined, "loader": _loader(), "autoescape": True}
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - autoescape is in options
    made.globals |= {"static": lru_cache(maxsize=256)(static), "url": address, "question": said.question}
    made.filters |= {
        **words.FILTERS,
        **said.FILTERS,
        **said_of_care.FILTERS,
        **said_of_reports.FILTERS,
        **said_of_lists.FILTERS,
        **directed.FILTERS,
        **said_of_panels.FILTERS,
        **said_of_plans.FILTERS,
        **said_of_reviews.FILTERS,
    }
    return made


@lru_cache(maxsize=4096)  # a page asks for the same dozen every time
def address(name: str, *parts: str, **named_parts: str) -> str:
    """The path of a named route."""
    return reverse(name, args=parts, kwargs=named_parts)


def _loader() -> ChoiceLoader:
    """Each audience's `templates` folder, then the NHS.UK components."""
    folders = sorted(WEB.glob("*/templates"))
    return ChoiceLoader([FileSystemLoader(folders), PackageLoader("nhsuk_frontend_jinja")])
