"""The names of profiles, coding systems and extensions that a plan's Bundle uses.

UK Core profiles: clinical fact file §7.3 [F], NHSDigital/FHIR-R4-UKCORE-STAGING-MAIN, 2025-06-20. There is
none for Goal. What FHIR has no place for stands in extensions of our own, all of them in docs/fhir.md; their
names are URNs without a domain, so that they outlive any address.
"""

from __future__ import annotations

_UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
PROFILES = {
    kind: f"{_UK_CORE}{kind}"
    for kind in (
        "CarePlan",
        "DocumentReference",
        "MedicationStatement",
        "Observation",
        "Organization",
        "Patient",
        "Procedure",
    )
}

OURS = "urn:imp2art:fhir:"
DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

SNOMED = "http://snomed.info/sct"  # dm+d products too: they are of its UK drug extension
UCUM = "http://unitsofmeasure.org"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"  # clinical fact file §7.2 [F]

# Coding systems of our own
REGIMEN = OURS + "regimen"
POINT_ACTION = OURS + "point-action"
SIGN = OURS + "sign"
METER_SCALE = OURS + "meter-scale"
UNKNOWN_PRODUCT = OURS + "product"  # a product's code that is no dm+d code

# Identifier systems of our own
PATIENT_ID = OURS + "patient-id"
CURRENCY_CODE = OURS + "currency-code"
ENTRY_SOURCE = OURS + "entry-source"
BUNDLE_NAME = "urn:ietf:rfc:3986"  # the value is a URN

# Extensions of our own; `field:` and the name of a field is for what has no other place
FIELD = OURS + "field:"
INHALER_USE = OURS + "inhaler-use"
PLAN_PART = OURS + "plan-part"
POINT_ORDER = OURS + "point-order"
PEAK_FLOW_BELOW = OURS + "peak-flow-below"
CALL_WITHIN = OURS + "call-within"
MOST_PUFFS = OURS + "most-puffs"
USUAL_TREATMENT = OURS + "usual-treatment"
DIGEST = OURS + "digest"
