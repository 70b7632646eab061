"""The asthma register as clauses: every indicator but prevalence counts the people on it."""

from __future__ import annotations

from imp2art.audit.conditions import AgeAtLeast, AnyIn, LatestStands, RegisteredOn
from imp2art.audit.indicator import Clause, RuleSource

REGISTER_SLUG = "asthma-register"  # the indicator; its denominator is everyone on the list
ON_LIST = Clause("on-list", RegisteredOn())
DIAGNOSED = Clause("diagnosed", LatestStands("asthma-diagnosis", ended_by="asthma-resolved"))
TREATED = Clause("treated", AnyIn("asthma-treatment", months=12))
# AST007's register starts at 6 years; AST015's, from 2026/27, at 5 (clinical fact file §5.1, §5.2).
OLD_ENOUGH = Clause("old-enough", AgeAtLeast((("2020/21", 6), ("2026/27", 5))))

REGISTER = (ON_LIST, DIAGNOSED, TREATED, OLD_ENOUGH)
REGISTER_VERSIONS = (
    ("2020/21", "asthma register, aged 6 and over (rules to 2025/26)"),
    ("2026/27", "asthma register, aged 5 and over (rules from 2026/27)"),
)
REGISTER_SOURCE = RuleSource(
    "opensafely/asthma_sro dict_ast_variables.py; ncl-icb-analytics/dbt-ncl-analytics "
    "calculate_asthma_register.sql; the age from Primary Care IT's AST015 page",
    "2024-02-02; 2026-04-27; seen 2026",
    "F",
)


def aged(years: int) -> AgeAtLeast:
    """At least so many years old, whatever the contract year."""
    return AgeAtLeast((("2020/21", years),))
