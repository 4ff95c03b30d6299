"""The texts of the pages."""

from __future__ import annotations

import re
from pathlib import Path

import verite.web
from verite.web.wording import missing_texts, page_texts

WEB = Path(verite.web.__file__).parent


def used_keys() -> set[str]:
    """Keys written in templates and pages; those built on the fly end where the name begins."""
    found: set[str] = set()
    for file in (*WEB.rglob("*.html"), *WEB.rglob("*.py")):
        text = file.read_text("utf-8")
        found |= set(re.findall(r"{% t '([a-z_.0-9]+)'", text))
        found |= set(re.findall(r'(?:say\(\s*|caption=|first=)"([a-z_.0-9]+\.[a-z_0-9]+)"', text))
    return found


def test_every_text_exists_in_both_languages() -> None:
    assert missing_texts() == []


def test_every_key_that_a_page_uses_exists() -> None:
    assert used_keys() - set(page_texts()) == set()


def test_both_languages_ask_for_the_same_fields() -> None:
    def asked(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    different = [
        key for key, entry in page_texts().items() if asked(entry["fr"]) != asked(entry["en"])
    ]
    assert different == []


def test_no_text_is_left_unused() -> None:
    code = "\n".join(file.read_text("utf-8") for file in WEB.rglob("*.py"))
    built = set(re.findall(r'say\(\s*f"([a-z_.]+)\{', code))
    unused = [
        key
        for key in page_texts()
        if key not in used_keys() and not any(key.startswith(prefix) for prefix in built)
    ]
    assert unused == []


def test_a_colon_has_the_space_of_its_language(alice) -> None:
    french = alice.get("/touchpoints/chat?lang=fr").content.decode()
    english = alice.get("/touchpoints/chat?lang=en").content.decode()
    assert "Responsable\u202f: " in french
    assert "offer\u202f: Fibre" in french or "offre\u202f: Fibre" in french
    assert " : " not in re.sub(r"<[^>]*>", "", french + english)
