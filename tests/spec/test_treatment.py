"""Chapter 9. What guidance says to consider: the pathways from 12 years, at 5 to 11, and under 5.

Sources: NICE NG245 (27 November 2024) as restated, the NHS Dumfries and Galloway formulary (2025), MHRA
(April 2025), NRAD. Nothing names a dose or a product. The chapters are read on Monday 23 November 2026.
"""

import re
from dataclasses import replace
from datetime import date

import pytest

from imp2art.asthma.control import Control
from imp2art.asthma.inhalers import current_medicines
from imp2art.asthma.reference import Constant, all_constants, constant, reference_table
from imp2art.asthma.regimen import Regimen
from imp2art.asthma.treatment.bands import Band, band_of
from imp2art.asthma.treatment.consider import ConsiderKind
from imp2art.asthma.treatment.facts import Checked, FirstCheck, Treatment, TreatmentFacts, treatment_of
from imp2art.asthma.treatment.suggest import suggest_treatment
from imp2art.codes.medicine import MedicineClass
from imp2art.documents.words import find_phrase, read_book
from tests.spec.people import (
    CLENIL_100,
    FOSTAIR_100,
    LIBRARY,
    SALBUTAMOL,
    SALMETEROL,
    SERETIDE_100,
    SYMBICORT_200,
    SYMBICORT_400,
    TODAY,
    person,
)

K = MedicineClass
ICS, ICS_LABA = frozenset({K.ICS}), frozenset({K.ICS, K.ICS_LABA})
FORMOTEROL = frozenset({K.ICS, K.ICS_LABA, K.ICS_FORMOTEROL})
SABA, LTRA, LAMA = frozenset({K.SABA}), frozenset({K.LTRA}), frozenset({K.LAMA})
BOTH = Regimen.PREVENTER_RELIEVER
GOOD, CLOSER, POOR, VERY_POOR = Control.GOOD, Control.ENQUIRE, Control.POOR, Control.VERY_POOR
FIRST = (FirstCheck("technique", Checked.PROBLEM), FirstCheck("adherence", Checked.NOT_ASKED))


def on_treatment(classes, regimen=None, band=None, **known) -> Treatment:
    return replace(Treatment(regimen, "", frozenset(classes), band, date(2026, 1, 5), None), **known)


def facts(treatment: Treatment, control=POOR, age=40, **known) -> TreatmentFacts:
    return TreatmentFacts(age, TODAY, control, treatment, first=FIRST, **known)


def slugs(*given, **known) -> list[str]:
    return [each.slug for each in suggest_treatment(facts(*given, **known))]


class TestFrom12:
    """NG245 1.7: AIR, low-dose MART, moderate-dose MART, tests, an add-on, a specialist."""

    @pytest.mark.parametrize(
        ("treatment", "expected"),
        [
            (on_treatment(()), ["start-air"]),
            (on_treatment(SABA), ["never-saba-alone", "start-air"]),
            (on_treatment(FORMOTEROL, Regimen.AIR), ["up-low-mart"]),
            (on_treatment(FORMOTEROL, Regimen.MART, Band.LOW), ["up-moderate-mart"]),
            (on_treatment(FORMOTEROL, Regimen.MART, Band.MODERATE), ["up-feno-eosinophils", "up-add-on"]),
            (on_treatment(FORMOTEROL | LAMA, Regimen.MART, Band.MODERATE), ["up-other-add-on"]),
            (
                on_treatment(FORMOTEROL | LTRA, Regimen.MART, Band.MODERATE),
                ["montelukast-mood", "up-other-add-on"],
            ),
            (on_treatment(ICS | SABA, BOTH, Band.LOW), ["up-low-mart-from-legacy"]),
            (on_treatment(ICS_LABA | SABA | LAMA, BOTH, Band.LOW), ["up-moderate-mart-from-add-on"]),
            (on_treatment(ICS_LABA | SABA, BOTH, Band.HIGH), ["refer-high-dose"]),
            (on_treatment(FORMOTEROL, Regimen.MART, Band.HIGH), ["refer-high-dose"]),
        ],
    )
    def test_the_next_step_where_control_is_poor(self, treatment, expected):
        assert slugs(treatment) == expected

    @pytest.mark.parametrize(
        "treatment",
        [
            on_treatment(ICS_LABA | SABA, BOTH, Band.LOW),
            on_treatment(ICS | SABA, BOTH, Band.MODERATE),
            on_treatment(ICS | SABA, BOTH),
        ],
    )
    def test_where_no_source_names_a_step_none_is_named(self, treatment):
        assert slugs(treatment) == ["pathway-not-held"]

    def test_where_the_dose_of_mart_has_no_band_no_step_is_named(self):
        assert slugs(on_treatment(FORMOTEROL, Regimen.MART)) == ["mart-band-not-known"]

    @pytest.mark.parametrize(
        "known", [{"night_waking": True}, {"attack_treated": True}, {"control": VERY_POOR}]
    )
    def test_with_bad_symptoms_or_a_severe_attack_it_starts_with_low_dose_mart(self, known):
        assert slugs(on_treatment(()), **known) == ["start-low-mart"]

    def test_h16_a_night_that_was_not_asked_about_is_no_bad_night(self):
        assert slugs(on_treatment(()), night_waking=None) == ["start-air"]


class TestAt5To11:
    """NG245 at 5 to 11, as in the Dumfries and Galloway formulary."""

    @pytest.mark.parametrize(
        ("treatment", "expected"),
        [
            (on_treatment(SABA), ["never-saba-alone", "child-start"]),
            (on_treatment(ICS | SABA, BOTH), ["child-up-mart", "child-up-ltra"]),
            (on_treatment(ICS | SABA | LTRA, BOTH), ["montelukast-mood", "child-up-from-ltra"]),
            (on_treatment(ICS_LABA | SABA, BOTH), ["child-up-from-ics-laba"]),
            (on_treatment(FORMOTEROL, None, why="mart-under-12"), ["child-up-from-mart"]),
        ],
    )
    def test_the_next_step_where_control_is_poor(self, treatment, expected):
        assert slugs(treatment, age=8) == expected

    @pytest.mark.parametrize(
        ("age", "expected"), [(4, "under-5-up"), (5, "child-up-mart"), (11, "child-up-mart")]
    )
    def test_birthdays_change_the_pathway(self, age, expected):
        assert slugs(on_treatment(ICS | SABA, BOTH), age=age)[0] == expected

    def test_from_12_the_adult_pathway_holds(self):
        assert slugs(on_treatment(SABA), age=12) == ["never-saba-alone", "start-air"]

    @pytest.mark.parametrize("age", range(12))
    @pytest.mark.parametrize("control", Control)
    def test_air_is_never_suggested_under_12(self, age, control):
        for classes in ((), SABA, ICS | SABA, ICS_LABA | SABA, FORMOTEROL):
            for band in (None, *Band):
                assert not {"start-air", "down-to-air"} & set(
                    slugs(on_treatment(classes, BOTH, band), control, age)
                )


class TestUnder5:
    @pytest.mark.parametrize(
        ("treatment", "expected"),
        [
            (on_treatment(SABA), ["never-saba-alone", "under-5-start"]),
            (on_treatment(ICS | SABA, BOTH), ["under-5-up"]),
            (on_treatment(ICS | SABA | LTRA, BOTH), ["montelukast-mood", "under-5-refer"]),
        ],
    )
    def test_the_next_step_where_control_is_poor(self, treatment, expected):
        assert slugs(treatment, age=3) == expected


class TestGoodControl:
    low_mart = on_treatment(FORMOTEROL, Regimen.MART, Band.LOW)

    @pytest.mark.parametrize(("since", "expected"), [("2026-08-31", "down-to-air"), ("2026-09-01", "keep")])
    def test_a_step_down_is_considered_after_twelve_weeks(self, since, expected):
        assert slugs(replace(self.low_mart, since=date.fromisoformat(since)), GOOD) == [expected]

    def test_from_more_than_the_lowest_step_it_goes_down_one_step(self):
        assert slugs(replace(self.low_mart, band=Band.MODERATE), GOOD) == ["down"]

    def test_after_an_attack_in_the_year_nothing_is_taken_away(self):
        assert slugs(self.low_mart, GOOD, attack_treated=True) == ["keep"]

    def test_below_air_there_is_no_step(self):
        assert slugs(on_treatment(FORMOTEROL, Regimen.AIR), GOOD) == ["keep"]

    def test_someone_well_without_any_inhaler_is_left_alone(self):
        assert slugs(on_treatment(()), GOOD) == []

    def test_someone_well_on_a_reliever_alone_is_not(self):
        assert slugs(on_treatment(SABA), GOOD) == ["never-saba-alone", "start-air"]


def test_h16_without_a_level_of_control_no_step_is_named():
    assert slugs(on_treatment(ICS | SABA, BOTH, Band.LOW), Control.INCOMPLETE) == []


def test_h17_what_needs_a_closer_look_leads_to_no_step():
    assert slugs(on_treatment(ICS | SABA, BOTH, Band.LOW), CLOSER) == []


class TestWarnings:
    def of(self, life, age=40):
        return slugs(treatment_of(life.record, LIBRARY, TODAY), Control.INCOMPLETE, age)

    def test_a_long_acting_reliever_alone(self):
        assert "never-laba-alone" in self.of(person().took(SALMETEROL, "2026-10-05"))

    def test_h03_a_separate_reliever_beside_mart(self):
        life = person().took(SYMBICORT_200, "2026-09-01", label="1 puff twice a day and 1 puff when required")
        assert self.of(life.took(SALBUTAMOL, "2026-10-05")) == ["saba-beside-one-inhaler"]

    def test_as_needed_without_formoterol(self):
        assert "formoterol-only" in self.of(
            person().took(SERETIDE_100, "2026-10-05", label="1 puff when required")
        )

    def test_air_under_12(self):
        life = person("2018-03-04").took(SYMBICORT_200, "2026-10-05", label="1 puff when required")
        assert "air-not-under-12" in self.of(life, 8)

    def test_h05_two_preventers_are_settled_first(self):
        life = (
            person()
            .took(CLENIL_100, "2026-09-01", "2026-11-01")
            .took(FOSTAIR_100, "2026-10-05", "2026-11-02")
        )
        assert slugs(treatment_of(life.record, LIBRARY, TODAY)) == ["two-preventers"]


class TestBands:
    """Only regimens that the Dumfries and Galloway page lists, from 12 years: nothing in between."""

    def band(self, code, label, age=40):
        (medicine,) = current_medicines(person().took(code, "2026-10-05", label=label).record, LIBRARY, TODAY)
        return band_of(medicine, age, TODAY)

    @pytest.mark.parametrize(
        ("code", "label", "expected"),
        [
            (SYMBICORT_200, "1 puff twice a day", Band.LOW),
            (SYMBICORT_200, "1 puff twice a day and 1 puff when required", Band.LOW),
            (SYMBICORT_200, "2 puffs twice a day", Band.MODERATE),
            (SYMBICORT_400, "1 puff twice a day", Band.MODERATE),
            (SYMBICORT_400, "2 puffs twice a day", Band.HIGH),
            (CLENIL_100, "2 puffs twice a day", Band.LOW),
            (FOSTAIR_100, "1 puff twice a day", Band.LOW),
            (SERETIDE_100, "1 puff twice a day", Band.LOW),
            (CLENIL_100, "1 puff twice a day", None),
            (SYMBICORT_200, "3 puffs twice a day", None),
            (SYMBICORT_200, "as directed", None),
        ],
    )
    def test_a_regimen_has_the_band_of_its_source_or_none(self, code, label, expected):
        assert self.band(code, label) is expected

    def test_under_12_no_band_is_configured(self):
        assert self.band(SYMBICORT_200, "1 puff twice a day", 11) is None

    def test_every_row_is_a_steroid_inhaler_of_the_library(self):
        rows = reference_table("dose_bands.toml", "regimen")
        known = {str(code) for code in LIBRARY.codelist("ics")}
        assert {row["code"] for row in rows} <= known
        assert len({(row["code"], row["puffs_a_day"]) for row in rows}) == len(rows)


STEPS = sorted(
    slug.removeprefix("consider-") for slug in read_book("treatment").phrases if slug.startswith("consider-")
)


class TestWhatIsSaid:
    @pytest.mark.parametrize("slug", STEPS)
    def test_every_step_rests_on_a_source(self, slug):
        assert isinstance(constant(slug, TODAY), Constant)
        assert constant(slug, TODAY).source in find_phrase("treatment", f"consider-{slug}").source

    def test_every_step_that_has_a_source_has_its_words(self):
        units = {"recommendation", "choice"}
        assert {slug for slug, rows in all_constants().items() if rows[-1].unit in units} == set(STEPS)

    @pytest.mark.parametrize("slug", STEPS)
    def test_h07_no_step_names_a_dose_or_a_product(self, slug):
        words = find_phrase("treatment", f"consider-{slug}").text
        assert not re.search(r"\d+ ?(micrograms?|mg|mcg|puffs?)|\d+/\d+", words)
        substances = {
            part.name.split()[0] for each in LIBRARY.medicines.values() for part in each.ingredients
        }
        firsts = {each.name.split()[0].lower() for each in LIBRARY.medicines.values()}
        assert not (firsts - substances - {"generic"}) & set(re.findall(r"[a-z]+", words.lower()))

    def test_a_step_up_says_what_to_look_at_first_and_when_to_look_again(self):
        (step,) = suggest_treatment(facts(on_treatment(FORMOTEROL, Regimen.MART, Band.LOW)))
        assert (step.kind, step.first, step.look_again) == (ConsiderKind.STEP_UP, FIRST, (8, 12))

    def test_before_the_guideline_nothing_is_said(self):
        early = replace(facts(on_treatment(FORMOTEROL, Regimen.AIR)), on=date(2024, 11, 1))
        assert suggest_treatment(early) == ()
