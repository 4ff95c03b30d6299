"""Promises against deeds: what each covers, what was kept, where and when it fails."""

from verite.measure.promises.keeping import keep_promises
from verite.measure.promises.reading import open_promises, promise_of, read_promises, written

__all__ = ["keep_promises", "open_promises", "promise_of", "read_promises", "written"]
