"""The pages are documented, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("page", ["web.md", "fr/web.md"])
def test_every_address_appears_in_the_docs(served: str, page: str) -> None:
    from verite.web.urls import urlpatterns

    text = re.sub(r"<[^>]+>", "<>", (DOCS / page).read_text("utf-8"))
    missing = []
    for found in urlpatterns:
        route = "/" + re.sub(r"<[^>]+>", "<>", str(found.pattern))
        shown = route.replace("export.<>", "export.csv").replace("/api/<>", "/api/status")
        if f"`{shown}`" not in text:
            missing.append(route)
    assert missing == []
