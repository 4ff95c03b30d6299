"""One question reads one timeline to its end, whatever arrives meanwhile."""

from __future__ import annotations

from pathlib import Path

import verite
from verite.home import Home

HEAD = "message_id,identity,at,channel,kind"


def listen(home: Home, folder: Path, number: int) -> None:
    file = folder / f"{number}.csv"
    line = f"m{number},user:{number},2026-03-{1 + number:02d}T09:00:00Z,web,visit"
    file.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    home.listen(file)


def test_what_arrives_while_a_question_is_answered_is_for_the_next_one(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        listen(home, tmp_path, 1)

        def count_twice() -> tuple[int, int]:
            before = home.desk.timeline.rows
            listen(home, tmp_path, 2)
            return before, home.desk.timeline.rows

        assert home.desk.answer("twice", count_twice) == (1, 1)
        assert home.desk.timeline.rows == 2
        assert home.desk.answer("rows", lambda: home.desk.timeline.rows) == 2


def test_a_part_of_a_question_is_not_remembered_as_of_newer_data(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        listen(home, tmp_path, 1)

        def rows() -> int:
            return home.desk.answer("rows", lambda: home.desk.timeline.rows)

        def ask() -> int:
            _ = home.desk.timeline
            listen(home, tmp_path, 2)
            return rows()

        assert home.desk.answer("ask", ask) == 1
        assert rows() == 2


def test_a_question_that_fails_lets_go_of_its_timeline(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        listen(home, tmp_path, 1)

        def fail() -> None:
            _ = home.desk.timeline
            raise ZeroDivisionError

        try:
            home.desk.answer("fail", fail)
        except ZeroDivisionError:
            listen(home, tmp_path, 2)
        assert home.desk.timeline.rows == 2
