"""What the map page says of shares and of times that rest on few people."""

from __future__ import annotations

import re

import pytest


def rows_of(text: str, caption: str) -> list[list[str]]:
    """The cells of the table that has this caption, without their tags."""
    table = re.split(rf"<caption[^>]*>{caption}</caption>", text)[1].split("</table>")[0]
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row)]
        for row in table.split("<tr>")[2:]
    ]


@pytest.mark.parametrize(
    ("lang", "paths", "switches"),
    [
        ("fr", "Les chemins les plus suivis", "Changements de canal"),
        ("en", "The most followed paths", "Channel switches"),
    ],
)
def test_shares_come_with_their_interval(alice, lang: str, paths: str, switches: str) -> None:
    text = alice.get(f"/map?period=all&case=case_id&lang={lang}").content.decode()
    told = [cells[0] for cells in rows_of(text, paths)]
    told += [cells[1] for cells in rows_of(text, switches)]
    assert told
    assert all(re.search(r"%\s\[\d.*\]$", cell) for cell in told), told
    assert re.search(r"n\s=\s\d", text)


@pytest.mark.parametrize(
    ("lang", "passages", "hidden"),
    [("fr", "Passages", "masqué, n &lt; 5"), ("en", "Passages", "hidden, n &lt; 5")],
)
def test_times_of_fewer_than_five_are_hidden_and_their_count_stays(
    alice, lang: str, passages: str, hidden: str
) -> None:
    for period in ("28d", "all"):
        text = alice.get(f"/map?period={period}&case=gap:30d&lang={lang}").content.decode()
        for count, *times in rows_of(text, passages):
            if int(re.sub(r"\D", "", count)) < 5:
                assert times == [hidden, hidden]


def test_few_people_hide_a_time(alice) -> None:
    from verite.web.withheld import told_share, told_time

    assert told_time(60.0, 4) == "masqué, n &lt; 5"
    assert told_time(60.0, 5) == "60\xa0s"
    assert told_share(0, 0) == ("", "")
    assert told_share(31, 100) == ("31\u202f%", "[23\u202f; 41]")
    assert told_share(2000, 2000) == ("100,00\u202f%", "[99,81\u202f; 100,00]")


@pytest.mark.parametrize(
    ("lang", "title"),
    [("fr", "Ressenti par étape, et ses pics"), ("en", "Feeling by stage, and its peaks")],
)
def test_the_peaks_of_a_stage_stand_beside_its_mean(alice, lang: str, title: str) -> None:
    lines = rows_of(alice.get(f"/map?period=all&lang={lang}").content.decode(), title)
    assert lines
    for cells in lines:
        mean, worst, best = (cell.split("[")[0].strip() for cell in cells[:3])
        told = [float(x.replace("−", "-").replace(",", ".")) for x in (worst, mean, best)]
        assert told == sorted(told)
