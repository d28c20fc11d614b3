#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: one that is installed, else Debian's
# package (as root), else Playwright's own download. Says in one line what it could not get.
# As root it gets Firefox and WebKitGTK too, for `make prove`; where they cannot be had, prove names them.
set -u
python="$1"
root=$([ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && echo yes)
install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Acquire::Retries=0 -o Acquire::http::Timeout=20 "$@" >/dev/null 2>&1
}
# No function here has a program's name: `command -v` would find the function.
get_chromium() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    if [ "$root" ]; then
        echo "Installing Chromium (once) …"
        apt-get update -qq >/dev/null 2>&1
        install fonts-noto-cjk
        # First the same browser without windows: a page costs it a third of what it costs the whole one.
        install chromium-headless-shell || install chromium && return
    fi
    "$python" -m playwright install chromium >/dev/null 2>&1 && return
    echo "No Chromium: not installed, not to be had from the system's packages or Playwright; the browser tests will fail. Install Chromium and run make test again." >&2
}
get_engines() {
    [ "$root" ] || return
    missing=""
    command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="firefox-esr"
    command -v WebKitWebDriver >/dev/null 2>&1 || missing="$missing webkit2gtk-driver"
    command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
    [ "$missing" ] || return
    echo "Installing for make prove (once):" $missing "…"
    apt-get update -qq >/dev/null 2>&1
    for name in $missing; do install "$name"; done
}
get_chromium
get_engines
exit 0
