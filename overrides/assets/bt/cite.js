/* Cites a paragraph: in a style, for a language, ready to copy; and for reference managers, to copy or save.
   All words come from one file a text, which is fetched when somebody asks. */
(function () {
  var panel = document.querySelector(".bt-citing"), zh = bt.data.lang !== "en"
  if (!panel || !bt.page.classList.contains("bt-page--transcript")) return
  var T = zh
    ? { cite: "引文", of: "引用", copy: "复制", save: "保存", close: "关闭", copied: "已复制", refused: "未能复制，请选中文字后自行复制。", fail: "未能取得引文，请稍后再试。", lang: "引用的文本", zh: "中文", en: "英文", managers: "文献管理软件" }
    : { cite: "Cite", of: "Cite", copy: "Copy", save: "Save", close: "Close", copied: "Copied", refused: "Could not copy. Select the text instead.", fail: "The citations could not be fetched. Try again later.", lang: "Text quoted", zh: "Chinese", en: "English", managers: "Reference managers" }
  var files = panel.querySelector("a[download]").href, base = files.slice(0, files.lastIndexOf("/") + 1)
  var slug = files.slice(base.length).split(".")[0]
  var wanted, data, dialog, said, now

  bt.make("link", { rel: "stylesheet", href: bt.data.later.replace("later.js", "cite.css") }, document.head)

  function two(n) { return (n < 10 ? "0" : "") + n }
  function days() {
    var d = new Date(), parts = [d.getFullYear(), two(d.getMonth() + 1), two(d.getDate())]
    return { day: parts.join("-"), day_ris: parts.join("/"), day_en: d.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" }) }
  }
  /* The address of the page in a language: the site's own, else where the reader is. */
  function address(lang) {
    var known = data && data.address[lang]
    if (/^https?:/.test(known)) return known
    var url = new URL(lang === (zh ? "zh" : "en") ? location.href : new URL(bt.data.twin, location.href))
    url.search = url.hash = ""
    return url.href
  }
  /* As `fill` in citing/records.py. */
  function fill(parts, values) {
    return parts.map(function (part) {
      if (typeof part === "string") return part
      if (!Array.isArray(part)) return values[part.slot] || ""
      return part.every(function (one) { return !one.slot || values[one.slot] }) ? fill(part, values) : ""
    }).join("")
  }

  function forms() {
    var who = data.forms[now.lang][data.said[now.id] || ""], at = days()
    at.url = address(now.lang) + "#" + now.id
    at.id = now.id
    var item = JSON.parse(JSON.stringify(who.csl))
    item.id += "-" + now.id
    item.section = now.id
    item.URL = at.url
    item.accessed = { "date-parts": [at.day.split("-").map(Number)] }
    return { gbt: fill(who.gbt, at), chicago: fill(who.chicago, at), bibtex: fill(who.bibtex, at), ris: fill(who.ris, at), csl: JSON.stringify([item], null, 1) + "\n" }
  }

  function copy(text, tell) {
    function old() {
      document.addEventListener("copy", function (event) {
        event.clipboardData.setData("text/plain", text)
        event.preventDefault()
        event.stopImmediatePropagation()
      }, { once: true, capture: true })
      if (!document.execCommand("copy")) throw new Error("copy")
    }
    ;(navigator.clipboard ? navigator.clipboard.writeText(text) : new Promise(function (done) { old(); done() }))
      .then(function () { tell(T.copied) }, function () { tell(T.refused) })
  }
  function button(parent, text, action, name, value) {
    var made = bt.make("button", { type: "button", class: "bt-do", "data-bt-do": action, "aria-label": text + " " + name }, parent)
    if (value) made.dataset.of = value
    made.textContent = text
    return made
  }

  function draw() {
    var made = forms(), list = dialog.querySelector("dl"), managers = dialog.querySelector(".bt-managers")
    list.textContent = managers.textContent = ""
    for (var style in data.styles) {
      var name = data.styles[style][zh ? "zh" : "en"]
      bt.make("dt", {}, list).textContent = name
      var box = bt.make("dd", {}, list)
      bt.make("span", { lang: style === "gbt" && now.lang === "zh" ? "zh-Hans" : "en" }, box).textContent = made[style]
      box.append(" ")
      button(box, T.copy, "cite-copy", name, style)
    }
    for (var form in data.managers) {
      var row = bt.make("li", {}, managers)
      bt.make("span", {}, row).textContent = data.managers[form][0]
      button(row, T.copy, "cite-copy", data.managers[form][0], form)
      button(row, T.save, "cite-save", data.managers[form][0], form)
    }
  }
  function build() {
    dialog = bt.make("dialog", { class: "bt-dialog", "aria-labelledby": "bt-dialog-name" }, document.body)
    bt.make("h2", { id: "bt-dialog-name" }, dialog)
    button(dialog, "×", "cite-close", T.close).setAttribute("aria-label", T.close)
    var choice = bt.make("fieldset", {}, dialog)
    bt.make("legend", {}, choice).textContent = T.lang
    ;["zh", "en"].forEach(function (lang) {
      var label = bt.make("label", {}, choice)
      bt.make("input", { type: "radio", name: "bt-cite-lang", value: lang }, label)
      label.append(" " + T[lang])
    })
    choice.addEventListener("change", function (event) { now.lang = event.target.value; draw() })
    bt.make("dl", {}, dialog)
    bt.make("h3", {}, dialog).textContent = T.managers
    bt.make("ul", { class: "bt-managers" }, dialog)
    bt.make("section", { class: "bt-report" }, dialog)
    said = bt.make("p", { role: "status" }, dialog)
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close() })
  }

  function open(id) {
    wanted = wanted || fetch(base + slug + ".cite.json").then(function (answer) {
      if (!answer.ok) throw new Error(answer.status)
      return answer.json()
    })
    wanted.then(function (found) {
      data = found
      if (!dialog) build()
      var unit = document.getElementById(id), own = zh ? "zh" : "en"
      now = { id: id, lang: unit && unit.matches(".bt-foreign") ? (zh ? "en" : "zh") : own }
      dialog.querySelector("h2").textContent = T.of + " " + id
      dialog.querySelectorAll("label").forEach(function (label) { // a text that is not there is not quoted
        label.hidden = !!unit && unit.matches(".bt-single") && label.firstChild.value !== now.lang
      })
      dialog.querySelector("input[value=" + now.lang + "]").checked = true
      said.textContent = ""
      draw()
      if (bt.report) bt.report(dialog.querySelector(".bt-report"), id, data.report, address(bt.data.lang === "en" ? "en" : "zh"), function (text) { copy(text, function (told) { said.textContent = told }) })
      if (!dialog.open) dialog.showModal()
    }).catch(function () { wanted = null; bt.say(T.fail) })
  }

  bt.action("cite", function (control) { open(control.dataset.id) })
  bt.action("cite-close", function () { dialog.close() })
  bt.action("cite-copy", function (control) { copy(forms()[control.dataset.of], function (text) { said.textContent = text }) })
  bt.action("cite-save", function (control) {
    var form = control.dataset.of, url = URL.createObjectURL(new Blob([forms()[form]], { type: "text/plain;charset=utf-8" }))
    bt.make("a", { href: url, download: slug + "." + now.id + "." + now.lang + "." + data.managers[form][1] }, dialog).click()
    dialog.lastChild.remove()
    setTimeout(function () { URL.revokeObjectURL(url) }, 1000)
  })
  bt.key("c", function () {
    var lit = bt.lit && bt.lit(), unit = lit ? document.getElementById(lit.id) : bt.atHand()
    if (unit) open(unit.id)
  })

  /* A button beside each that copies the words. */
  function add(id, parent) {
    var made = bt.make("button", { type: "button", class: "bt-cite-it", tabindex: "-1", "data-bt-do": "cite", "data-id": id, "aria-label": T.cite + " " + id }, parent)
    made.textContent = T.cite
    return made
  }
  bt.page.querySelectorAll(".bt-cites").forEach(function (cites) { add(cites.querySelector("[data-id]").dataset.id, cites) })
  var quoteButton = bt.quoteButton
  bt.quoteButton = function (id, parent) {
    var made = quoteButton(id, parent)
    if (!parent.matches(".bt-cites")) add(id, parent).removeAttribute("tabindex")
    else add(id, parent)
    return made
  }

  /* The whole text, in the panel: the day is today, the address where the page is; a button to copy. */
  panel.querySelectorAll(".bt-day").forEach(function (node) { node.textContent = /Accessed $/.test(node.previousSibling.textContent) ? days().day_en : days().day })
  panel.querySelectorAll(".bt-here").forEach(function (node) {
    if (!/^https?:/.test(node.textContent)) node.textContent = address(zh ? "zh" : "en")
    var cell = node.closest("dd")
    button(cell, T.copy, "cite-panel", cell.previousElementSibling.textContent)
  })
  bt.action("cite-panel", function (control) {
    var cell = control.closest("dd").cloneNode(true)
    cell.querySelector("button").remove()
    copy(cell.textContent.trim(), bt.say)
  })
})()
