#!/bin/sh
# `make up`: draws the secret where there is none, builds, starts, and returns when all are healthy. Reads the demonstration
# newsroom where no sources are configured. Arguments are those of `docker compose up`.
set -eu

fail() {
    printf 'error: %s\n' "$@" >&2
    exit 1
}

docker info >/dev/null 2>&1 || fail "no Docker engine answers" "  install and start Docker Engine 20.10 or newer, or use \`make run\`, which needs none"
version=$(docker compose version --short 2>/dev/null | sed 's/^v//') || version=
case $version in
    "" | [01].* | 2.[0-9].* | 2.1[0-9].* | 2.2[0-3].*) fail "Docker Compose 2.24 or newer is needed; found: ${version:-none}" ;;
esac

# Whatever stands in .env counts as if it were set, as for Compose itself.
configured() {
    eval "value=\${$1:-}"
    [ -n "$value" ] || { [ -e .env ] && grep -q "^$1=." .env; }
}

if ! configured WATCHFLOOR_CURSOR_SECRET_FILE && [ ! -s deploy/compose/secrets/cursor_secret ]; then
    # Others on this machine are kept out by the folder: the file itself is for a user that only the container has.
    (umask 077 && mkdir -p deploy/compose/secrets)
    (umask 033 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >deploy/compose/secrets/cursor_secret)
fi
if ! configured WATCHFLOOR_BUILD_CERTIFICATES && [ -s /etc/ssl/certs/ca-certificates.crt ]; then
    # A builder behind a company's proxy must trust whom this machine trusts.
    export WATCHFLOOR_BUILD_CERTIFICATES=/etc/ssl/certs/ca-certificates.crt
fi
configured WATCHFLOOR_SOURCES || newsroom=yes
docker compose ${newsroom:+--profile newsroom} up --detach --build --wait "$@"
echo "Watchfloor is up: http://$(docker compose port gateway 8470)/  (Kafka: $(docker compose port kafka 9292); \`make down\` stops it)"
