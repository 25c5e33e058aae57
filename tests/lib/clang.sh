#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Reads every source with clang, with the options that gcc compiled it with; and the drivers of the fuzzing, which only
# the nightly run builds, with those of the program.
# Usage: clang.sh FOLDER-OF-BUILD
set -euo pipefail
node -e '
    const fs = require("fs"), root = process.cwd();
    const list = JSON.parse(fs.readFileSync(process.argv[1] + "/compile_commands.json"));
    const main = list.find((c) => c.file.endsWith("/src/app/main.c"));
    for (const name of fs.readdirSync("tests/fuzz").filter((f) => f.endsWith(".c")))
        list.push({ command: main.command.replaceAll(main.file, `${root}/tests/fuzz/${name}`) });
    for (const c of list)
        console.log(c.command
            .replace(/^\S+/, "clang")
            .replace(/ -fsanitize=\S+| -fno-sanitize-recover=\S+| -o \S+/g, "")
            .replace(/ -c /, " -fsyntax-only -Qunused-arguments "));
' "$1" | (cd "$1" && xargs -d '\n' -P "$(nproc)" -n 1 sh -c 'eval "$0" || exit 255')
