/* Both languages side by side, unit by unit: in the address, remembered, the reader's place held. */
(function () {
  var button = document.querySelector("[data-bt-do=view]")
  if (!button) return
  var data = bt.html.dataset, built = false

  function side(node) { return "bt-" + (node.lang || bt.data.lang).slice(0, 2) }

  /* Each child of the page gets a row of its own, and so does each of a part; a unit and its twin share one,
     and so do the titles. The rails run from the first row of text to the last. */
  function build(units, box) {
    var row = 1, first = 0, last = 0
    Array.from(box.children).forEach(function (node) {
      node.style.gridRow = row
      if (node.classList.contains("bt-tools")) return
      if (node.matches(".bt-part")) {
        first = first || row
        last = row + 1
        build(units, node)
      } else if (node.matches(".bt-u, .bt-turn")) {
        first = first || row
        last = row + 1
        node.classList.add(side(node))
        var twin = !node.classList.contains("bt-single") && units[node.id]
        if (twin) {
          twin = twin.cloneNode(true)
          twin.classList.add("bt-twin", side(twin))
          twin.classList.remove("bt-u")
          twin.style.gridRow = row
          node.after(twin)
          if (bt.markTwin) bt.markTwin(node, twin)
        }
      } else if (node.matches(".bt-title, .bt-twin-title")) {
        node.classList.add(side(node))
        if (node.matches("h1") && node.nextElementSibling.matches(".bt-twin-title")) return
      } else if (node.matches(".bt-record, .bt-contents, section, .bt-take, .bt-address, .bt-truncated")) node.classList.add("bt-both")
      else {
        node.classList.add("bt-mine")
        last = first ? row + 1 : 0
      }
      row++
    })
    box.style.setProperty("--first", first)
    box.style.setProperty("--last", last)
    built = true
  }

  function show(on) {
    if (on) data.btView = "parallel"
    else delete data.btView
    button.setAttribute("aria-pressed", on)
    var url = new URL(location.href)
    if (on) url.searchParams.set("view", "parallel")
    else url.searchParams.delete("view")
    if (url.href !== location.href) history.replaceState(history.state, "", url)
  }

  /* Promise of the view being as asked. */
  bt.view = function (on) {
    if (!on) return Promise.resolve(bt.keep(function () { show(false) }))
    return bt.twin().then(function (units) {
      bt.keep(function () {
        if (!built) build(units, bt.page)
        show(true)
        delete data.btWait
      }, bt.arrival || bt.addressed())
    }, function () {
      delete data.btWait
      show(false)
    })
  }

  function toggle() {
    var on = data.btView !== "parallel"
    bt.save("view", on ? "parallel" : "single")
    bt.view(on)
  }
  bt.action("view", toggle)
  bt.key("v", toggle)
  if (data.btView === "parallel") bt.view(true)
})()
