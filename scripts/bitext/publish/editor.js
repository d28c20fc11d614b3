/* The editor's view: next and previous by key, and entries copied by a press. */
(function () {
  var items = Array.prototype.slice.call(document.querySelectorAll(".item"))

  function go(step) {
    if (!items.length) return
    var at = items.indexOf(document.activeElement && document.activeElement.closest(".item"))
    var next = at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step
    if (!items[next]) return
    items[next].focus({ preventScroll: true })
    items[next].scrollIntoView({ block: "start" })
    if (items[next].id) history.replaceState(null, "", "#" + items[next].id)
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "n" || event.key === "j") go(1)
    if (event.key === "p" || event.key === "k") go(-1)
  })
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-done]")
    if (!button) return
    navigator.clipboard.writeText(button.previousElementSibling.textContent).then(function () {
      button.textContent = button.dataset.done
    })
  })
  /* The page is loaded anew after each save: the item that was looked at keeps the focus. */
  var here = location.hash && document.getElementById(location.hash.slice(1))
  if (here) here.focus()
})()
