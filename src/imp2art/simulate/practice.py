"""One simulated practice: its facts and its four tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from imp2art.record.extract_schema import EXTRACT_FORMAT, ExtractManifest
from imp2art.simulate.arrow_tables import events_batch, issues_batch, patients_batch, registrations_batch
from imp2art.simulate.care import draw_care
from imp2art.simulate.dice import dice_of
from imp2art.simulate.model import Model
from imp2art.simulate.named_kinds import LEAST_LIST, put_kinds_last
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.people import draw_people


@dataclass(frozen=True, slots=True)
class SimulatedPractice:
    """`facts` name no files yet; `tables` has the batches of each table, in the form of `CLEAN_SCHEMAS`."""

    facts: ExtractManifest
    tables: Mapping[str, tuple[pa.RecordBatch, ...]]


def simulate_practice(model: Model, outline: PracticeOutline) -> SimulatedPractice:
    """One practice. It depends on the model and its own outline, not on how many others are made."""
    scripted = len(model.kinds) if outline.list_size >= LEAST_LIST else 0
    dice = dice_of(model.seed, outline.index, "people")
    people = draw_people(outline, dice, model.frame, model.parameters, model.origins, model.months, scripted)
    if scripted:
        people = put_kinds_last(people, model.kinds, model.origins, dice, model.frame)
    events, issues = draw_care(model, outline, people, scripted)
    tables = {
        "patients": (patients_batch(people, outline, model.origins),),
        "registrations": (registrations_batch(people),),
        "events": (events_batch(events, len(people), model.coding),),
        "issues": (issues_batch(issues, len(people), outline, model.formulary),),
    }
    return SimulatedPractice(_facts(model, outline), tables)


def _facts(model: Model, outline: PracticeOutline) -> ExtractManifest:
    return ExtractManifest(
        EXTRACT_FORMAT,
        outline.code,
        outline.name,
        outline.nation,
        outline.system,
        model.frame.first_date,
        model.frame.last_date,
        (),
    )
