/* One unit's twin, opened below it from the station on the other language's rail. */
(function () {
  if (!bt.page.classList.contains("bt-page--transcript")) return
  var label = bt.otherLang === "en" ? "EN" : "中", count = 0

  /* The controls of a unit stand before it, have no height and no text, and so are never copied. They are made
     when the unit comes near the window: in a long text they would be half of all elements. */
  var makers = []
  bt.control = function (make) { makers.push(make) }
  bt.tools = function (unit) {
    var tools = unit.previousElementSibling
    if (tools && tools.classList.contains("bt-tools")) return tools
    tools = bt.make("div", { class: /^H/.test(unit.tagName) ? "bt-tools bt-tools--h" : "bt-tools" })
    tools.style.gridRow = unit.style.gridRow
    unit.before(tools)
    makers.forEach(function (make) { make(unit, tools) })
    return tools
  }

  function unitOf(button) { return button.parentNode.nextElementSibling }

  function close(button) {
    button.setAttribute("aria-expanded", "false")
    var open = document.getElementById(button.getAttribute("aria-controls"))
    if (open) open.remove()
    if (bt.relight) bt.relight()
  }

  function open(button) {
    var unit = unitOf(button)
    button.setAttribute("aria-expanded", "true")
    return bt.twin().then(function (units) {
      var twin = units[unit.id]
      if (!twin || button.getAttribute("aria-expanded") === "false") return
      var box = bt.make("div", { class: "bt-peeked", lang: bt.otherLang, id: button.getAttribute("aria-controls"), role: "group", "aria-label": button.dataset.label })
      var text = bt.make(twin.querySelector("p, li, dl") ? "div" : "p", { class: "bt-peek-text" }, box)
      if (twin.dataset.b) text.dataset.b = twin.dataset.b
      text.innerHTML = twin.innerHTML
      var cite = bt.make("p", { class: "bt-cite", lang: bt.data.lang }, box)
      bt.make("a", { href: "#" + unit.id, "data-bt-do": "permalink" }, cite).textContent = bt.t.link + " " + unit.id
      bt.quoteButton(unit.id, cite)
      if (bt.html.dataset.btView === "parallel") return
      unit.after(box)
      if (bt.markTwin) bt.markTwin(unit, text)
      if (bt.relight) bt.relight()
    }, function () { close(button) })
  }

  bt.action("peek", function (button) {
    if (button.getAttribute("aria-expanded") === "true") close(button)
    else open(button)
  })
  /* Opens or closes the peek of a unit, if it has one; a promise of its being there. */
  bt.peek = function (unit) {
    var button = bt.tools(unit).querySelector(".bt-peek")
    if (!button) return Promise.resolve()
    if (button.getAttribute("aria-expanded") !== "true") return open(button)
    close(button)
    return Promise.resolve()
  }
  /* Copies a unit in both languages. No tab stop of its own: the key q does the same. */
  bt.quoteButton = function (id, parent) {
    var button = bt.make("button", { type: "button", class: "bt-quote", "data-bt-do": "quote", "data-id": id, "aria-label": bt.t.quote + " " + id + bt.t.both }, parent)
    button.textContent = bt.t.quote
    return button
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return
    var box = event.target.closest && event.target.closest(".bt-peeked")
    var all = bt.page.querySelectorAll(".bt-peek[aria-expanded=true]")
    var button = box ? bt.page.querySelector("[aria-controls=" + CSS.escape(box.id) + "]") : all[all.length - 1]
    if (!button) return
    close(button)
    if (box || event.target === document.body) button.focus({ preventScroll: true })
  })

  bt.control(function (unit, tools) {
    if (unit.matches(".bt-single")) return
    bt.make("button", {
      type: "button", class: "bt-peek", "data-bt-do": "peek", "data-label": label,
      "aria-expanded": "false", "aria-controls": "bt-peek-" + ++count, "aria-label": bt.t.peek + " (" + unit.id + ")"
    }, tools)
  })
  // What one language alone has can stand folded or in a note's box.
  var units = bt.page.querySelectorAll(".bt-rows > .bt-u[id], .bt-page details > .bt-single[id]")
  var near = new IntersectionObserver(function (seen) {
    seen.forEach(function (entry) {
      if (!entry.isIntersecting) return
      near.unobserve(entry.target)
      bt.tools(entry.target)
    })
  }, { rootMargin: "200% 0px" })
  units.forEach(function (unit) { near.observe(unit) })
})()
