#!/bin/sh
# Unpacks nginx and Caddy, Debian's packages, into .cache/hosts for `make prove`, where neither is
# installed: nothing is installed, and no server is started. Says in one line what it could not get.
set -u
hosts=.cache/hosts
command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || exit 0
PATH="$PATH:/usr/sbin:/usr/local/sbin:$PWD/$hosts/usr/sbin:$PWD/$hosts/usr/bin"
missing=""
for name in nginx caddy; do command -v "$name" >/dev/null 2>&1 || missing="$missing $name"; done
[ "$missing" ] || exit 0
mkdir -p "$hosts"
echo "Unpacking for make prove (once):$missing …"
for name in $missing; do
    (cd "$hosts" && { apt-get download -qq "$name" || { apt-get update -qq && apt-get download -qq "$name"; } &&
        dpkg -x "$name"_*.deb . && rm -f "$name"_*.deb; }) >/dev/null 2>&1 ||
        echo "No $name: not to be had from the system's packages; make prove will not ask it." >&2
done
exit 0
