// SPDX-License-Identifier: AGPL-3.0-or-later
//
// blocks.c: expressions, and blocks: if, for.

#include "mkhtml.h"

#include <string.h>

// ---- expressions --------------------------------------------------------------------------------

// Nothing but attributes may stand here, or nothing at all.
void must_be_output_place(const struct compile *c, const char *what)
{
    if (c->state == IN_TAG) {
        refuse(c, "%s cannot stand between attributes: write name=\"{{ ... }}\"", what);
    }
    if (c->state == IN_TEXT && strcmp(innermost(c), "script") == 0) {
        refuse(c, "a script element must be empty: put the script into assets/");
    }
}

void must_be_text(const struct compile *c, const char *what)
{
    must_be_output_place(c, what);
    if (c->state == IN_VALUE) {
        refuse(c, "%s cannot stand in an attribute", what);
    }
}

void put_expression(struct compile *c, int line)
{
    char *text = read_expression(c, "}}", "{{ }}");
    if (c->state == IN_TEXT) {
        statement(c, line, "html_put_text(h, %s);", text);
        return;
    }
    if (c->place == PLACE_PLAIN) {
        statement(c, line, "html_put_attr(h, %s);", text);
        return;
    }
    if (c->start == VALUE_UNSURE) {
        refuse_at(c, line, "it depends on an {if} whether the address begins here: write the whole "
                           "address in each branch");
    }
    const char *how = c->start == VALUE_EMPTY
                          ? (c->place == PLACE_TARGET ? "html_put_target" : "html_put_url")
                      : c->query ? "html_put_url_value"
                                 : "html_put_url_segment";
    statement(c, line, "%s(h, %s);", how, text);
    c->start = VALUE_BEGUN;
}

// ---- blocks -------------------------------------------------------------------------------------

static void open_block(struct compile *c, bool loop, int line)
{
    if (c->n_blocks == MAX_DEPTH) {
        refuse_at(c, line, "blocks stand too deep in one another");
    }
    if (c->state == IN_TEXT) {
        settle_before_control(c, false);
    }
    c->blocks[c->n_blocks++] = (struct block){.loop = loop, .line = line, .state = c->state,
                                              .n_tags = c->n_tags,
                                              .tag_serial = c->tag_serial,
                                              .value_serial = c->value_serial,
                                              .start = c->start, .query = c->query,
                                              .edge = c->edge};
    c->edge = c->edge && !loop; // the second turn of a loop begins where the first ended
}

// The end of a branch must be where the branch began.
static struct block *end_branch(struct compile *c, const char *word, int line)
{
    if (c->n_blocks == 0) {
        refuse_at(c, line, "{%s} without an {if} or a {for} before it", word);
    }
    struct block *b = &c->blocks[c->n_blocks - 1];
    if (c->state == IN_TEXT && b->state == IN_TEXT && c->n_tags > b->n_tags) {
        struct open_tag *tag = &c->tags[c->n_tags - 1];
        refuse_at(c, line, "<%s> of line %d is not closed before {%s}", tag->name, tag->line, word);
    }
    if (c->state != b->state || (c->state != IN_TEXT && c->tag_serial != b->tag_serial) ||
        (c->state == IN_VALUE && c->value_serial != b->value_serial)) {
        refuse_at(c, line, "{%s} does not stand where its block began in line %d: between the same "
                           "tags, or in the same attribute", word, b->line);
    }
    if (c->state == IN_TEXT) {
        settle_before_control(c, true);
    }
    b->edge_end = c->edge && (b->edge_end || !b->has_end);
    c->edge = b->edge;
    b->end = b->has_end && b->end != c->start ? VALUE_UNSURE : c->start;
    b->has_end = true;
    c->start = b->start;
    c->query = b->query;
    return b;
}

static void begin_for(struct compile *c, int line)
{
    char item[MAX_NAME], word[MAX_NAME];
    skip_space(c);
    read_name(c, "_", item, "the item");
    skip_space(c);
    read_name(c, "", word, "\"in\"");
    char *rest = read_c(c, "}", false, NULL);
    int depth = 0;
    const char *comma = NULL;
    for (const char *p = rest; *p != '\0'; p++) {
        depth += strchr("([{", *p) != NULL ? 1 : strchr(")]}", *p) != NULL ? -1 : 0;
        comma = *p == ',' && depth == 0 ? p : comma;
        p += *p == '"' || *p == '\'' ? quoted_length(p) - 1 : 0;
    }
    if (strcmp(word, "in") != 0 || comma == NULL || comma == rest || comma[1] == '\0') {
        refuse_at(c, line, "a loop is written {for item in array, number_of_items}");
    }
    char *array = trimmed(rest, (size_t)(comma - rest));
    open_block(c, true, line);
    statement(c, line,
              "for (size_t %s_i = 0, %s_n = (size_t)(%s); %s_i < %s_n; %s_i++) { "
              "const __typeof__((%s)[0]) *%s = &(%s)[%s_i]; (void)%s;",
              item, item, trimmed(comma + 1, strlen(comma + 1)), item, item, item, array, item,
              array, item, item);
}

void control(struct compile *c, const char *word, int line)
{
    if (strcmp(word, "if") == 0) {
        char *condition = read_expression(c, "}", "{if}");
        open_block(c, false, line);
        statement(c, line, "if (%s) {", condition);
    } else if (strcmp(word, "for") == 0) {
        begin_for(c, line);
    } else if (strcmp(word, "end") == 0) {
        read_c(c, "}", false, NULL);
        struct block *b = end_branch(c, word, line);
        bool all = b->has_else && !b->loop; // else nothing may have been written
        c->start = all || b->end == b->start ? b->end : VALUE_UNSURE;
        c->edge = b->edge_end && (all || b->edge);
        c->n_blocks--;
        statement(c, line, "}");
    } else {
        char *condition = read_c(c, "}", false, NULL);
        struct block *b = end_branch(c, word, line);
        if (b->loop || b->has_else) {
            refuse_at(c, line, "{%s} belongs to an {if}, before its {else}", word);
        }
        b->has_else = strcmp(word, "else") == 0;
        if (b->has_else != (condition[0] == '\0')) {
            refuse_at(c, line, "write {elif condition} or {else}");
        }
        statement(c, line, b->has_else ? "} else {%s" : "} else if (%s) {", condition);
    }
}
