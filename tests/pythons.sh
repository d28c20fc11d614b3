#!/bin/sh
# Runs a short part of the tests under the oldest and the newest Python (3.11 or newer) that this
# machine has, each with the packages of the lock file: tests/pythons.sh [PYTHON …]
set -u
lock=requirements/site.txt

# "3.11.2 /usr/bin/python3", a line for each usable Python, oldest first; one for each version.
found() {
    for python in "$@" python3 python3.11 python3.12 python3.13 python3.14 \
        /usr/bin/python3 /usr/local/bin/python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
        "$python" -c 'import sys
if sys.version_info >= (3, 11) and sys.version_info.releaselevel == "final":
    print("%d.%d.%d" % sys.version_info[:3], sys.executable)' 2>/dev/null
    done | sort -V | awk '!seen[$1]++'
}

# Makes .cache/python-VERSION with the locked packages, once; says why where it cannot.
prepare() {
    venv=".cache/python-$1"
    cmp -s "$lock" "$venv/lock" && return 0
    mkdir -p .cache
    rm -rf "$venv"
    if ! "$2" -m venv "$venv" >"$venv.log" 2>&1; then
        why="no virtual environment can be made (on Debian: apt install python3-venv)"
    elif ! "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "$lock" >"$venv.log" 2>&1; then
        why="the locked packages cannot be installed: $(grep -i error "$venv.log" | tail -n 1)"
    else
        cp "$lock" "$venv/lock"
        rm -f "$venv.log"
        return 0
    fi
    rm -rf "$venv" "$venv.log"
    echo "Python $1 ($2): skipped, $why"
    return 1
}

all=$(found "$@")
if [ -z "$all" ]; then
    echo "No Python 3.11 or newer was found: nothing was tried." >&2
    exit 1
fi
code=0
while read -r version python; do
    prepare "$version" "$python" || continue
    PYTHONPATH=scripts ".cache/python-$version/bin/python" tests/short.py "$python" </dev/null || code=1
done <<EOF
$({ echo "$all" | head -n 1; echo "$all" | tail -n 1; } | uniq)
EOF
exit $code
