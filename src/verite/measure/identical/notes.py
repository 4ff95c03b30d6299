"""What to know beside the index: codes and fields, as errors are."""

from __future__ import annotations

from typing import Final

from verite.measure.identical.answers import Answers
from verite.measure.identical.counting import distinct
from verite.measure.identical.mixing import FEWEST, Mix
from verite.measure.identical.modelling import Fitted

_REPEATED: Final = 1.2  # answers by person: from there on it is told how alike theirs are


def notes_of(
    answers: Answers, mixed: Mix, fitted: Fitted, metric: str, delta: float
) -> tuple[str, ...]:
    """The definition, what was taken away first, what was left out and why."""
    told = _definition(answers, delta)
    named = "+".join(one.name for one in mixed.customers)
    told.append(f"note_identical_adjusted: dimensions={named}" if named else "note_identical_plain")
    if any(one.name == "touchpoint" for one in mixed.customers):
        told.append("note_identical_main")
    told += _repeated(answers, fitted)
    for one in (*mixed.small, *mixed.coarse):
        told.append(f"note_identical_small: dimension={one.name}, units={len(one.labels)}, "
                    f"least={FEWEST}")  # fmt: skip
    told += [f"note_identical_alone: dimension={name}" for name in mixed.alone]
    for name, reason in mixed.left_out:
        code, _, other = reason.partition(":")
        told.append(
            f"note_identical_{code}: dimension={name}" + (f", other={other}" if other else "")
        )
    for scale, count in answers.left_out:
        told.append(f"note_left_out_scale: metric={metric}, scale={scale}, n={count}")
    return tuple(told)


def _definition(answers: Answers, delta: float) -> list[str]:
    """What the index is; of times, that they are compared as ratios, and how many are open."""
    if not answers.is_times:
        return [f"note_identical_definition: delta={delta:g}"]
    told = [f"note_identical_times: delta={delta:g}"]
    if answers.open is not None and answers.open.any():
        told.append(f"note_identical_open: n={int(answers.open.sum())}")
    return told


def _repeated(answers: Answers, fitted: Fitted) -> list[str]:
    """How alike the answers of one person are, when people repeat: they count accordingly."""
    n, people = len(answers.y), distinct(answers.people)
    if n <= _REPEATED * people:
        return []
    alike = f"{100 * fitted.fit.alike:.0f}"
    return [f"note_identical_repeated: n={n}, people={people}, alike={alike}"]
