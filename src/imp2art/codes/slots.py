"""Codelists that a rule needs and for which no trusted source was found: named places without codes.

A slot is empty until a site imports a list under its name. What needs an empty one is not configured;
it is never counted as nought. Codes are not guessed: clinical fact file §6.1 tells of a remembered
code for a good inhaler technique that turned out to be a home nebuliser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from imp2art.codes.codelist import Codelist, Provenance


@dataclass(frozen=True, slots=True)
class Slot:
    """`reason` says why the project has no codes for it, and what to import."""

    title: str
    reason: str

    def as_list(self, slug: str) -> Codelist:
        """The list without codes, as it stands in the library."""
        return Codelist(slug, self.title, {}, Provenance(self.reason, "empty", "2026-11-24", "C"))


_NO_CODE = "no code was found in a public source (clinical fact file §6.1)"
# What goes with more attacks (clinical fact file §1.7). Each is the slug of the flag's rule, without `has-`.
RISK_CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "depression": "Depression",
        "anxiety": "Anxiety",
        "obesity": "Obesity",
        "rhinitis": "Rhinitis or sinusitis",
        "nasal-polyps": "Nasal polyps",
        "reflux": "Gastro-oesophageal reflux",
        "food-allergy": "Confirmed food allergy",
        "anaphylaxis": "Anaphylaxis",
        "atopic-disease": "Eczema or another atopic disease",
        "sleep-apnoea": "Obstructive sleep apnoea",
        "copd": "Chronic obstructive pulmonary disease",
        "passive-smoke": "Second-hand smoke at home",
        "psychosocial": "Social or psychological difficulty",
    }
)
_RISK_SLOTS = {
    slug: Slot(title, f"{_NO_CODE}; import your own list of it") for slug, title in RISK_CONDITIONS.items()
} | {"nsaid": Slot("Non-steroidal anti-inflammatory medicine", f"{_NO_CODE}; import a dm+d list")}
SLOTS: Mapping[str, Slot] = MappingProxyType(
    {
        "suspected-asthma": Slot("Suspected asthma", f"{_NO_CODE}; import one from the UK browser"),
        "wheeze": Slot("Wheeze", f"{_NO_CODE}; import one from the UK browser"),
        "feno": Slot("Exhaled nitric oxide (FeNO)", f"{_NO_CODE}; import AST012's own cluster"),
        "blood-eosinophils": Slot("Eosinophils in the blood", f"{_NO_CODE}; import AST012's own cluster"),
        "bronchial-challenge": Slot("Bronchial challenge test", f"{_NO_CODE}; import AST012's own cluster"),
        "house-dust-mite-test": Slot(
            "Skin prick test for house dust mite", f"{_NO_CODE}; import AST012's own cluster"
        ),
        "total-ige": Slot("Total IgE", f"{_NO_CODE}; import AST012's own cluster"),
        **_RISK_SLOTS,
    }
)
