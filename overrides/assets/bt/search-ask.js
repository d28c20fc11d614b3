/* The page's line to the engine: asks it, hears it, and knows when it cannot answer. Whatever the
   cause, the reader is told within SILENCE; the engine is started anew with the next question. */
var btAsk = (() => {
  const SILENCE = 6000 // ms without an answer after which the reader is told
  let worker = bt.find.worker, number = 0, timer = 0, last = null, hear = () => {}
  bt.find.worker = null

  function start() {
    worker = worker || bt.find.engine()
    if (!worker) return false
    worker.onmessage = ({ data }) => {
      if (data.ask !== number) return
      if (!data.pairs) clearTimeout(timer)
      hear(data.state === "failed" ? { ...data, why: why() } : data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      broken()
    }
    return true
  }

  function broken() {
    clearTimeout(timer)
    if (worker) worker.terminate()
    worker = null
    if (last) hear({ ...last, state: "failed", done: true, why: why() })
  }

  /* Why nothing can be answered, as far as the page can know. */
  function why() {
    if (location.protocol === "file:") return "file"
    if (typeof Worker !== "function") return "old"
    return typeof DecompressionStream === "undefined" ? "old" : "lost"
  }

  /* Asks: {typed, from, most, filters, sort}; `here` is the text on which the reader is. Only the last
     question is answered. */
  function ask(question) {
    last = { filters: {}, sort: "best", from: 0, here: bt.find.slug, ...question, ask: ++number }
    clearTimeout(timer)
    if (!start()) return broken()
    timer = setTimeout(() => hear({ ...last, state: "failed", why: "late" }), SILENCE)
    worker.postMessage(last)
  }

  /* Calls `changed(event)` when a field holds another query, whatever way it was entered. What is being
     composed is not yet one: gives a function that says whether that is so. */
  function entered(input, changed) {
    let composing = false
    input.addEventListener("compositionstart", () => { composing = true })
    input.addEventListener("compositionend", (event) => { composing = false; changed(event) })
    input.addEventListener("input", (event) => { if (!composing && !event.isComposing) changed(event) })
    input.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text")
      if (!/[\r\n]/.test(text)) return
      event.preventDefault() // the browser would take the line's end out, and join two words
      input.setRangeText(text.replace(/\s*[\r\n]+\s*/g, " "), input.selectionStart, input.selectionEnd, "end")
      input.dispatchEvent(new InputEvent("input", { bubbles: true }))
    })
    return () => composing
  }

  start()
  return { ask, entered, hear: (fn) => { hear = fn } }
})()
