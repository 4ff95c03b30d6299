"""A year of Clairvoie: everything that happens, from the first visit to the last answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verite.demo import (
    acquire,
    complaints,
    contacts,
    daily,
    golden,
    loyalty,
    needs,
    surveys,
    visits,
)
from verite.demo.clock import YEAR_S, Ints
from verite.demo.people import People, gather
from verite.demo.rows import Rows, keep, together, with_columns
from verite.demo.verbatims import write_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The customers, all interactions in time order, their words (`text` points at them), and
    when each customer left (two years and more = still here)."""

    people: People
    lived: Rows
    words: tuple[str, ...]
    left_at: Ints


def live_a_year(people: int, seed: int) -> Year:
    """The whole year of `people` customers; the same seed gives the same year."""
    rng = np.random.default_rng(seed)
    customers = gather(rng, people)
    possible = golden.quiet(_possible(rng, customers), customers)
    losses = loyalty.leave(rng, customers, possible)
    lived = together([_until_left(possible, losses.left_at), losses.part])
    answers = [
        *surveys.relational(rng, customers, lived, losses.left_at),
        *surveys.after_contacts(rng, customers, lived),
        *surveys.ratings(rng, customers, lived),
    ]
    story, said = golden.tell_story(customers)
    said_first = together([lived, *(_until_left(part, losses.left_at) for part in answers)])
    words = write_words(rng, customers, said_first)
    told = with_columns(
        story,
        {"text": np.where(story.whole("text") >= 0, story.whole("text") + len(words.texts), -1)},
    )
    everything = together(
        [with_columns(said_first, {"text": words.place, "language": words.language}), told]
    )
    return Year(people=customers, lived=everything, words=(*words.texts, *said),
                left_at=losses.left_at)  # fmt: skip


def _possible(rng: np.random.Generator, people: People) -> Rows:
    """What would happen to each customer if nobody ever left."""
    joined = acquire.acquire(rng, people)
    hit = daily.outages(rng, people)
    first = needs.arise(rng, people, joined, hit)
    helped = contacts.help_out(rng, people, first)
    parts = [
        *visits.prospects(rng, people), *joined.parts, *hit.parts, *helped.parts,
        daily.invoices(rng, people), *daily.use(rng, people), daily.price_notice(rng, people),
        daily.renewals(rng, people), needs.read_faq(rng, people, first),
        *complaints.complain(rng, first, helped.unsolved),
        complaints.call_back(rng, helped.unsolved),
    ]  # fmt: skip
    everything = together(parts)
    return keep(everything, (everything.t >= 0) & (everything.t < YEAR_S))


def _until_left(lived: Rows, left_at: Ints) -> Rows:
    known = np.append(left_at, 2 * YEAR_S)  # the last one stands for prospects, person -1
    return keep(lived, (lived.t <= known[lived.person]) & (lived.t < YEAR_S))
