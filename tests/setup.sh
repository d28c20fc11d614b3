#!/bin/sh
# Sets up .venv with the packages of a lock file: tests/setup.sh PYTHON LOCK
set -eu
python="$1" lock="$2"
if [ -z "$python" ]; then
    echo "Two Tracks needs Python 3.11 or newer; install it, or name one: make PYTHON=/path/to/python3" >&2
    exit 1
fi
start=$(date +%s)
if [ ! -x .venv/bin/python ]; then
    echo "Setting up with $("$python" --version) (once; about a minute) …"
    if ! "$python" -m venv .venv 2>.venv-error; then
        cat .venv-error >&2
        rm -rf .venv .venv-error
        echo "No virtual environment could be made; on Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
    rm -f .venv-error
fi
echo "  packages of $lock …"
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "  ready after $(( $(date +%s) - start )) s"
