"""What a page takes from where it runs; all audiences take the same."""

from imp2art.web.accounts.on_site import library, new_key, now, today

__all__ = ["library", "new_key", "now", "today"]
