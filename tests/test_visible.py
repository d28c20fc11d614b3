"""The proof's own readers: what the import decoded they decode too, and what is no file they refuse."""

from __future__ import annotations

import codecs
import io
import zipfile

import pytest

from bitext.project.readers import READERS, Unreadable, decoded
from bitext.project.visible import bare, read_again, reader_of, visible
from bitext.read import read_bytes
from bitext.read.decode import decode

ZH = "人工智能的治理需要各国共同努力，任何一个国家都无法独自应对这些风险。这是我们的看法。\n"
EN = "Governing AI takes the effort of every country. No country can meet these risks alone.\n"
TRADITIONAL = (
    "人工智慧的治理需要各國共同努力，任何一個國家都無法獨自應對這些風險。這是我們的看法。\n"
)
BYTES = {
    "utf-8": (ZH + EN).encode(),
    "utf-8 with BOM": codecs.BOM_UTF8 + (ZH + EN).encode(),
    "utf-16-le with BOM": codecs.BOM_UTF16_LE + (ZH + EN).encode("utf-16-le"),
    "utf-16-be with BOM": codecs.BOM_UTF16_BE + (ZH + EN).encode("utf-16-be"),
    "utf-32-le with BOM": codecs.BOM_UTF32_LE + (ZH + EN).encode("utf-32-le"),
    "utf-32-be with BOM": codecs.BOM_UTF32_BE + (ZH + EN).encode("utf-32-be"),
    "utf-16-le": (EN + ZH + EN).encode("utf-16-le"),
    "utf-16-be": (EN + ZH + EN).encode("utf-16-be"),
    "gb18030": (ZH + EN).encode("gb18030"),
    "big5": (TRADITIONAL * 3 + EN).encode("big5hkscs"),
    "windows-1252": b'<meta charset="windows-1252"><p>Caf\xe9 \x81 &#27835;</p>',
    "gb18030 with BOM": codecs.BOM_UTF8 + (ZH * 3 + EN).encode("gb18030"),
}


@pytest.mark.parametrize("encoding", BYTES)
def test_bytes_are_decoded_as_the_import_decodes_them(encoding):
    data = BYTES[encoding]
    reader, named = reader_of(data, "source.txt")
    assert (reader, named) == ("characters/1", encoding)
    assert decoded(data, named) == decode(data, "source.txt")[0]


@pytest.mark.parametrize(
    "encoding", ["klingon", "utf-8", "utf-16-le with BOM", "ascii with BOM", ""]
)
def test_bytes_of_another_encoding_are_unreadable(encoding):
    with pytest.raises(Unreadable):
        decoded(b"\xff\xfe\xff", encoding)


PAGE = """<!doctype html><html><head><title>标题</title><style>p {}</style></head>
<body><p>你好&amp;<b>世</b>界</p><!-- no -->
<script>alert("<p>x</p>")</script><p>AI&nbsp;&#27835;&lt;b&gt;</p></body></html>"""


def test_a_page_is_read_without_scripts_styles_and_comments():
    source = read_again([(PAGE.encode(), "html/1", "utf-8")])
    assert source.text == "标题你好&世界AI治<b>"
    assert source.line(source.text.index("你")) == 2
    assert source.line(source.text.index("治")) == 3


def word(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = (
    f"<w:document {W}><w:body><w:p><w:r><w:t>你</w:t></w:r><w:del><w:r><w:t>不</w:t></w:r></w:del>"
    "<w:r><w:t>好</w:t><w:br/><w:t>AI</w:t></w:r></w:p><w:p><w:r><w:t>再见</w:t></w:r></w:p></w:body></w:document>"
)


def test_a_word_file_is_read_without_what_was_deleted_and_with_its_notes():
    notes = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>"
    data = word({"word/footnotes.xml": notes, "word/document.xml": BODY, "word/media/x.png": "注"})
    assert read_again([(data, "docx/1", "utf-8")]).text == "你好AI再见注"


ENTITY = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document {W}><w:p><w:t>&a;</w:t></w:p></w:document>'


def test_subtitles_are_read_with_what_their_escapes_stand_for():
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Li>a &lt;b&gt; &amp;lt; &x;"
    source = read_again([(data, *reader_of(data, "a.vtt"))])
    assert source.text.endswith("<vLi>a<b>&lt;&x;")


HOSTILE = {
    "docx/1 no archive": b"PK\x03\x04 nothing",
    "docx/1 entities": word({"word/document.xml": ENTITY}),
    "docx/1 not XML": word({"word/document.xml": "<w:t>"}),
    "docx/1 a bomb": word({"word/document.xml": " " * (65 * 1024 * 1024)}),
    "mhtml/1 no page": b"Content-Type: text/plain\r\n\r\nhello",
    "json/1 no JSON": b"{",
    "json/1 too deep": b"[" * 200_000,
    "rtf/1 no such reader": b"",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_again_is_said_so(case):
    with pytest.raises(Unreadable):
        read_again([(HOSTILE[case], case.partition(" ")[0], "utf-8")])


def test_an_export_gives_its_texts_in_order():
    data = '{"units": [{"zh": "你\\n好", "en": null, "n": 1}, {"en": ["a", {"b": "c"}]}]}'.encode()
    assert read_again([(data, "json/1", "utf-8")]).text == "你好ac"


@pytest.mark.parametrize("name", ["source.txt", "source.md", "source.rst"])
def test_characters_are_those_of_the_import(name):
    data = (ZH + "\r\n" + EN + "\u200b\x00 𠀀").encode()
    assert read_again([(data, *reader_of(data, name))]).text == bare(read_bytes(data, name).text)


def test_lines_and_stretches_are_those_of_their_own_file():
    source = visible("一 二\n\n三\n四 五", (0, 7))
    assert [source.line(k) for k in range(5)] == [1, 1, 3, 1, 1]
    assert source.shown(0, 3) == "一 二 三" and source.shown(3, 5) == "四 五"
    assert source.shown(2, 2) == ""


def test_readers_have_a_version():
    assert all(name.rpartition("/")[2].isdigit() for name in READERS)
