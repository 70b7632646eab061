"""What every story checks besides its own tale: title, axe, link texts, reflow; and a picture of the page."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.site import Site

PICTURES = os.environ.get("IMP2ART_SCREENSHOTS")
WIDTHS = (1280, 375, 320)


class Story:
    """A person at a browser. Steps read as sentences; `then_the_page_is_sound` ends each page."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self._note_error(line.type, line.text))
        page.on("request", self._note_request)

    def _note_error(self, kind: str, text: str) -> None:
        # A form that is not complete is answered with 422, which the browser calls an error.
        if kind == "error" and "422" not in text:
            self.faults.append(text)

    def _note_request(self, request: object) -> None:
        address = getattr(request, "url", "")
        if not address.startswith((self.site.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {address}")

    def given_i_am_signed_in(self, username: str) -> None:
        self.page.goto(self.site.address)
        self.page.get_by_label("User name or email address").fill(username)
        self.page.get_by_label("Password").fill(self.site.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda address: "/login" not in address)

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"[name='{name}'][value='{value}']").check(force=True)

    def fill(self, **fields: str | int) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name='{name}']").fill(str(value))

    def then_the_page_is_sound(self, name: str, title: str) -> None:
        assert re.search(title, self.page.title()), self.page.title()
        assert self.page.locator("h1").count() == 1
        self._then_links_are_told_apart()
        self._then_axe_finds_nothing()
        self._then_it_fits_every_width(name)
        assert self.faults == []

    def _then_links_are_told_apart(self) -> None:
        """The same words lead to the same place, so that a list of links makes sense by ear."""
        links = self.page.eval_on_selector_all(
            # What is folded away has no inner text, and is read out once it is unfolded.
            "main a[href]",
            "all => all.map(a => [a.innerText.trim() || a.ariaLabel || a.textContent.trim(), a.pathname])",
        )
        places = Counter(text for text, _ in {(text, path) for text, path in links})
        assert [text for text, count in places.items() if count > 1] == []

    def _then_axe_finds_nothing(self) -> None:
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()

    def _then_it_fits_every_width(self, name: str) -> None:
        before = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if PICTURES:
                Path(PICTURES).mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            assert over <= 0, f"{name} is {over} px too wide at {width} px"
        assert before is not None
        self.page.set_viewport_size(before)
