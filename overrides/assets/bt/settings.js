/* What the reader sets: light or dark, notes, keys; and the offer of the other language. */
(function () {
  var data = bt.html.dataset
  var off = { notes: "off", keys: "off" }

  bt.action("scheme", function () {
    var dark = data.btScheme ? data.btScheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
    data.btScheme = dark ? "light" : "dark"
    bt.save("scheme", data.btScheme)
  })
  bt.action("offer-close", function (button) {
    bt.save("lang", bt.data.lang)
    bt.keep(function () { delete data.btOffer })
  })

  document.querySelectorAll("[data-bt-set]").forEach(function (box) {
    var name = box.dataset.btSet, key = "bt" + name[0].toUpperCase() + name.slice(1)
    box.checked = data[key] !== off[name]
    box.addEventListener("change", function () {
      bt.keep(function () { if (box.checked) delete data[key]; else data[key] = off[name] })
      bt.save(name, box.checked ? "on" : off[name])
    })
  })

  var panel = document.querySelector(".bt-settings")
  if (!panel) return
  document.addEventListener("click", function (event) { if (!panel.contains(event.target)) panel.open = false })
  panel.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return
    panel.open = false
    panel.firstElementChild.focus()
  })
})()
