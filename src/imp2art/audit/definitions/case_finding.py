"""ASTCF00 whole: case-finding-medicines, and asthma suspected in 5 years or wheeze in 2.

The codes for a suspicion and for wheeze were not found; a site imports them (codes/slots.py).
"""

from imp2art.audit.conditions import AnyIn
from imp2art.audit.definitions.case_finding_medicines import MEDICINES, case_finding

INDICATOR = case_finding(
    "case-finding", MEDICINES | AnyIn("suspected-asthma", months=60) | AnyIn("wheeze", months=24)
)
