#!/bin/sh
# Sets up the other renderers of the pages, which `make prove` compares with MkDocs, in a virtual
# environment of their own: tests/renderers.sh PYTHON. Says in one line what it could not get.
set -u
lock=requirements/renderers.txt venv=.cache/renderers
cmp -s "$lock" "$venv/lock" && exit 0
mkdir -p .cache
rm -rf "$venv"
if "$1" -m venv "$venv" >"$venv.log" 2>&1 &&
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "$lock" >"$venv.log" 2>&1; then
    cp "$lock" "$venv/lock"
    rm -f "$venv.log"
else
    echo "No ProperDocs and no Zensical: $(grep -i error "$venv.log" | tail -n 1); make prove will not compare them." >&2
    rm -rf "$venv" "$venv.log"
fi
exit 0
