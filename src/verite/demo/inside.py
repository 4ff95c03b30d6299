"""What Clairvoie says from inside: its values, what staff know of them, the answers it gives.

Two planted truths: the outsourced team does not know what clarity asks of it, and chat tells
another delay than everybody for sending a box back. Nothing is drawn by chance, nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

VALUES: Final = """
[values]
threshold = 0.8
margin = 0.1
staff = 240

[values.names]
clarity = { fr = "Clarté", en = "Clarity" }
promise_kept = { fr = "Parole tenue", en = "Promise kept" }
"""
TEAMS: Final = ("accueil-a", "accueil-b", "technique-a", "chat-a", "boutiques-nord", "oriel")
UNAWARE: Final = "oriel"  # the team that does not know clarity
ASKED: Final = 40  # of each team
ANSWERED: Final = 36
CHANNELS: Final = ("phone", "chat", "email", "store")
CONTACTS: Final = 8  # of each question on each channel
APART: Final = ("delai_retour_box", "chat")  # the question answered otherwise, and where
# Question → the answer everywhere.
QUESTIONS: Final = {
    "delai_retour_box": "15 jours",
    "frais_resiliation": "aucuns après un an",
    "delai_raccordement": "trois semaines",
    "horaires_assistance": "de 8 h à 20 h",
    "repeteur_wifi": "offert sur demande",
    "changement_offre": "le mois suivant",
}
OTHERWISE: Final = "30 jours"


def write_inside(folder: Path) -> tuple[Path, Path]:
    """Two files: the answers of staff, and the check contacts."""
    folder.mkdir(parents=True, exist_ok=True)
    staff, check = folder / "staff.csv", folder / "check.csv"
    for file, lines in ((staff, _staff()), (check, _check())):
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return staff, check


def _staff() -> Iterator[str]:
    """One line per person: nine in ten know each value, a third of the outsourced team clarity."""
    yield "at,identity,team,value_clarity,value_promise_kept"
    for team in TEAMS:
        for n in range(ANSWERED):
            aware = n % 3 == 0 if team == UNAWARE else n % 12 != 0
            clarity = 4 + n % 2 if aware else 2 + n % 2
            kept = 5 - n % 2 if n % 18 else 3
            yield f"2026-09-{1 + n % 28:02d},staff:{team}-{n:02d},{team},{clarity},{kept}"


def _check() -> Iterator[str]:
    yield "message_id,at,channel,question,answer"
    for question, answer in QUESTIONS.items():
        for channel in CHANNELS:
            for n in range(CONTACTS):
                said = OTHERWISE if (question, channel) == APART else answer
                known_as, day = f"{question}-{channel}-{n}", f"2026-09-{1 + 3 * n:02d}"
                yield ",".join((known_as, day, channel, question, said))
