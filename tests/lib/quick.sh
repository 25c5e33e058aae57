#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# The quick checks: what can be known of the sources without running the program. All together they
# take less than ten seconds. Called by script/test with the folder of the built objects.
. "$(dirname "$0")/../../script/lib/common.sh"
. script/lib/results.sh
objects=$(realpath "${1:?folder of the build}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

tracked() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do
    [ ! -f "$f" ] || printf '%s\n' "$f"; done; }
mapfile -t sources < <(find src -name '*.c' | sort)
mapfile -t headers < <(find src "$objects/gen" -name '*.h' 2>/dev/null | sort)
flags=(-std=c17 -D_POSIX_C_SOURCE=200809L -DMAINSTAY_VERSION='""' -Wall -Wextra -Werror
    -Isrc -Isrc/core -Isrc/domain "-I$objects/gen" -isystem /usr/include/postgresql)
read -ra outside <<<"$(pkg-config --cflags libmicrohttpd sqlite3 libsodium jansson libcyaml \
    xlsxwriter pangocairo cairo-pdf libqpdf glib-2.0 | sed 's/-I/-isystem /g')"

# -- layers ------------------------------------------------------------------------------------------
layers_find_what_was_planted() { tests/layers/run.sh; }
the_harness_finds_what_was_planted() { node tests/lib/self.mjs; }
includes_follow_layers() {
    awk -f tools/layers.awk LAYERS $(find src -name '*.[ch]' | sort)
}
calls_follow_layers() {
    find "$objects"/CMakeFiles/{core,mainstay,mainstay-draw,drawing}.dir -name '*.o' | sort |
        while read -r object; do # objects whose source is gone would speak of the past
            source=${object#*.dir/}; source=${source%.o}
            [ ! -f "$source" ] && [ ! -f "$objects/$source" ] || printf '%s\n' "$object"
        done | xargs nm -A -P | awk -f tools/layers_symbols.awk LAYERS -
}

# A start spends most of its time on libraries, so what draws and writes workbooks is not among them.
the_program_links_nothing_that_draws() {
    local heavy='lib(cairo|pango|qpdf|gobject|fontconfig|X11|xlsxwriter|crypto|glpk)[^ ]*'
    if ldd "$objects/mainstay" | grep -oE "$heavy"; then
        say 'Only mainstay-draw links what draws; libxlsxwriter and libglpk are loaded when they are needed (CMakeLists.txt).'
        return 1
    fi
    ldd "$objects/mainstay-draw" | grep -cE "$heavy" >"$scratch/heavy" || { say 'mainstay-draw links nothing that draws'; return 1; }
}

# -- each header compiles alone, as C17 --------------------------------------------------------------
headers_compile_alone() {
    printf '%s\n' "${headers[@]}" |
        xargs -r -P "$(nproc)" -n 8 sh -c '
            flags=$1; shift
            for h; do cc $flags -fsyntax-only -x c -include "$h" /dev/null || exit 255; done
        ' alone "${flags[*]} ${outside[*]}"
}

# -- words that must not be in the sources --------------------------------------------------------------
# refuse PATTERN MEND FILE...: fails and lists every place where the pattern stands.
refuse() {
    local pattern=$1 mend=$2
    shift 2
    [ $# -gt 0 ] || return 0
    if grep -nE -- "$pattern" "$@"; then
        say "$mend"
        return 1
    fi
}
no_sql_outside_the_store() {
    local files
    mapfile -t files < <(find src -name '*.c' ! -path 'src/core/db/*' ! -path 'src/core/store/*' \
        ! -name '*_test.c' | sort)
    refuse '"(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH|PRAGMA|BEGIN|COMMIT|ROLLBACK) ' \
        'Statements belong in <noun>.sql.' "${files[@]}"
}
nothing_left_to_do() {
    local files
    mapfile -t files < <(tracked src tools tests script bench assets migrations packs docs |
        grep -vE '\.(png|ico|woff2?|pdf|xlsx)$|^tests/lib/quick\.sh$')
    refuse '\b(TO''DO|FIX''ME|X''XX)\b' 'Open an issue or write a decision instead.' "${files[@]}"
}
styles_know_no_left_and_right() {
    local files
    mapfile -t files < <(tracked 'assets/*.css')
    [ "${#files[@]}" -gt 0 ] || return 0
    # comments may speak of left and right
    sed -e ':a' -e 's#/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/##g' -e 'ta' "${files[@]}" |
        tr '\n' ' ' | sed 's#/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/##g' | tr ';{}' '\n' |
        sed -E 's/@(top|bottom)-(left|right)//g' >"$scratch/css" # margin boxes of printed pages
    refuse '(^|[ -])(left|right)[ ]*:|: *(left|right) *$|-(left|right)(-|:| *$)' \
        'Use logical properties: inline-start, inline-end.' "$scratch/css"
}
no_traces_of_machines() {
    local files
    mapfile -t files < <(tracked | grep -vE '\.(png|ico|woff2?|pdf|xlsx)$')
    refuse '(^|[^[:alnum:]_.}])(/(w)ork/[a-z.]|/(f)arm/[a-z]|/(t)mp/(w)t/|/(r)oot/|/(h)ome/[a-z]+/)|"resolved": *"http|registry\.(n)pmjs' \
        'Paths of a machine and hosts of registries stay out of the repository.' "${files[@]}"
}
every_file_names_its_licence() {
    local bad=0 f
    for f in $(tracked src tools tests script bench | grep -E '\.(c|h|sh|awk|mjs)$'); do
        case $f in tests/layers/src/* | tests/gen/*/*/*) continue ;; esac # inputs of tests
        head -n 3 "$f" | grep -q 'SPDX-License-Identifier: AGPL-3.0-or-later' ||
            { say "$f: the licence line is missing at the top"; bad=1; }
    done
    return $bad
}
every_route_says_what_it_needs() {
    # one line for each route whose structure has no .needs
    awk '/^const struct route [a-z0-9_]+ = [{]/ { name = $4; at = FILENAME ":" FNR; body = "" }
         name != "" { body = body $0
             if ($0 ~ /^};/ || $0 ~ /};[ \t]*$/) {
                 if (body !~ /\.needs/) { print at ": route " name " has no .needs"; bad = 1 }
                 name = "" } }
         END { exit bad }' "${sources[@]}"
}
generators_are_deterministic() {
    # same input, same bytes: run mkindex twice from different folders and compare
    local tool=$objects/tools/mkindex
    [ -x "$tool" ] || { say "$tool is not there"; return 1; }
    "$tool" "$scratch/a.c" "${sources[@]}"
    (cd / && "$tool" "$scratch/b.c" "${sources[@]/#/$top/}")
    cmp "$scratch/a.c" "$scratch/b.c"
}
samples_of_pages_fit_their_frame() { node docs/patterns/make.mjs; }
scripts_are_sound() {
    local files
    command -v shellcheck >/dev/null || return 0
    mapfile -t files < <(tracked script .ci tests bench | grep -E '\.sh$|^script/[a-z]+$|^\.ci/|^bench/run$')
    shellcheck -x -e SC1091,SC2046,SC2015,SC2086,SC2154,SC2016,SC2034 "${files[@]}"
}

started=$(date +%s%N)
for check in layers_find_what_was_planted the_harness_finds_what_was_planted includes_follow_layers calls_follow_layers \
    the_program_links_nothing_that_draws \
    headers_compile_alone no_sql_outside_the_store nothing_left_to_do styles_know_no_left_and_right \
    no_traces_of_machines every_file_names_its_licence every_route_says_what_it_needs \
    generators_are_deterministic samples_of_pages_fit_their_frame scripts_are_sound; do
    try quick "${check//_/ }" "$check"
done

# -- reported, never failing -----------------------------------------------------------------------------
{
    wc -l "${sources[@]}" $(find src -name '*.h') | awk '$2 != "total" && $1 > 600 {
        print "  " $2 ": " $1 " lines (aim 300)" }'
    awk 'FNR == 1 { start = 0 }
        /^{/ { start = FNR; name = previous }
        /^}/ && start { if (FNR - start > 80) print "  " FILENAME ":" start ": " FNR - start \
                        " lines in one function (aim 40)"; start = 0 }
        { previous = $0 }' "${sources[@]}"
    for f in "${sources[@]}"; do
        case $f in *_test.c) continue ;; esac
        readme=$(dirname "$f")/README.md
        [ -f "$readme" ] || { printf '  %s/ has no README.md\n' "$(dirname "$f")"; continue; }
        grep -qF "$(basename "$f")" "$readme" || printf '  %s does not list %s\n' "$readme" "$(basename "$f")"
    done | sort -u
} >"$scratch/report"
if [ -s "$scratch/report" ]; then
    say "Worth a look ($(wc -l <"$scratch/report")):"
    head -n 25 "$scratch/report"
fi
say "Quick checks took $((($(date +%s%N) - started) / 1000000)) ms."
