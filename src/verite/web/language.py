"""The language of the page being made: the reader's choice, else the home's own."""

from __future__ import annotations

from contextvars import ContextVar

COOKIE = "lang"
LANGUAGES = ("fr", "en")
_language: ContextVar[str] = ContextVar("verite_page_language", default="fr")


def language() -> str:
    """`fr` or `en`."""
    return _language.get()


def speak(lang: str) -> None:
    """Make pages in this language from here on, in this thread."""
    _language.set(lang)


def chosen_language(asked: str | None, kept: str | None, default: str) -> str:
    """The language asked in the URL, else the one kept in the cookie, else the home's.

    >>> chosen_language(None, "en", "fr"), chosen_language("fr", "en", "en")
    ('en', 'fr')
    >>> chosen_language("de", None, "fr")
    'fr'
    """
    for lang in (asked, kept, default):
        if lang in LANGUAGES:
            return str(lang)
    return LANGUAGES[0]
