"""The technique checklist of a review: what `practice/parts/technique.jinja` shows, and its form read back.

One group of fields an inhaler's kind: `technique_<kind>_<step>` is `right` or `wrong`, and
`technique_<kind>_corrected` yes or no. A step that was left alone was not watched (H-15, H-37).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imp2art.asthma.inhalers import CurrentMedicine
from imp2art.asthma.review.answers import TechniqueCheck
from imp2art.asthma.technique import STEPS, TechniqueKind, checklists
from imp2art.documents.technique.drawings import draw_step
from imp2art.documents.words import find_phrase, phrase
from imp2art.web.practice.fields import NO, YES, Sent

RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step with the name of its field, its words, and its picture as SVG."""

    field: str
    words: str
    drawing: str


@dataclass(frozen=True, slots=True)
class ChecklistShown:
    """The checklist of one kind of inhaler. `inhalers` are the person's own of that kind."""

    kind: str
    title: str
    inhalers: tuple[str, ...]
    steps: tuple[StepShown, ...]
    corrected: str
    rinse: bool


def technique_panel(medicines: Iterable[CurrentMedicine]) -> tuple[ChecklistShown, ...]:
    """The checklists for the inhalers in use; empty where none is known."""
    return tuple(
        ChecklistShown(
            kind=each.kind.value,
            title=find_phrase("technique", f"kind-{each.kind}").text,
            inhalers=each.inhalers,
            steps=tuple(_step(each.kind, step) for step in each.steps),
            corrected=_field(each.kind, "corrected"),
            rinse=each.rinse,
        )
        for each in checklists(medicines)
    )


def technique_checks_from(sent: Sent) -> tuple[TechniqueCheck, ...]:
    """What the form says of every kind of which any step was marked."""
    found = (_check(sent, kind) for kind in TechniqueKind if _sent(sent, kind))
    return tuple(check for check in found if check.right or check.wrong or check.corrected is not None)


def texts_of_technique(checks: Iterable[TechniqueCheck]) -> dict[str, tuple[str, ...]]:
    """The form that shows these checks."""
    texts: dict[str, tuple[str, ...]] = {}
    for check in checks:
        kind = TechniqueKind(check.device)
        texts |= {_field(kind, step): (RIGHT,) for step in check.right}
        texts |= {_field(kind, step): (WRONG,) for step in check.wrong}
        if check.corrected is not None:
            texts[_field(kind, "corrected")] = (YES if check.corrected else NO,)
    return texts


def technique_in_words(check: TechniqueCheck) -> str:
    """`Dry powder inhaler: 5 right, 1 not right, 1 not watched`."""
    kind = TechniqueKind(check.device)
    right, wrong = len(check.right), len(check.wrong)
    left = len(STEPS[kind]) - right - wrong
    said = phrase("technique", "summary", right=right, wrong=wrong, left=left)
    return f"{find_phrase('technique', f'kind-{kind}').text}: {said}"


def _check(sent: Sent, kind: TechniqueKind) -> TechniqueCheck:
    said = {step: sent.choice(_field(kind, step), (RIGHT, WRONG), _words(kind, step)) for step in STEPS[kind]}
    return TechniqueCheck(
        device=kind.value,
        right=tuple(step for step, answer in said.items() if answer == RIGHT),
        wrong=tuple(step for step, answer in said.items() if answer == WRONG),
        corrected=sent.yes_no(_field(kind, "corrected"), find_phrase("technique", "corrected").text),
    )


def _sent(sent: Sent, kind: TechniqueKind) -> bool:
    return any(any(sent.texts.get(_field(kind, step), ())) for step in (*STEPS[kind], "corrected"))


def _step(kind: TechniqueKind, step: str) -> StepShown:
    return StepShown(_field(kind, step), _words(kind, step), draw_step(kind, step))


def _words(kind: TechniqueKind, step: str) -> str:
    return find_phrase("technique", f"step-{kind}-{step}").text


def _field(kind: TechniqueKind, step: str) -> str:
    return f"technique_{kind}_{step}"
