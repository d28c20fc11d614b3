/* The link to the twin page takes the reader's place along: the unit in the fragment, its offset in the session. */
(function () {
  function aim(link) {
    var place = bt.reading()
    if (scrollY <= 40 && !location.hash) place = { start: true, open: place.open }
    var url = new URL(link.getAttribute("href"), location.href)
    url.search = location.search
    if (bt.marked) bt.marked(url) // the marks of a search hit
    url.hash = place.id || location.hash
    link.href = url.href
    return place
  }

  /* The page at `href` is to open at this place: for the next half minute, in this tab. */
  bt.send = function (href, place) {
    var arrival = { path: new URL(href).pathname, place: place, at: Date.now() }
    try { sessionStorage.setItem("bt.place", JSON.stringify(arrival)) } catch (e) { /* the fragment will do */ }
  }

  function link(event) { return event.target.closest && event.target.closest("a.bt-lang[hreflang]") }

  /* Capture phase, and stopped: the theme has a handler of its own that would send the reader to the top. */
  document.addEventListener("click", function (event) {
    var a = link(event)
    if (!a || !bt.page) return
    event.stopPropagation()
    var place = aim(a)
    bt.save("lang", a.hreflang)
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
    bt.send(a.href, place)
  }, true)
  /* Middle click, context menu and status line see the right address too. */
  ;["pointerdown", "focusin", "auxclick"].forEach(function (name) {
    document.addEventListener(name, function (event) { if (link(event) && bt.page) aim(link(event)) }, true)
  })

  try {
    var arrival = JSON.parse(sessionStorage.getItem("bt.place"))
    sessionStorage.removeItem("bt.place")
    if (arrival && arrival.path === location.pathname && Date.now() - arrival.at < 30000) bt.arrival = bt.place(arrival.place)
  } catch (e) { /* no session: the fragment has brought the reader here */ }
  if (bt.arrival) bt.land(bt.arrival)
})()
