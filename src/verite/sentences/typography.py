"""French and English typography: the spaces that never break, quotes, true minus."""

from __future__ import annotations

import re
from typing import Final

THIN: Final = "\u202f"  # narrow no-break space: before % ; : ! ? €, inside « », in thousands
NBSP: Final = "\u00a0"  # between a number and its unit
MINUS: Final = "\u2212"
LANGUAGES: Final = ("fr", "en")

_BEFORE_SIGN = re.compile(r" ([;:!?%€])")
_AFTER_NUMBER = re.compile(
    r"(\d|\}) (min|h|s|j|pts?|points?|jours?|heures?|semaines?|days?|hours?|weeks?)\b"
)


def known(lang: str) -> str:
    """The language to print in: French unless English is asked.

    >>> known("en"), known("fr-FR"), known("en-GB"), known("de")
    ('en', 'fr', 'en', 'fr')
    """
    return "en" if lang[:2] == "en" else "fr"


def typeset(text: str, lang: str) -> str:
    """Our own plain text with the spaces, quotes and apostrophes of its language.

    Only for texts we wrote: what customers or files say is printed as it is.

    >>> typeset("« L'écart » : 15 min, n = 4", "fr")
    '«\\u202fL’écart\\u202f»\\u202f: 15\\xa0min, n\\u202f=\\u202f4'
    """
    text = text.replace("'", "’").replace("...", "…")
    text = text.replace("n = ", f"n{THIN}={THIN}").replace("n < ", f"n{THIN}<{THIN}")
    text = _AFTER_NUMBER.sub(rf"\1{NBSP}\2", text)
    if known(lang) == "en":
        return text
    text = text.replace("« ", f"«{THIN}").replace(" »", f"{THIN}»")
    return _BEFORE_SIGN.sub(rf"{THIN}\1", text)
