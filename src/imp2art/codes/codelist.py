"""A codelist is a set of codes that knows where it came from; lists join and subtract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from imp2art.codes.identifiers import Code
from imp2art.core.digest import digest_of


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
        weaker = max(self.provenance.tag, other.provenance.tag, key=["F", "F2", "C", "M"].index)
        provenance = replace(
            self.provenance,
            source=f"{self.provenance.source}; {other.provenance.source}",
            version=f"{self.digest}, {other.digest}",
            tag=weaker,
        )
        return Codelist(slug, slug, terms, provenance)

    @property
    def digest(self) -> str:
        """The name of the content: the same codes give the same digest, whatever their order."""
        lines = sorted(f"{code.system} {code}" for code in self.terms)
        return digest_of("\n".join(lines).encode())
