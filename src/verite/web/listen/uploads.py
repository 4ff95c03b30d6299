"""Uploaded files waiting for their import, each in a folder of its own inside the home."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from verite.web.listen.upload import uploads_folder
from verite.words.errors import BadInput

_UNSAFE = re.compile(r"[^\w.\- ]+")
_TOKEN = re.compile(r"^[0-9a-f]{16}$")


def safe_name(name: str) -> str:
    """A file's own name without any path or odd character.

    >>> safe_name("../../étude 2026.csv"), safe_name("..")
    ('étude 2026.csv', 'file')
    """
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    return plain[-120:] or "file"


def keep_upload(upload: UploadedFile[bytes], token: str) -> Path:
    """Move the uploaded content under its token."""
    folder = _folder(token)
    folder.mkdir(mode=0o700)
    path = folder / safe_name(upload.name or "file")
    with path.open("wb") as file:
        for chunk in upload.chunks(1 << 20):
            file.write(chunk)
    return path


def upload_of(token: str) -> Path:
    """The file that waits under a token."""
    folder = _folder(token)
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    if not found:
        raise BadInput("unknown_import", fields={"import": token})
    return found[0]


def forget_old_uploads(*, before: datetime) -> None:
    """Remove what was uploaded before a time and never imported: files may name people."""
    for folder in uploads_folder().iterdir():
        if folder.is_dir() and folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def forget_upload(token: str) -> None:
    """Remove what was uploaded under a token."""
    shutil.rmtree(_folder(token), ignore_errors=True)


def _folder(token: str) -> Path:
    if not _TOKEN.match(token):
        raise BadInput("unknown_import", fields={"import": token})
    return uploads_folder() / token
