"""Upkeep nobody has to think of: many small imports, and files put in order under a reader."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import verite
from verite.home import Home
from verite.ledger.ledger import Ledger
from verite.words.columns import BUCKETS

HEAD = "message_id,identity,at,channel,kind,metric,score,scale_min,scale_max"


def write_one(file: Path, number: int) -> Path:
    day = f"2026-03-{1 + number % 28:02d}T09:00:00Z"
    score = 1 + number % 5
    line = f"m{number},user:{number % 3},{day},web,feedback,csat,{score},1,5"
    file.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    return file


def told(home: Home) -> tuple[object, ...]:
    status = home.status().result
    scores = home.measure("csat_mean", by=("channel",)).result.rows
    variants = [(v.count, v.path) for v in home.map().result.variants]
    return status.interactions, status.people, scores, variants


def test_many_small_imports_leave_few_files_and_the_same_answers(tmp_path: Path) -> None:
    with verite.create(tmp_path / "many") as many, verite.create(tmp_path / "one") as one:
        files = [write_one(tmp_path / f"{n}.csv", n) for n in range(40)]
        for file in files:
            many.listen(file)
        one.listen(*files)
        one.desk.ledger.compact()
        people = len({n % 3 for n in range(40)})
        on_disk = list((tmp_path / "many" / "ledger").glob("bucket=*/*.parquet"))
        assert len(on_disk) <= 31 + min(people, BUCKETS)
        assert {str(path) for path in on_disk} == set(many.desk.ledger.files())
        assert not many.desk.ledger.is_untidy
        assert told(many) == told(one)


def test_a_question_survives_files_put_in_order_while_it_reads(tmp_path: Path) -> None:
    with verite.create(tmp_path / "a") as home:
        for number in range(3):
            home.listen(write_one(tmp_path / f"{number}.csv", number))
        tries: list[int] = []

        def ask() -> list[int]:
            timeline = home.desk.timeline
            tries.append(timeline.ledger_version)
            if len(tries) == 1:
                with Ledger.open(home.path) as other:
                    assert other.compact() == 3
                    assert other.vacuum() == 3
            return np.bincount(timeline.codes("channel")).tolist()

        assert home.desk.answer("channels", ask) == [3]
        assert tries[1] > tries[0]
