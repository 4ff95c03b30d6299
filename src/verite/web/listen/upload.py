"""Uploads stream straight into the home's own folder: nothing is written elsewhere."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from verite.web.house import home_here

FOLDER = "uploads"
LARGEST_FILE = 2_000_000_000


def uploads_folder() -> Path:
    """Where files wait for their import; readable by the home's owner only."""
    folder = home_here().path / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


class UploadInHome(TemporaryUploadedFile):
    """An uploaded file in the home's folder."""

    def __init__(self, name: str, content_type: str, file: IO[bytes]) -> None:
        UploadedFile.__init__(self, file, name, content_type, 0, None, None)


class HomeUploadHandler(FileUploadHandler):
    """Writes chunks as they come; stops at the largest size a page takes."""

    def new_file(self, *args: object, **named: object) -> None:
        """Start a file."""
        super().new_file(*args, **named)  # type: ignore[arg-type]
        handle = tempfile.NamedTemporaryFile(  # noqa: SIM115
            dir=uploads_folder(), prefix="part-", delete=True
        )
        self.file = UploadInHome(self.file_name or "file", self.content_type or "", handle)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One more chunk."""
        self.taken += len(raw_data)
        if self.taken > LARGEST_FILE:
            raise StopUpload(connection_reset=True)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadInHome:
        """The whole file, rewound."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file
