"""What every test may use."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from tests.sinking import sink  # noqa: F401 - a fixture
