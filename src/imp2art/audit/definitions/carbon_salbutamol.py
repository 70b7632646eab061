"""Of the people with a salbutamol inhaler whose footprint is known, those with one of 9 kgCO2e or more.

Footprints of a device as OpenPrescribing's carbon_salbutamol has them, in codes/library/medicines.csv; 9
parts its pressurised inhalers (9.72 and more) from its powder inhalers (3.75 and less) [C].
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.indicator import Clause, Direction, Indicator, RuleSource, Topic
from imp2art.audit.register import REGISTER, REGISTER_VERSIONS

INDICATOR = Indicator(
    slug="carbon-salbutamol",
    denominator=(*REGISTER, Clause("salbutamol", AnyIn("salbutamol-carbon-known", months=12))),
    numerator=(Clause("high-carbon", AnyIn("salbutamol-high-carbon", months=12)),),
    direction=Direction.LOWER,
    versions=REGISTER_VERSIONS,
    source=RuleSource(
        "OpenPrescribing measure carbon_salbutamol (bennettoxford/openprescribing)", "2024-2026", "F"
    ),
    topic=Topic.CARBON,
    evidence=("openprescribing-carbon", "inhaler-choice"),
)
