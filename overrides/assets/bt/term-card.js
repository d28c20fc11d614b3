/* A term's card: on hover, focus or first tap. The link stays a link; a selection is never taken away.
   What it says stands in the list of terms at the page's end. */
(function () {
  var card, owner, timer, touched, list

  /* The entry of the list that leads where the link leads. */
  function entry(link) {
    list = list || Array.from(bt.page.querySelectorAll(".bt-term-list dt"))
    return list.find(function (dt) { return dt.querySelector("a").href === link.href })
  }

  function hide() {
    clearTimeout(timer)
    if (card) card.remove()
    if (owner) owner.removeAttribute("aria-describedby")
    card = owner = null
  }

  function show(link) {
    if (owner === link || String(getSelection())) return
    hide()
    owner = link
    card = bt.make("div", { class: "bt-card", id: "bt-card", role: "tooltip", lang: bt.data.lang }, bt.page.parentNode)
    var own = link.closest("[lang]").lang, known = entry(link)
    bt.make("b", { lang: own }, card).textContent = link.textContent
    if (known) {
      /* Beside a word of this page its twin, beside one of the other language the name in this one. */
      var other = own === bt.data.lang ? known.querySelector("span") : known.querySelector("a")
      if (other) bt.make("span", { lang: other.lang || bt.data.lang }, card).textContent = other.textContent
      bt.make("p", {}, card).innerHTML = known.nextElementSibling.innerHTML
    }
    bt.make("a", { href: link.href, tabindex: "-1" }, card).textContent = bt.t.entry
    link.setAttribute("aria-describedby", "bt-card")
    var frame = card.offsetParent.getBoundingClientRect(), box = link.getClientRects()[0], width = document.documentElement.clientWidth
    var below = box.bottom + card.offsetHeight + 12 < innerHeight || box.top - card.offsetHeight < 60
    card.style.left = Math.max(12, Math.min(box.left, width - card.offsetWidth - 12)) - frame.left + "px"
    card.style.top = (below ? box.bottom + 6 : box.top - card.offsetHeight - 6) - frame.top + "px"
  }

  function term(event) { return event.target.closest && event.target.closest("a.bt-term") }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return
    var link = term(event)
    clearTimeout(timer)
    if (link) timer = setTimeout(show, 220, link)
    else if (card && !card.contains(event.target) && document.activeElement !== owner) timer = setTimeout(hide, 260)
  })
  document.addEventListener("focusin", function (event) {
    if (term(event)) { if (!touched && term(event).matches(":focus-visible")) show(term(event)) }
    else if (card && !card.contains(event.target)) hide()
  })
  document.addEventListener("pointerdown", function (event) { touched = event.pointerType === "touch" })
  document.addEventListener("click", function (event) {
    var link = term(event)
    if (link && touched && owner !== link) { event.preventDefault(); show(link) }
    else if (card && !link && !card.contains(event.target)) hide()
  })
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide() })
})()
