#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Reads every source with clang, with the options that gcc compiled it with.
# Usage: clang.sh FOLDER-OF-BUILD
set -euo pipefail
node -e '
    const list = JSON.parse(require("fs").readFileSync(process.argv[1] + "/compile_commands.json"));
    for (const c of list)
        console.log(c.command
            .replace(/^\S+/, "clang")
            .replace(/ -fsanitize=\S+| -fno-sanitize-recover=\S+| -o \S+/g, "")
            .replace(/ -c /, " -fsyntax-only -Qunused-arguments "));
' "$1" | (cd "$1" && xargs -d '\n' -P "$(nproc)" -n 1 sh -c 'eval "$0" || exit 255')
