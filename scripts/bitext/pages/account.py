"""Bitext -> what stands below its text: the ledger, what was left out, corrections."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.model import Bitext, Dropped
from bitext.pages.annotate import in_quotes
from bitext.pages.blocks import details
from bitext.pages.corrections import correction_list
from bitext.pages.escape import escape_markdown, one_line
from bitext.pages.labels import COLON, label
from bitext.pages.phrases import prose_markdown, script_of
from bitext.reasons import words_of

#: What was done to white space, in both languages, by the kind of repair.
REPAIRS = {
    "missing space": ("补上缺失的空格", "missing spaces put in"),
    "hard wrap": ("接上断开的行", "broken lines joined"),
    "soft hyphen": ("去掉软连字符", "soft hyphens taken out"),
    "control character": ("去掉控制字符", "control characters taken out"),
    "zero-width character": ("去掉零宽字符", "zero-width characters taken out"),
    "non-breaking space": ("不换行空格改作空格", "non-breaking spaces made plain"),
    "ideographic space": ("全角空格改作空格", "full-width spaces made plain"),
    "tab": ("制表符改作空格", "tabs made spaces"),
    "run of spaces": ("连续的空格并作一个", "runs of spaces made one"),
    "odd space": ("特殊空格改作空格", "odd spaces made plain"),
}
LONGEST = 300  # characters shown of a text that was left out; the bitext has all of it


def account(bitext: Bitext, lang: str) -> Iterator[str]:
    """The section that says what was checked, where every character went, and what was corrected."""
    yield from ('<section class="bt-account" markdown>', "")
    yield from (f"## {label(lang, 'ledger')} {{ #account }}", "")
    yield from _verdicts(bitext, lang)
    if bitext.ledger:
        parts = ("total", "units", "labels", "notes", "metadata", "dropped")
        sums = {k: getattr(bitext.ledger, k) for k in parts} | {"n": bitext.ledger.accounted}
        yield from (label(lang, "ledger_line", **sums), "{ .bt-ledger }", "")
    if bitext.repairs:
        yield from (f"{label(lang, 'repairs')}{COLON[lang]}{_repairs(bitext, lang)}", "")
    if bitext.dropped:
        body = [_left_out(item, lang) for item in bitext.dropped]
        yield from details(label(lang, "dropped"), "bt-dropped", body)
    yield from (f"### {label(lang, 'corrections')} {{ #corrections }}", "")
    if bitext.corrections:
        yield from (*correction_list(bitext, lang), "")
    else:
        yield from (_no_corrections(bitext, lang), "")
    yield from ("</section>", "")


def _verdicts(bitext: Bitext, lang: str) -> Iterator[str]:
    """The three verdicts of the proof: how many characters each has, and what it promises."""
    proof = bitext.proof
    if proof is None:
        return
    if proof.ledger is None:
        yield from (label(lang, "proof_none"), "")
        return
    yield from (label(lang, "proof_lead"), "")
    counts = {"proved": proof.proved, "wrong": proof.contradicted, "unknown": proof.unknown}
    for key, count in counts.items():
        yield label(lang, key)
        yield from (f":   **{count:,}** {label(lang, f'{key}_says')}", "")


def _repairs(bitext: Bitext, lang: str) -> str:
    """What was done to white space, and how often: no word was touched."""
    shown = ((REPAIRS.get(kind, (kind, kind)), n) for kind, n in bitext.repairs.items())
    counts = [f"{zh}{n:,}处" if lang == "zh" else f"{en}, {n:,}" for (zh, en), n in shown]
    return escape_markdown("；".join(counts) + "。" if lang == "zh" else "; ".join(counts) + ".")


def _left_out(item: Dropped, lang: str) -> str:
    """One text that was left out: where it stood, what it was, and why."""
    text = one_line(item.text[:LONGEST]) + "…" * (len(item.text) > LONGEST)
    shown = in_quotes(text, script_of(text, lang), lang)
    return f"- {label(lang, 'line', n=item.line)}{COLON[lang]}{shown} {why_dropped(item, lang)}"


def _no_corrections(bitext: Bitext, lang: str) -> str:
    """That there are none, as far as the proof bears it out."""
    proof = bitext.proof
    if proof is None or proof.verdict == "proved":
        return label(lang, "no_corrections")
    if proof.verdict == "contradicted":
        return label(lang, "corrections_wrong")
    return label(lang, "no_corrections_known", n=proof.unknown)


def why_dropped(item: Dropped, lang: str) -> str:
    """Why something was left out, in the page's language, as Markdown."""
    if item.reason_zh:  # a person said why, in both
        return prose_markdown(item.reason_zh if lang == "zh" else item.reason, lang)
    return escape_markdown(words_of(item.reason, lang))
