# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# results.sh: how suites say what they ran. Every test adds one line to $MAINSTAY_RESULTS:
# status (pass, fail, skip), suite, name, reason; tab between. script/test adds them up.
# tests/lib/results.mjs does the same for JavaScript.

result() { # STATUS SUITE NAME [REASON]
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4:-}" >>"$MAINSTAY_RESULTS"
    case $1 in
    fail) printf 'not ok %s: %s %s\n' "$2" "$3" "${4:-}" ;;
    skip) printf 'skipped %s: %s (%s)\n' "$2" "$3" "${4:-}" ;;
    esac
}

# try SUITE NAME COMMAND...: one test that passes when the command ends with 0; its output is shown
# only when it fails.
try() {
    local suite=$1 name=$2 log
    shift 2
    printf 'found\t%s\t1\t\n' "$suite" >>"$MAINSTAY_RESULTS"
    log=$(mktemp "$scratch/log.XXXXXX")
    if "$@" >"$log" 2>&1; then
        result pass "$suite" "$name"
    else
        sed 's/^/    /' "$log" | tail -n "${LOG_LINES:-60}"
        result fail "$suite" "$name"
    fi
    rm -f "$log"
}
