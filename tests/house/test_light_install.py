"""What the base install lacks is never needed: every import works with pyarrow and pandas away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ABSENT = "import sys; sys.modules.update(dict.fromkeys(('pyarrow', 'pandas', 'pyspark')))\n"

LISTENING = """
from pathlib import Path
import verite

folder = Path(sys.argv[1])
(folder / "visits.csv").write_text("id;who;at\\n1;ada;2026-01-02 10:00\\n2;bo;2026-01-03 11:00\\n")
(folder / "m.sql").write_text(
    "SELECT id AS message_id, 'user:' || who AS identity, \\"at\\" AS \\"at\\" FROM visits"
)
(folder / "m.toml").write_text('[columns]\\nmessage_id = "id"\\nidentity = "who"\\nat = "at"\\n')
for mapping in ("m.sql", "m.toml"):
    with verite.create(folder / mapping.replace(".", "-")) as home:
        heard = home.listen(folder / "visits.csv", mapping=folder / mapping).result
        assert (heard.read, heard.kept) == (2, 2), heard
        assert home.status().result.people == 2
        home.map()
        home.measure()
"""


def test_listening_mapping_and_measuring_need_no_pyarrow(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ABSENT + LISTENING, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
