/* What a CSL processor (citeproc-js) makes of items, each alone: reads {style, locale, locales, module, items}
   from its input, prints a list of texts. */
const fs = require("fs")
const asked = JSON.parse(fs.readFileSync(0, "utf8"))
const CSL = require(asked.module)
const style = fs.readFileSync(asked.style, "utf8")
const made = asked.items.map(function (item) {
  const engine = new CSL.Engine(
    {
      retrieveLocale: (lang) => asked.locales[lang] || asked.locales["en-US"],
      retrieveItem: () => item,
    },
    style, asked.locale, true,
  )
  engine.setOutputFormat("text")
  engine.updateItems([item.id])
  return engine.makeBibliography()[1].join("").trim().replace(/^\[1\]\s*/, "")
})
process.stdout.write(JSON.stringify(made))
