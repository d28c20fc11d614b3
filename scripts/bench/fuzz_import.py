"""Throws odd sources at the import until told to stop: no uncaught exception, no hang, no loss.

Each input is bytes made of shards of both languages, labels, markup, blanks, control characters and
noise. It must be refused in one line, or imported with every character accounted for; its
bitext.yml must read back the same, and the proof must find nothing wrong with it.

    python scripts/bench/fuzz_import.py [INPUTS] [SEED]
"""

from __future__ import annotations

import hashlib
import random
import signal
import sys
import time

from bed import numbers

from bitext import read
from bitext.library import store
from bitext.library.imports import SourceFile, dump_record, parse_record
from bitext.model import Refusal
from bitext.pipeline import import_source
from bitext.project.recording import record_of
from bitext.project.verify import verify
from bitext.project.visible import read_again, reader_of

LIMIT = 10  # seconds for one input
#: The share of whole sentences among the pieces of an input; hand-set, so that a third pairs.
WHOLE = 0.4
#: Of all inputs, up to which share each kind goes: four in five are UTF-8 as most sources are, the
#: last fiftieth is noise.
UTF8, GB18030, UTF16, TORN = 0.80, 0.86, 0.90, 0.98
NAMES = ("a.txt", "a.md", "a.srt", "a.vtt", "a.html", "a.csv", "a.tsv", "a.rst", "a")
SENTENCES = (
    "国际社会应当携手合作,共同应对风险。", "The world should work together against the risks. ",
    "人工智能技术的演进远快于治理。\n", "AI moves much faster than its governance.\n",
    "一国若不安全,则无一国安全。\n\n", "If one country is not safe, none of us is.\n\n",
)  # fmt: skip
SHARDS = (
    "国际社会应当携手合作。", "The world should work together. ", "人工智能治理", "AI governance",
    "薛澜：", "Lan Xue: ", "桑德斯参议员: ", "today?Lan Xue: ", "\n", "\n\n", "\r\n", " ", "\t", "　",
    "# ", "## 标题", "① ", "Ⅲ. ", "²", "（一）", "（法官）", "主持人｜", "◎问 ", "[00:00:37] ", "- ", "1. ", "> ", "```\n", "| a | b |\n|---|---|\n", "**", "* * *", "<p>", "</p>",
    "<b lang=en>", "<script>alert(1)</script>", "&amp;", "{{ x }}", "{: #id }", "---\ntitle: x\n---\n",
    "00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n\n", "一、", "第一，", "首先,", "First, ", "2026年4月30日",
    "发布时间:2026-06-07 18:39来源:微信阅读:2", "*disconcerting(adj.)令人不安的", "*二轨对话(Track II)",
    "免责声明", "评论", "Share this", "以下为英文版", "English version below", "U.S. ", "e.g. ", "3.5%",
    "”", "“", "\"", "'", "。", ".", "…", "——", "\x00", "\x1b", "\u200b", "\ufeff", "\u202e", "\u2028",
    "\ud7ff", "\U0001f600", "é", "ﷺ", "日本語のテキスト", "한국어", ",", ";", "\t甲\tb\n", "a,b\n",
)  # fmt: skip


def made(rng: random.Random) -> bytes:
    """One input, most often text in UTF-8, now and then other bytes."""
    pieces = [
        rng.choice(SENTENCES if rng.random() < WHOLE else SHARDS) for _ in range(rng.randint(1, 40))
    ]
    text = "".join(pieces)
    kind = rng.random()
    if kind < UTF8:
        return text.encode("utf-8", "surrogatepass")
    if kind < GB18030:
        return text.encode("gb18030", "ignore")
    if kind < UTF16:
        return text.encode("utf-16")
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(rng.randint(1, 4)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw) if kind < TORN else rng.randbytes(rng.randint(0, 200))


def attempt(data: bytes, name: str) -> str:
    """'refused' or 'imported'; an AssertionError where something was lost."""
    try:
        document = read.read_bytes(data, name)
        read.refuse_unusable(document)
        imported = import_source(document, "x")
    except Refusal as refusal:
        assert "\n" not in str(refusal), refusal
        return "refused"
    file = SourceFile(name, hashlib.sha256(data).hexdigest(), *reader_of(data, name))
    bitext, record = record_of(imported, document, [(file, data)])
    assert bitext.ledger and bitext.ledger.complete, bitext.ledger
    text = store.dump_bitext(bitext)
    again, problems = store.parse_bitext(text, "x.yml")
    assert not problems, problems
    assert again is not None
    assert store.dump_bitext(again) == text
    record = parse_record(dump_record(record))
    source = read_again([(data, file.reader, file.encoding)])
    proof = verify(store.with_record(again, record), record, source).proof
    assert not proof.problems, proof.problems
    return "imported"


def main() -> int:
    count, seed = numbers(sys.argv[1:], 2_000, 1)
    rng = random.Random(seed)
    ends: dict[str, int] = {}
    faults = 0

    def late(*_):
        raise TimeoutError(f"more than {LIMIT} s")

    signal.signal(signal.SIGALRM, late)
    start = time.perf_counter()
    for n in range(count):
        data, name = made(rng), rng.choice(NAMES)
        signal.alarm(LIMIT)
        try:
            end = attempt(data, name)
        except Exception as fault:
            end = "FAULT"
            faults += 1
            print(f"{n}: {name}: {type(fault).__name__}: {str(fault)[:200]}\n   {data!r}")
        signal.alarm(0)
        ends[end] = ends.get(end, 0) + 1
    seconds = time.perf_counter() - start
    print(f"{count} inputs in {seconds:.0f} s, seed {seed}: {ends}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
