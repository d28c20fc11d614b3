/* The other language's units, fetched once from the twin page. */
(function () {
  var wanted
  var other = bt.data.lang === "en" ? "zh-Hans" : "en"

  function ready(unit, url) {
    var node = document.importNode(unit, true)
    node.querySelectorAll("[id]").forEach(function (inner) { inner.removeAttribute("id") })
    node.querySelectorAll("a[href]").forEach(function (a) { a.href = new URL(a.getAttribute("href"), url).href })
    node.removeAttribute("id")
    node.lang = node.lang || other
    return node
  }

  bt.otherLang = other
  /* Promise of id -> element; a unit that the other language lacks is not in it. */
  bt.twin = function () {
    if (wanted) return wanted
    var url = new URL(bt.data.twin, location.href).href
    wanted = fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status)
      return answer.text()
    }).then(function (text) {
      var units = Object.create(null) // an id may be "constructor"
      new DOMParser().parseFromString(text, "text/html").querySelectorAll(".bt-u[id]:not(.bt-single), .bt-turn[id]").forEach(function (unit) {
        units[unit.id] = ready(unit, url)
      })
      return units
    }).catch(function (error) {
      wanted = null
      bt.say(bt.t.fail)
      throw error
    })
    return wanted
  }
})()
