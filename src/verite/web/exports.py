"""Tables handed out as files, by the one table writer."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from verite.records.rights import need
from verite.rows import Row, write_csv, write_excel
from verite.web.language import language
from verite.words.member import Member, Right

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(by: Member, rows: Sequence[Row], kind: str, name: str) -> HttpResponse:
    """The rows as `csv` or `xlsx`, for those who may export."""
    need(by, Right.EXPORT)
    if kind == "csv":
        # The mark tells Excel that the accents are UTF-8.
        content = "\ufeff" + write_csv(rows, lang=language())
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        response = HttpResponse(write_excel(rows, title=name), content_type=EXCEL)
    else:
        raise Http404
    response.headers["Content-Disposition"] = f'attachment; filename="verite-{name}.{kind}"'
    return response


def export_picture(by: Member, svg: str, name: str) -> HttpResponse:
    """A picture on its own paper, for those who may export."""
    need(by, Right.EXPORT)
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="verite-{name}.svg"'
    return response
