/* State before the first paint: what the reader chose, what the address asks for, which language they read. */
(function (page, mine) {
  var data = page.dataset
  function kept(key) { try { return localStorage.getItem("bt." + key) } catch (e) { return null } }
  page.classList.remove("no-js")
  page.classList.add("js")
  data.bt = "on"
  var scheme = kept("scheme"), size = kept("size")
  if (scheme === "light" || scheme === "dark") data.btScheme = scheme
  if (/^[1345]$/.test(size)) data.btSize = size
  if (kept("notes") === "off") data.btNotes = "off"
  if (/^(home|library)$/.test(mine.kind) && kept("read")) data.btRead = ""
  if (mine.kind === "transcript") {
    var asked = /[?&]view=(\w+)/.exec(location.search)
    if ((asked ? asked[1] : kept("view")) === "parallel") {
      data.btView = "parallel"
      data.btWait = ""
      setTimeout(function () { delete data.btWait }, 2500)
    }
  }
  if (mine.kind === "404") return
  var reads = (navigator.languages || [navigator.language || ""]).filter(function (name) { return /^(zh|en)/i.test(name) })[0]
  if (reads && reads.slice(0, 2).toLowerCase() !== mine.lang && !kept("lang")) data.btOffer = ""
})(document.documentElement, document.currentScript.dataset)
