/* On paper nothing can be opened: records and notes are printed open, then as they were. */
(function () {
  var closed = []
  addEventListener("beforeprint", function () {
    closed = Array.from(document.querySelectorAll(".bt-page details")).filter(function (node) { return !node.open })
    closed.forEach(function (node) { node.open = true })
  })
  addEventListener("afterprint", function () { closed.forEach(function (node) { node.open = false }) })

  function printed(both) {
    if (!bt.view) return print()
    var before = bt.html.dataset.btView === "parallel"
    return bt.view(both).then(function () { print(); if (before !== both) bt.view(before) })
  }
  bt.action("print-one", function () { printed(false) })
  bt.action("print-both", function () { printed(true) })
})()
