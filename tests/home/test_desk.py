"""What the desk remembers: answers of the data as it is, never of who was erased meanwhile."""

from __future__ import annotations

from tests.home.marie import AT, CLI, MARIE

from verite.home.home import Home


def test_an_answer_worked_out_while_somebody_was_erased_is_not_kept(home: Home) -> None:
    def slowly() -> str:
        told = MARIE
        home.erase(MARIE, by=CLI, at=AT)
        home.desk.answer("since", lambda: "nobody")
        return told

    assert home.desk.answer("who", slowly) == MARIE
    assert home.desk.answer("who", lambda: "nobody") == "nobody"
    assert home.desk.answer("since", lambda: "forgotten") == "nobody"
    assert MARIE not in home.desk._answers.values()


def test_an_answer_is_worked_out_once(home: Home) -> None:
    assert home.desk.answer("x", lambda: 1) == 1
    assert home.desk.answer("x", lambda: 2) == 1
