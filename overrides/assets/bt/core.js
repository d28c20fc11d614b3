/* What every other script here stands on: the page's data, kept choices, one listener for all controls. */
(function () {
  var html = document.documentElement
  var data = JSON.parse(document.getElementById("bt-data").textContent)
  var actions = {}, keys = {}, note

  window.bt = {
    html: html,
    data: data,
    page: document.querySelector(".bt-page"),
    t: data.t,
    load: function (key) { try { return localStorage.getItem("bt." + key) } catch (e) { return null } },
    save: function (key, value) { try { localStorage.setItem("bt." + key, value) } catch (e) { /* private mode */ } },
    forget: function (key) { try { localStorage.removeItem("bt." + key) } catch (e) { /* as above */ } },
    /* The id that a fragment names. One that was cut within a character (`#%E4`) is taken as it stands;
       one with signs glued to it (`#s4p2。`) or in capitals names what it names without them. */
    named: function (hash) {
      var id = hash.slice(1)
      try { id = decodeURIComponent(id) } catch (e) { /* as it stands */ }
      var bare = (/^\s*[\w-]+/.exec(id) || [""])[0].trim()
      return [id, bare, bare.toLowerCase()].filter(function (name) { return name && document.getElementById(name) })[0] || id
    },
    /* `fn(control, event)` runs when a control with data-bt-do=name is pressed. */
    action: function (name, fn) { actions[name] = fn },
    /* One key without modifiers; the reader can switch all of them off (WCAG 2.1.4). */
    key: function (key, fn) { keys[key] = fn },
    make: function (tag, attributes, parent) {
      var node = document.createElement(tag)
      for (var name in attributes) node.setAttribute(name, attributes[name])
      if (parent) parent.appendChild(node)
      return node
    },
    /* Said once, seen and heard. */
    say: function (text) {
      note = note || bt.make("div", { class: "bt-say", role: "status" }, document.body)
      note.textContent = text
      clearTimeout(note.timer)
      note.timer = setTimeout(function () { note.textContent = "" }, 7000)
    }
  }

  document.addEventListener("click", function (event) {
    var control = event.target.closest && event.target.closest("[data-bt-do]")
    if (control && actions[control.dataset.btDo]) actions[control.dataset.btDo](control, event)
  })
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return
    if (event.key.length > 1) return
    if (html.dataset.btKeys !== "off" && keys[event.key]) { keys[event.key](event); event.preventDefault() }
  }, true)
  if (bt.load("keys") === "off") html.dataset.btKeys = "off"
  /* A table that is wider than its column is scrolled by keys too. */
  addEventListener("load", function () {
    document.querySelectorAll(".bt-page table").forEach(function (table) { if (table.scrollWidth > table.clientWidth) table.tabIndex = 0 })
  })
})()
