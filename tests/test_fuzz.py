"""A short run of scripts/bench/fuzz_import.py: refused in one line, or imported without a loss."""

import random

import pytest
from fuzz_import import NAMES, attempt, made

#: Inputs that a long run found, by what was wrong with them.
FOUND = {
    "the label of a heading has the name of its turn's speaker": "<b lang=en>\u4eba\u5de5\u667a\u80fd\u6280\u672f\u7684\u6f14\u8fdb\u8fdc\u5feb\u4e8e\u6cbb\u7406\u3002\nIf one country is not safe, none of us is.\n\nThe world should work together against the risks. ```\nWEBVTT\n\n\x1b\u202ea,b\nIf one country is not safe, none of us is.\n\nWEBVTT\n\nWEBVTT\n\n---\ntitle: x\n---\n\u201d\u56fd\u9645\u793e\u4f1a\u5e94\u5f53\u643a\u624b\u5408\u4f5c,\u5171\u540c\u5e94\u5bf9\u98ce\u9669\u3002\xe9If one country is not safe, none of us is.\n\n\u4ee5\u4e0b\u4e3a\u82f1\u6587\u7248First, | a | b |\n|---|---|\n## \u6807\u9898The world should work together against the risks. \uff08\u6cd5\u5b98\uff09If one country is not safe, none of us is.\n\n\u4ee5\u4e0b\u4e3a\u82f1\u6587\u7248{: #id }\uff08\u4e00\uff09<script>alert(1)</script>\u8bc4\u8bba\u56fd\u9645\u793e\u4f1a\u5e94\u5f53\u643a\u624b\u5408\u4f5c,\u5171\u540c\u5e94\u5bf9\u98ce\u9669\u3002;2026\u5e744\u670830\u65e51. The world should work together against the risks. \u3002today?Lan Xue: ",
    "the label of a heading did not begin the turn behind it": "AI moves much faster than its governance.\nWEBVTT\n\n\xb2\u56fd\u9645\u793e\u4f1a\u5e94\u5f53\u643a\u624b\u5408\u4f5c,\u5171\u540c\u5e94\u5bf9\u98ce\u9669\u3002AI moves much faster than its governance.\n---\ntitle: x\n---\nWEBVTT\n\nWEBVTT\n\nAI moves much faster than its governance.\n\u859b\u6f9c\uff1aAI moves much faster than its governance.\nThe world should work together against the risks. \u859b\u6f9c\uff1aThe world should work together against the risks. If one country is not safe, none of us is.\n\n| a | b |\n|---|---|\n\u56fd\u9645\u793e\u4f1a\u5e94\u5f53\u643a\u624b\u5408\u4f5c,\u5171\u540c\u5e94\u5bf9\u98ce\u9669\u3002\u201cIf one country is not safe, none of us is.\n\n\u2028AI moves much faster than its governance.\n\u4eba\u5de5\u667a\u80fd\u6280\u672f\u7684\u6f14\u8fdb\u8fdc\u5feb\u4e8e\u6cbb\u7406\u3002\n{{ x }}| a | b |\n|---|---|\n* * *\u2460 # If one country is not safe, none of us is.\n\n<b lang=en>AI moves much faster than its governance.\nThe world should work together against the risks. \u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8The world should work together against the risks. \u2162. \u201c\u4ee5\u4e0b\u4e3a\u82f1\u6587\u7248",
    "nor did one of the other language": "\uff08\u6cd5\u5b98\uff09The world should work together against the risks. \u8bc4\u8bbaWEBVTT\n\nIf one country is not safe, none of us is.\n\n\u4eba\u5de5\u667a\u80fd\u6cbb\u7406a,b\n\u6851\u5fb7\u65af\u53c2\u8bae\u5458: \n# \u25ce\u95ee \u514d\u8d23\u58f0\u660e\u4e00\u56fd\u82e5\u4e0d\u5b89\u5168,\u5219\u65e0\u4e00\u56fd\u5b89\u5168\u3002\n\n3.5%",
    "a footnote of two lines, without a twin, was read back as two paragraphs": " e.g. \u2028**3.5%\ufdfa---\ntitle: x\n---\n\xb2\U0001f600 > AI governanceIf one country is not safe, none of us is.\n\n\U0001f600{: #id }Lan Xue: </p>\x1b\u4e00\u56fd\u82e5\u4e0d\u5b89\u5168,\u5219\u65e0\u4e00\u56fd\u5b89\u5168\u3002\n\n",
}


@pytest.mark.parametrize("source", FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(source):
    assert attempt(source.encode(), "a.txt") == "imported"


@pytest.mark.parametrize("seed", range(8))
def test_odd_sources_are_refused_or_accounted_for(seed):
    rng = random.Random(seed)
    ends = {attempt(made(rng), rng.choice(NAMES)) for _ in range(60)}
    assert ends == {"refused", "imported"}
