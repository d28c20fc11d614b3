/* What the search says to its readers, in Chinese: search-list.js. */
var btSay = {
  kinds: { text: "正文", note: "注释", person: "人物", term: "术语", record: "记录", page: "本站" },
  found: (n) => `找到${n}段`, least: (n) => `至少${n}段`, and: (n) => `；英文文本里另有${n}段`, meant: (typed, list) => `没有“${typed}”，按“${list}”：`,
  jump: "就是这一段", inPart: (typed, n) => `没有一段含有“${typed}”的全部词语，有${n}段含其中一部分。`, partial: "含一部分词语的段落",
  guess: (typed, n, list) => `没有找到“${typed}”。可能想找“${list}”，有${n}段。`, guessed: "可能想找的",
  only: (typed) => `中文文本里没有“${typed}”；以下是英文文本里的结果。`, none: (typed) => `没有找到“${typed}”。查过中英文文本、注释、术语、人物、记录和各页。`,
  noneHere: (typed) => `这个范围里没有“${typed}”。`, other: (n) => `英文文本里的结果 · ${n}`, half: { en: "英文部分没能搜索：文件没有载入。", zh: "中文部分没能搜索：文件没有载入。" },
  near: "您要找的是不是：", look: "也可以从这里找：", unsure: "对应关系不确定", twin: "英文", back: "中文", all: (n) => `全部${n}段，可按发言者、年份筛选 →`, allPlain: "在搜索页里看，可按发言者、年份筛选 →",
  old: "这个浏览器运行不了本站的搜索，更新浏览器后再试。", lost: "搜索暂时不可用：索引没有载入。可能断了网，也可能被浏览器拦住。再输入时会重试。",
  late: "搜索还没有回应，可能网络太慢。还在等。", file: "直接打开的文件不能搜索，请用网址打开本站。",
  recent: "最近的搜索", kept: "只存在这台设备的浏览器里。", clear: "清除", empty: "词语、人名、整句，或段落编号（s4p2）、引文、网址，都可以。", join: "、",
}
