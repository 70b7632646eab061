"""One picture a step: the inhaler alone, or at the mouth of a face in profile. Its title says what it shows.

What the drawing shows stands in content/technique.toml, `drawing-…`; the step's own words stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from imp2art.asthma.technique import TechniqueKind
from imp2art.documents.charts.svg import element, picture
from imp2art.documents.technique.devices import DEVICES, TURNED
from imp2art.documents.technique.marks import MOUTH, arrow, capsule, clock, crossed, face, turning
from imp2art.documents.words import phrase

WIDTH, HEIGHT = 160, 100
_ALONE = (80, 54)

# The step and the scene that shows it; several steps share one.
SCENE_OF: Mapping[str, str] = MappingProxyType(
    {
        "shake": "shake",
        "shake-again": "shake",
        "breathe-out": "breathe-out",
        "breathe-out-away": "breathe-out-away",
        "seal": "seal",
        "seal-vents": "seal",
        "press-as-you-breathe": "press",
        "press-once": "press",
        "press-and-slow": "press",
        "slow-deep": "slow",
        "slow-breaths": "slow",
        "slow-past-click": "slow",
        "fast-deep": "fast",
        "hold": "hold",
        "wait": "wait",
        "fit": "fit",
        "open": "open",
        "open-upright": "open",
        "load": "load",
        "turn": "load",
        "keep-level": "level",
        "capsule-in": "capsule",
        "pierce": "pierce",
        "check-empty": "empty",
        "close": "close",
    }
)


@cache
def draw_step(kind: TechniqueKind, step: str) -> str:
    """The picture of a step, as SVG."""
    scene = SCENE_OF[step]
    said = phrase("technique", f"drawing-{scene}")
    title = phrase("technique", f"kind-{kind}")
    return picture(WIDTH, HEIGHT, said, title, *_SCENES[scene](kind))


def _at_mouth(kind: TechniqueKind) -> tuple[str, ...]:
    x, y = MOUTH
    return (element("g", *DEVICES[kind](), transform=f"translate({x} {y})"), face())


def _alone(kind: TechniqueKind, x: float = _ALONE[0], y: float = _ALONE[1]) -> str:
    """In the middle, with the mouthpiece on top where the inhaler is got ready so."""
    if kind in TURNED:
        return element("g", *DEVICES[kind](), transform=f"translate({x} {y - 26}) rotate(90)")
    size = 0.85 if kind is TechniqueKind.PMDI_SPACER else 1
    left = x - (42 if kind is TechniqueKind.PMDI_SPACER else 20)
    return element("g", *DEVICES[kind](), transform=f"translate({left} {y + 14}) scale({size})")


def _shake(kind: TechniqueKind) -> tuple[str, ...]:
    bare = TechniqueKind.PMDI if kind is TechniqueKind.PMDI_SPACER else kind
    return (
        _alone(bare),
        arrow(34, 56, 34, 26),
        arrow(34, 54, 34, 84),
        arrow(126, 56, 126, 26),
        arrow(126, 54, 126, 84),
    )


def _breathe_out(kind: TechniqueKind) -> tuple[str, ...]:
    return (face(), arrow(80, 58, 118, 58))


def _breathe_out_away(kind: TechniqueKind) -> tuple[str, ...]:
    low = element("g", *DEVICES[kind](), transform="translate(96 84) scale(0.8)")
    return (face(), arrow(80, 50, 118, 50), low)


def _seal(kind: TechniqueKind) -> tuple[str, ...]:
    return _at_mouth(kind)


def _press(kind: TechniqueKind) -> tuple[str, ...]:
    x = {TechniqueKind.PMDI_SPACER: 132, TechniqueKind.SOFT_MIST: 92}.get(kind, 91)
    y = {TechniqueKind.PMDI_SPACER: 22, TechniqueKind.SOFT_MIST: 40}.get(kind, 15)
    return (*_at_mouth(kind), arrow(x, max(y - 20, 1), x, y), arrow(112, 88, 72, 88, width=2))


def _slow(kind: TechniqueKind) -> tuple[str, ...]:
    return (*_at_mouth(kind), arrow(150, 86, 66, 86))


def _fast(kind: TechniqueKind) -> tuple[str, ...]:
    return (*_at_mouth(kind), *(arrow(x + 20, 88, x, 88, width=4) for x in (68, 96, 124)))


def _hold(kind: TechniqueKind) -> tuple[str, ...]:
    return (face(), clock(118, 50, "10"))


def _wait(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind, 52), clock(122, 50, "30"))


def _fit(kind: TechniqueKind) -> tuple[str, ...]:
    chamber = element("g", DEVICES[kind]()[1], transform="translate(14 60)")
    inhaler = element("g", *DEVICES[TechniqueKind.PMDI](), transform="translate(94 60) scale(0.9)")
    return (chamber, inhaler, arrow(92, 84, 66, 84))


def _open(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind), arrow(46, 74, 46, 96) if kind not in TURNED else arrow(84, 20, 116, 20))


def _load(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind), turning(80, 80))


def _level(kind: TechniqueKind) -> tuple[str, ...]:
    level = element("g", *DEVICES[kind](), transform="translate(30 50)")
    return (level, arrow(124, 50, 124, 26), arrow(124, 48, 124, 74), crossed(124, 50))


def _capsule(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind, 104), capsule(34, 52, full=True), arrow(50, 52, 80, 52))


def _pierce(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind), arrow(26, 53, 54, 53), arrow(134, 53, 106, 53))


def _empty(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind, 104), capsule(42, 52, full=False))


def _close(kind: TechniqueKind) -> tuple[str, ...]:
    return (_alone(kind), arrow(46, 94, 46, 72) if kind not in TURNED else arrow(116, 20, 90, 20))


_SCENES: Mapping[str, Callable[[TechniqueKind], tuple[str, ...]]] = MappingProxyType(
    {
        "shake": _shake,
        "breathe-out": _breathe_out,
        "breathe-out-away": _breathe_out_away,
        "seal": _seal,
        "press": _press,
        "slow": _slow,
        "fast": _fast,
        "hold": _hold,
        "wait": _wait,
        "fit": _fit,
        "open": _open,
        "load": _load,
        "level": _level,
        "capsule": _capsule,
        "pierce": _pierce,
        "empty": _empty,
        "close": _close,
    }
)
