/* Opens the search: by its button, by key, by ?q= in the address. Before that nothing of it is fetched.
   The box stands in the page and takes every key at once; its script, its sheet and the engine come
   after. What does not come is said, with a way on. The page of results has the same parts in the page. */
(function () {
  var at = bt.data.find, page = bt.page.classList.contains("bt-page--search")
  var box = page ? bt.page : document.querySelector(".bt-find"), wanted = false
  var own = page ? "page" : "box", lang = bt.data.lang.slice(0, 2)
  if (!box) return

  function file(name) { return new URL(at.root + "/assets/bt/" + name + at.v, location.href).href }

  var find = bt.find = {
    box: box,
    form: box.querySelector(".bt-find-form"),
    input: box.querySelector(".bt-find-form [type=search]"),
    here: box.querySelector(".bt-find-here input"),
    said: box.querySelector(".bt-find-said"),
    lost: box.querySelector(".bt-find-said[hidden]"),
    slug: at.slug,
    /* The engine, by address, so that a strict policy lets it run; null where the browser has none. */
    engine: function () {
      try { return new Worker(file("search-worker.js") + (at.v ? "&" : "?") + "lang=" + lang) } catch (e) { return null }
    },
    ready: false // set by the script that answers
  }

  function open() {
    if (!page && !box.showModal) { location.href = find.form.action; return }
    if (!page && !box.open) box.showModal()
    find.input.focus()
    find.input.select()
    load()
  }

  function load() {
    if (wanted) return
    wanted = true
    find.lost.hidden = true
    find.worker = find.engine()
    if (find.worker) find.worker.onerror = function (event) { event.preventDefault(); find.worker = null }
    if (!page) bt.make("link", { rel: "stylesheet", href: file("search.css") }, document.head)
    var names = at.v ? ["find-" + own + "-" + lang] : ["search-ask", "search-say-" + lang, "search-list", "search-" + own], left = names.length
    names.forEach(function (name) {
      var node = bt.make("script", { src: file(name + ".js") })
      node.async = false
      node.onload = function () { if (!--left) fail() } // it came, and the browser cannot read it
      node.onerror = function () { wanted = false; fail() }
      document.body.appendChild(node)
    })
    setTimeout(fail, 7000)
  }

  function fail() {
    if (find.ready) return
    find.said.textContent = ""
    find.lost.hidden = false
  }

  find.input.addEventListener("input", load) // a script that did not come is asked for again
  find.form.addEventListener("submit", function (event) {
    event.preventDefault()
    find.entered = find.input.value
  })
  bt.action("find", function (control, event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (find.here && "here" in control.dataset) find.here.checked = true
    open()
  })
  bt.action("find-close", function () { box.close() })
  ;["/", "s", "f"].forEach(function (key) { bt.key(key, open) })
  addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && /^k$/i.test(event.key)) { event.preventDefault(); open() }
  })

  var asked = new URLSearchParams(location.search)
  if (page) load()
  else if (asked.has("q")) {
    find.input.value = asked.get("q")
    if (find.here) find.here.checked = asked.get("in") === at.slug
    open()
  }
  /* Words to mark, from a hit that was opened. */
  if (asked.has("h") || asked.has("o")) bt.make("script", { src: file("search-marks.js") }, document.body)
})()
