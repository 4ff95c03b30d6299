"""What every page shows around its content: brand, navigation, language, versions."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from verite.sentences.names import step_name
from verite.web.house import home_here
from verite.web.language import LANGUAGES, language
from verite.web.wording import say

# The steps of the loop that exist so far, in the order of the loop.
STEPS = (("listen", "/listen"), ("unify", "/unify"), ("map", "/map"), ("moments", "/moments"))
READINGS = (
    ("cockpit", "/"),
    ("measure", "/measure"),
    ("identical", "/identical"),
    ("promises", "/promises"),
    ("experience", "/experience"),
    ("customers", "/customers"),
    ("alerts", "/alerts"),
    ("effort", "/effort"),
)
UNFILTERED = frozenset({"/listen", "/unify", "/customers"})
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One link of the navigation."""

    name: str
    url: str
    is_here: bool
    is_filtered: bool  # whether its page takes the filters


def layout(request: HttpRequest) -> dict[str, object]:
    """The context that the layout template needs."""
    lang = language()
    other = next(code for code in LANGUAGES if code != lang)
    query = request.GET.copy()
    query["lang"] = other
    return {
        "lang": lang,
        "other_lang": other,
        "other_lang_name": LANGUAGE_NAMES[other],
        "other_lang_url": f"{request.path}?{query.urlencode()}",
        "organisation": home_here().settings.name,
        "member": getattr(request, "member", None),
        "steps": [_stop(request, step_name(key, lang), url) for key, url in STEPS],
        "readings": [_stop(request, say(f"layout.{key}"), url) for key, url in READINGS],
    }


def _stop(request: HttpRequest, name: str, url: str) -> Stop:
    here = request.path == url or (url != "/" and request.path.startswith(url + "/"))
    return Stop(name=name, url=url, is_here=here, is_filtered=url not in UNFILTERED)
