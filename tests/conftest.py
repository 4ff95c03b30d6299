"""What every test may use."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The same examples each time, so that a verdict can be had again; HYPOTHESIS_PROFILE=explore
# draws new ones, to look for what they missed.
settings.register_profile("again", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "again"))

from tests.browsing import chromium  # noqa: E402, F401 - a fixture
from tests.sinking import sink  # noqa: E402, F401 - a fixture
