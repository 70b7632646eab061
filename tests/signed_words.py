"""A translation that a made-up clinician has signed, in a site's folder.

It is our draft with a signature; a phrase that the draft lacks stands there in English letters, so that the
tests do not hang on how far the drafts are.
"""

from collections.abc import Mapping
from pathlib import Path

from imp2art.documents.plan.translations import (
    State,
    digest_of_phrase,
    english_phrases,
    read_translation,
)
from imp2art.documents.plurals import plural_forms

SIGNED = 'status = "reviewed"\nreviewer = "Dr Example"\nregistration = "GMC 0000000"\ndated = 2026-11-24\n'


def signed_file(folder: Path, language: str, *, without: tuple[str, ...] = ()) -> Path:
    """Write `folder/<language>.toml` with every phrase of the plan but those left out."""
    tables = [_table(language, slug) for slug in english_phrases() if slug not in without]
    path = folder / f"{language}.toml"
    head = f'[book]\nlanguage = "{language}"\n{SIGNED}'
    path.write_text("\n\n".join((head, *tables)) + "\n", encoding="utf-8")
    return path


def _table(language: str, slug: str) -> str:
    of = digest_of_phrase(english_phrases()[slug])
    forms = [f'{form} = "{text}"' for form, text in _forms(language, slug).items()]
    return "\n".join((f"[phrases.{slug}]", f'of = "{of}"', *forms))


def _forms(language: str, slug: str) -> Mapping[str, str]:
    draft, english = read_translation(language), english_phrases()[slug]
    if draft.state_of(slug) is State.UNREVIEWED:
        return draft.blocks[slug].forms
    counted = "count" in english.slots
    return dict.fromkeys(plural_forms(language) if counted else ("text",), english.text)
