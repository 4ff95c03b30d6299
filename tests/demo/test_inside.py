"""What Clairvoie says from inside: the two planted truths are found again, in a ledger apart."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import verite
from verite.demo.inside import ANSWERED, APART, TEAMS, UNAWARE, VALUES, write_inside
from verite.loop.listen import Request
from verite.words.inside import Known, SameAnswer

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_the_planted_team_and_question_are_found_and_nothing_else(tmp_path: Path) -> None:
    verite.create(tmp_path / "home").close()
    with (tmp_path / "home" / "verite.toml").open("a", encoding="utf-8") as file:
        file.write(VALUES)
    with verite.open(tmp_path / "home") as home:
        for file in write_inside(tmp_path / "files"):
            home.listen_to(Request(files=(file,), inside=True), at=AT)
        values, answers = home.values().result, home.answers().result
        assert home.status().result.interactions == 0
    assert values.answered == ANSWERED * len(TEAMS)
    lacking = [(r.value, r.unit) for r in values.rows if r.known is Known.NOT_KNOWN and r.unit]
    assert lacking == [("clarity", UNAWARE)]
    assert dict(values.verdicts) == {"clarity": Known.NOT_KNOWN, "promise_kept": Known.KNOWN}
    different = [(r.question, r.apart) for r in answers.rows if r.verdict is SameAnswer.DIFFERENT]
    assert different == [APART]


def test_the_same_files_are_written_each_time(tmp_path: Path) -> None:
    first, second = (
        [file.read_bytes() for file in write_inside(tmp_path / name)] for name in ("a", "b")
    )
    assert first == second
