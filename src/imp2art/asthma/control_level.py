"""How well asthma is controlled, worked out from everything that is known, with each reason named.

The level is the worst that any counting reason says; reasons are never averaged. Where two instruments
differ, that is told. A good score does not end the question: attacks and relievers are looked at all
the same (§1.2: of people with an ACT of 20 and more only half were controlled by GINA).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from imp2art.asthma.attacks import Attack, AttackSign
from imp2art.asthma.control import Control, ControlScore
from imp2art.asthma.gina import GinaFacts, classify_gina
from imp2art.asthma.inhalers import InhalerCount
from imp2art.asthma.recorded_control import RecordedControl
from imp2art.asthma.reference import number, whole

_ORDER = (Control.GOOD, Control.ENQUIRE, Control.POOR, Control.VERY_POOR)
_BAD = (Control.POOR, Control.VERY_POOR)
_SOURCES = {"rcp3q": "rcp3q-poor", "act": "act-not-well", "cact": "cact-not-well", "acq": "acq-poor"}
_TREATED = frozenset({AttackSign.STEROID_COURSE, AttackSign.ADMISSION, AttackSign.ATTENDANCE})


class Origin(StrEnum):
    """Where a reason is from."""

    TODAY = "today"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class ControlReason:
    """One reason. `slug` is the instrument or the kind of fact; `says` what it alone would mean.

    `source` is the slug of its constant. One that does not count (`counts` False) is an older score that
    stands beside today's.
    """

    slug: str
    says: Control
    value: Decimal | None
    on: date | None
    origin: Origin
    source: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ControlLevel:
    """The level with its reasons, worst first.

    `differ` names pairs of instruments that do not agree, the better one first. `cautions` are clauses to
    show beside it, `not_configured` the bands without a trusted source, `missing` what was not asked.
    """

    level: Control
    reasons: tuple[ControlReason, ...]
    differ: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...]
    not_configured: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def poor(self) -> bool:
        """Whether the prompts for poor control apply. "Needs a closer look" is not poor (H-17)."""
        return self.level in _BAD


@dataclass(frozen=True, slots=True)
class ControlFacts:
    """What a level is worked out from. `attacks` and `relievers` are those of the 12 months to `on`.

    `attacks_told` is the number that the person told today; None where it was not asked.
    """

    age: int
    on: date
    today: tuple[ControlScore, ...] = ()
    gina: GinaFacts = GinaFacts()
    recorded: tuple[RecordedControl, ...] = ()
    attacks: tuple[Attack, ...] = ()
    attacks_told: int | None = None
    relievers: InhalerCount | None = None


def classify_control(facts: ControlFacts) -> ControlLevel:
    """The level of control on a day. `INCOMPLETE` while nothing has been asked and nothing says poor."""
    scored = tuple(_scored(facts))
    others = tuple(_others(facts))
    reasons = sorted((*scored, *others), key=lambda each: (each.counts, _rank(each.says)), reverse=True)
    gina = classify_gina(facts.gina, facts.on)
    return ControlLevel(
        level=_level(facts, scored, others),
        reasons=tuple(reasons),
        differ=tuple(_differing(scored)),
        cautions=tuple(dict.fromkeys(_cautions(facts, scored))),
        not_configured=_not_configured(facts, gina.not_configured if _gina_asked(facts) else ()),
        missing=tuple(missing for score in facts.today for missing in score.missing),
    )


def needed_treatment(attack: Attack) -> bool:
    """Whether an attack needed steroid tablets or emergency care."""
    return bool(attack.signs & _TREATED)


def _level(
    facts: ControlFacts, scored: tuple[ControlReason, ...], others: tuple[ControlReason, ...]
) -> Control:
    counting = [each for each in scored if each.counts]
    worst = max((each.says for each in (*counting, *others)), key=_rank, default=Control.INCOMPLETE)
    if worst in _BAD:
        return worst
    if not counting and not classify_gina(facts.gina, facts.on).yes:
        return Control.INCOMPLETE
    alone = _alone_and_young(facts, scored)
    return Control.ENQUIRE if alone and worst is Control.GOOD else worst


def _scored(facts: ControlFacts) -> Iterator[ControlReason]:
    """Today's complete scores; of the record the newest, which counts only where today has none."""
    complete = [score for score in facts.today if score.score is not None]
    for score in complete:
        yield _reason(score, facts.on, Origin.TODAY, counts=True)
    asked = {score.instrument for score in complete}
    older = [each for each in facts.recorded if each.score.score is not None]
    newest = max((each.on for each in older), default=None)
    for each in older:
        if each.score.instrument not in asked:
            yield _reason(each.score, each.on, Origin.RECORD, counts=not complete and each.on == newest)


def _reason(score: ControlScore, on: date, origin: Origin, *, counts: bool) -> ControlReason:
    source = _SOURCES[score.instrument]
    return ControlReason(score.instrument, score.control, score.score, on, origin, source, counts)


def _others(facts: ControlFacts) -> Iterator[ControlReason]:
    yield from _gina(facts)
    yield from _attacks(facts)
    yield from _relievers(facts)


def _gina_asked(facts: ControlFacts) -> bool:
    return facts.gina != GinaFacts()


def _gina(facts: ControlFacts) -> Iterator[ControlReason]:
    found = classify_gina(facts.gina, facts.on)
    if found.control is Control.ENQUIRE:
        value = Decimal(len(found.yes))
        yield ControlReason("gina", found.control, value, facts.on, Origin.TODAY, "control-fact")


def _attacks(facts: ControlFacts) -> Iterator[ControlReason]:
    """Attacks that needed steroid tablets or emergency care make it poor; any other needs a closer look."""
    treated = [attack for attack in facts.attacks if needed_treatment(attack)]
    least = number("control-attack", facts.on)
    if least is not None and treated and len(treated) >= least:
        value = Decimal(len(treated))
        yield ControlReason(
            "attacks-treated", Control.POOR, value, treated[-1].on, Origin.RECORD, "control-attack"
        )
    elif facts.attacks:
        value, last = Decimal(len(facts.attacks)), facts.attacks[-1].on
        yield ControlReason("attacks", Control.ENQUIRE, value, last, Origin.RECORD, "attacks")
    elif facts.attacks_told:
        value = Decimal(facts.attacks_told)
        yield ControlReason("attacks-told", Control.ENQUIRE, value, facts.on, Origin.TODAY, "attacks")


def _relievers(facts: ControlFacts) -> Iterator[ControlReason]:
    count = facts.relievers
    if count is None:
        return
    for slug, says, over in (
        ("saba-high-risk-over", Control.POOR, True),
        ("saba-priority", Control.ENQUIRE, False),
        ("saba-review", Control.ENQUIRE, False),
    ):
        limit = number(slug, facts.on)
        if limit is not None and (count.devices > limit if over else count.devices >= limit):
            yield ControlReason("relievers", says, count.devices, count.last_on, Origin.RECORD, slug)
            return


def _differing(scored: Iterable[ControlReason]) -> Iterator[tuple[str, str]]:
    for one, other in combinations((each for each in scored if each.counts), 2):
        better, worse = sorted((one, other), key=lambda each: _rank(each.says))
        if better.says is not worse.says and not (better.says in _BAD and worse.says in _BAD):
            yield better.slug, worse.slug


def _cautions(facts: ControlFacts, scored: tuple[ControlReason, ...]) -> Iterator[str]:
    counted = {(each.slug, each.on) for each in scored if each.counts}
    known = [(score, facts.on) for score in facts.today]
    known += [(each.score, each.on) for each in facts.recorded]
    for score, on in known:
        if (score.instrument, on) in counted:
            yield from score.cautions
    if _alone_and_young(facts, scored):
        yield "rcp3q-alone-under-17"
    if any(each.slug in ("act", "cact") and each.says is Control.GOOD for each in scored):
        yield "act-good-is-not-all"


def _alone_and_young(facts: ControlFacts, scored: tuple[ControlReason, ...]) -> bool:
    """Under 17 the three questions never decide alone (Andrews et al.)."""
    alone = {each.slug for each in scored if each.counts} == {"rcp3q"}
    return alone and facts.age < whole("rcp3q-adult-age", facts.on)


def _not_configured(facts: ControlFacts, bands: tuple[str, ...]) -> tuple[str, ...]:
    unknown = (slug for score in facts.today for slug in score.not_configured)
    return tuple(dict.fromkeys((*unknown, *bands)))


def _rank(control: Control) -> int:
    return _ORDER.index(control) if control in _ORDER else -1
