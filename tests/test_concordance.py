"""Where terms stand, read once; the sentences that have them with their twins; how they were put."""

from __future__ import annotations

import re

from bitext.glossary import concordance as c
from bitext.glossary.concordance import concordance, read_terms, spans_of, terms_in_text
from bitext.glossary.renderings import Names, put_of, rendered
from bitext.glossary.store import Avoided, Both, Forms, Glossary, Term, read_glossary
from bitext.library.store import load_library
from bitext.model import LANGS, Bitext, Doubt, SentenceBead, Unit

AGILE = Term("agile", "s", Both("敏捷治理", "agile governance"), Both("义", "x"))
TRACK = Term("track", "s", Both("二轨对话", "Track II dialogue"), Both("义", "x"), Forms(("二轨",), ("Track II",)), Forms((), ("back channel",)), (Avoided("en", "side track", Both("否", "no")),))  # fmt: skip
GLOSSARY = Glossary((TRACK, AGILE))
BITEXT = Bitext("talk", {}, (
    Unit("h1", "heading", "敏捷治理", "Agile governance"),
    Unit("s1p1", "para", "谈二轨,再谈二轨对话。", "On Track-II dialogues."),
    Unit("c1", "code", "敏捷治理", "agile governance"),
    Unit("n1", "note", "二轨\n敏捷治理", None),
))  # fmt: skip


def two(zh: tuple[str, str], en: tuple[str, str], **more) -> Unit:
    """A unit of two beads."""
    ends = SentenceBead(len(zh[0]), len(en[0]), 1.0), SentenceBead(len("".join(zh)), len("".join(en)), 1.0)  # fmt: skip
    return Unit("p1", "para", "".join(zh), "".join(en), beads=ends, **more)


def pairs_of(*units: Unit) -> list[c.Pair]:
    """The pairs of TRACK in a text of these units, its other names marked too."""
    found = concordance([read_terms(Bitext("t", {}, units), GLOSSARY)])
    names = Names(TRACK, GLOSSARY)
    return [names.marked(pair) for pair in found.get("track", ())]


def shown(pair: c.Pair) -> list[str | None]:
    """Both sentences, the term in brackets."""
    out: list[str | None] = []
    for side in (pair.zh, pair.en):
        text = side and side.text[slice(*side.span)]
        for a, b in reversed(side.marks if side else ()):
            a, b = a - side.span[0], b - side.span[0]
            text = f"{text[:a]}[{text[a:b]}]{text[b:]}"
        out.append(text)
    return out


def test_a_unit_without_beads_is_one_pair_and_code_is_none():
    found = concordance([read_terms(BITEXT, GLOSSARY)])
    assert [(p.unit.id, shown(p)) for p in found["track"]] == [
        ("s1p1", ["谈[二轨],再谈[二轨对话]。", "On [Track-II dialogues]."]),
        ("n1", ["[二轨]\n敏捷治理", None]),
    ]
    assert [p.unit.id for p in found["agile"]] == ["h1", "n1"]


def test_a_pair_is_a_sentence_with_its_twin():
    [first, second] = pairs_of(two(("谈二轨。", "再谈二轨。"), ("On Track II. ", "On talks.")))
    assert shown(first) == ["谈[二轨]。", "On [Track II]. "]
    assert shown(second) == ["再谈[二轨]。", "On talks."]
    [alone] = pairs_of(two(("先说。", "谈二轨。"), ("First. ", "")))
    assert shown(alone) == ["谈[二轨]。", None]


def test_a_doubtful_unit_answers_for_its_sentences():
    unit = two(("谈二轨。", "先说。"), ("First. ", "On Track II."), review=(Doubt("x"),))
    assert [shown(pair) for pair in pairs_of(unit)] == [
        ["谈[二轨]。先说。", "First. On [Track II]."]
    ]


def test_a_name_that_only_search_knows_is_marked_in_the_twin():
    """And one that is to be avoided; neither makes a pair of its own."""
    found = pairs_of(
        Unit("p1", "para", "谈二轨。", "On the back channel."),
        Unit("p2", "para", "谈二轨。", "On the side track."),
        Unit("p3", "para", "先说。", "On the back channel."),
    )
    assert [shown(pair)[1] for pair in found] == ["On the [back channel].", "On the [side track]."]


def test_how_a_term_was_put_is_counted_sentence_by_sentence():
    found = pairs_of(
        Unit("p1", "para", "谈二轨和二轨。", "On Track II and on Track II."),
        Unit("p2", "para", "谈二轨对话。", "On Track II Dialogues."),
        Unit("p3", "para", "谈二轨。", "On the back channel, or Track II."),
        Unit("p4", "para", "谈二轨。", "On talks."),
        Unit("p5", "para", "谈二轨。", None),
    )
    names = Names(TRACK, GLOSSARY)
    how = rendered([put_of(pair, names) for pair in found])
    zh, en = how["zh"], how["en"]
    assert (zh.sentences, zh.none, zh.alone) == (5, 1, 1)
    assert list(zh.names) == [("Track II", 2), ("Track II dialogue", 1)]
    assert (en.sentences, list(en.names), en.none) == (3, [("二轨", 2), ("二轨对话", 1)], 0)


def test_the_pairs_have_every_occurrence_once(root):
    """Of the two opening transcripts and their glossary: the marks add up to what was found."""
    glossary, _ = read_glossary(root / "data/glossary.yml")
    for bitext in load_library(root).bitexts:
        text = read_terms(bitext, glossary)
        counts = terms_in_text(text, glossary)
        pairs = concordance([text])
        assert set(pairs) == set(counts)
        for id, found in pairs.items():
            marks = {x: sum(len(p[x].marks) for p in found if p[x]) for x in LANGS}
            assert marks == counts[id], id
            assert all(p.has("zh") or p.has("en") for p in found)


def test_the_spans_of_a_unit_have_all_its_text():
    for unit in (two(("甲。", "乙。"), ("A. ", "B.")), BITEXT.units[1], BITEXT.units[3]):
        spans = spans_of(unit)
        for lang in LANGS:
            text = unit.text(lang) or ""
            assert "".join(text[slice(*span[lang])] for span in spans) == text


def test_terms_in_text_counts_each_language_in_the_glossarys_order():
    counts = terms_in_text(read_terms(BITEXT, GLOSSARY), GLOSSARY)
    assert dict(counts) == {"track": {"zh": 3, "en": 1}, "agile": {"zh": 2, "en": 1}}
    assert list(counts) == ["track", "agile"]


def test_counts_equal_a_plain_search_of_the_two_opening_transcripts(root):
    """A search that knows nothing of the matcher: literal forms, longest first, no overlap."""
    glossary, _ = read_glossary(root / "data/glossary.yml")
    bitexts = load_library(root).bitexts
    assert {b.slug for b in bitexts} >= {"sanders-xue-panel", "track-two-perspective"}
    for bitext in bitexts:
        counts = terms_in_text(read_terms(bitext, glossary), glossary)
        for lang in LANGS:
            forms = {form.lower(): t.id for t in glossary.terms for form in t.forms(lang)}
            if lang == "en":  # the plural is all that the two texts need besides
                plurals = {f"{form}s": id for form, id in forms.items()}
                singulars = {form[:-1]: id for form, id in forms.items() if form.endswith("s")}
                forms = plurals | singulars | forms
            longest_first = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
            edge = r"(?![\w-])" if lang == "en" else ""
            search = re.compile(rf"(?<![A-Za-z0-9-])(?:{longest_first}){edge}" if lang == "en" else longest_first)  # fmt: skip
            found: dict[str, int] = {}
            for unit in bitext.units:
                for match in search.finditer((unit.text(lang) or "").lower()):
                    id = forms[match[0]]
                    found[id] = found.get(id, 0) + 1
            assert found == {id: n[lang] for id, n in counts.items() if n[lang]}
