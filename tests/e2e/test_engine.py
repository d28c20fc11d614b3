"""The search engine by itself: its look-ups, and what it answers when a page asks it."""

from __future__ import annotations

import re

import pytest

from bitext.search.said import general

pytestmark = pytest.mark.e2e

ASK = """
async ([lang, asked]) => {
  const worker = new Worker(`/assets/bt/search-worker.js?lang=${lang}`)
  const last = new Promise((done) => {
    worker.onmessage = ({ data }) => data.ask && data.done && done(data)
  })
  worker.postMessage({ ask: 1, from: 0, most: 10, filters: {}, sort: "best", ...asked })
  const answer = await last
  worker.terminate()
  return answer
}
"""


@pytest.fixture
def ask(open_page):
    """ask(lang, typed, …) -> the engine's last answer."""
    page = open_page("/about/", allow=("404",))
    ask_ = lambda lang, typed, **more: page.evaluate(ASK, [lang, {"typed": typed, **more}])  # noqa: E731
    ask_.page = page
    return ask_


def places(hits):
    return [re.sub(r"\?[^#]*", "", hit["href"]) for hit in hits]


PANEL = "transcripts/sanders-xue-panel/"


@pytest.fixture
def parts(open_page, root):
    page = open_page("/")
    for part in ("fold", "query", "rank", "source"):
        page.add_script_tag(
            content=(root / f"overrides/assets/bt/search-{part}.js").read_text("utf-8")
        )
    return page


@pytest.mark.parametrize(
    "low, high, found",
    [
        ("guardrail", "guardrail", ["guardrail"]),
        ("guardrail\u0002guardrail", "guardrail\u0002guardrail", ["guardrail\u0002guardrail"]),
        ("guardrail\u0002x", "guardrail\u0002x", []),
        ("guard", "guard\uffff", ["guard", "guardrail", "guardrail\u0002guardrail", "guardrail\u0002guardrails"]),
        ("a", "b", []),
        ("z", "zz", []),
    ],
)  # fmt: skip
def test_a_range_of_keys_has_those_keys_and_no_neighbour(parts, low, high, found):
    keys = ["guard", "guardrail", "guardrail\u0002guardrail", "guardrail\u0002guardrails", "guide"]
    text = "\n".join(keys) + "\n\n" + "\n".join("ABCDE")
    look = "([t, low, high]) => btSource.parts.within(btSource.parts.shard(t), low, high)"
    got = parts.evaluate(look, [text, low, high])
    assert got == [[key, "ABCDE"[keys.index(key)]] for key in found]


def test_postings_are_read_as_they_were_written(parts):
    from bitext.search import keys

    often = {0: 1, 3: 2, 4: 9, 70: 4, 4000: 1}  # by block
    stands = keys.standing([{"a": often[n]} if n in often else {} for n in range(4001)])["a"]
    read = "t => { const out = new Map(); btSource.parts.decode(t, out); return [...out] }"
    assert parts.evaluate(read, keys.written(stands)) == [
        [0, 1],
        [3, 2],
        [4, 4],
        [70, 3],
        [4000, 1],
    ]


@pytest.mark.parametrize("pair", ["agile governance", "agile g", "治理", "理ai", "𠀀𠀁", "é 𐐀𐐁𐐂"])
def test_the_file_of_a_pair_is_the_one_in_which_it_was_written(parts, pair):
    from bitext.search import keys

    look = "([pair, count]) => btSource.parts.bucket(pair, count)"
    assert parts.evaluate(look, [pair, 99_991]) == keys.bucket(pair, 99_991)


def test_the_file_of_a_key_is_the_last_that_begins_before_it(parts):
    look = "([firsts, low, high]) => btSource.parts.files(firsts, low, high)"
    firsts = ["", "c", "f", "h"]
    assert parts.evaluate(look, [firsts, "d", "d"]) == [1]
    assert parts.evaluate(look, [firsts, "d", "g"]) == [1, 2]
    assert parts.evaluate(look, [firsts, "z", "z"]) == [3]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "typed",
    ["国务院参事", "苏世民书院", "佛蒙特", "微信", "Vermont", "Counsellor", "Tsinghua University", "2026-04-29", "April 29 2026", "2026年4月29日"],
)  # fmt: skip
def test_what_stands_on_the_pages_is_found_on_both_languages_pages(ask, lang, typed):
    answer = ask(lang, typed)
    assert answer["state"] == "found" and answer["hits"] + answer["others"]


@pytest.mark.parametrize(
    "typed, place",
    [
        ("桑德斯参议员与薛澜问答，s4p2", "#s4p2"),
        ("Senator Sanders and Xue Lan: Questions and Answers, s4p3", "#s4p3"),
        ("薛澜 s4p2", "#s4p2"),
        ("Sanders (S5P1)", "#s5p1"),
        # as it is read aloud
        ("薛澜 第4轮第2段", "#s4p2"),
        # with anything round it
        ("(s4p2).", "#s4p2"),
        ("ｓ４ｐ２", "#s4p2"),
        ("编号s4p2", "#s4p2"),
        ("S4 P2", "#s4p2"),
        ("edition 1, s6p3", "#s6p3"),
        ("s6p2 AI safety", "#s6p2"),
        ("sanders xue panel s4p2", "#s4p2"),
        ("turn 4, paragraph 2", "#s4p2"),
        # a citation of which the last full stop was not copied
        ("桑德斯, 薛澜. 桑德斯参议员与薛澜问答[EB/OL]. 双轨, 第1版, s4p2", "#s4p2"),
        ("Sanders and Xue. “Senator Sanders and Xue Lan: Questions and Answers.” Two Tracks, edition 1, s4p2", "#s4p2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_id_behind_a_title_or_a_name_leads_to_its_paragraph(ask, lang, typed, place):
    answer = ask(lang, typed)
    assert {url.removeprefix("en/") for url in places(answer["hits"] + answer["others"])} == {PANEL + place}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("typed", ["Bostrom", "arXiv:2605.13069", "hub.baai.ac.cn/view/54751"])
def test_what_a_statement_rests_on_is_found(ask, lang, typed):
    answer = ask(lang, typed)
    assert answer["state"] == "found" and answer["hits"]


@pytest.mark.parametrize(
    "lang, typed, state",
    [
        ("en", "Sandberg", "partial"),  # a name is no slip in a word, or it is a guess
        ("en", "GPT 4", "none"),
        ("en", "GPT-4 models", "none"),
        ("zh", "G7 summit", "none"),  # what looks like an id, and is none of this library
        ("en", "Lan cable", "partial"),  # not called, by way of its stem
        ("en", "red teaming", "partial"),
        ("en", "goverments", "found"),
        ("zh", "企业违规了为什么不直接重罚？", "partial"),
        ("zh", "谁主持了这场会", "partial"),
        ("zh", "MIT物理教授", "found"),  # its parts stand side by side
        ("zh", "护栏敏捷", "partial"),
    ],
)
def test_what_is_a_guess_is_said_to_be_one(ask, lang, typed, state):
    assert ask(lang, typed)["state"] == state


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("typed", ["Sanders April 29, 2026", "桑德斯 2026.4.29", "Panel 29 April 2026", "二〇二六年四月二十九日 座谈"])  # fmt: skip
def test_a_date_among_other_words_is_found_in_every_spelling(ask, lang, typed):
    answer = ask(lang, typed)
    assert answer["state"] == "found"
    assert any(hit["kind"] == "record" for hit in answer["hits"] + answer["others"])


@pytest.mark.parametrize(
    "lang, typed, place",
    [
        ("zh", "薛澜", "speakers/xue-lan/"),
        ("en", "Xue Lan", "en/speakers/xue-lan/"),
        ("zh", "敏捷治理", "glossary/agile-governance/"),
        ("zh", "minjie zhili", "glossary/agile-governance/"),
        ("zh", "薛兰", "speakers/xue-lan/"),
        ("en", "xuelan", "en/speakers/xue-lan/"),
        ("en", "guard rail", "en/glossary/guardrail/"),
        ("zh", "网路安全法", "glossary/csl/"),
        ("en", "who coined Track II diplomacy", "en/glossary/track-2/"),
        ("en", "difference between Track 1 and Track 2", "en/glossary/track-1/"),
        # a person, however named
        ("en", "Sanders", "en/speakers/sanders/"),
        ("en", "Sandres", "en/speakers/sanders/"),
        ("en", "Mr Sanders", "en/speakers/sanders/"),
        ("en", "who is Xue", "en/speakers/xue-lan/"),
        ("en", "L. Xue", "en/speakers/xue-lan/"),
        ("en", "Xue, L.", "en/speakers/xue-lan/"),
        ("en", "J. V. Montville", "en/speakers/montville/"),
        ("zh", "桑德斯先生", "speakers/sanders/"),
        ("zh", "薛老师", "speakers/xue-lan/"),
        ("zh", "bnsds", "speakers/sanders/"),
        ("zh", "薛澜的职务", "speakers/xue-lan/"),
        # pinyin by syllables, one other character
        ("zh", "er gui dui hua", "glossary/track-2/"),
        ("zh", "AI jingsai", "glossary/ai-race/"),
        ("zh", "能力建没", "glossary/capacity-building/"),
        ("zh", "山德斯", "speakers/sanders/"),
        ("en", "agilegovernance", "en/glossary/agile-governance/"),
        # points between letters
        ("en", "A.I. divide", "en/glossary/ai-divide/"),
        ("en", "Washington DC", "en/transcripts/sanders-xue-panel/"),
        # a date in any spelling
        ("zh", "2026.6.7", "transcripts/track-two-perspective/"),
        ("zh", "20260607", "transcripts/track-two-perspective/"),
        ("zh", "六月七日", "transcripts/track-two-perspective/"),
        ("en", "7/6/2026", "en/transcripts/track-two-perspective/"),
        ("en", "Jun. 7th 2026", "en/transcripts/track-two-perspective/"),
        ("en", "二〇二六年四月三十日", "en/transcripts/sanders-xue-panel/"),
    ],
)
def test_the_first_hit_is_what_is_meant(ask, lang, typed, place):
    assert places(ask(lang, typed)["hits"])[0] == place


def test_where_the_speaker_is_why_a_turn_is_found_the_name_is_marked(ask):
    turn = ask("en", "Xue Lan")["hits"][1]
    assert turn["speaker"] == "Lan Xue" and turn["named"] == [["Lan Xue", 1]]
    assert {hit["named"] for hit in ask("en", "nuclear war")["hits"]} == {None}


@pytest.mark.parametrize("typed", ["Hinton", "Elon Musk", "Macron"])
def test_a_name_that_is_not_like_what_was_typed_is_not_offered(ask, typed):
    assert ask("en", typed)["near"] == []


def test_a_piece_of_a_sentence_or_of_a_bodys_name_is_that_and_no_person(ask):
    assert places(ask("en", "Sanders and")["hits"])[0] == "en/transcripts/sanders-xue-panel/#h1"
    assert ask("en", "governance")["hits"][0]["kind"] == "term"


@pytest.mark.parametrize(
    "lang, typed, place",
    [
        ("zh", "为什么要避免重罚", PANEL + "#s4p2"),  # the text has other words between
        ("en", "regulating AI in China", "en/" + PANEL + "#s3p1"),
        ("zh", "中美怎么合作", PANEL + "#s6p2"),
        ("zh", "怎样引用", "download/#cite"),  # a page has the question itself
        ("zh", "怎么引用这段话", "download/#cite"),
        ("zh", "国际组织起什么作用", "glossary/international-community/"),
        ("zh", "穷国没有AI怎么办", PANEL + "#s6p3"),
    ],
)
def test_of_a_question_the_hits_with_its_words_apart_are_there(ask, lang, typed, place):
    assert place in places(ask(lang, typed)["hits"])


@pytest.mark.parametrize(
    "lang, typed", [("en", "Lan Fang"), ("en", "Elon Musk"), ("zh", "薛澜的童年")]
)
def test_a_guess_at_a_short_word_or_a_name_alone_is_never_said_to_be_found(ask, lang, typed):
    assert ask(lang, typed)["state"] in ("partial", "none")


def test_letters_in_capitals_are_marked_where_they_stand_and_not_where_words_begin_so(ask):
    hits = ask("en", "US AI")["hits"]
    marked = [text for hit in hits for text, mark in hit["text"] if mark]
    assert "AI" in marked and not [text for text in marked if text.lower().startswith("aim")]


@pytest.fixture
def dates(open_page, root):
    page = open_page("/")
    page.add_script_tag(content=(root / "overrides/assets/bt/search-date.js").read_text("utf-8"))
    months = general()["months"]
    return lambda typed: page.evaluate("([typed, months]) => btDate.read(typed, months)", [typed, months])  # fmt: skip


@pytest.mark.parametrize(
    "spelling",
    [
        "2026-04-29", "2026/4/29", "2026.04.29", "2026 4 29", "20260429", "29/04/2026", "29.4.2026", "April 29, 2026",
        "Apr. 29th 2026", "29 April 2026", "on the 29th of April, 2026", "29apr2026", "2026年4月29日", "２０２６年４月２９日",
        "2026 年 4 月 29 号", "二〇二六年四月二十九日", "二零二六年四月廿九日",
    ],
)  # fmt: skip
def test_a_date_is_read_in_any_spelling(dates, spelling):
    assert dates(spelling) == [{"year": 2026, "month": 4, "day": 29}]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("April 2026", [(2026, 4, 0)]),
        ("2026年六月", [(2026, 6, 0)]),
        ("2019-06", [(2019, 6, 0)]),
        ("June 7", [(0, 6, 7)]),
        ("十二月十日", [(0, 12, 10)]),
        ("04/05/2026", [(2026, 5, 4), (2026, 4, 5)]),
        ("05/05/2026", [(2026, 5, 5)]),
        *((no, []) for no in ("2026", "2026年", "六月", "June", "1.5", "3/4", "2026-13-01", "20261345", "99月1日", "s4p2", "June 7 talk", "")),
    ],
)  # fmt: skip
def test_of_a_date_is_read_what_it_says_and_nothing_else_is_one(dates, typed, found):
    assert [tuple(date.values()) for date in dates(typed)] == found


@pytest.mark.parametrize("typed", ["2 May", "5月1日", "2027-03-01"])
def test_the_numbers_of_a_date_elsewhere_are_no_answer(ask, typed):
    answer = ask("en", typed)
    assert answer["state"] == "none" and not answer["near"]


def test_of_a_person_what_they_say_stands_before_where_others_name_them(ask):
    hits = ask("en", "Xue Lan")["hits"]
    assert [hit["kind"] for hit in hits][:4] == ["person", "text", "text", "text"]
    assert {hit["speaker"] for hit in hits[1:4]} == {"Lan Xue"}


@pytest.mark.parametrize(
    "lang, typed", [("en", "AI治理"), ("zh", "AI governance"), ("zh", "agile 治理")]
)
def test_a_compound_is_found_across_the_languages(ask, lang, typed):
    assert ask(lang, typed)["state"] == "found"


@pytest.mark.parametrize(
    "typed, here",
    [
        ("s4p2", ""),
        ("s4p2", "sanders-xue-panel"),
        ("sanders-xue-panel#s4p2", ""),
        ("https://example.org/en/transcripts/sanders-xue-panel/#s4p2", ""),
        (
            "薛澜 / Lan Xue · 2026年4月29日\nhttps://example.org/transcripts/sanders-xue-panel/#s4p2",
            "",
        ),
        ("其次，政府与企业应摒弃“猫鼠游戏”式的博弈关系，转而携手合作，共同应对人工智能风险。", ""),
        (
            "The second is for the government and companies to stop playing the game of cat and mouse",
            "",
        ),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_citation_leads_back_to_its_paragraph(ask, lang, typed, here):
    jump = ask(lang, typed, here=here)["jump"]
    assert jump["unit"] == "s4p2" and jump["slug"] == "sanders-xue-panel"


@pytest.mark.parametrize("typed", ["!!!", "😀😀", "……", "qwrtplk", "C++", "C#", ".NET"])
def test_what_is_not_there_is_not_found(ask, typed):
    answer = ask("zh", typed)
    assert answer["state"] == "none" and not answer["hits"] + answer["others"]


def test_nothing_typed_is_nothing_asked(ask):
    assert ask("zh", "  ")["state"] == "empty"


def test_ten_thousand_characters_do_no_harm(ask):
    assert ask("zh", "敏捷治理" * 2500)["state"] in ("found", "partial", "none")


@pytest.mark.parametrize("lang, gone", [("zh", "en"), ("en", "zh")])
def test_where_one_language_fails_the_other_stands_and_the_next_query_tries_again(ask, lang, gone):
    ask.page.context.route(
        f"**/assets/bt/search/{gone}.gz", lambda route: route.fulfill(status=404)
    )
    answer = ask(lang, "AI")
    assert answer["state"] == "found" and answer["hits"] and answer["failed"] == [gone]
    ask.page.context.unroute(f"**/assets/bt/search/{gone}.gz")
    assert ask(lang, "AI")["failed"] == []


def test_filters_leave_what_they_say_and_facets_what_else_there_is(ask):
    answer = ask("zh", "风险", filters={"speaker": "xue-lan"})
    assert {hit["speaker"] for hit in answer["hits"]} == {"薛澜"}
    assert {who for who, *_ in answer["facets"]["speaker"]} >= {"xue-lan", "sanders"}
    assert answer["total"] == len(answer["hits"]) and answer["exact"]


def test_pages_of_hits_follow_each_other_without_a_gap(ask):
    whole = places(ask("zh", "治理", most=20)["hits"])
    assert places(ask("zh", "治理", most=10)["hits"]) == whole[:10]
    assert places(ask("zh", "治理", **{"from": 10})["hits"]) == whole[10:20]


def test_by_date_the_newest_text_stands_first(ask):
    dates = [hit["date"] for hit in ask("zh", "治理", sort="date", most=20)["hits"]]
    assert dates == sorted(dates, reverse=True) and dates[0]
