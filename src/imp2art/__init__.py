"""IMP²ART: supported self-management of asthma as routine in UK general practice."""

__version__ = "0.1.0"
