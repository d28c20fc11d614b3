/* The search box and the theme's bundle behind it (35 KB) are fetched when they are wanted: the box is
   focused, opened, asked for by key, or named in the address. What was typed meanwhile is searched then. */
(function () {
  var later = document.getElementById("bt-bundle"), toggle = document.getElementById("__search")
  var box = document.querySelector("[data-md-component=search-query]"), asked = {}
  var loaded = 0, left = 0
  if (!later || !box || !toggle) return

  /* search-box.js prepares what the bundle finds, and asks for it once the first results are there. */
  function script(src) {
    if (asked[src]) return
    asked[src] = true
    var node = document.createElement("script")
    node.async = false
    node.src = src
    node.onerror = function () { asked[src] = false; fail() }
    document.body.appendChild(node)
    return node
  }
  function load() { script(bt.data.box) }
  /* Once it is there, the bundle closes the box on pages with a #fragment: reopened, if the reader did not. */
  bt.bundle = function () {
    var node = script(later.dataset.src)
    if (node) node.onload = function () { loaded = Date.now() }
  }
  function fail() {
    document.querySelector(".md-search-result__meta").textContent = bt.html.lang === "en"
      ? "Search did not load. Check the connection and type again, or look through the library and the glossary."
      : "搜索没有载入。请检查网络后再输入，或从文库和术语表里找。"
  }
  function open() {
    load()
    if (!toggle.checked) toggle.click() // the theme shows the list when it hears of the change
    box.focus()
  }

  box.addEventListener("focus", open)
  box.addEventListener("input", load)
  toggle.addEventListener("change", function () {
    if (toggle.checked) open()
    else if (Date.now() - loaded < 1500 && Date.now() - left > 300) setTimeout(open) // no click within a click
  })
  ;["keydown", "pointerdown"].forEach(function (kind) {
    addEventListener(kind, function (event) {
      if (!event.key || /^(Escape|Tab|Enter)$/.test(event.key)) left = Date.now()
    }, true)
  })
  /* Sent, the form would load the page anew, and the search would be lost. */
  box.form.addEventListener("submit", function (event) {
    event.preventDefault()
    box.form.dataset.btEntered = box.value
  })
  document.querySelectorAll("label[for=__search]").forEach(function (label) {
    label.addEventListener("pointerover", load)
    if (!label.classList.contains("bt-icon")) return
    label.tabIndex = 0
    label.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      open()
    })
  })
  ;["/", "s", "f"].forEach(function (key) { bt.key(key, open) })
  if (/[?&]q=/.test(location.search)) load()
  /* Words to mark, from a hit that was opened. */
  else if (/[?&]h=/.test(location.search)) script(bt.data.box)
})()
