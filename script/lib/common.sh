# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# common.sh: what all the scripts share: where we are, how to say things, how to install what is
# missing. Sourced, never run. Needs bash and what every Debian 12 has.

set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# Names of the packages of the given groups that are not installed, decided with one question to dpkg.
missing_packages() {
    local wanted
    wanted=$(awk -v groups=" $* " '!/^#/ && index(groups, " " $1 " ") { print $2 }' script/lib/packages |
        sort -u)
    # The node that Debian ships may not be installed beside one from elsewhere, so the command counts.
    case " $* " in *" test "*)
        command -v node >/dev/null || wanted+=" nodejs"
        command -v npm >/dev/null || wanted+=" npm"
    esac
    # shellcheck disable=SC2086 # one word each
    { dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true; } |
        awk -v wanted="$wanted" '$1 == "installed" { have[$2] = 1 }
            END { n = split(wanted, w, /[ \n]+/)
                  for (i = 1; i <= n; i++) if (w[i] != "" && !(w[i] in have)) print w[i] }'
}

# Installs what the groups need. Says what it does; says and does nothing when all is there.
need_packages() {
    local missing sudo=() apt
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    missing=$(printf '%s ' $missing)
    command -v apt-get >/dev/null ||
        die "these Debian 12 packages are needed and this system has no apt-get: $missing"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            die "missing packages; become root and run: apt-get install $missing"
        sudo=(sudo)
    fi
    say "Installing: $missing"
    apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
        "${apt[@]}" update
    fi
    # shellcheck disable=SC2086 # one word each
    "${apt[@]}" install --no-install-recommends $missing && return 0
    say "Trying once more with new package lists."
    "${apt[@]}" update
    # shellcheck disable=SC2086 # one word each
    "${apt[@]}" install --no-install-recommends $missing ||
        die "could not install: $missing"
}

# build_into FOLDER [CMAKE OPTION]...: configures when the options changed, then builds.
build_into() {
    local folder=$1 asked
    shift
    asked="$* ${CC:-cc}"
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.asked" 2>/dev/null)" != "$asked" ]; then
        mkdir -p "$folder"
        cmake -S . -B "$folder" -G Ninja "$@" >"$folder/configure.log" 2>&1 ||
            { cat "$folder/configure.log" >&2; return 1; }
        printf '%s\n' "$asked" >"$folder/.asked"
    fi
    # what the compiler says, without its long command lines
    ninja -C "$folder" --quiet >"$folder/build.log" 2>&1 ||
        { grep -vE '^(: && )?/[^ ]*/(cc|gcc|clang)[^ ]* ' "$folder/build.log" >&2; return 1; }
}
