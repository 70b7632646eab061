"""Constants are data with a source, and one from memory is never used."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from imp2art.asthma import reference
from imp2art.asthma.reference import (
    TAGS,
    Constant,
    NotConfigured,
    all_constants,
    constant,
    number,
    whole,
)
from imp2art.core.refusal import Refusal

TODAY = date(2026, 11, 23)
EVERY = [version for versions in all_constants().values() for version in versions]
FROM_MEMORY = sorted({version.slug for version in EVERY if version.tag == "M"})


@pytest.mark.parametrize("slug", FROM_MEMORY)
def test_a_constant_from_memory_is_not_configured(slug):
    assert constant(slug, TODAY) == NotConfigured(slug, "from-memory")


def test_there_are_constants_from_memory_to_prove_it_with():
    assert "one-inhaler-seconds" in FROM_MEMORY


def test_a_rule_gets_no_number_from_memory():
    assert number("cact-very-poor", TODAY) is None


def test_a_rule_that_cannot_do_without_it_is_refused():
    with pytest.raises(Refusal, match="not configured"):
        whole("cact-very-poor", TODAY)


@pytest.mark.parametrize("version", EVERY, ids=lambda version: f"{version.slug}-{version.effective_from}")
def test_every_constant_has_a_unit_a_source_a_version_and_a_known_tag(version: Constant):
    assert version.unit.strip()
    assert version.source.strip()
    assert version.source_version.strip()
    assert version.tag in TAGS


@pytest.mark.parametrize("slug", sorted(all_constants()))
def test_versions_of_a_constant_follow_one_another_without_overlap(slug):
    versions = all_constants()[slug]
    for earlier, later in pairwise(versions):
        assert earlier.effective_to == later.effective_from
    assert versions[-1].effective_to is None


def test_the_version_in_force_on_the_day_is_used(monkeypatch):
    def version(value, effective_from, effective_to):
        known = all_constants()["saba-review"][0]
        return replace(known, value=Decimal(value), effective_from=effective_from, effective_to=effective_to)

    turn = date(2026, 4, 1)
    versions = (version(6, date(2000, 1, 1), turn), version(5, turn, None))
    monkeypatch.setattr(reference, "all_constants", lambda: {"an-age": versions})
    assert [whole("an-age", on) for on in (date(2026, 3, 31), turn)] == [6, 5]


def test_before_its_first_day_a_constant_is_not_in_force():
    assert constant("saba-review", date(2023, 12, 31)) == NotConfigured("saba-review", "not-in-force")


def test_an_unknown_constant_is_a_mistake_of_ours():
    with pytest.raises(Refusal, match="no clinical constant"):
        constant("no-such-thing", TODAY)
