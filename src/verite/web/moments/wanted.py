"""What the reader asks of moments: the outcome that they move, the segment to compare by."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from verite.home import Home
from verite.sentences.moments_drawn import outcome_name
from verite.sentences.names import dimension_name
from verite.sentences.of_moments import moments_words
from verite.web.asked import Asked, Choice, read_asked
from verite.web.language import language
from verite.web.wording import say
from verite.words.errors import BadInput
from verite.words.moments import ASSUMPTIONS, CHURN, REPEAT, REPURCHASE, MomentsAsked

# The same answers under another name: NPS is the relational one where there is one.
TOLD_ALREADY = frozenset({"nps_relational", "csat_mean", "ces_mean"})
ADDRESS = "/moments"
SEPARATOR = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The question of the page, its choices, and what its links keep."""

    asked: Asked
    lately: Asked  # the last weeks unless told otherwise, for targets
    question: MomentsAsked
    outcomes: tuple[Choice, ...]
    segments: tuple[Choice, ...]

    @property
    def query(self) -> str:
        """The question as a query string."""
        return self.asked.query(**dict(self.kept))

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What the question adds to the filters, as names and values of a form."""
        asked, kept = self.question, [("outcome", self.question.outcome)]
        if asked.segment:
            kept.append(("by", f"segment.{asked.segment}"))
        if asked.assume:
            kept.append(("assume", SEPARATOR.join(asked.assume)))
        return tuple(kept)

    @property
    def everything_kept(self) -> tuple[tuple[str, str], ...]:
        """The filters and the whole question."""
        return (*self.asked.kept, *self.kept)

    @property
    def beside_assumptions(self) -> tuple[tuple[str, str], ...]:
        """The filters and the question, but for what is assumed."""
        return tuple(pair for pair in self.everything_kept if pair[0] != "assume")

    @property
    def assumed(self) -> str:
        """What the reader is ready to assume, as its links bear it."""
        return SEPARATOR.join(self.question.assume)

    @property
    def assumptions(self) -> tuple[Choice, ...]:
        """What may be assumed, each in a sentence."""
        return tuple(
            Choice(value=code, name=assumption(code), is_chosen=code in self.question.assume)
            for code in ASSUMPTIONS
        )

    def path(self, touchpoint: str = "") -> str:
        """The address of the page of all moments, or of one."""
        return path_of(touchpoint)

    def url(self, touchpoint: str = "") -> str:
        """The same for this question."""
        return f"{self.path(touchpoint)}?{self.query}"

    def everything(self, path: str) -> str:
        """The same outcome, over everything."""
        return f"{path}?{urlencode({'period': 'all', 'outcome': self.question.outcome})}"


def path_of(touchpoint: str = "") -> str:
    """The address of the page of all moments, or of one.

    >>> path_of(), path_of("a/b")
    ('/moments', '/moments/a%2Fb')
    """
    return f"{ADDRESS}/{quote(touchpoint, safe='')}" if touchpoint else ADDRESS


def read_wanted(request: HttpRequest, home: Home, outcome: str | None = None) -> Wanted | None:
    """The question in the URL; nothing when the home holds no outcome to explain.

    Read over everything unless told otherwise: a moment needs answers, and what came before them.
    """
    known = outcomes_of(home)
    if not known:
        return None
    asked = read_asked(request, home, period="all")
    chosen = outcome or request.GET.get("outcome") or known[0]
    if chosen not in known:
        raise BadInput("unknown_metric", fields={"metric": chosen, "known": ", ".join(known)})
    segment = request.GET.get("by", "").removeprefix("segment.")
    keys = [key for key, _ in home.segments()]
    if segment and segment not in keys:
        raise BadInput("unknown_dimension", fields={"dimension": segment})
    question = MomentsAsked(
        outcome=chosen,
        segment=segment or None,
        where=asked.where,
        assume=_assumed(";".join(request.GET.getlist("assume"))),
    )
    return Wanted(
        asked=asked,
        lately=read_asked(request, home),
        question=question,
        outcomes=tuple(
            Choice(value=key, name=outcome_name(key, language()), is_chosen=key == chosen)
            for key in known
        ),
        segments=_segments(keys, segment),
    )


def assumption(code: str) -> str:
    """What may be assumed, in words."""
    return moments_words(f"assume.{code}", language())


def _assumed(text: str) -> tuple[str, ...]:
    """What the reader is ready to assume, parted by semicolons.

    >>> _assumed("no_unseen ; ; no_mediator")
    ('no_unseen', 'no_mediator')
    """
    parts = [part.strip() for part in text.split(";")]
    return tuple(dict.fromkeys(part for part in parts if part))


def outcomes_of(home: Home) -> tuple[str, ...]:
    """The outcomes that this home's data tell of, NPS first, each score once."""
    return home.desk.answer(("outcomes",), lambda: _outcomes_of(home))


def _outcomes_of(home: Home) -> tuple[str, ...]:
    told = [one for one in home.moments_outcomes() if one not in TOLD_ALREADY]
    if not _loses(home):
        told.remove(CHURN)
    if "purchase" not in home.desk.timeline.labels("kind"):
        told.remove(REPURCHASE)
    return tuple(told) if set(told) - {REPEAT} else ()


def _loses(home: Home) -> bool:
    """Whether the data say when a customer leaves."""
    from verite.measure import read_definitions

    lost = read_definitions(home.settings.definitions).loss_touchpoints
    return bool(set(home.desk.timeline.labels("touchpoint")) & set(lost))


def _segments(keys: list[str], chosen: str) -> tuple[Choice, ...]:
    if not keys:
        return ()
    none = Choice(value="", name=say("moments.no_segment"), is_chosen=not chosen)
    return (
        none,
        *(
            Choice(
                value=f"segment.{key}",
                name=say("listen.a_segment", key=dimension_name(key, language())),
                is_chosen=key == chosen,
            )
            for key in keys
        ),
    )
