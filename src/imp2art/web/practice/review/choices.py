"""The closed lists of the review: each slug with its words, in the order of the content's file."""

from __future__ import annotations

from functools import cache

from imp2art.documents.words import read_book

CAUSES = "cause"
COMORBIDITIES = "comorbidity"
LINKS = "link"
NOT_WATCHED = "not-watched"
PLAN_USE = "plan-use"
WHERE = "where"
_ADDRESS = "-address"


@cache
def choices(kind: str) -> tuple[tuple[str, str], ...]:
    """Slugs with their words."""
    phrases = read_book("review").phrases
    return tuple(
        (slug.removeprefix(f"{kind}-"), phrase.text)
        for slug, phrase in phrases.items()
        if slug.startswith(f"{kind}-") and not slug.endswith(_ADDRESS)
    )


def slugs(kind: str) -> tuple[str, ...]:
    """What may be chosen."""
    return tuple(slug for slug, _ in choices(kind))


def word_of_choice(kind: str, slug: str) -> str:
    """The words of one; the slug itself where the list no longer has it."""
    return dict(choices(kind)).get(slug, slug)


@cache
def links() -> tuple[tuple[str, str], ...]:
    """Pages that people can be given: slug, and words with the address as one reads it out."""
    phrases = read_book("review").phrases
    addresses = {slug: phrases[f"{LINKS}-{slug}{_ADDRESS}"].text for slug, _ in choices(LINKS)}
    return tuple((slug, f"{words}: {addresses[slug]}") for slug, words in choices(LINKS))
