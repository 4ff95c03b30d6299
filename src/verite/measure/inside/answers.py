"""The same answer everywhere: one question asked on several channels, the answers compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from verite.measure.inside.settings import AnswersSettings
from verite.measure.study import EPOCH, EVERYTHING, Study, Timeline, about, question
from verite.stats.agreement import Agreement, agree_across, agree_within, mean_agreement
from verite.stats.intervals import Interval
from verite.stats.withholding import withhold
from verite.words.asked import Filters
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.inside import ChannelAnswers, CheckContact, QuestionRow, SameAnswer, SameAnswers

if TYPE_CHECKING:
    from verite.ledger.timeline.timeline import Timeline as Whole

QUESTION: Final = "question"  # segments of the rows from inside
ANSWER: Final = "answer"
METHOD: Final = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Told:
    """Rows with a question and an answer; the answers written one way."""

    rows: np.ndarray
    questions: np.ndarray
    answers: np.ndarray
    channels: np.ndarray
    question_names: tuple[str, ...]
    answer_names: tuple[str, ...]
    channel_names: tuple[str, ...]


def same_answers(
    study: Study, settings: AnswersSettings, where: Filters = EVERYTHING
) -> SameAnswers:
    """Every question asked on two channels or more, those that differ most first."""
    told = _told(study.timeline, question(study, where).where)
    level = 100 * settings.same_from
    rows: list[tuple[float, QuestionRow]] = []
    alone: list[str] = []
    for place, name in enumerate(told.question_names):
        counts, kept = _counts(told, place)
        if not counts.size:
            continue
        found = agree_across(counts)
        if found.value is None:
            alone.append(name)
            continue
        rows.append((found.value, _row(name, counts, (kept, told), level)))
    overall = _overall([value for value, _ in rows], sum(_heard(row) for _, row in rows))
    rows.sort(key=lambda pair: (pair[0], pair[1].question))
    return SameAnswers(
        about=about(study, "answers", where),
        overall=overall,
        verdict=_verdict(overall, level),
        rows=tuple(row for _, row in rows),
        level=level,
        one_channel=tuple(sorted(alone)),
    )


def contacts_of(
    timeline: Whole, name: str, where: Filters = EVERYTHING, *, at_most: int = 500
) -> tuple[CheckContact, ...]:
    """The contacts on which a question was asked, newest first: the evidence of its figure."""
    told = _told(timeline, where)
    if name not in told.question_names:
        return ()
    rows = told.rows[told.questions == told.question_names.index(name)]
    rows = rows[np.argsort(-np.asarray(timeline.ts)[rows], kind="stable")][:at_most]

    def word(column: str, row: int) -> str | None:
        code = int(timeline.codes(column)[row])
        return timeline.labels(column)[code] if code >= 0 else None

    return tuple(
        CheckContact(
            interaction_id=number, at=EPOCH + timedelta(microseconds=int(timeline.ts[row])),
            channel=word("channel", row) or "other", team=word("team", row),
            site=word("site", row), answer=word(f"segment_{ANSWER}", row) or "", text=text,
        )
        for row, number, text in zip(
            rows.tolist(), timeline.ids(rows), timeline.texts(rows), strict=True
        )
    )  # fmt: skip


def _told(timeline: Timeline, where: Filters) -> _Told:
    if not {QUESTION, ANSWER} <= set(timeline.segments):
        none = np.zeros(0, dtype=np.int64)
        return _Told(rows=none, questions=none, answers=none, channels=none,
                     question_names=(), answer_names=(), channel_names=())  # fmt: skip
    asked, heard = timeline.codes(f"segment_{QUESTION}"), timeline.codes(f"segment_{ANSWER}")
    channel = timeline.codes("channel")
    rows = np.flatnonzero((asked >= 0) & (heard >= 0) & (channel >= 0) & timeline.rows_of(where))
    questions, names = _one_way(timeline.labels(f"segment_{QUESTION}"), asked[rows])
    answers, said = _one_way(timeline.labels(f"segment_{ANSWER}"), heard[rows])
    return _Told(
        rows=rows, questions=questions, answers=answers, channels=channel[rows],
        question_names=names, answer_names=said, channel_names=timeline.labels("channel"),
    )  # fmt: skip


def _one_way(labels: Sequence[str], codes: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Codes of labels that differ by case or spaces alone become one, under the first writing."""
    places: dict[str, int] = {}
    names: list[str] = []
    turned = np.zeros(len(labels) + 1, dtype=np.int64)
    for code, label in enumerate(labels):
        plain = " ".join(label.casefold().split())
        if plain not in places:
            places[plain] = len(names)
            names.append(" ".join(label.split()))
        turned[code] = places[plain]
    return turned[codes], tuple(names)


def _counts(told: _Told, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Contacts by channel met (lines) and answer (columns), and the codes of those channels."""
    mine = told.questions == place
    channels, line = np.unique(told.channels[mine], return_inverse=True)
    counts = np.zeros((len(channels), len(told.answer_names)))
    np.add.at(counts, (line, told.answers[mine]), 1.0)
    return counts, channels


def _row(
    name: str, counts: np.ndarray, held: tuple[np.ndarray, _Told], level: float
) -> QuestionRow:
    kept, told = held
    agreement = _estimate(agree_across(counts))
    verdict = _verdict(agreement, level)
    channels = tuple(
        ChannelAnswers(
            channel=told.channel_names[int(code)], n=int(line.sum()),
            answers=tuple(
                (told.answer_names[k], int(line[k]))
                for k in sorted(np.flatnonzero(line).tolist(), key=lambda k: (-line[k], k))
            ),
        )
        for code, line in zip(kept, counts, strict=True)
    )  # fmt: skip
    apart = ""
    if verdict is SameAnswer.DIFFERENT and len(channels) > 2:
        apart = channels[_furthest(counts)].channel
    return QuestionRow(
        question=name, agreement=agreement, within=_estimate(agree_within(counts)),
        verdict=verdict, channels=channels, apart=apart,
    )  # fmt: skip


def _furthest(counts: np.ndarray) -> int:
    """The channel whose answers agree least with those of the others."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    return int((shares * (shares.sum(axis=0) - shares)).sum(axis=1).argmin())


def _heard(row: QuestionRow) -> int:
    return sum(one.n for one in row.channels)


def _overall(values: Sequence[float], n: int) -> Estimate:
    """The mean over questions; a single one has no interval over questions."""
    bounds = mean_agreement(np.array(values, dtype=float))
    mean = float(np.mean(values)) if len(values) > 1 else None
    return _estimate(Agreement(value=mean, interval=bounds, n=n))


def _estimate(found: Agreement) -> Estimate:
    if found.value is None:
        return Estimate(value=None, low=None, high=None, n=found.n, unit=Unit.PERCENT,
                        better=Better.HIGHER, method=METHOD, status=Status.UNKNOWN)  # fmt: skip
    bounds: Interval = found.interval.times(100)
    return withhold(Estimate(
        value=100 * found.value, low=bounds.low, high=bounds.high, n=found.n, unit=Unit.PERCENT,
        better=Better.HIGHER, method=METHOD,
    ))  # fmt: skip


def _verdict(estimate: Estimate, level: float) -> SameAnswer | None:
    """Same: the whole interval at the level or above. Different: all of it below."""
    if estimate.low is None or estimate.high is None:
        return None
    if estimate.low >= level:
        return SameAnswer.SAME
    return SameAnswer.DIFFERENT if estimate.high < level else SameAnswer.UNDECIDED
