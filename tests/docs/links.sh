#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# links.sh: every local link and every file named in the documentation exists, and every folder of
# sources has a README.md that lists its files, tests apart. Run by script/test docs.
set -euo pipefail
cd "$(dirname "$0")/../.."
bad=0
say() { printf '%s\n' "$*"; bad=1; }
mapfile -t pages < <(git ls-files --cached --others --exclude-standard -- '*.md' ':!tests/packs/bad' ':!tests/packs/good')
[ "${#pages[@]}" -gt 20 ] || say "only ${#pages[@]} pages were found"
for page in "${pages[@]}"; do
    [ -f "$page" ] || continue
    folder=$(dirname "$page")
    # [words](address), outside of blocks of code
    while IFS= read -r link; do
        case $link in *://* | mailto:* | '#'* | *[\ \{]*) continue ;; esac
        [ -e "$folder/${link%%#*}" ] || say "$page: the link $link leads nowhere"
    done < <(awk '/^ *```/ { code = !code } !code' "$page" | sed 's/`[^`]*`//g' |
        grep -oE '\]\([^)]+\)' | sed 's/^](//; s/)$//')
    # `src/core/base/err.c` and such, but no patterns and nothing made up for an example
    # decisions speak of their day, tutorials of what they make
    [[ $page != docs/decisions/* ]] || continue
    grep -q '<!-- in a copy of the repository -->' "$page" && continue
    while IFS= read -r name; do
        [ -e "$name" ] || [ -e "$folder/$name" ] || [ -e "$name.c" ] || say "$page: there is no $name"
    done < <(awk '/^ *```/ { code = !code } !code' "$page" |
        grep -oE '`(src|tests|tools|packs|docs|script|assets|migrations|completion)/[A-Za-z0-9_./-]+`' | tr -d '`' |
        grep -vE '/x_|/mkNAME|packs/office')
done
while IFS= read -r source; do
    readme=$(dirname "$source")/README.md
    if [ ! -f "$readme" ]; then
        say "$readme is not there, so $(basename "$source") is not listed"
    else
        # a pattern such as page_*.html stands for many
        name=$(basename "$source")
        # "x.h, .c" on one line stands for both
        grep -qF -e "$name" -e "\`${name%.c}.h\`, \`.c\`" "$readme" && continue
        found=no
        while IFS= read -r pattern; do
            # shellcheck disable=SC2053 # a pattern
            [[ $name != $pattern ]] || found=yes
        done < <(grep -oE '[a-z_0-9]+\*[a-z_0-9*.]*\.(c|html)' "$readme")
        [ $found = yes ] || say "$readme does not list $name"
    fi
done < <(find src -name '*.c' ! -name '*_test.c' | sort)
exit $bad
