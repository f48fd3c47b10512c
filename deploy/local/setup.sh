#!/bin/sh
# Makes .venv from the lock: Python 3.11 with venv or pip, then uv from PyPI. Called by `make setup` in the checkout's root.
set -eu

UV_VERSION=0.13.9
TOOLS=.tools/uv-$UV_VERSION

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in python3.11 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "error: Watchfloor needs Python 3.11; found: $(python3 --version 2>&1 || true)"
    say "  install it (Debian: apt-get install python3.11 python3.11-venv) so that python3.11 or python3 is on PATH"
    exit 1
}

install_uv() {
    rm -rf "$TOOLS"
    if "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        "$1" -m venv "$TOOLS"
        "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
    elif "$1" -m pip --version >/dev/null 2>&1; then
        "$1" -m pip install --quiet --disable-pip-version-check --target "$TOOLS" "uv==$UV_VERSION"
    else
        say "error: $1 has neither venv nor pip; install one (Debian: apt-get install python3.11-venv)"
        exit 1
    fi
}

has_java() {
    for program in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} java; do
        major=$("$program" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
        if [ "${major:-0}" -ge 17 ]; then return 0; fi
    done
    return 1
}

python=$(find_python)
if ! "$TOOLS/bin/uv" --version >/dev/null 2>&1; then
    say "installing uv $UV_VERSION into $TOOLS"
    install_uv "$python"
fi
if has_java; then extras=; else extras="--extra java"; fi
say "installing Watchfloor into .venv${extras:+ with a Java of its own}"
# A VIRTUAL_ENV of the caller is not ours to change; a Python that uv would download is not the one that was found.
unset VIRTUAL_ENV
# As pip does: trust the machine's certificates, which know the roots of a company's own registry.
[ -e /etc/ssl/certs/ca-certificates.crt ] && export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
# shellcheck disable=SC2086 # none or two words
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv \
    "$TOOLS/bin/uv" sync --quiet --frozen --all-packages --python "$python" $extras
