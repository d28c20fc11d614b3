"""A built page -> the same page with the way to report a problem, as far as mkdocs.yml says one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from bitext.citing.desk import Desk, desk_of, link
from bitext.model import Bitext
from bitext.pages.labels import label, show_date
from bitext.publish.about import About

#: Where a page wants it; what stands within until the site is made is replaced.
PLACE = re.compile(r'<span class="bt-reach">[^<]*</span>')
#: A title in a link is shortened to this, so that all the rest has room.
TITLE = 60
#: Words of messages that readers complete, and of the lines that stand where no address is set.
WORDS = {
    "zh": {
        "problem": "报告问题", "removal": "要求撤下或更改", "go": "写给{shown}",
        "subject": "报告问题：{slug} {id}", "subject_removal": "要求撤下或更改：{slug}",
        "text": "文本：", "unit": "段落：", "edition": "版本：", "page": "网址：",
        "zh": "中文：", "en": "英文：",
        "ask": "哪里有问题，应当怎样，依据是什么：", "ask_unit": "段落编号（如s4p2）：",
        "ask_removal": "撤下还是更改，您与本文的关系，理由：",
        "none": "本站没有设定接收报告的地址。",
        "by": "本站由{author}运行。", "host": "关于运行者，只知道网站设在{host}。",
        "nobody": "本站没有写明由谁运行。",
    },
    "en": {
        "problem": "Report a problem", "removal": "Ask for removal or a change", "go": "Write to {shown}",
        "subject": "Problem: {slug} {id}", "subject_removal": "Removal or change: {slug}",
        "text": "Text: ", "unit": "Paragraph: ", "edition": "Edition: ", "page": "Address: ",
        "zh": "Chinese: ", "en": "English: ",
        "ask": "What is wrong, what it should be, and on what grounds:", "ask_unit": "Number of the paragraph (such as s4p2): ",
        "ask_removal": "Removal or a change, how you are connected with the text, and why:",
        "none": "This site has set no address for reports.",
        "by": "It is run by {author}.", "host": "All that is known of who runs it is that it is served from {host}.",
        "nobody": "It does not say who runs it.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """How whoever runs the site is reached, as far as that is known."""

    desk: Desk | None = None
    author: str = ""
    host: str = ""

    def known(self, lang: str) -> str:
        """What is said where no address is set."""
        words = WORDS[lang]
        whom = words["host"].format(host=self.host) if self.host else words["nobody"]
        whom = words["by"].format(author=self.author) if self.author else whom
        return words["none"] + (" " if lang == "en" else "") + whom


#: Of a site that says nothing of who runs it.
NOBODY = Reach()


def reach_of(report: object, *, author: object = "", site: str = "", source: object = "") -> Reach:
    """What the settings of a site say: `report`, else the address of its repository as it is.

    ValueError where `report` is set and cannot be used.
    """
    host = urlsplit(site).netloc
    if report:
        return Reach(desk_of(report), str(author or ""), host)
    try:
        return Reach(desk_of(source), str(author or ""), host)
    except ValueError:
        return Reach(None, str(author or ""), host)


def reached(page: str, reach: Reach, lang: str, links: Mapping[str, str] | None = None) -> str:
    """The page with its places filled: links that begin a message, the bare address, or what is known."""
    if links:
        shown = " · ".join(_link(url, name) for name, url in links.items())
    elif reach.desk:
        shown = _link(reach.desk.address, reach.desk.shown)
    else:
        shown = escape(reach.known(lang))
    return PLACE.sub(lambda _: f'<span class="bt-reach">{shown}</span>', page)


def _link(url: str, name: str) -> str:
    return f'<a href="{escape(url)}">{escape(name)}</a>'


def links_of(bitext: Bitext, about: About, reach: Reach, lang: str) -> dict[str, str]:
    """The links of a text's page by their names; none where no address is set."""
    if reach.desk is None:
        return {}
    words, head = WORDS[lang], _head(bitext, about, lang)
    slug = bitext.slug
    problem = f"{head}\n{words['ask_unit']}\n{words['ask']}\n"
    removal = f"{head}\n{words['ask_removal']}\n"
    return {
        words["problem"]: link(reach.desk, words["subject"].format(slug=slug, id="").strip(), problem),
        words["removal"]: link(reach.desk, words["subject_removal"].format(slug=slug), removal),
    }  # fmt: skip


def _head(bitext: Bitext, about: About, lang: str) -> str:
    """Which text and which edition a message is about."""
    words = WORDS[lang]
    titles = "\n".join(shortened(t, TITLE) for t in dict.fromkeys(about.titles.values()) if t)
    rows = {"text": f"{bitext.slug}\n{titles}", "edition": edition(about, lang), "page": about.addresses[lang]}  # fmt: skip
    return "".join(f"{words[key]}{value}\n" for key, value in rows.items())


def edition(about: About, lang: str) -> str:
    """The edition in words: `第2版（2026年11月29日）`."""
    number = label(lang, "edition_n", n=about.work.edition)
    day = show_date(lang, about.work.edition_day) if about.work.edition_day else ""
    around = "（{}）" if lang == "zh" else " ({})"
    return number + (around.format(day) if day else "")


def shortened(text: str, most: int) -> str:
    """The text, cut to `most` characters with `…` as the last.

    >>> shortened("abcd", 3), shortened("abc", 3)
    ('ab…', 'abc')
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def as_json(about: About, reach: Reach) -> dict[str, object]:
    """What a script needs to begin a message about a paragraph, in either language."""
    return {
        "desk": reach.desk.as_json() if reach.desk else None,
        "edition": {lang: edition(about, lang) for lang in WORDS},
        "known": {lang: reach.known(lang) for lang in WORDS},
        "words": {
            lang: {k: words[k] for k in ("problem", "go", "subject", "unit", "edition", "page", "zh", "en", "ask")}
            for lang, words in WORDS.items()
        },
    }  # fmt: skip
