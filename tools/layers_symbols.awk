# SPDX-License-Identifier: AGPL-3.0-or-later
#
# layers_symbols.awk: checks what the compiled objects call against the file LAYERS.
#
#   nm -A -P OBJECT... | awk -f tools/layers_symbols.awk LAYERS -
#
# It sees what a hand-written declaration hides from layers.awk: a function of ours called from a folder
# that may not know it, and outside functions called outside their door (also in their fortified form,
# __sprintf_chk). Objects must be built without link-time optimisation, and for unit tests not at all.

function trim(text) { sub(/[ \t]*#.*/, "", text); return text }
# "core/db" -> "^core/db", "domain/*_store.c" -> "^domain/[^ ]*_store.c"
function as_pattern(place) {
    gsub(/\./, "[.]", place)
    gsub(/\*/, "[^ ]*", place)
    return "^" place
}
# Where an object stands: path under src/, folder, layer and role, kept per object.
function place_of(object,    p, n, part, b) {
    if (object in path_of) return
    p = object
    sub(/^.*\.dir\//, "", p)
    sub(/\.o$/, "", p)
    sub(/^src\//, "", p)
    path_of[object] = p
    n = split(p, part, "/")
    b = part[n]
    sub(/\.c$/, "", b)
    if (part[1] == "gen") {
        own_of[object] = n > 2 ? part[2] : "gen"
        layer_of[object] = n == 2 ? "gen" : part[2] in core ? "core" : part[2] in noun ? "domain" \
            : ("layer " part[2]) in allowed ? part[2] : "exchange" # the layer whose folders are no nouns
        role_of[object] = b ~ /_sql$/ ? "store" : "web"
    } else {
        layer_of[object] = part[1]
        own_of[object] = n > 2 ? part[2] : part[1]
        role_of[object] = match(b, /_(entity|check|store|web|api|cli)$/) ? substr(b, RSTART + 1) : "rules"
    }
}
function may_call(a, b,    may, n, start, i) {
    if (own_of[a] == own_of[b] && layer_of[a] == layer_of[b]) return 1
    if (layer_of[a] == "gen" || layer_of[b] == "gen") return 1
    n = split(excepted[layer_of[b] == "format" ? "format" : own_of[b]], start, " ")
    for (i = 1; i <= n; i++)
        if (index(path_of[a], start[i]) == 1) return 1
    may = layer_of[a] == "core" ? allowed["core " own_of[a]] \
        : layer_of[a] == "domain" ? allowed["role " role_of[a]] : allowed["layer " layer_of[a]]
    if (layer_of[b] == "core") return index(may, " " own_of[b] " ") > 0
    if (layer_of[b] == "domain" && layer_of[a] == "domain")
        return index(uses[own_of[a]], " " own_of[b] " ") > 0
    return index(may, " " layer_of[b] " ") > 0
}
function breach(text) { print text; bad++ }

FILENAME == "LAYERS" || FILENAME ~ /\/LAYERS$/ {
    line = trim($0)
    colon = index(line, ":")
    if (!colon) next
    n = split(substr(line, 1, colon - 1), head, /[ \t]+/)
    rest = " " substr(line, colon + 1) " "
    if (head[1] == "core") { core[head[2]] = 1; allowed["core " head[2]] = rest }
    if (head[1] == "layer" || head[1] == "role") allowed[head[1] " " head[2]] = rest
    if (head[1] == "noun") { noun[head[2]] = 1; uses[head[2]] = rest }
    if (head[1] == "allow") {
        n = split(rest, to, /[ \t]+/)
        for (i = 1; i <= n; i++) if (to[i] != "") excepted[to[i]] = excepted[to[i]] " " head[2]
    }
    if (head[1] == "door")
        for (i = 2; i <= n; i++)
            if (head[i] ~ /\*$/) { starts[substr(head[i], 1, length(head[i]) - 1)] = rest }
            else exact[head[i]] = rest
    next
}

# "path/x.c.o: name U  "
{
    object = substr($1, 1, length($1) - 1)
    place_of(object)
    seen[object] = 1
    if ($3 == "U") calls[object, $2] = 1
    else if ($3 ~ /^[TDBRVWCG]$/) defined_in[$2] = object
}

END {
    for (o in seen) objects++
    if (objects == 0) breach("no objects were given")
    for (pair in calls) {
        split(pair, two, SUBSEP)
        a = two[1]; name = two[2]
        if (name in defined_in && !may_call(a, defined_in[name]))
            breach(path_of[a] ": calls " name " of " path_of[defined_in[name]] \
                   ", which it may not know (see LAYERS)")
        plain = name
        sub(/@.*/, "", plain)
        if (plain ~ /^__.*_chk$/) { sub(/^__/, "", plain); sub(/_chk$/, "", plain) }
        if (plain ~ /^__isoc99_/) sub(/^__isoc99_/, "", plain)
        rest = ""
        if (plain in exact) rest = exact[plain]
        else for (s in starts) if (index(plain, s) == 1) rest = starts[s]
        if (rest == "") continue
        ok = 0
        n = split(rest, place, /[ \t]+/)
        where = ""
        for (i = 1; i <= n; i++) {
            if (place[i] == "") continue
            where = where " " place[i]
            if (path_of[a] ~ as_pattern(place[i])) ok = 1
        }
        if (!ok)
            breach(path_of[a] ": calls " plain ", which belongs " \
                   (where == "" ? "nowhere" : "only in" where) " (see LAYERS)")
    }
    printf "%d objects, %d breaches\n", objects, bad > "/dev/stderr"
    exit bad > 0
}
