"""All that is read once for a run: parameters, names, codes, products, stories and the span of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.codes.library import Library
from imp2art.core.refusal import Refusal
from imp2art.simulate.coding import Coding, read_coding
from imp2art.simulate.formulary import Formulary, read_formulary
from imp2art.simulate.frame import Frame, frame_of
from imp2art.simulate.named_kinds import Kinds, read_kinds
from imp2art.simulate.origins import Origins, read_origins
from imp2art.simulate.outline import PracticeOutline, outline_practices
from imp2art.simulate.parameters import Parameters, read_parameters

MOST_MONTHS = 600
MOST_NOISE = 1_000


@dataclass(frozen=True, slots=True)
class Model:
    """`noise` is the number of entries, and of issues, a person and year that no codelist holds."""

    parameters: Parameters
    origins: Origins
    coding: Coding
    formulary: Formulary
    kinds: Kinds
    seed: int
    months: int
    frame: Frame
    noise: float

    def outlines(
        self, practices: int | None = None, people: int | None = None
    ) -> tuple[PracticeOutline, ...]:
        """The practices to be made: see `outline_practices`."""
        return outline_practices(self.parameters, self.seed, self.months, practices, people)


def read_model(library: Library, seed: int, as_at: date, months: int, noise: float = 0.0) -> Model:
    """The model for a seed and the `months` up to `as_at`."""
    # Written so that what is not a number is refused too.
    if seed < 0 or not 0 <= noise <= MOST_NOISE:
        raise Refusal(f"The seed must be 0 or more, and the noise from 0 to {MOST_NOISE}.")
    if not 1 <= months <= MOST_MONTHS:
        raise Refusal(f"The months of history must lie between 1 and {MOST_MONTHS}.")
    coding, formulary = read_coding(library), read_formulary(library)
    return Model(
        read_parameters(),
        read_origins(),
        coding,
        formulary,
        read_kinds(coding, formulary),
        seed,
        months,
        frame_of(as_at, months),
        noise,
    )
