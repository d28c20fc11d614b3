/* What the search says to its readers, in English: search-list.js. */
var btSay = {
  kinds: { text: "Text", note: "Note", person: "Person", term: "Term", record: "Record", page: "This site" },
  found: (n) => `${n} ${n === 1 ? "passage" : "passages"}`, least: (n) => `At least ${n} passages`, and: (n) => `, and ${n} in Chinese`, meant: (typed, list) => `Nothing for “${typed}”; for “${list}”: `,
  jump: "This very passage", inPart: (typed, n) => `No passage has all the words of “${typed}”; ${n} ${n === "1" ? "has" : "have"} some of them.`, partial: "With some of the words",
  guess: (typed, n, list) => `Nothing for “${typed}”; perhaps “${list}” was meant: ${n} ${n === "1" ? "passage" : "passages"}.`, guessed: "Perhaps meant",
  only: (typed) => `Nothing in English for “${typed}”; these are in the Chinese texts.`, none: (typed) => `Nothing found for “${typed}”, in the English and Chinese texts, notes, terms, people, records and pages.`,
  noneHere: (typed) => `Nothing here for “${typed}”.`, other: (n) => `In the Chinese texts · ${n}`, half: { en: "The English side could not be searched: its files did not load.", zh: "The Chinese side could not be searched: its files did not load." },
  near: "Did you mean:", look: "You can also look here:", unsure: "pairing uncertain", twin: "In Chinese", back: "In English", all: (n) => `All ${n} passages, by speaker and year →`, allPlain: "On the search page, by speaker and year →",
  old: "This browser cannot run the search of this site; a newer one can.", lost: "Search is not available: its index did not load. The connection may be down, or the browser blocks it. It is tried again when you type.",
  late: "Search has not answered yet; the connection may be slow. It is still waiting.", file: "Search does not work in a file that is opened directly; open the site by its address.",
  recent: "Recent searches", kept: "Kept in this browser, on this device only.", clear: "Clear", empty: "Words, names, a sentence; or a paragraph’s number (s4p2), a citation, an address.", join: "”, “",
}
