#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# manual.sh: the manual page and the completion know every command and option that the program knows.
# Run by script/test docs, with the program to ask: tests/docs/manual.sh build/mainstay
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$(realpath "${1:-build/mainstay}")
page=docs/man/mainstay.1
bad=0
say() { printf '%s\n' "$*"; bad=1; }

# the page as a person reads it, on one line
read_page() { groff -man -Tascii -P-cbou "$page" | tr -s '[:space:]' ' '; }
faults=$(groff -wall -man -Tutf8 "$page" 2>&1 >/dev/null)
[ -z "$faults" ] || say "$page: $faults"
text=$(read_page)
[ "${#text}" -gt 3000 ] || say "$page: nearly empty when it is shown"

help=$("$program" help)
commands=$(sed -n 's/^  \([a-z]\+\( [a-z0-9]\+\)\?\)  .*/\1/p' <<<"$help")
[ "$(wc -l <<<"$commands")" -gt 15 ] || say "the list of commands could not be read from mainstay help"
while read -r command; do
    # the part of the page that begins with this command
    about=${text#* mainstay "$command" }
    [ "$about" != "$text" ] || { say "$page: the command '$command' is missing"; continue; }
    # shellcheck disable=SC2086 # one or two words
    options=$("$program" $command --help | sed '/^Always$/,$d' | grep -oE '^  --[a-z-]+' || true)
    for option in $options; do
        head -c 900 <<<"$about" | grep -qF -- "$option" ||
            say "$page: the option $option of '$command' is missing"
    done
done <<<"$commands"
# and no command that is no more
while read -r command; do
    grep -qE "^  $command" <<<"$help" || say "$page: there is no command '$command'"
done < <(sed -n '/^\.SH COMMANDS/,/^\.SH OPTIONS/s/^\(\\fB\|\.BI\? "\?\)mainstay \([a-z]*\).*/\2/p' "$page" | sort -u)
variables=$(grep -rhoE 'getenv\("[A-Z_]+"\)' src --include='*.c' --exclude='*_test.c' | grep -oE '[A-Z_]{3,}' | sort -u)
for variable in $variables; do
    grep -qF "$variable" <<<"$text" || say "$page: the variable $variable is missing"
done

# completion: asked as bash asks it
ask() { # WORD...: the last is the one being typed
    COMP_WORDS=("$program" "$@") COMP_CWORD=$#
    _mainstay
    printf '%s ' "${COMPREPLY[@]}"
}
complete() { :; } # what bash offers on a terminal
. completion/mainstay.bash
wanted() { # WANTED WORD...
    local wanted=$1 got
    shift
    got=$(ask "$@")
    [[ " $got" == *" $wanted "* ]] || say "completion of '$*' offers '$got', not '$wanted'"
}
while read -r command; do wanted "${command%% *}" ''; done <<<"$commands"
wanted check pack ''
wanted check pack ch
wanted restore help re
wanted risk list ri
wanted --where list risk --w
wanted csv list risk --format c
wanted unodc-hrge-2021 pack show u
exit $bad
