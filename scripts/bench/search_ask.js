/* The engine without a browser: node search_ask.js SCRIPTS INDEX LANG < queries, a JSON object a line.

   Answers a line each: the last message and the pairs, the milliseconds, those of the
   processor, and the bytes fetched.
   SCRIPTS holds search-*.js, INDEX what is below assets/bt/search. */
const fs = require("fs"), path = require("path"), vm = require("vm"), readline = require("readline")
const [scripts, index, lang, slow] = process.argv.slice(2)
const sent = { bytes: 0, files: 0 }, listeners = []
let waiting = null

globalThis.self = globalThis
self.location = new URL(`http://here/assets/bt/search-worker.js?lang=${lang}`)
self.importScripts = (...urls) => urls.forEach((url) => run(path.basename(new URL(url).pathname)))
self.fetch = async (url) => {
  const name = new URL(url).pathname.replace("/assets/bt/search/", "")
  const file = path.join(index, name)
  if (!fs.existsSync(file)) return { ok: false, status: 404 }
  const data = fs.readFileSync(file)
  sent.bytes += data.length
  sent.files++
  if (slow) await new Promise((done) => setTimeout(done, +slow))
  return { ok: true, arrayBuffer: async () => data.buffer.slice(data.byteOffset, data.byteOffset + data.length) }
}
self.addEventListener = (_, listener) => listeners.push(listener)
self.postMessage = (data) => waiting && waiting(JSON.parse(JSON.stringify(data)))
const run = (name) => vm.runInThisContext(fs.readFileSync(path.join(scripts, name), "utf8"), name)
run("search-worker.js")

let n = 0
function ask(question) {
  const start = performance.now(), spent = process.cpuUsage(), before = { ...sent }
  return new Promise((done) => {
    let answer = null, first = 0, firstBytes = 0
    waiting = (data) => {
      if (data.ask !== n) return
      if (data.hits && !first && (data.hits.length || data.done)) { first = performance.now() - start; firstBytes = sent.bytes - before.bytes }
      if (data.pairs) return done({ ...answer, pairs: data.pairs })
      const cpu = process.cpuUsage(spent)
      answer = { ...data, cpu: (cpu.user + cpu.system) / 1000, first, firstBytes, ms: performance.now() - start, bytes: sent.bytes - before.bytes, files: sent.files - before.files }
      if (data.done) setTimeout(() => done({ ...answer, all: performance.now() - start }), question.pairs ? 300 : 0)
    }
    listeners[0]({ data: { ask: ++n, ...question } })
  })
}
(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) if (line.trim()) console.log(JSON.stringify(await ask(JSON.parse(line))))
  process.exit(0)
})()
