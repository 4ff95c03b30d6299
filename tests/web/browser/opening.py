"""Pages whose answer takes a while, which open by themselves."""

from __future__ import annotations

READY_MS = 60_000


def at_rest(page, url: str) -> None:
    """The page once what is worked out behind it is there."""
    page.goto(url)
    page.wait_for_selector("#working", state="detached", timeout=READY_MS)
    page.wait_for_load_state()
