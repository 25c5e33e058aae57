# SPDX-License-Identifier: AGPL-3.0-or-later
#
# layers.awk: checks every #include under src/ against the file LAYERS.
#
#   awk -f tools/layers.awk LAYERS $(find src -name '*.[ch]')
#
# Prints one line for each breach (place, what, what to do) and ends with status 1 when there is any.
# Checked: direction inside core and between folders, what a role may include, the order of nouns,
# that another noun is used only by its public header, and the doors for outside headers.

function words_into(set, text,    n, w, i) {
    n = split(text, w, /[ \t]+/)
    for (i = 1; i <= n; i++)
        if (w[i] != "") set[w[i]] = 1
}
function breach(what, mend) {
    print FILENAME ":" FNR ": " what " (" mend ")"
    bad++
}
# Is there a line "allow BEGINNING-OF-PATH: TO"?
function is_excepted(path, to,    n, start, i) {
    n = split(excepted[to], start, " ")
    for (i = 1; i <= n; i++)
        if (index(path, start[i]) == 1) return 1
    return 0
}
# core folder, or the folder above it, of the included path
function folder_of(path) { return substr(path, 1, index(path, "/") - 1) }

FILENAME == ARGV[1] {
    line = $0
    sub(/[ \t]*#.*/, "", line)
    if (line == "") next
    colon = index(line, ":")
    split(substr(line, 1, colon - 1), head, /[ \t]+/)
    kind = head[1]; name = head[2]; rest = substr(line, colon + 1)
    if (colon == 0 || kind !~ /^(core|layer|role|noun|header|door|allow|also)$/) {
        breach("this line is not understood", "see the head of the file")
    } else if (kind == "core") {
        core[name] = 1
        allowed["core " name] = " " rest " "
    } else if (kind == "layer" || kind == "role") {
        allowed[kind " " name] = " " rest " "
    } else if (kind == "noun") {
        n = split(rest, used, /[ \t]+/)
        for (i = 1; i <= n; i++)
            if (used[i] != "" && !(used[i] in noun))
                breach("noun " name " uses " used[i] ", which is not above it", "move the line")
        noun[name] = 1
        uses[name] = " " rest " "
    } else if (kind == "also") {
        public[name] = 1
    } else if (kind == "allow") {
        n = split(rest, used, /[ \t]+/)
        for (i = 1; i <= n; i++) if (used[i] != "") excepted[used[i]] = excepted[used[i]] " " name
    } else if (kind == "header") {
        n = split(substr(line, 1, colon - 1), names, /[ \t]+/)
        sub(/^[ \t]+/, " ", rest)
        for (i = 2; i <= n; i++) door[names[i]] = rest
    }
    next
}

FNR == 1 {
    files++
    path = FILENAME
    sub(/^.*src\//, "", path)
    n = split(path, part, "/")
    base_name = part[n]
    sub(/\.[ch]$/, "", base_name)
    layer = part[1]
    own = n > 2 ? part[2] : part[1]
    role = ""
    is_test = base_name ~ /_test(_help)?$/
    if (layer == "core") {
        may = allowed["core " own]
        if (!(own in core)) breach("src/core/" own " is not in LAYERS", "add a line 'core " own ": ...'")
    } else if (layer == "domain") {
        if (!(own in noun)) breach("src/domain/" own " is not in LAYERS", "add a line 'noun " own ": ...'")
        if (base_name == own && FILENAME ~ /\.h$/) role = "face"
        else if (match(base_name, /_(entity|check|store|web|api|cli|test)(_private)?$/)) {
            role = substr(base_name, RSTART + 1)
            sub(/_private$/, "", role)
        }
        else role = "rules"
        may = allowed["role " role]
    } else {
        may = allowed["layer " layer]
        if (!(("layer " layer) in allowed))
            breach("src/" layer " is not in LAYERS", "add a line 'layer " layer ": ...'")
    }
    # a unit test may prepare what it tests: any part of core
    if (is_test) may = may allowed["role test"]
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    match($0, /<[^>]*>/)
    header = substr($0, RSTART + 1, RLENGTH - 2)
    if (header in door && !is_test) {
        n = split(door[header], place, /[ \t]+/)
        ok = 0
        for (i = 1; i <= n; i++)
            if (place[i] != "" && index(path, place[i]) == 1) ok = 1
        if (!ok) breach("<" header "> may be used only in" door[header], "call what that folder offers")
    }
    next
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    match($0, /"[^"]*"/)
    header = substr($0, RSTART + 1, RLENGTH - 2)
    to = folder_of(header)
    includes++
    if (is_excepted(path, to)) next
    if (to == "") {
        breach("\"" header "\" has no folder", "write \"folder/file.h\"")
    } else if (to == own) {
        if (header ~ /_sql\.h$/ && layer == "domain" && role != "store" && role != "test")
            breach("statements are for " own "_store.c", "call a function of the store")
        if (header ~ /\.html\.h$/ && layer == "domain" && role != "web" && role != "test")
            breach("templates are for " own "_web.c", "draw the page there")
    } else if (layer == "core" || to in core) {
        if (index(may, " " to " ") == 0)
            breach((role == "" ? layer "/" own : "the role " role) " may not include \"" header "\"",
                   "allowed:" may)
    } else if (to in noun) {
        if (layer == "domain" && index(uses[own], " " to " ") == 0)
            breach("noun " own " may not use noun " to, "allowed:" uses[own])
        else if (layer != "domain" && index(may, " domain ") == 0)
            breach(layer " may not include \"" header "\"", "it knows no nouns")
        else if (header != to "/" to ".h" && !(header in public))
            breach("\"" header "\" is private to noun " to, "include \"" to "/" to ".h\"")
    } else {
        # "format/json.h" or "format/pdf/pdf.h", "report/...", "app/..."
        if (index(may, " " to " ") == 0)
            breach((role == "" ? layer : "the role " role) " may not include \"" header "\"",
                   "allowed:" may)
    }
}

END {
    printf "%d files, %d includes of ours, %d breaches\n", files, includes, bad > "/dev/stderr"
    exit bad > 0
}
