"""The plan's page as it was issued: a DocumentReference that holds the PDF and its digests.

FHIR's own `hash` is SHA-1; the SHA-256 by which this software names a page stands beside it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from uuid import UUID

from imp2art.asthma.plan.action_plan import ActionPlan
from imp2art.core.digest import digest_of
from imp2art.fhir.elements import Element, reference, resource
from imp2art.fhir.names import DIGEST
from imp2art.fhir.people import subject
from imp2art.fhir.place import Place


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The page as people have it. `language` is a tag such as `en` or `cy`."""

    pdf: bytes
    language: str = "en"


def write_page(page: PlanPage, plan: ActionPlan, name: UUID, *, superseded: bool) -> Element:
    """The page, whole. The same bytes always give the same resource."""
    return resource(
        "DocumentReference",
        name,
        "page",
        status="superseded" if superseded else "current",
        subject=subject(plan, name),
        content=[{"attachment": _attachment(page)}],
        context={"related": [reference(name, "plan")]},
    )


def read_page(document: Place | None) -> PlanPage | None:
    """The page that a DocumentReference holds. Its digests are checked when the whole Bundle is."""
    content = document.one("content") if document else None
    if content is None:
        return None
    attachment = content.need("attachment")
    data = attachment.need("data")
    try:
        pdf = base64.b64decode(data.text().encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        data.refuse("the page is not whole.")
    return PlanPage(pdf, attachment.need("language").text())


def _attachment(page: PlanPage) -> Element:
    sha1 = hashlib.sha1(page.pdf, usedforsecurity=False).digest()
    return {
        "extension": [{"url": DIGEST, "valueString": digest_of(page.pdf)}],
        "contentType": "application/pdf",
        "language": page.language,
        "data": base64.b64encode(page.pdf).decode("ascii"),
        "size": len(page.pdf),
        "hash": base64.b64encode(sha1).decode("ascii"),
    }
