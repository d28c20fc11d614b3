"""The built site, used as a reader uses it, in each of three engines.

`engine` says what a browser must be able to do; `firefox`, `webkit` and `chromium` each drive one.
`served` serves the site and hears its complaints; `reader` reads in any engine; `scenarios` says what
must hold; `known` lists what does not hold yet.
"""
