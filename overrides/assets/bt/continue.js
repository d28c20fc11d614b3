/* Where the reader left a text: kept on their own device, offered on the home page and in the library. */
(function () {
  var brand = document.querySelector(".bt-brand").href, home = new URL(".", brand).href
  var file = brand.slice(home.length) // "" on a host; an offline copy names index.html in each link
  var row = document.querySelector(".bt-read")

  /* What is stored, or null where nothing is or it is not ours. */
  function stored() {
    try {
      var left = JSON.parse(bt.load("read"))
      return bt.place(left.place) && /^transcripts\/[\w-]+\/$/.test(left.path) && left.share >= 0 && left.share <= 1 && title(left).text ? left : null
    } catch (e) { return null }
  }

  /* The title in the page's language, or else in the other. */
  function title(left) {
    var own = left.titles[bt.data.lang]
    return { text: String(own || left.titles[bt.otherLang] || ""), lang: own ? bt.data.lang : bt.otherLang }
  }

  function forget() {
    bt.forget("read")
    delete bt.html.dataset.btRead
  }

  function leave() {
    var place = bt.reading(), units = bt.page.querySelectorAll(".bt-rows > .bt-u[id]"), path = location.href.split(/[?#]/)[0].slice(home.length).replace(/index\.html$/, "")
    if (place.start || !units.length) return
    var now = stored(), past = Array.prototype.filter.call(units, function (unit) { return unit.getBoundingClientRect().bottom < innerHeight }).length
    if (past === units.length) { // read to the end
      if (now && now.path === path) forget()
      return
    }
    var titles = {}, other = bt.page.querySelector(".bt-twin-title")
    titles[bt.data.lang] = bt.page.querySelector("h1").textContent.trim()
    if (other) titles[bt.otherLang] = other.textContent.trim()
    bt.save("read", JSON.stringify({ path: path, titles: titles, place: place, share: past / units.length }))
  }

  if (bt.page.matches(".bt-page--transcript")) {
    addEventListener("pagehide", leave)
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") leave() })
    return
  }
  if (!row) return
  function show() {
    var left = stored()
    row.textContent = ""
    if (!left) return delete bt.html.dataset.btRead
    bt.html.dataset.btRead = ""
    bt.make("span", {}, row).textContent = bt.t.read
    var link = bt.make("a", { href: home + left.path + file + "#" + left.place.id, lang: title(left).lang }, row)
    link.textContent = title(left).text
    link.addEventListener("click", function (event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) bt.send(link.href, left.place)
    })
    bt.make("span", {}, row).textContent = left.place.id + " · " + Math.round(left.share * 100) + "%"
    bt.make("button", { type: "button", "data-bt-do": "forget" }, row).textContent = bt.t.forget
  }
  bt.action("forget", function () { bt.keep(forget) })
  addEventListener("storage", function (event) { if (event.key === "bt.read" || event.key === null) show() })
  addEventListener("pageshow", function (event) { if (event.persisted) show() })
  show()
})()
