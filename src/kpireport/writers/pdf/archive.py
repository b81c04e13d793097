"""Finishing: what makes the drawn pages PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

Comes in: the drawn pages, their structure, their metadata, files to attach; with these it
becomes PDF/A-3a (ISO 19005-3), which differs in allowing them. Goes out: the file's
bytes, the same for the same input: dates come from the caller, ids from the content.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from html import escape
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms

from kpireport.document.blocks import DocumentMetadata
from kpireport.quickly import dataclass
from kpireport.writers.pdf.attachments import PdfAttachment, attach
from kpireport.writers.pdf.painter import Painter
from kpireport.writers.pdf.structure import write_structure
from kpireport.writers.pdf.update import Update

_escaped = partial(escape, quote=False)
_PRODUCER = "kpireport"
_JST = dt.timezone(dt.timedelta(hours=9))

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>{keyword_items}</rdf:Bag></dc:subject>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""  # noqa: E501 - XML as the standards print it


def finish_pdf(
    painter: Painter,
    page_numbers: Mapping[str, str],
    metadata: DocumentMetadata,
    *,
    moment: dt.datetime | None = None,
    attachments: Sequence[PdfAttachment] = (),
) -> bytes:
    """Return the complete file: structure, metadata, output intent, compressed streams.

    ``painter`` has drawn all pages, and is used up; the printed ``page_numbers`` of blocks fill
    its gaps. ``moment`` is when the file says that it was made: without one, as the metadata's
    day begins.
    """
    moment = moment or dt.datetime.combine(metadata.date, dt.time(), _JST)
    described = _describe_file(painter.finish(page_numbers), metadata, moment, attachments)
    structure = painter.structure
    begun = _Begun.of(described, {link.page for link in structure.links})
    update = Update(described)
    del described  # the update has it
    tree = write_structure(update, structure, begun.pages, painter.destinations, metadata.language)
    update.put(begun.root, begun.catalogue + f"/StructTreeRoot {tree.root} 0 R >>".encode("ascii"))
    for at, page in begun.linked.items():
        annotations = " ".join(f"{link} 0 R" for link in tree.annotations[at])
        update.put(begun.pages[at], page + f"/Annots [{annotations}] >>".encode("ascii"))
    return update.finish()


@dataclass(frozen=True, slots=True)
class _Begun:
    """The dictionaries of a file that are told of its structure, each open for a further entry.

    Attributes:
        root: the number of the document's catalogue.
        pages: those of its pages.
        catalogue: the catalogue's text.
        linked: that of each page with links.
    """

    root: int
    pages: tuple[int, ...]
    catalogue: bytes
    linked: Mapping[int, bytes]

    @classmethod
    def of(cls, file: bytes, linked: Iterable[int]) -> _Begun:
        with pikepdf.open(BytesIO(file)) as pdf:
            pages = pdf.pages
            return cls(
                pdf.Root.objgen[0],
                tuple(page.obj.objgen[0] for page in pages),
                _text(pdf.Root),
                {at: _text(pages[at].obj) for at in sorted(linked)},
            )


def _describe_file(
    drawn: bytes,
    metadata: DocumentMetadata,
    moment: dt.datetime,
    attachments: Sequence[PdfAttachment],
) -> bytes:
    """Return the drawn file with all that it says of itself, but for its structure."""
    with pikepdf.open(BytesIO(drawn)) as pdf:
        root = pdf.Root
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String(metadata.language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for key, page in enumerate(pdf.pages):
            page.obj.StructParents = key
            page.obj.Tabs = Name.S  # the tab order is the structure's (PDF/UA-1, 7.18.3)
        _describe(pdf, metadata, moment, part=3 if attachments else 2)
        _add_output_intent(pdf)
        if attachments:
            attach(pdf, attachments, _date(moment))
        del pdf.trailer.ID  # ReportLab's, which knows the environment's SOURCE_DATE_EPOCH
        result = BytesIO()
        pdf.save(
            result,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return result.getvalue()


def _text(dictionary: pikepdf.Object) -> bytes:
    """Return a dictionary as text that a further entry ends."""
    return dictionary.unparse(resolved=True).removesuffix(b">>")


def _date(moment: dt.datetime) -> String:
    """Return a date of ISO 32000-1, 7.9.4, in Japan's time wherever it was said."""
    return String(f"D:{moment.astimezone(_JST):%Y%m%d%H%M%S}+09'00'")


def _describe(
    pdf: pikepdf.Pdf, metadata: DocumentMetadata, moment: dt.datetime, *, part: int
) -> None:
    """Write the metadata to Info and XMP alike (ISO 19005-2, 6.6.3); ``part`` is PDF/A's."""
    info = pdf.docinfo
    for key in list(info.keys()):
        del info[key]
    info.Title = String(metadata.title)
    info.Author = String(metadata.author)
    info.Subject = String(metadata.subject)
    info.Keywords = String("、".join(metadata.keywords))
    info.Creator = info.Producer = String(_PRODUCER)
    info.CreationDate = info.ModDate = _date(moment)
    xmp = _XMP.format(
        title=_escaped(metadata.title),
        author=_escaped(metadata.author),
        subject=_escaped(metadata.subject),
        keywords=_escaped("、".join(metadata.keywords)),
        keyword_items="".join(f"<rdf:li>{_escaped(word)}</rdf:li>" for word in metadata.keywords),
        language=_escaped(metadata.language),
        producer=_PRODUCER,
        date=moment.astimezone(_JST).isoformat(timespec="seconds"),
        part=part,
    )
    stream = Stream(pdf, xmp.encode("utf-8"))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)


@lru_cache(maxsize=1)
def _srgb_profile() -> bytes:
    """Return an sRGB ICC profile without the moment of its making (ICC.1, 7.2.8)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    profile[84:100] = bytes(16)  # the profile's own checksum: zero means not computed
    return bytes(profile)


def _add_output_intent(pdf: pikepdf.Pdf) -> None:
    """Name sRGB as what the colours mean (ISO 19005-2, 6.2.3)."""
    profile = Stream(pdf, _srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
