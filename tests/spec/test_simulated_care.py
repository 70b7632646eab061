"""The simulated practices, as a clinician would check them: who has asthma, what they get, what cannot be.

Twelve practices, about 120,000 people, as at 31 October 2026. Each share is stated with the range in
which it must lie; where a published figure is behind it, the figure stands beside it. Sources and
choices: src/imp2art/simulate/reference/uk_asthma.toml.
"""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from imp2art.codes.library import read_library
from imp2art.simulate.model import read_model
from imp2art.simulate.practice import simulate_practice

AS_AT = date(2026, 10, 31)
PRACTICES = 12

A_YEAR_AGO = "date '2025-10-31'"
VIEWS = f"""
create table on_list as
  select p.*, start_date, datesub('year', date_of_birth, date '{AS_AT}') age
  from patients p join registrations using (person)
  where end_date is null and date_of_death is null and kind = 'gms';
create table entries as select e.*, slug from events e join lists using (code);
create table issued as
  select i.*, slug, if(unit = 'dose', quantity::int / pack, quantity::int) devices
  from issues i join lists using (code) left join packs using (code);
create table diagnosed as
  select person, max(event_first) since from entries where slug = 'asthma-diagnosis' group by person;
create table resolved as
  select person, max(event_first) since from entries where slug = 'asthma-resolved' group by person;
create table treated as
  select distinct person from issued where slug = 'asthma-treatment' and issue_date > {A_YEAR_AGO};
create table register as
  select on_list.* from on_list join treated using (person) join diagnosed d using (person)
  left join resolved r using (person)
  where age >= 6 and (r.since is null or r.since < d.since);
create table a_year as
  select g.person, coalesce(sum(devices) filter (slug = 'saba'), 0) relievers,
    coalesce(sum(devices) filter (slug = 'ics'), 0) preventers
  from register g left join issued i on i.person = g.person and issue_date > {A_YEAR_AGO} group by g.person;
"""


class Region:
    """All practices together, to be asked in SQL: one answer, or all rows."""

    def __init__(self) -> None:
        library = read_library()
        self.model = read_model(library, seed=1, as_at=AS_AT, months=36)
        self.outlines = self.model.outlines(practices=PRACTICES)
        tables: dict[str, list[pa.Table]] = {}
        for outline in self.outlines:
            for name, batches in simulate_practice(self.model, outline).tables.items():
                table = pa.Table.from_batches(batches)
                tables.setdefault(name, []).append(_with_person(table, outline.index))
        self._connection = duckdb.connect()
        for name, parts in tables.items():
            self._connection.register(name, pa.concat_tables(parts))
        codes = [(slug, str(code)) for slug in library.slugs for code in library.codelist(slug)]
        packs = [(str(code), m.doses_per_device or 1) for code, m in library.medicines.items()]
        self._connection.register("lists", _table(("slug", "code"), codes))
        self._connection.register("packs", _table(("code", "pack"), packs))
        stories = self._stories(tables["patients"])
        self._connection.register("stories", _table(("person", "story"), stories))
        self._connection.execute(VIEWS)

    def _stories(self, lists: list[pa.Table]) -> list[tuple]:
        """The last people of each list, each with the name of their story."""
        slugs = self.model.kinds.slugs
        last = [patients["person"].to_pylist()[-len(slugs) :] for patients in lists]
        return [told for people in last for told in zip(people, slugs, strict=True)]

    def of_the_story(self, story: str, asked: str, table: str) -> set[tuple]:
        """The distinct answers about the people of a story; each practice must have one."""
        sql = (
            f"select {asked} from {table} join stories using (person) where story = '{story}' group by person"
        )
        found = self.rows(sql)
        assert len(found) == PRACTICES
        return set(found)

    def rows(self, sql: str) -> list[tuple]:
        return self._connection.execute(sql).fetchall()

    def number(self, sql: str) -> float:
        return float(self.rows(sql)[0][0])

    def share_of_register(self, condition: str) -> float:
        return self.number(f"select avg(({condition})::int) from a_year")

    def share_with(self, slug: str) -> float:
        """The share of the register with an entry of the list in the last 12 months."""
        had = f"select person from entries where slug = '{slug}' and event_first > {A_YEAR_AGO}"
        return self.number(f"select avg((person in ({had}))::int) from register")


def _with_person(table: pa.Table, practice: int) -> pa.Table:
    """One key for a person, over all practices; only the patients say which practice it is."""
    person = pc.binary_join_element_wise(str(practice), table["patient_id"], "/")
    keyed = table.drop_columns(["patient_id"]).append_column("person", person)
    if "nhs_number" not in keyed.column_names:
        return keyed
    return keyed.append_column("practice", pa.array([practice] * keyed.num_rows))


def _table(names: tuple[str, ...], rows: list[tuple]) -> pa.Table:
    return pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))


@pytest.fixture(scope="module")
def region() -> Region:
    return Region()


# ------------------------------------------------------------------ who is on the list


def test_each_list_has_the_size_that_was_drawn_and_at_least_six_thousand_people(region):
    sizes = dict(
        region.rows(
            "select practice, count(*) from patients join registrations using (person)"
            " where end_date is null and date_of_death is null group by all"
        )
    )
    assert sizes == {outline.index: outline.list_size for outline in region.outlines}
    assert min(sizes.values()) >= 6000


def test_about_a_sixth_are_children_under_15_and_a_fifth_are_65_or_older(region):
    assert 0.14 < region.number("select avg((age < 15)::int) from on_list") < 0.20
    assert 0.15 < region.number("select avg((age >= 65)::int) from on_list") < 0.24


def test_between_4_and_14_percent_speak_another_main_language_than_english(region):
    """8.9% in England and Wales (Census 2021); practices differ widely."""
    assert 0.04 < region.number("select avg((language <> 'en')::int) from on_list") < 0.14


def test_some_practices_have_over_10_percent_with_another_main_language(region):
    shares = region.rows("select avg((language <> 'en')::int) from on_list group by practice")
    assert sum(share > 0.10 for (share,) in shares) >= 2


def test_every_nhs_number_is_from_the_test_range_and_is_given_once(region):
    assert region.number("select count(*) from patients where nhs_number not like '9%'") == 0
    assert region.number("select count(*) - count(distinct nhs_number) from patients") == 0


# ------------------------------------------------------------------ asthma


def test_six_to_seven_percent_of_the_list_are_on_the_register(region):
    """Current asthma 6.5% in 2016 (Bloom 2019). Tolerance: half a percentage point."""
    share = region.number("select count(*) from register") / region.number("select count(*) from on_list")
    assert share == pytest.approx(0.065, abs=0.005)


def test_about_ten_percent_were_ever_coded(region):
    ever = "select count(*) from on_list join diagnosed using (person)"
    assert region.number(ever) / region.number("select count(*) from on_list") == pytest.approx(
        0.10, abs=0.01
    )


def test_boys_have_more_asthma_than_girls_and_women_more_than_men(region):
    def register_share(sex: str, ages: str) -> float:
        return region.number(
            f"select (select count(*) from register where sex = '{sex}' and {ages})"
            f" / (select count(*) from on_list where sex = '{sex}' and {ages})"
        )

    assert register_share("M", "age between 6 and 12") > register_share("F", "age between 6 and 12")
    assert register_share("F", "age >= 30") > register_share("M", "age >= 30")


def test_some_diagnoses_are_resolved_and_some_of_those_came_back(region):
    assert region.number("select count(*) from resolved") > 300
    both = "diagnosed d join resolved r using (person)"
    assert region.number(f"select count(*) from {both} where d.since > r.since") > 30


def test_some_old_diagnoses_have_only_a_year_and_no_recent_one_does(region):
    partial = "select count(*) from entries where slug = 'asthma-diagnosis' and event_first < event_last"
    everything = region.number("select count(*) from entries where slug = 'asthma-diagnosis'")
    assert 0.10 < region.number(partial) / everything < 0.40
    assert region.number(f"{partial} and event_last >= date '2019-12-31'") == 0


# ------------------------------------------------------------------ medicines


def test_over_use_of_relievers_is_as_common_as_published(region):
    """3 or more a year: 38% (SABINA I). 6 or more: 21-27%, 12 or more: 5.5-7.5% (east London)."""
    assert region.share_of_register("relievers >= 3") == pytest.approx(0.38, abs=0.05)
    assert region.share_of_register("relievers >= 6") == pytest.approx(0.20, abs=0.05)
    assert region.share_of_register("relievers >= 12") == pytest.approx(0.065, abs=0.025)


def test_most_people_collect_a_preventer_but_many_too_few(region):
    """On a steroid: 80% in 2016 and rising (Bloom 2019)."""
    assert 0.78 < region.share_of_register("preventers > 0") < 0.90
    assert 0.25 < region.number("select avg((preventers < 4)::int) from a_year where preventers > 0") < 0.55


def test_a_minority_have_a_reliever_and_nothing_else(region):
    assert 0.08 < region.share_of_register("relievers > 0 and preventers = 0") < 0.22


AS_NEEDED = "regexp_matches(lower(directions), 'when needed|as needed')"
EVERY_DAY = "regexp_matches(lower(directions), 'twice|once')"


def test_nobody_under_12_is_on_air_or_mart(region):
    young = (
        "select count(*) from issued i join patients using (person)"
        f" where slug = 'ics' and {AS_NEEDED} and datesub('year', date_of_birth, issue_date) < 12"
    )
    assert region.number(young) == 0


def test_an_inhaled_steroid_as_needed_always_holds_formoterol_and_is_licensed_for_it(region):
    library = read_library()
    used = region.rows(f"select distinct code, {EVERY_DAY} from issued where slug = 'ics' and {AS_NEEDED}")
    medicines = {str(code): medicine for code, medicine in library.medicines.items()}
    assert used
    for code, every_day in used:
        assert ("mart" if every_day else "air") in medicines[code].uses


def test_people_on_air_rise_over_the_last_two_years(region):
    air = f"slug = 'ics-formoterol' and {AS_NEEDED} and not {EVERY_DAY}"
    half_year = "datediff('month', issue_date, date '2026-10-31') // 6"
    people = region.rows(
        f"select n from (select {half_year} back, count(distinct person) n from issued where {air}"
        " group by back) order by back desc"
    )
    assert people == sorted(people)
    assert len(people) == 4


def test_adults_get_montelukast_10_and_small_children_4_milligrams(region):
    age = "datesub('year', date_of_birth, issue_date)"
    found = region.rows(
        f"select code, min({age}), max({age}) from issued join patients using (person)"
        " where slug = 'ltra' group by code"
    )
    ages = {code: (low, high) for code, low, high in found}
    assert ages["134510006"][1] < 6
    assert ages["320885001"][0] >= 6
    assert ages["320885001"][1] < 15
    assert ages["320884002"][0] >= 15


def test_in_some_practices_the_quantity_counts_doses(region):
    by_practice = region.rows(
        "select practice, count(*) filter (unit = 'dose'), count(*) filter (unit = 'device')"
        " from issued join patients using (person) where slug = 'saba' group by practice"
    )
    in_doses = [practice for practice, doses, devices in by_practice if doses > devices]
    assert 0 < len(in_doses) < PRACTICES


# ------------------------------------------------------------------ attacks


def test_children_have_fewer_attacks_than_adults(region):
    """1.48 per 10 person-years at 5-17, 3.22 at 18-54 (Bloom 2018). Tolerance: a third."""

    def courses(ages: str) -> float:
        return region.number(
            "select count(*) / (select count(*) from register where " + ages + ")"
            " from issued i join register g using (person) where slug = 'oral-steroid'"
            f" and quantity::int > 5 and quantity::int <> 28 and issue_date > date '2025-10-31' and {ages}"
        )

    assert courses("age between 6 and 17") == pytest.approx(0.148, rel=1 / 3)
    assert courses("age between 18 and 54") == pytest.approx(0.30, rel=1 / 3)


def test_attacks_are_most_common_in_autumn_and_rarest_in_august(region):
    """One in nine admissions in September, one in 20 in August (HSCIC 2014)."""
    by_month = dict(
        region.rows(
            "select month(event_first), count(*) from entries where slug = 'exacerbation' group by all"
        )
    )
    assert min(by_month, key=by_month.get) == 8
    assert by_month[9] > 1.5 * by_month[8]


def test_attacks_come_back_in_the_same_people(region):
    again = region.number(
        "select count(*) filter (n > 1) / count(*) from (select count(*) n from entries"
        " where slug = 'exacerbation' group by person)"
    )
    assert again > 0.15


def test_about_a_third_of_attacks_are_seen_again_within_five_days(region):
    """36% within two working days of emergency care (Asthma UK 2018). Tolerance: 8 points."""
    again = "from entries f where f.code = '394701000' and f.event_first - a.event_first between 1 and 4"
    seen = region.number(
        f"select avg((exists (select 1 {again} and f.person = a.person))::int) from entries a"
        " where slug = 'exacerbation' and event_first < date '2026-10-20'"
    )
    assert seen == pytest.approx(0.36, abs=0.08)


# ------------------------------------------------------------------ reviews


def test_two_thirds_to_three_quarters_of_the_register_were_reviewed_in_a_year(region):
    assert 0.60 < region.share_with("asthma-review") < 0.75


def test_practices_differ_in_how_many_they_review(region):
    had = f"select person from entries where slug = 'asthma-review' and event_first > {A_YEAR_AGO}"
    shares = region.rows(f"select avg((person in ({had}))::int) from register group by practice order by 1")
    assert shares[-1][0] - shares[0][0] > 0.08


ANNUAL_REVIEWS = "(select * from entries where slug = 'asthma-review' and code <> '394701000')"


def test_most_reviews_are_done_before_the_contract_year_ends(region):
    january_to_march = region.number(f"select avg((month(event_first) <= 3)::int) from {ANNUAL_REVIEWS}")
    assert 0.32 < january_to_march < 0.50


def test_about_a_quarter_of_reviews_have_a_plan_on_the_same_day(region):
    plans = "select person, event_first from entries where slug = 'asthma-plan'"
    same_day = region.number(f"select avg(((person, event_first) in ({plans}))::int) from {ANNUAL_REVIEWS}")
    assert 0.15 < same_day < 0.32


def test_the_three_answers_and_the_score_agree(region):
    yes = "'rcp3q-sleep-yes', 'rcp3q-day-yes', 'rcp3q-activities-yes'"
    wrong = region.rows(
        f"select person from entries where slug in ('rcp3q-score', {yes}) group by person, event_first"
        f" having any_value(value::int) filter (slug = 'rcp3q-score') <> count(*) filter (slug in ({yes}))"
    )
    assert wrong == []


@pytest.mark.parametrize(
    ("slug", "low", "high"),
    [("rcp3q-score", 0, 3), ("act-score", 5, 25), ("cact-score", 0, 27), ("acq-score", 0, 6)],
)
def test_every_score_lies_in_the_range_of_its_instrument(region, slug, low, high):
    found = region.rows(f"select min(value::double), max(value::double) from entries where slug = '{slug}'")
    assert low <= found[0][0] < found[0][1] <= high


def test_smokers_are_more_common_in_the_most_deprived_places(region):
    def smoking(deciles: str) -> float:
        status = "slug in ('smoking-current', 'smoking-ex', 'smoking-never')"
        return region.number(
            "select avg((slug = 'smoking-current')::int) from entries join patients using (person)"
            f" where {status} and imd_decile in {deciles}"
        )

    assert smoking("(1, 2, 3)") > 1.3 * smoking("(8, 9, 10)")


def test_two_invitations_come_before_an_exception(region):
    excepted = "slug in ('informed-dissent', 'monitoring-declined', 'unsuitable')"
    year = "i.event_first between x.event_first - 365 and x.event_first"
    invited = f"from entries i where slug = 'invitation' and {year}"
    too_few = region.number(
        f"select count(*) from entries x where {excepted}"
        f" and (select count(*) {invited} and i.person = x.person) < 2"
    )
    assert region.number("select count(*) from entries where slug = 'informed-dissent'") > 50
    assert too_few == 0


# ------------------------------------------------------------------ what cannot be


def test_no_medicine_is_issued_before_registration_or_after_leaving(region):
    spell = "start_date <= issue_date and (end_date is null or issue_date < end_date)"
    outside = region.number(
        "select count(*) from issues i where not exists"
        f" (select 1 from registrations r where r.person = i.person and {spell})"
    )
    assert outside == 0


def test_nothing_is_coded_before_birth_after_death_or_after_the_day_of_the_extract(region):
    joined = "events e join patients p using (person)"
    assert region.number(f"select count(*) from {joined} where event_first < date_of_birth") == 0
    assert region.number(f"select count(*) from {joined} where event_last >= date_of_death") == 0
    assert region.number("select count(*) from events where event_last > date '2026-10-31'") == 0


def test_no_medicine_is_issued_after_death(region):
    joined = "issues join patients using (person)"
    assert region.number(f"select count(*) from {joined} where issue_date >= date_of_death") == 0


def test_nobody_joins_before_birth_and_every_spell_ends_after_it_began(region):
    joined = "registrations join patients using (person)"
    assert region.number(f"select count(*) from {joined} where start_date < date_of_birth") == 0
    assert region.number("select count(*) from registrations where end_date <= start_date") == 0


def test_all_codes_are_in_the_projects_own_lists_where_no_noise_is_asked_for(region):
    """But for the selective beta-blocker, which no list needs."""
    assert region.number("select count(*) from events where code not in (select code from lists)") == 0
    unlisted = region.rows("select distinct code from issues where code not in (select code from lists)")
    assert unlisted == [("80019999999104",)]


def test_people_leave_move_in_and_die(region):
    assert region.number("select count(*) from registrations where end_date is not null") > 5000
    assert region.number("select count(*) from on_list where start_date > date '2025-10-31'") > 5000
    assert region.number("select count(*) from patients where date_of_death is not null") > 1000


# ------------------------------------------------------------------ the people every list ends with


def test_every_list_has_a_woman_with_nine_relievers_no_preventer_and_an_attack_not_followed_up(region):
    story = "attack-not-followed-up"
    relievers = "sum(devices) filter (slug = 'saba' and issue_date > date '2025-10-31')"
    last_preventer = "max(issue_date) filter (slug = 'ics')"
    assert region.of_the_story(story, f"{relievers}, {last_preventer} < date '2026-04-30'", "issued") == {
        (9, True)
    }
    attack = "max(event_first) filter (slug = 'exacerbation')"
    review = "max(event_first) filter (slug = 'asthma-review')"
    assert region.of_the_story(story, f"{attack}, {review} < {attack}", "entries") == {
        (date(2026, 10, 22), True)
    }


def test_every_list_has_a_boy_of_8_with_two_steroid_courses_and_a_plan_of_19_months(region):
    story = "child-two-courses-old-plan"
    courses = "count(*) filter (slug = 'oral-steroid' and issue_date > date '2025-10-31')"
    assert region.of_the_story(story, courses, "issued") == {(2,)}
    months = "datesub('month', max(event_first) filter (slug = 'asthma-plan'), date '2026-10-31')"
    assert region.of_the_story(story, months, "entries") == {(19,)}
    assert region.of_the_story(story, "max(age), max(sex)", "on_list") == {(8, "M")}


@pytest.mark.parametrize(
    ("story", "every_day"), [("mart-with-plan", True), ("air-adult", False), ("air-teenager", False)]
)
def test_every_list_has_people_who_use_one_formoterol_inhaler_as_needed(region, story, every_day):
    last = f"arg_max({EVERY_DAY}, issue_date), arg_max({AS_NEEDED}, issue_date)"
    formoterol = "(select * from issued where slug = 'ics-formoterol')"
    assert region.of_the_story(story, last, formoterol) == {(every_day, True)}


def test_every_list_has_someone_on_a_long_acting_reliever_without_a_steroid(region):
    both = "count(*) filter (slug = 'laba') > 5, count(*) filter (slug = 'ics')"
    assert region.of_the_story("laba-without-steroid", both, "issued") == {(True, 0)}
