// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tags.c: text, tags and attribute values, as a browser would read them.

#include "mkhtml.h"

#include <ctype.h>
#include <string.h>

static void push(struct compile *c)
{
    if (c->n_tags == MAX_DEPTH) {
        refuse(c, "tags stand too deep in one another");
    }
    struct open_tag *tag = &c->tags[c->n_tags++];
    *tag = (struct open_tag){.line = c->line, .posts = c->posts};
    memcpy(tag->name, c->tag, sizeof tag->name);
}

static void pop(struct compile *c)
{
    size_t floor = c->n_blocks == 0 ? 0 : c->blocks[c->n_blocks - 1].n_tags;
    if (c->n_tags == 0) {
        refuse(c, "</%s> closes nothing", c->tag);
    }
    struct open_tag *tag = &c->tags[c->n_tags - 1];
    if (strcmp(tag->name, c->tag) != 0) {
        refuse(c, "</%s> closes nothing here: <%s> of line %d is still open", c->tag, tag->name,
               tag->line);
    }
    if (c->n_tags <= floor) {
        refuse(c, "</%s> closes a tag from outside of the block that began in line %d", c->tag,
               c->blocks[c->n_blocks - 1].line);
    }
    if (tag->posts && !tag->token) {
        refuse_at(c, tag->line, "a form with method=\"post\" must hold {csrf}");
    }
    c->n_tags--;
}

static void begin_tag(struct compile *c)
{
    if (looks_at(c, "<!--")) {
        refuse(c, "a remark is written {# ... #}, so that it is not sent to people");
    }
    if (looks_at(c, "<!DOCTYPE html>")) {
        settle(c, true);
        put(c, "<!DOCTYPE html>");
        c->at += strlen("<!DOCTYPE html>");
        return;
    }
    next(c);
    c->closing = peek(c) == '/';
    if (c->closing) {
        next(c);
    }
    if (!isalpha((unsigned char)peek(c))) {
        refuse(c, "a single < must be written &lt;");
    }
    read_name(c, "-", c->tag, "an element");
    if (strcmp(c->tag, "style") == 0) {
        refuse(c, "a style element is not sent: put the rule into assets/mainstay.css");
    }
    if (strcmp(innermost(c), "script") == 0 && !c->closing) {
        refuse(c, "a script element must be empty: put the script into assets/");
    }
    settle(c, !listed(inlines, c->tag));
    put(c, c->closing ? "</" : "<");
    put(c, c->tag);
    c->tag_serial++;
    c->posts = false;
    c->state = IN_TAG;
}

static void end_tag(struct compile *c, bool slash)
{
    bool empty = listed(voids, c->tag);
    c->state = IN_TEXT;
    if (c->closing) {
        put(c, ">");
        if (empty) {
            refuse(c, "<%s> has no end tag", c->tag);
        }
        pop(c);
        return;
    }
    if (slash && !empty && !inside(c, " svg ")) {
        refuse(c, "<%s/> must be written <%s></%s>", c->tag, c->tag, c->tag);
    }
    put(c, slash && !empty ? "/>" : ">");
    if (!slash && !empty) {
        push(c);
    }
    if (strcmp(c->tag, "textarea") == 0) {
        put(c, "\n"); // a browser leaves out the first line end, so it must not be the text's own
    }
}

static void begin_attribute(struct compile *c)
{
    if (c->closing) {
        refuse(c, "an end tag has no attributes");
    }
    read_name(c, "-_:", c->attribute, "an attribute");
    const char *name = c->attribute;
    if (strncmp(name, "on", 2) == 0) {
        refuse(c, "%s: event handlers are not written into pages: put the script into assets/",
               name);
    }
    if (listed(refused, name)) {
        refuse(c, "%s is not allowed: use a class, or a plain address", name);
    }
    put(c, " ");
    put(c, name);
    if (peek(c) != '=') {
        return;
    }
    next(c);
    if (peek(c) != '"') {
        refuse(c, "the value of %s must stand in double quotes", name);
    }
    next(c);
    c->value_serial++;
    c->place = listed(targets, name)     ? PLACE_TARGET
               : listed(addresses, name) ? PLACE_ADDRESS
                                         : PLACE_PLAIN;
    c->start = VALUE_EMPTY;
    c->query = false;
    c->state = IN_VALUE;
    c->posts = c->posts || (strcmp(c->tag, "form") == 0 && strcmp(name, "method") == 0 &&
                            (looks_at(c, "post\"") || looks_at(c, "POST\"")));
    put(c, "=\"");
}

void in_tag(struct compile *c)
{
    char ch = peek(c);
    if (isspace((unsigned char)ch)) {
        next(c);
    } else if (ch == '>') {
        next(c);
        end_tag(c, false);
    } else if (looks_at(c, "/>")) {
        c->at += 2;
        end_tag(c, true);
    } else if (ch == '{') {
        directive(c);
    } else {
        begin_attribute(c);
    }
}

// An address written out must be one that a browser only follows.
static void check_literal_address(const struct compile *c)
{
    const char *p = c->source + c->at;
    size_t n = strcspn(p, ":/?#\"'{");
    if (p[n] == ':' && strncmp(p, "https:", 6) != 0 && strncmp(p, "http:", 5) != 0 &&
        strncmp(p, "mailto:", 7) != 0) {
        refuse(c, "%.*s: only http, https and mailto addresses may be written here", (int)n, p);
    }
}

void in_value(struct compile *c)
{
    char ch = peek(c);
    if (ch == '"') {
        next(c);
        put(c, "\"");
        c->state = IN_TAG;
    } else if (ch == '{') {
        directive(c);
    } else if (isspace((unsigned char)ch)) {
        skip_space(c);
        put(c, " ");
        c->start = VALUE_BEGUN;
    } else {
        if (c->place != PLACE_PLAIN && c->start != VALUE_BEGUN) {
            check_literal_address(c);
        }
        c->query = c->query || strchr("?=&#", ch) != NULL;
        c->start = VALUE_BEGUN;
        literal_char(c, listed(spoken, c->attribute));
    }
}

void in_text(struct compile *c)
{
    char ch = peek(c);
    bool kept = inside(c, " pre textarea ");
    if (ch == '<') {
        begin_tag(c);
    } else if (ch == '{') {
        directive(c);
    } else if (isspace((unsigned char)ch) && !kept) {
        int line = c->line;
        skip_space(c);
        c->space = !c->edge;
        c->space_line = c->line > line;
    } else {
        if (strcmp(innermost(c), "script") == 0) {
            refuse(c, "a script element must be empty: put the script into assets/");
        }
        settle(c, false);
        literal_char(c, !inside(c, wordless));
    }
}
