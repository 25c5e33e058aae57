#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Runs tests/gen/<generator>/run GENERATOR SRC_CORE for every folder there; each prints
# "found N, run N, failed N". A generator without a folder is a failure.
. "$(dirname "$0")/../../script/lib/common.sh"
. script/lib/results.sh
build=$(realpath "${1:?folder of the build}")
for source in tools/mk*.c; do
    name=$(basename "$source" .c)
    if [ ! -x "tests/gen/$name/run" ]; then
        result fail gen "$name" "tests/gen/$name/run is not there"
        continue
    fi
    # a generator may leave its memory to the end of the process
    if said=$(ASAN_OPTIONS=detect_leaks=0 "tests/gen/$name/run" "$build/tools/$name" src/core 2>&1); then
        counts=$(printf '%s\n' "$said" | tail -n 1 | grep -oE 'run [0-9]+' | grep -oE '[0-9]+') || counts=0
        if [ "${counts:-0}" -eq 0 ]; then
            result fail gen "$name" "ran no test"
        else
            for ((i = 1; i <= counts; i++)); do result pass gen "$name $i"; done
        fi
    else
        printf '%s\n' "$said" | tail -n 40
        result fail gen "$name" "$(printf '%s\n' "$said" | tail -n 1)"
    fi
done
