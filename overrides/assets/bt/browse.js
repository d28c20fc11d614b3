/* The lists of texts and people: filters the rows as one types, in either language. The rows of the page
   stay as they are; those of other pages are made from the library's table, which is fetched when the
   reader first types. What is typed stands in the address (?f=), so that Back and reload find it. */
(function () {
  var box = document.querySelector(".bt-filter input")
  if (!box) return
  var place = box.parentNode, out = place.querySelector("output"), said = place.dataset, en = bt.data.lang === "en"
  var home = new URL(en ? ".." : ".", document.querySelector(".bt-brand").href), own = new URL(".", document.querySelector(".bt-brand").href)
  var list = bt.page.querySelector(".bt-filter ~ .bt-rows ul"), around = bt.page.querySelectorAll(".bt-filter ~ .bt-jumps, .bt-filter ~ .bt-rest, .bt-filter ~ .bt-ways")
  if (!list) return
  var here = Array.prototype.slice.call(list.children), people = said.of === "people"
  var items = null, asked = null, timer = 0, MOST = 300
  var months = Array.from({ length: 12 }, function (_, n) { return new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, n, 1))) })

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase().replace(/[·•・‧'’]/g, "").replace(/(\d)[-‐-―/](?=\d)/g, "$1~").replace(/[\s,、，:：;；.。/_‐-―-]+/g, " ").trim()
  }

  /* A day in words, as far as it is known. */
  function day(iso, english) {
    var part = iso.split("-").map(Number)
    if (!part[0]) return iso
    if (!english) return part.map(function (n, k) { return n + "年月日".charAt(k) }).join("")
    return part.slice(2).concat(part[1] ? months[part[1] - 1] : [], part[0]).join(" ")
  }

  function named(pair) { return en ? [pair[1] || pair[0], pair[1] ? "" : "zh-Hans", pair[1] && pair[0] !== pair[1] ? pair[0] : ""] : [pair[0] || pair[1], pair[0] ? "" : "en", pair[0] && pair[0] !== pair[1] ? pair[1] : ""] }

  function write(row, tag, text, more) {
    if (!text) return
    if (row.childNodes.length) row.append(" ")
    var node = bt.make(tag, more || {}, row)
    node.textContent = text
    return node
  }

  /* A row as the pages have it: the day, the title, the title in the other language, who speaks. */
  function textRow(text, table) {
    var row = document.createElement("li"), name = named([text[2], text[3]])
    write(row, text[1] ? "time" : "span", text[1] ? day(text[1], en) : "", text[1] ? { datetime: text[1] } : {})
    var link = write(row, "a", name[0] || text[0], { href: new URL("transcripts/" + text[0] + "/", own).href })
    if (name[1]) link.lang = name[1]
    write(row, "span", name[2], { class: "bt-other", lang: en ? "zh-Hans" : "en" })
    write(row, "span", text[4].slice(0, 4).map(function (n) { return named(table.people[n].slice(1, 3))[0] }).join(en ? ", " : "、") + (text[4].length > 4 ? " …" : ""), { class: "bt-who" })
    write(row, "span", text[7] || "", { class: "bt-who" })
    return row
  }

  function personRow(person) {
    var row = document.createElement("li"), name = named(person.slice(1, 3))
    var link = write(row, "a", name[0], { href: new URL(person[0] ? "speakers/" + person[0] + "/" : "transcripts/?f=" + encodeURIComponent(name[0]), own).href })
    if (name[1]) link.lang = name[1]
    write(row, "span", name[2], { class: "bt-other", lang: en ? "zh-Hans" : "en" })
    return row
  }

  /* The table's rows that are this list's: the words of each, and its row where it is not on the page. */
  function taken(table) {
    var of = said.of.split(" "), onPage = {}
    here.forEach(function (row) { if (row.id) onPage[row.id] = row })
    function at(kind) { return table[kind].findIndex(function (row) { return row[0] === of[1] }) }
    if (people) return table.people.filter(function (p) { return p[0] || p[5] }).map(function (p) {
      return { words: fold(p.slice(1, 4).join(" ")), row: p[0] && onPage[p[0]], make: function () { return personRow(p) } }
    })
    var n = of[0] === "person" ? at("people") : of[0] === "kinds" || of[0] === "topics" ? at(of[0]) : -1
    var fits = {
      texts: function () { return true },
      years: function (t) { return (/^\d{4}/.test(t[1]) ? t[1].slice(0, 4) : "undated") === of[1] },
      kinds: function (t) { return t[5] === n },
      topics: function (t) { return t[6].indexOf(n) > -1 },
      person: function (t) { return t[4].indexOf(n) > -1 }
    }[of[0]]
    return table.texts.filter(fits).map(function (t) {
      var who = t[4].map(function (k) { return table.people[k].slice(1, 4).join(" ") })
      var words = [t[1], day(t[1], true), day(t[1]), t[2], t[3], t[0], t[7] || "", table.kinds[t[5]].slice(1).join(" ")].concat(who)
      return { words: fold(words.join(" ")), row: onPage[t[0]], make: function () { return textRow(t, table) } }
    })
  }

  function fetched() {
    asked = asked || fetch(new URL("transcripts/rows.json", home)).then(function (answer) {
      if (!answer.ok) throw answer.status
      return answer.json()
    }).then(function (table) { items = taken(table) }, function () {
      asked = null // the next key asks again
      items = here.map(function (row) { return { words: fold(row.textContent), row: row } })
      items.failed = true
    })
    return asked || Promise.resolve()
  }

  function show() {
    var words = fold(box.value).split(" "), all = !box.value.trim()
    if (all) list.replaceChildren.apply(list, here)
    else {
      var found = items.filter(function (item) { return words.every(function (word) { return item.words.indexOf(word) > -1 }) })
      list.replaceChildren.apply(list, found.slice(0, MOST).map(function (item) { return (item.row = item.row || item.make()) }))
    }
    around.forEach(function (node) { if (all) delete node.dataset.btHidden; else node.dataset.btHidden = "" })
    out.textContent = all ? "" : !found.length ? said.none : said.count.replace("{n}", found.length).replace("{all}", items.length) + (found.length > MOST ? " · " + said.first.replace("{n}", MOST) : "") + (items.failed ? " · " + said.failed : "")
  }

  function keep() {
    var url = new URL(location.href)
    if (box.value.trim()) url.searchParams.set("f", box.value)
    else url.searchParams.delete("f")
    history.replaceState(history.state, "", url)
  }

  function filter() {
    clearTimeout(timer)
    timer = setTimeout(keep, 200) // browsers bound how often an address may change
    if (items && !items.failed || !box.value.trim()) show()
    else fetched().then(show)
  }
  box.addEventListener("input", filter)
  box.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && box.value) { box.value = ""; filter() }
    if (event.key === "Enter" && list.querySelector("a") && box.value.trim()) list.querySelector("a").focus()
  })
  list.addEventListener("click", keep)
  var given = new URL(location.href).searchParams.get("f")
  if (given && !box.value) box.value = given
  if (box.value) filter()
})()
