"""A codelist is a set of codes that knows where it came from; lists join and subtract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from imp2art.codes.identifiers import Code
from imp2art.core.digest import digest_of

# Tags from the best kept fact to the worst.
_STRENGTH = ("F", "F2", "C", "M")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a list came from: its source, that source's version and date, and the fact's tag.

    `tag` is F, F2, M or C as the clinical fact file explains them. A list tagged M never drives
    anything that a patient or clinician sees.
    """

    source: str
    version: str
    dated: str
    tag: str


@dataclass(frozen=True, slots=True)
class Codelist:
    """`terms` maps each code to its term. `a | b` has the codes of both, `a - b` those only in a."""

    slug: str
    title: str
    terms: Mapping[Code, str] = field(hash=False)
    provenance: Provenance

    def __contains__(self, code: object) -> bool:
        return code in self.terms

    def __iter__(self) -> Iterator[Code]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __or__(self, other: Codelist) -> Codelist:
        return self._derived({**self.terms, **other.terms}, f"{self.slug} or {other.slug}", other)

    def __sub__(self, other: Codelist) -> Codelist:
        kept = {code: term for code, term in self.terms.items() if code not in other.terms}
        return self._derived(kept, f"{self.slug} but not {other.slug}", other)

    def _derived(self, terms: Mapping[Code, str], slug: str, other: Codelist) -> Codelist:
        return Codelist(slug, slug, terms, _joint(self.provenance, other.provenance))

    @property
    def digest(self) -> str:
        """The name of the content: the same codes give the same digest, whatever their order."""
        lines = sorted(f"{code.system} {code}" for code in self.terms)
        return digest_of("\n".join(lines).encode())


def _joint(one: Provenance, other: Provenance) -> Provenance:
    """Where a list made of two came from: both sources, the later date and the weaker tag."""
    return Provenance(
        source=_both(one.source, other.source),
        version=_both(one.version, other.version),
        dated=max(one.dated, other.dated),
        tag=max(one.tag, other.tag, key=_STRENGTH.index),
    )


def _both(one: str, other: str) -> str:
    # A union of unions would otherwise repeat the same source once a list.
    return "; ".join(dict.fromkeys((*one.split("; "), *other.split("; "))))
