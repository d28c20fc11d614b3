#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: one that is installed, else Debian's
# package (as root), else Playwright's own download. Says in one line what it could not get.
set -u
python="$1"
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium (once) …"
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk >/dev/null 2>&1
    command -v chromium >/dev/null 2>&1 && exit 0
fi
"$python" -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "No Chromium: not installed, not to be had from the system's packages or Playwright; the browser tests will fail. Install Chromium and run make test again." >&2
exit 0
