"""The small words left over."""

from imp2art.core.digest import digest_of
from imp2art.core.refusal import NotHere, Refusal


def test_a_digest_names_its_algorithm() -> None:
    assert digest_of(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_is_not_here_is_a_refusal_like_any_other() -> None:
    assert issubclass(NotHere, Refusal)
