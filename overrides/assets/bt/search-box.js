/* The page's side of search: starts the engine, makes every way of entering text search, says what
   the list of results alone cannot say, and has the words marked where a hit was opened.

   theme-loader.js fetches it just before the theme's bundle, when the box is wanted. It sets the
   worker's address in the theme's settings, and takes the name from the search form, which keeps
   the theme from fetching an index of its own. */
(() => {
  const form = document.querySelector(".md-search__form")
  const settings = document.getElementById("__config")
  const script = document.currentScript
  if (!form || !settings || !script || form.name === "bt-search") return
  const zh = document.documentElement.lang.startsWith("zh")
  const edition = new URL(script.src).searchParams.get("v") || ""
  const near = (name, v = edition) => new URL(name + (v && (name.includes("?") ? "&" : "?") + "v=" + v), script.src).href
  const input = form.querySelector("input")
  const config = JSON.parse(settings.textContent)
  const worker = near("search-worker.js?lang=" + (zh ? "zh" : "en"))
  const site = new URL(config.base + "/", location.href).href

  form.name = "bt-search"
  // The engine is started here, when the box is wanted; the theme's own worker only passes on. So
  // the first results need not wait for the theme's bundle, the largest of what is fetched.
  const channel = new BroadcastChannel("bt-search-" + Math.random().toString(36).slice(2))
  const blob = (source) => URL.createObjectURL(new Blob([source], { type: "text/javascript" }))
  config.search = blob(`(${relay})(self, ${JSON.stringify(channel.name)})`)
  settings.textContent = JSON.stringify(config)
  let runner = null, themed = false, passed = false, asked = null
  const tell = (message) => { if (runner) runner.postMessage(message) }
  const ask = (typed) => { asked = typed; tell({ typed }) }
  const wanted = new Promise((done) => {
    input.addEventListener("focus", done, { once: true })
    if (document.activeElement === input || new URLSearchParams(location.search).has("q")) done()
  })
  wanted.then(() => {
    const start = near(`search/${zh ? "zh" : "en"}.gz`, "")
    runner = new Worker(blob(`(${engine})(self, ${JSON.stringify(worker)}, ${JSON.stringify(start)})`))
    runner.onmessage = ({ data }) => (data.type === 3 ? render(data) : hear(data))
    if (input.value) ask(input.value)
    else if (new URLSearchParams(location.search).has("q")) bt.bundle()
    setTimeout(bt.bundle, 4000)
  })

  /* Runs in the worker that the theme starts. */
  function relay(self, name) {
    const page = new BroadcastChannel(name)
    page.onmessage = ({ data }) => self.postMessage(data)
    self.onmessage = ({ data }) => { if (data.type === 2) page.postMessage(data.data) }
    self.postMessage({ type: 1 })
    page.postMessage(null)
  }

  /* Runs in the engine's worker. The engine and its first file are fetched together, and from here:
     what fails here is said in the box, and not in the page's console. It is tried again at each query. */
  function engine(self, worker, start) {
    const get = (url, how, options) => fetch(url, options).then((r) => (r.ok ? r[how]() : null)).catch(() => null)
    const code = get(worker, "text")
    let loaded = false, last = 0
    self.btScript = worker
    self.btTell = (note) => self.postMessage(note)
    self.btStart = get(start, "arrayBuffer", { cache: "no-cache" })
    const load = async () => {
      const text = await code
      if (!loaded) self.importScripts(text ? URL.createObjectURL(new Blob([text], { type: "text/javascript" })) : worker)
      loaded = true
      return btSearch
    }
    self.onmessage = async ({ data }) => {
      const mine = ++last
      try {
        const search = await load()
        if (data === "more") search.more()
        else if (mine === last) search.query(data.typed)
      } catch {
        if (data === "more" || mine !== last) return
        self.postMessage({ type: 3, data: { items: [] } })
        self.postMessage({ typed: data.typed, state: "failed", done: true })
      }
    }
    load().then((search) => search.open(), () => {}).then(() => self.postMessage({ state: "ready" }))
  }

  // --- every way of entering text -------------------------------------------------------------
  // The theme listens to `keyup` only. What is being composed is not yet a query; what arrives by
  // paste, dictation, a candidate chosen by mouse or the clear button is one, without any key.
  let composing = false
  const search = () => input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }))
  const hold = (event) => {
    if (event.target === input && (composing || event.isComposing || event.keyCode === 229)) event.stopPropagation()
  }
  addEventListener("keyup", hold, true)
  addEventListener("keydown", hold, true)
  input.addEventListener("compositionstart", () => { composing = true })
  input.addEventListener("compositionend", () => {
    composing = false
    search()
    if (!themed) ask(input.value)
  })
  input.addEventListener("input", (event) => {
    if (composing || event.isComposing) return
    search()
    if (!themed) ask(input.value)
  })
  form.addEventListener("reset", () => setTimeout(search))
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text")
    if (!/[\r\n]/.test(text)) return
    event.preventDefault() // the browser would take the line's end out, and join two words
    input.setRangeText(text.replace(/\s*[\r\n]+\s*/g, " "), input.selectionStart, input.selectionEnd, "end")
    input.dispatchEvent(new InputEvent("input", { bubbles: true }))
  })

  // Enter opens the first hit, and before the hits are there, when it comes.
  let entered = form.dataset.btEntered ?? null
  addEventListener("keydown", (event) => {
    if (event.target !== input || event.key !== "Enter" || composing || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    entered = input.value
    finish()
  }, true)

  // --- the list --------------------------------------------------------------------------------
  const result = form.parentNode.querySelector("[data-md-component=search-result]")
  const list = result.querySelector(".md-search-result__list")
  const meta = result.querySelector(".md-search-result__meta")
  const aside = document.createElement("div")
  aside.className = "bt-search-aside"
  meta.after(aside)
  meta.setAttribute("role", "status")

  // A reader who has gone down to a hit stays at it when the list is filled anew.
  let held = null
  addEventListener("focusin", ({ target }) => { held = list.contains(target) ? target.href : null })
  list.addEventListener("focusout", ({ target }) => { if (target.isConnected) held = null })

  // A group's head has no "#" in its address, or the theme would not show its text: put it back.
  const placed = (href) => {
    const url = new URL(href, site), at = url.searchParams.get("at")
    if (at) url.hash = at
    url.searchParams.delete("at")
    if (!url.searchParams.get("h")) url.searchParams.delete("h")
    return url.href
  }
  new MutationObserver(() => {
    for (const link of list.querySelectorAll("a[href*='?']")) link.href = placed(link.href)
    finish()
    if (held && document.activeElement === document.body)
      for (const link of list.querySelectorAll("a")) if (link.href === held) link.focus()
  }).observe(list, { childList: true })


  /* The other language's group stands last. It is none of the theme's items: those beyond the tenth
     are not there before the reader scrolls, and it must be. */
  const group = Object.assign(document.createElement("li"), { className: "md-search-result__item bt-search-group" })
  const further = Object.assign(document.createElement("li"), { className: "bt-search-aside" })
  function finish() {
    const hits = [...list.children].filter((item) => item !== group && item !== further)
    // The theme may be a moment behind what the engine told: the list is still that of another query.
    const now = note && note.typed === input.value && hits.length >= Math.min(10, note.shown || 0)
      && (note.first ? hits[0].querySelector("a").href === placed(note.first) : !hits.length)
    if (!now || !note.further) further.remove()
    else if (further.nextElementSibling !== (note.group ? group : null) || !further.parentNode) list.append(further)
    if (!now || !note.group) group.remove()
    else if (list.lastElementChild !== group) {
      if (group.btHtml !== note.group) group.innerHTML = group.btHtml = note.group
      for (const link of group.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), site)
      list.append(group)
    }
    if (now && note.done) list.dataset.btDone = note.typed
    if (now && note.done && entered === note.typed) {
      entered = null
      const first = hits.length ? hits[0].querySelector("a") : group.parentNode && group.querySelectorAll("a")[1]
      if (first) first.click()
    }
  }

  const pairOf = (node) => {
    const pair = node.closest && node.closest("[data-bt-pair]")
    return pair && new URL(pair.dataset.btPair, site).href
  }
  list.addEventListener("click", (event) => {
    const target = pairOf(event.target)
    if (target) { event.preventDefault(); event.stopPropagation(); location.href = target }
  }, true)
  addEventListener("keydown", (event) => {
    const link = event.key === "ArrowRight" && list.contains(document.activeElement) && document.activeElement
    const pair = link && link.querySelector("[data-bt-pair]")
    if (pair) { event.preventDefault(); event.stopPropagation(); location.href = pairOf(pair) }
  }, true)

  // --- what the list alone cannot say ---------------------------------------------------------
  const say = zh
    ? {
        found: (n) => `${meant(n, "没有", "，按", "：")}找到${n.count}段${n.more ? "，还有更多" : ""}${n.others ? "；英文文本里另有结果" : ""}`,
        some: (n) => `没有一段同时含有“${short(n.typed)}”的全部词语；以下各段只含其中一部分。`,
        none: (n) => n.others ? `中文文本里没有“${short(n.typed)}”；以下是英文文本里的结果。` : `没有找到“${short(n.typed)}”：中文和英文文本、术语表和各页都查过了。`,
        failed: () => "搜索暂时不可用：索引没有载入。请检查网络后再试，或者从这里找：",
        near: "相近的术语：",
        pages: [["文库", "transcripts/"], ["术语表", "glossary/"]],
        more: "显示更多",
      }
    : {
        found: (n) => `${meant(n, "Nothing for ", "; for ", ": ")}${n.count}${n.more ? "+" : ""} ${n.count === 1 ? "passage" : "passages"}${n.others ? ", and more in Chinese" : ""}`,
        some: (n) => `No passage has all the words of “${short(n.typed)}”; these have some of them.`,
        none: (n) => n.others ? `Nothing in English for “${short(n.typed)}”; these are in the Chinese texts.` : `Nothing found for “${short(n.typed)}”, in English or Chinese, in the glossary or on the other pages.`,
        failed: () => "Search is not available: its index did not load. Check the connection and try again, or look here:",
        near: "Similar terms:",
        pages: [["Library", "transcripts/"], ["Glossary", "glossary/"]],
        more: "Show more",
      }
  const meant = (n, no, but, end) => n.meant && n.meant.length ? `${no}“${short(n.typed)}”${but}“${n.meant.join("”“")}”${end}` : ""
  const short = (text) => { const chars = [...text.trim()]; return chars.length > 40 ? chars.slice(0, 40).join("") + "…" : chars.join("") }

  let note = null
  const speak = () => {
    if (!note || note.typed !== input.value || note.state === "empty") return aside.replaceChildren()
    const text = say[note.state](note)
    if (meta.textContent !== text) meta.textContent = text
    const near = (note.near || []).map((term) => button(term, () => { input.value = term; input.focus(); search() }))
    const plain = note.state === "failed" || (note.state === "none" && !note.others)
    const links = plain ? say.pages.map(([name, path]) => Object.assign(document.createElement("a"), { textContent: name, href: new URL((zh ? "" : "en/") + path, site) })) : []
    aside.replaceChildren(...(near.length ? [say.near, ...near] : []), ...links)
  }
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text })
    made.addEventListener("click", act)
    return made
  }
  channel.onmessage = ({ data }) => {
    themed = true
    if (data === null) return
    // What the box held before the theme came is answered already, and a reader may be at the hits.
    if (passed || data !== asked) ask(data)
    passed = true
  }

  further.append(button(say.more, () => tell("more")))

  /* The hits, shown by the theme; or by us in the theme's way, as long as its bundle is not here. */
  function render(message) {
    // The theme would keep those beyond the tenth back until the list is scrolled.
    const { items } = message.data, more = items.length > 10
    if (themed && !more) return channel.postMessage(message)
    list.innerHTML = items.map(([item]) => `<li class="md-search-result__item"><a href="${new URL(item.location, site).href.replace(/"/g, "%22")}" class="md-search-result__link" tabindex="-1"><article class="md-search-result__article md-typeset"><h1>${item.title}</h1>${item.text}</article></a></li>`).join("")
    if (more) list.children[10].querySelector("a").focus({ preventScroll: true }) // the button that was pressed is gone
  }

  function hear(data) {
    if (data.state !== "ready") {
      note = data
      finish()
      speak()
    }
    if (data.state !== "ready" || asked === null) bt.bundle()
  }
  new MutationObserver(speak).observe(meta, { childList: true })

  // --- what only an opened box or an opened hit needs ---------------------------------------------
  const add = (tag, values) => document.head.append(Object.assign(document.createElement(tag), values))
  wanted.then(() => add("link", { rel: "stylesheet", href: near("search.css") }))
  if (new URLSearchParams(location.search).has("h")) add("script", { src: near("search-marks.js") })
})()
