"""Spreadsheets made by hand, as small as the programs that read them allow."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Cell = str | float | tuple[float, int]
"""A text, a number, or a number with the number of its style (1: a day)."""


def rows(records: Sequence[Sequence[Cell]]) -> str:
    """The rows of a sheet from row 1 on; empty records leave their row out."""
    return "".join(
        f'<row r="{number}">{"".join(_cell(chr(65 + place), number, cell) for place, cell in enumerate(cells))}</row>'
        for number, cells in enumerate(records, 1)
        if cells
    )


def _cell(column: str, number: int, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else ""
    value, style = cell if isinstance(cell, tuple) else (cell, 0)
    return f'<c r="{column}{number}" s="{style}"><v>{value!r}</v></c>'


def xlsx(sheets: Mapping[str, str]) -> bytes:
    """A workbook with these sheets: name, and rows as XML."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered)
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for number, content in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData></worksheet>'
        )
    return _zipped({name: f'<?xml version="1.0" encoding="UTF-8"?>{part}' for name, part in parts.items()})


def ods(records: Sequence[Sequence[str]], *, tail: str = "") -> bytes:
    """An OpenDocument spreadsheet with one sheet; `tail` is XML behind its rows."""
    odf = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        f"<table:table-row>{''.join(cell.format(escape(text)) for text in cells)}</table:table-row>"
        for cells in records
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{odf}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    content = (
        f'<office:document-content xmlns:office="{odf}:office:1.0" xmlns:table="{odf}:table:1.0" xmlns:text="{odf}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="People">{body}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def _zipped(parts: Mapping[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()
