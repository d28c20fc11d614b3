"""The words of the glossary's pages, in both languages."""

from __future__ import annotations

from bitext.pages.labels import worded

WORDS = {
    "zh": {
        "title": "术语表",
        "these": "术语表里属于这一类的概念（{n}个）：{names}。",
        "some": "术语表里属于这一类的概念（{n}个），如{names}。",
        "lead": "本库的概念（现有{n}个），中英并列。每个概念自成一页：两种语言的名称和释义、依据，以及文库里出现它的每一句话，并附另一种语言的对应句。",
        "empty": "术语表里还没有词条。",
        "other": "其他",
        "all": "全部",
        "subjects": "主题",
        "letters": "按拼音",
        "also": "也作",
        "found_by": "检索时也认",
        "avoid": "不用",
        "sides": "两边的差别",
        "doubt": "存疑",
        "sources": "依据",
        "general": "本条释义出自一般知识，未逐一核对所列文献。",
        "unsourced": "本条释义出自一般知识。",
        "related": "相关",
        "how": "怎样翻译",
        "how_zh": "中文有它的{n}句话，英文对应句里写的是：",
        "how_en": "英文有它的{n}句话，中文对应句里写的是：",
        "no_name": "没有它的名称",
        "no_twin": "没有对应句",
        "no_zh": "没有对应的中文句",
        "no_en": "没有对应的英文句",
        "pairs": "文库里的句子",
        "pairs_n": "共{n}句，出自{texts}篇文本。",
        "nowhere": "在文库中尚未出现。",
        "rest": "其余，按文本排列",
        "sentences": "{n}句",
        "page": "第{n}页，共{of}页",
        "pages": "分页",
        "titled_page": "{name}（第{n}页）",
        "take": "下载术语表",
        "moved": "这个概念现在的词条是",
        "moved_title": "词条已移动",
    },
    "en": {
        "title": "Glossary",
        "these": "The glossary’s concepts under this subject ({n}): {names}.",
        "some": "The glossary’s concepts under this subject ({n}), such as {names}.",
        "lead": "The concepts of this library ({n} so far), Chinese and English side by side. Each has a page of its own: its names and definitions in both languages, what they rest on, and every sentence of the library in which it stands, with its counterpart in the other language.",
        "empty": "The glossary holds no entry yet.",
        "other": "Other",
        "all": "All",
        "subjects": "Subjects",
        "letters": "A to Z",
        "also": "Also",
        "found_by": "Search also knows",
        "avoid": "Not used",
        "sides": "Where the two sides differ",
        "doubt": "In doubt",
        "sources": "Sources",
        "general": "This definition is general knowledge; the works listed were not checked for it.",
        "unsourced": "This definition is general knowledge.",
        "related": "Related",
        "how": "How it is translated",
        "how_zh": "Where the Chinese has it ({n} sentences), the English has:",
        "how_en": "Where the English has it ({n} sentences), the Chinese has:",
        "no_name": "no name of it",
        "no_twin": "no counterpart",
        "no_zh": "No counterpart in Chinese",
        "no_en": "No counterpart in English",
        "pairs": "In the library",
        "pairs_n": "{n} sentences, in {texts} texts.",
        "nowhere": "Does not occur in the library so far.",
        "rest": "The rest, text by text",
        "sentences": "{n} sentences",
        "page": "Page {n} of {of}",
        "pages": "Pages",
        "titled_page": "{name} (page {n})",
        "take": "Download the glossary",
        "moved": "The entry of this concept is now",
        "moved_title": "This entry has moved",
    },
}


def say(lang: str, key: str, **values: int | str) -> str:
    """One of these phrases, with its numbers; in English one thing is in the singular.

    >>> say("en", "pairs_n", n=1, texts=1), say("zh", "sentences", n=2000)
    ('1 sentence, in 1 text.', '2,000句')
    """
    text = worded(WORDS[lang][key], values)
    if lang == "en" and 1 in values.values():
        text = text.replace("1 sentences", "1 sentence") if values.get("n") == 1 else text
        text = text.replace("1 texts", "1 text") if values.get("texts") == 1 else text
    return text
