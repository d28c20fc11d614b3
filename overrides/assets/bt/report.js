/* Reports a problem with a paragraph: a message that is begun, as a link to the address that takes reports,
   and to copy. Nothing is sent; the address comes from the site's settings, checked when it was made. */
(function () {
  if (!bt.page.classList.contains("bt-page--transcript")) return
  var zh = bt.data.lang !== "en", copyNow, message = ""
  var T = zh ? { copy: "复制报告", also: "只涉及一段的，点那一段旁的“引文”，其中有“报告问题”。" } : { copy: "Copy the report", also: "For one paragraph, press Cite beside it: “Report a problem” is below the citations." }

  /* encodeURIComponent refuses half a pair. */
  function plain(text) { return encodeURIComponent(Array.from(text, function (c) { return /^[\ud800-\udfff]$/.test(c) ? "\ufffd" : c }).join("")) }
  /* As `link` in citing/desk.py. */
  function link(desk, title, body) {
    if (!desk.fields) return desk.address
    if (/^mailto:/.test(desk.address)) body = body.replace(/\r?\n/g, "\r\n")
    return desk.address + (desk.address.indexOf("?") < 0 ? "?" : "&") + plain(desk.fields[0]) + "=" + plain(title) + "&" + plain(desk.fields[1]) + "=" + plain(body)
  }
  /* The text's beginning, so much of it as takes no more than `room` in a link. */
  function shortened(text, room) {
    if (plain(text).length <= room) return text
    var chars = Array.from(text), length = 9, n = 0 // an encoded … is nine
    while (n < chars.length && (length += plain(chars[n]).length) <= room) n++
    return chars.slice(0, n).join("") + "…"
  }
  function words(node) {
    var range = document.createRange()
    range.selectNodeContents(node)
    return bt.textOf(range).trim()
  }

  /* The message, its texts no longer than so many signs of a link. */
  function body(report, id, url, texts, room) {
    var w = report.words[zh ? "zh" : "en"], lang = zh ? "zh" : "en"
    var short = [texts.zh, texts.en], half = room / 2, sizes = short.map(function (text) { return plain(text).length })
    // What one text does not need is the other's.
    short = short.map(function (text, i) { return shortened(text, room === Infinity ? room : Math.max(half, room - sizes[1 - i])) })
    return w.unit + id + "\n" + w.edition + report.edition[lang] + "\n" + w.page + url + "\n\n"
      + (texts.zh ? w.zh + short[0] + "\n\n" : "") + (texts.en ? w.en + short[1] + "\n\n" : "") + w.ask + "\n"
  }

  function draw(box, id, report, url, texts) {
    var lang = zh ? "zh" : "en", w = report.words[lang], desk = report.desk
    var title = w.subject.replace("{slug}", bt.data.find.slug).replace("{id}", id)
    message = title + "\n\n" + body(report, id, url, texts, Infinity)
    box.textContent = ""
    bt.make("h3", {}, box).textContent = w.problem
    var line = bt.make("p", {}, box)
    if (desk) {
      var least = { zh: texts.zh && "…", en: texts.en && "…" }
      var room = desk.most - link(desk, title, body(report, id, url, least, Infinity)).length + plain(least.zh + least.en).length
      var ends = /^mailto:/.test(desk.address) ? "\r\n" : "\n"
      var there = { zh: texts.zh.replace(/\n/g, ends), en: texts.en.replace(/\n/g, ends) }
      var href = link(desk, title, body(report, id, url, there, Math.max(0, room)))
      bt.make("a", { href: href, rel: "noreferrer" }, line).textContent = w.go.replace("{shown}", desk.shown)
    } else line.textContent = report.known[lang]
    line.append(" ")
    bt.make("button", { type: "button", class: "bt-do", "data-bt-do": "report-copy" }, line).textContent = T.copy
  }

  /* Fills the part of a dialog that reports a problem with this paragraph. */
  bt.report = function (box, id, report, url, copy) {
    var unit = document.getElementById(id), own = zh ? "zh" : "en", texts = { zh: "", en: "" }
    copyNow = copy
    box.dataset.id = id
    if (unit) texts[unit.matches(".bt-foreign") ? (zh ? "en" : "zh") : own] = words(unit)
    draw(box, id, report, url + "#" + id, texts)
    if (!unit || unit.matches(".bt-single")) return
    bt.twin().then(function (twins) {
      if (box.dataset.id !== id || !twins[id]) return // another paragraph by now
      texts[zh ? "en" : "zh"] = words(twins[id])
      draw(box, id, report, url + "#" + id, texts)
    }, function () { /* said already; one text is enough */ })
  }
  bt.action("report-copy", function () { copyNow(message) })

  var reach = document.querySelector(".bt-record .bt-reach")
  if (reach) reach.parentNode.append(document.createElement("br"), T.also)
})()
