"""A practice's audit as it is kept: figures, charts, headline facts, checks and a manifest.

Pages and documents show a kept report; they never work it out again. Counts are exact: this value
stays inside the practice that holds the records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from imp2art.audit.indicator import Direction, Topic
from imp2art.audit.run_chart import RunChart
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One indicator at one month end, in people.

    `denominator` are those whose answer is met or not met, `numerator` those of them who met it.
    `excluded` and `cannot_tell` stand beside them and are in neither.
    """

    month_end: date
    denominator: int
    numerator: int
    excluded: int
    cannot_tell: int
    rule_version: str

    @property
    def rate(self) -> float | None:
        """The share from 0 to 1; None where nobody is in the denominator."""
        return self.numerator / self.denominator if self.denominator else None


class Verdict(StrEnum):
    """What the chart says of the newest month. The sentences are in content/indicators.toml."""

    TOO_FEW = "too-few"
    WITHIN_CHANCE = "within-chance"
    BETTER = "better-than-chance"
    WORSE = "worse-than-chance"
    CHANGED = "more-than-chance"  # for an indicator without a good direction


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Who a practice is compared with: practices of its nation with a list of about its size and
    patients of about the same deprivation. `fifth` is 1 (most deprived) to 5; None widens the group to
    every deprivation, and `least`/`most` (people on the list) of None to every size: where fewer than
    enough practices would be left. `practices` counts them, this one not included.
    """

    nation: str
    least: int | None
    most: int | None
    fifth: int | None
    practices: int


@dataclass(frozen=True, slots=True)
class PeerPoint:
    """A practice in one month, unnamed; another's is protected as everything that leaves a practice is."""

    denominator: int
    numerator: int


class ExtremeReason(StrEnum):
    """Why a practice is in the best tenth and in the worst of one measure. Sentences in content/."""

    SMALL_NUMBERS = "small-numbers"  # so few people that one or two move it across
    REAL_CHANGE = "real-change"  # its own figure moved by more than chance between the two
    OTHERS_MOVED = "others-moved"  # its figure stayed and those of the others moved
    GROUP_DIFFERS = "group-differs"  # best of all practices and worst of similar ones, or the reverse


@dataclass(frozen=True, slots=True)
class Extremes:
    """The best and the worst tenth both hold this practice: at which month ends, and why.

    `…_of_similar` says whether that was among similar practices (True) or among all of its nation.
    """

    best_at: date
    worst_at: date
    reason: ExtremeReason
    best_of_similar: bool = True
    worst_of_similar: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator beside similar practices, at `month_end`: the newest that both have figures of.

    `better_than` is the share (0 to 1) of the group that this practice does better than, ties counted
    half; None for an indicator without a good direction or where nobody is counted. `band` holds the
    group's 10th, 25th, 50th, 75th and 90th percentile of the rate, `centre` the rate of all its people.
    `outside` says whether this practice lies outside the funnel, further from the centre than chance
    alone would put 998 of 1,000 of its size. `hidden` more practices have counts too small to be shown.
    `spread` says how many times as far apart the group lies as chance alone would put it, None where chance
    is enough; a report that was kept before this was worked out has None too.
    """

    group: PeerGroup
    month_end: date
    own: PeerPoint
    band: tuple[float, float, float, float, float]
    centre: float
    points: tuple[PeerPoint, ...]
    better_than: float | None
    outside: bool
    hidden: int = 0
    extremes: Extremes | None = None
    spread: float | None = None


class Dimension(StrEnum):
    """By what a count is split to look for unfairness."""

    AGE = "age"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DEPRIVATION = "deprivation"


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One group of people in the newest month. `group` is a code whose words stand in content/."""

    group: str
    denominator: int
    numerator: int

    @property
    def rate(self) -> float | None:
        """The share from 0 to 1; None where nobody is in the denominator."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class EquitySplit:
    """One indicator's newest month by one dimension; every group of it, in its own order.

    `beyond_chance` says whether the groups differ by more than chance alone would make them;
    `too_few` that there are too few people to tell.
    """

    dimension: Dimension
    groups: tuple[GroupFigure, ...]
    beyond_chance: bool
    too_few: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorSeries:
    """One indicator over the report's month ends, oldest first.

    `comparison` is None where no figures of other practices were at hand, or too few of them that are
    large enough to be shown. `evidence` are ids of content/evidence.toml.
    """

    slug: str
    direction: Direction
    figures: tuple[MonthFigure, ...]
    chart: RunChart
    verdict: Verdict
    comparison: Comparison | None = None
    equity: tuple[EquitySplit, ...] = ()
    topic: Topic = Topic.PLAN
    evidence: tuple[str, ...] = ()

    @property
    def newest(self) -> MonthFigure:
        """The figure of the report's own month."""
        return self.figures[-1]


class FactCode(StrEnum):
    """What a headline fact states. The sentences are in content/indicators.toml."""

    MORE = "more"  # `number` more people meet it than at `since`
    FEWER = "fewer"
    AS_MANY = "as-many"
    SHARE_FELL = "share-fell"  # though no fewer meet it: `number` more people are counted
    SHARE_ROSE = "share-rose"  # though no more meet it: `number` fewer people are counted
    SHARE_SAME = "share-same"  # though more or fewer meet it
    BEYOND_CHANCE = "beyond-chance"  # said of the fact before it
    WITHIN_CHANCE = "within-chance"
    WITHIN_BUT_BETTER = "within-but-better"  # since then by chance, but better in the whole chart
    WITHIN_BUT_WORSE = "within-but-worse"
    STILL_WITHOUT = "still-without"  # `number` people do not meet it now
    WITHOUT_AFTER_ATTACK = "without-after-attack"  # `number` of those had an attack this year
    START_WITH = "start-with"  # what to do first: these `number` people
    COUNTED = "counted"  # `number` people are on the register
    ARE_BETTER = "are-better"  # `number` indicators are better than chance alone would give; no slug
    ARE_WORSE = "are-worse"


@dataclass(frozen=True, slots=True)
class Fact:
    """One headline statement; where `outcome` is set, `slug` and it lead to the people behind it."""

    code: FactCode
    slug: str
    number: int
    since: date | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """What the slow twin confirmed: of `people`, `people_compared` were worked out by both engines.

    People with the most entries come first. `comparisons` is people × indicators ×
    `month_ends_compared`; `differences` must be 0.
    """

    people: int
    people_compared: int
    month_ends_compared: int
    comparisons: int
    differences: int


@dataclass(frozen=True, slots=True)
class ReportManifest:
    """What the figures were made of, so that anyone can make them again.

    `rejected_rows` were faulty and are in no figure; None where the import that rejected them has
    them in its own list. `made_at` is None for a report written from files: the same files give the
    same bytes. `packs` are the digests of the indicator packs of the years that it covers, by name.
    """

    extract_digest: str
    extract_taken_on: date
    codelist_digests: dict[str, str]
    indicator_digests: dict[str, str]
    code_version: str
    rejected_rows: int | None
    made_at: datetime | None
    packs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeopleBehind:
    """Who stands behind a number of the newest month: patients' public ids, and nothing else."""

    slug: str
    outcome: Outcome
    public_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """A practice's whole audit.

    `month_ends` are in order; the newest may be an earlier day of its month: the month so far.
    `headline` is that of the IMP²ART version, `plain_headline` that of the standard one. `key` are the
    slugs that lead. `behind` is empty in a report written from files, which names nobody.
    `not_configured` names, for each indicator of the nation that could not be counted, the lists that
    lack codes. `peers_of` is the month of the other practices' figures, None where none were at hand.
    """

    practice: PracticeCode
    practice_name: str
    month_ends: tuple[date, ...]
    series: tuple[IndicatorSeries, ...]
    headline: tuple[Fact, ...]
    checks: Checks
    manifest: ReportManifest
    behind: tuple[PeopleBehind, ...] = ()
    plain_headline: tuple[Fact, ...] = ()
    key: tuple[str, ...] = ()
    nation: str = ""
    not_configured: dict[str, tuple[str, ...]] = field(default_factory=dict)
    peers_of: date | None = None

    @property
    def as_at(self) -> date:
        """The day of the newest figures: a month end, or the day up to which the month was counted."""
        return self.month_ends[-1]

    def people_behind(self, slug: str, outcome: Outcome) -> tuple[str, ...]:
        """The public ids behind a number of the newest month; empty where none were kept."""
        found = (each for each in self.behind if each.slug == slug and each.outcome is outcome)
        return next((each.public_ids for each in found), ())

    def series_of(self, slug: str) -> IndicatorSeries | None:
        """The series of one indicator, or None if the report has it not."""
        return next((series for series in self.series if series.slug == slug), None)
