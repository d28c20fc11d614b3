/* What only a reader's hand or key can ask for (light, quotation, clean copies, turns) is fetched at the first sign of one. */
(function () {
  var wanted
  if (!bt.data.later || !bt.page.classList.contains("bt-page--transcript")) return

  function wake() {
    wanted = wanted || new Promise(function (done, fail) {
      var node = bt.make("script", { src: bt.data.later })
      node.onload = done
      node.onerror = function () { wanted = null; node.remove(); fail() }
      document.body.appendChild(node)
    })
    return wanted
  }
  ;["pointermove", "pointerdown", "keydown", "scroll"].forEach(function (name) {
    addEventListener(name, function () { wake().catch(function () { /* at the next sign again */ }) }, { passive: true, once: true })
  })
  /* A key or a press that comes before the script does is done when it has come. */
  ;",.pqcjk".split("").forEach(function (key) {
    bt.key(key, function () {
      wake().then(function () { if (bt.light) document.dispatchEvent(new KeyboardEvent("keydown", { key: key, bubbles: true })) })
    })
  })
  bt.action("quote", function (control) { wake().then(function () { if (bt.quote) control.click() }) })
})()
