"""What may leave the practice that holds the records: counts that give nobody away.

Exact inside, protected outside (trust file S-40 to S-45). Counts of 7 and fewer are hidden, the others
rounded to 5; then a solver attacks what is left, and more is hidden until it learns nothing.
"""

from imp2art.audit.disclosure.figures import (
    ProtectedFigure,
    ProtectedFigures,
    ProtectedGroup,
    ProtectedMonth,
    ProtectedSplit,
    protected_figures_table,
    protected_splits_table,
)
from imp2art.audit.disclosure.protect import protect
from imp2art.audit.disclosure.rounding import protect_counts
from imp2art.audit.disclosure.tenths import tenths_acted_on

__all__ = [
    "ProtectedFigure",
    "ProtectedFigures",
    "ProtectedGroup",
    "ProtectedMonth",
    "ProtectedSplit",
    "protect",
    "protect_counts",
    "protected_figures_table",
    "protected_splits_table",
    "tenths_acted_on",
]
