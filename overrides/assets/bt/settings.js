/* What the reader sets: light or dark, text size, notes, keys; in every open tab; and the offer of the other language. */
(function () {
  var data = bt.html.dataset
  /* What may stand in storage, and the notes that a setting hides. Anything else changes nothing. */
  var known = { scheme: ["light", "dark"], size: ["1", "2", "3", "4", "5"], notes: ["on", "off"], keys: ["on", "off"] }
  var plain = { size: "2", notes: "on", keys: "on" }
  var hidden = { notes: ".bt-note--editor, .bt-note--term" }
  var inputs = document.querySelectorAll("[data-bt-set]")

  function key(name) { return "bt" + name[0].toUpperCase() + name.slice(1) }

  /* `value` as the page's state and in the panel; the reader's place held. */
  function apply(name, value) {
    if (value === null) value = plain[name]
    if (value !== undefined && known[name].indexOf(value) < 0) return
    if ((data[key(name)] || plain[name]) !== value) bt.keep(function () {
      if (value === plain[name]) delete data[key(name)]
      else data[key(name)] = value
    }, null, hidden[name])
    show()
  }

  function show() {
    inputs.forEach(function (input) {
      var name = input.dataset.btSet, value = data[key(name)] || plain[name]
      input.checked = input.type === "radio" ? input.value === value : value !== "off"
    })
  }

  function set(name, value) {
    apply(name, value)
    bt.save(name, value)
  }

  bt.action("scheme", function () {
    var dark = data.btScheme ? data.btScheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
    set("scheme", dark ? "light" : "dark")
  })
  bt.action("offer-close", function () {
    bt.save("lang", bt.data.lang)
    bt.keep(function () { delete data.btOffer })
  })
  inputs.forEach(function (input) {
    input.addEventListener("change", function () {
      set(input.dataset.btSet, input.type === "radio" ? input.value : input.checked ? "on" : "off")
    })
  })
  show()

  /* Another tab has set something, or did while this page was away. */
  addEventListener("storage", function (event) {
    var name = /^bt\.(\w+)$/.exec(event.key)
    if (name && known.hasOwnProperty(name[1])) apply(name[1], event.newValue)
    else if (event.key === null) again() // storage was cleared
  })
  addEventListener("pageshow", function (event) { if (event.persisted) again() })
  function again() { for (var name in known) apply(name, bt.load(name)) }

  var panel = document.querySelector(".bt-settings")
  if (!panel) return
  document.addEventListener("click", function (event) { if (!panel.contains(event.target)) panel.open = false })
  panel.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return
    panel.open = false
    panel.firstElementChild.focus()
  })
})()
