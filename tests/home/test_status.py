"""What is here, told as it is now."""

from __future__ import annotations

from pathlib import Path

import verite


def test_lines_that_all_go_to_quarantine_are_counted_at_once(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("message_id,identity,at,channel\nm1,user:a,31/31/2026,web\n", encoding="utf-8")
    with verite.create(tmp_path / "home") as home:
        assert home.status().result.quarantined == 0
        assert home.listen(file).result.quarantined == 1
        assert home.status().result.quarantined == 1
