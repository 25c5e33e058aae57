#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Packs: those in the program and under packs/ are sound; every good pack in tests/packs is taken, and
# every bad one refused for the reason that its folder is named after.
. "$(dirname "$0")/../../script/lib/common.sh"
. script/lib/results.sh
program=$(realpath "${1:?folder of the build}")/mainstay
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

refused_for() { # FOLDER CODE
    local status=0
    "$program" pack check "$1" --format json >"$scratch/out" 2>"$scratch/err" || status=$?
    cat "$scratch/out" "$scratch/err"
    [ $status -eq 4 ] || { say "ended with $status, not 4"; return 1; }
    grep -q "\"$2\"" "$scratch/out" || { say "$2 is not among the problems"; return 1; }
}
try packs "packs in the program are sound" "$program" pack check
try packs "the folder packs/ is sound" "$program" pack check packs
for pack in tests/packs/good/*/; do
    [ -d "$pack" ] && try packs "good: $(basename "$pack")" "$program" pack check "$pack"
done
for pack in tests/packs/bad/*/; do
    [ -d "$pack" ] && try packs "bad: $(basename "$pack")" refused_for "$pack" "$(basename "$pack")"
done
true
