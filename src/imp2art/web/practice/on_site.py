"""What a page takes from where it runs; all audiences take the same."""

from imp2art.web.accounts.on_site import (
    library,
    new_currency_code,
    new_key,
    new_token,
    now,
    signed_blocks,
    site_address,
    today,
)

__all__ = [
    "library",
    "new_currency_code",
    "new_key",
    "new_token",
    "now",
    "signed_blocks",
    "site_address",
    "today",
]
