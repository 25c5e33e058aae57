#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Proves that the two layer checks find what was planted under tests/layers/src and nothing else.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found=$work/found
awk -f ../../tools/layers.awk ../../LAYERS $(find src -name '*.[ch]' | sort) 2>/dev/null |
    sed 's/ (.*//' >"$found" || true
for source in src/core/db/good.c src/domain/risk/risk_score.c src/domain/risk/risk_web.c \
    src/domain/result/result.c; do
    mkdir -p "$work/core.dir/$(dirname "$source")"
    # without its includes: only what it calls matters here
    grep -v '^#include' "$source" | cc -w -x c -c -o "$work/core.dir/$source.o" -
done
find "$work" -name '*.o' | sort | xargs nm -A -P |
    awk -f ../../tools/layers_symbols.awk ../../LAYERS - 2>/dev/null | sort >>"$found" || true
diff -u expected.txt "$found"
