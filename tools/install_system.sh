#!/bin/sh
# Installs what the tests drive and pip cannot bring: Chromium, a font, strace.
set -eu
needed=""
command -v chromium >/dev/null 2>&1 || needed="$needed chromium"
command -v strace >/dev/null 2>&1 || needed="$needed strace"
[ -d /usr/share/fonts/truetype/dejavu ] || needed="$needed fonts-dejavu-core"
[ -z "$needed" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need:$needed. Install them, then run make test again:" >&2
    echo "    sudo apt-get install -y$needed" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq $needed >/dev/null
