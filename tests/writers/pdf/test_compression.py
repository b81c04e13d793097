"""A file's streams are compressed, each once: what the painter made is not made anew."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf

from kpireport.writers.pdf import AttachmentRelationship, PdfAttachment, write_pdf
from kpireport.writers.pdf.update import COMPRESSION
from tests.documents import document, heading, kpi_table

PLAIN = PdfAttachment("計画.json", b"{}" * 500, "text/json", "計画", AttachmentRelationship.SOURCE)
WRITTEN = write_pdf(
    document(heading("a", "章"), kpi_table(("甲", 40), ("乙", 40))), attachments=[PLAIN]
)


def test_a_page_stays_as_the_painter_compressed_it() -> None:
    with pikepdf.open(BytesIO(WRITTEN)) as pdf:
        pages = [page.Contents for page in pdf.pages]
        assert len(pages) > 1
        for content in pages:
            assert zlib.compress(content.read_bytes(), COMPRESSION) == content.read_raw_bytes()


def test_no_stream_but_the_metadata_is_left_as_it_is() -> None:
    with pikepdf.open(BytesIO(WRITTEN)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        plain = [each for each in streams if each.get("/Filter") != pikepdf.Name.FlateDecode]
        assert len(streams) > 5
        # PDF/A has its metadata found without a decoder (ISO 19005-2, 6.6.2.1)
        assert [each.objgen for each in plain] == [pdf.Root.Metadata.objgen]
