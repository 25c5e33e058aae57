# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# mainstay.bash: completion of commands, options, kinds, packs and files for bash.
#
#   . completion/mainstay.bash        or copy it to /usr/share/bash-completion/completions/mainstay
#
# Nothing is listed here: words come from `mainstay help`, `mainstay COMMAND --help`, `mainstay kinds` and
# `mainstay pack list`, so a new command is known at once.

_mainstay() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local commands command='' words=() usage choices i
    COMPREPLY=()
    commands=$("$program" help 2>/dev/null | sed -n 's/^  \([a-z]\+\( [a-z0-9]\+\)\?\)  .*/\1/p')
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == -* ]] || words+=("${COMP_WORDS[i]}")
    done
    # one or two words make a command
    for i in 2 1; do
        choices="${words[*]:0:i}"
        [ -n "$choices" ] && grep -qxF -- "$choices" <<<"$commands" && { command=$choices; break; }
    done
    if [ -z "$command" ] || [ "$command" = help ]; then
        local after="${words[*]}"
        [ "$command" != help ] || after="${words[*]:1}"
        # words that continue what stands there
        mapfile -t COMPREPLY < <(compgen -W "$(awk -v after="$after" '
            after == "" { print $1 }
            after != "" && index($0, after " ") == 1 { print $2 }' <<<"$commands" | sort -u)" -- "$word")
        return
    fi
    usage=$("$program" $command --help 2>/dev/null)
    case $before in
    --format) # the formats stand in the first line: --format table|json|csv
        choices=$(head -n 1 <<<"$usage" | sed -n 's/.*--format \([a-z|]*\).*/\1/p' | tr '|' ' ')
        mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
        return ;;
    --workspace) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --output) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(grep -oE '^  --[a-z-]+' <<<"$usage") --help" -- "$word")
        return
    fi
    choices=$(head -n 1 <<<"$usage")
    case "$choices" in
    *" KIND"*)
        [ "$before" = "$command" ] &&
            choices=$("$program" kinds 2>/dev/null | awk '{ print $1 }') || choices='' ;;
    *" PACK|FOLDER"* | *" [PACK|FOLDER]"*) choices=$("$program" pack list 2>/dev/null | awk '{ print $1 }') ;;
    *"report programme|logframe"*) [ "$before" = report ] && choices='programme logframe' || choices='' ;;
    *) choices='' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word"; compgen -f -- "$word")
}
complete -o filenames -F _mainstay mainstay
