/* Both languages side by side, unit by unit: in the address, remembered, the reader's place held. */
(function () {
  var button = document.querySelector("[data-bt-do=view]")
  if (!button) return
  var data = bt.html.dataset, built = false

  function side(node) { return "bt-" + (node.lang || bt.data.lang).slice(0, 2) }

  /* Each child of the page gets a row of its own, a unit and its twin share one. */
  function build(units) {
    built = true
    var row = 1
    Array.prototype.slice.call(bt.page.children).forEach(function (node) {
      node.style.gridRow = row
      if (node.classList.contains("bt-tools")) return
      if (node.classList.contains("bt-u")) {
        node.classList.add(side(node))
        var twin = units[node.id]
        if (twin) {
          twin = twin.cloneNode(true)
          twin.classList.add("bt-twin", side(twin))
          twin.classList.remove("bt-u")
          twin.style.gridRow = row
          node.after(twin)
        } else node.classList.add("bt-single")
      }
      row++
    })
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
        if (!built) build(units)
        show(true)
        delete data.btWait
      })
      if (bt.arrival) bt.land(bt.arrival)
    }, function () {
      delete data.btWait
      show(false)
    })
  }

  function toggle() {
    var on = data.btView !== "parallel"
    bt.arrival = null
    bt.save("view", on ? "parallel" : "single")
    bt.view(on)
  }
  bt.action("view", toggle)
  bt.key("v", toggle)
  if (data.btView === "parallel") {
    setTimeout(function () { delete data.btWait }, 2500)
    bt.view(true)
  }
})()
