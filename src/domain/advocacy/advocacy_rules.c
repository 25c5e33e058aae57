// SPDX-License-Identifier: AGPL-3.0-or-later
//
// advocacy_rules.c: what makes a use of an argument right, which arguments a concern has, and which uses
// fit what somebody looks for.
//
// Source: Toolkit, tool 3.7. The print repeats the concern 3.7-1-02 in place of its argument; the two
// arguments are those of tool 1.1 that its row refers to.

#include <string.h>

#include "advocacy/advocacy.h"

#define INSTRUMENTS "2.2"

const struct pack_row *advocacy_row(const char *id, const struct pack_tool **tool)
{
    return id[0] == '\0' ? NULL : pack_family_row(ADVOCACY_TOOL, id, tool);
}

const char *advocacy_root(const char *row_id)
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = advocacy_row(row_id, &tool);
    return row == NULL ? row_id : pack_row_root(tool, row);
}

// A row of the table, or of a tool of Part 1: ids of rows begin with the id of their tool, and only that file
// of the pack is read.
static const struct pack_row *row_of(const char *id, const struct pack_tool **tool)
{
    const struct pack_row *row = advocacy_row(id, tool);
    char tool_id[16];
    size_t len = strcspn(id, "-");
    if (row != NULL || id[len] != '-' || len >= sizeof tool_id) {
        return row;
    }
    memcpy(tool_id, id, len);
    tool_id[len] = '\0';
    *tool = pack_tool_anywhere(tool_id);
    return *tool == NULL ? NULL : tool_row(*tool, id);
}

struct advocacy_argument *advocacy_arguments(struct arena *a, const struct pack_tool *tool,
                                             const struct pack_row *concern, size_t *n)
{
    struct advocacy_argument *out = ARENA_ARRAY(a, struct advocacy_argument, concern->n_refs + 1);
    *n = 0;
    if (concern->argument != NULL) {
        out[(*n)++] = (struct advocacy_argument){tool, concern};
        return out;
    }
    for (unsigned i = 0; i < concern->n_refs; i++) {
        const struct pack_tool *of = NULL;
        const struct pack_row *row = row_of(concern->refs[i], &of);
        if (row != NULL && row->argument != NULL) {
            out[(*n)++] = (struct advocacy_argument){of, row};
        }
    }
    return out;
}

const struct pack_row *advocacy_instrument(const char *text, const char **article)
{
    const struct pack_tool *tool = pack_tool_anywhere(INSTRUMENTS);
    char id[24];
    size_t len = strcspn(text, " ");
    if (tool == NULL || len == 0 || len >= sizeof id) {
        return NULL;
    }
    memcpy(id, text, len);
    id[len] = '\0';
    if (article != NULL) {
        *article = text + len + strspn(text + len, " ");
    }
    return tool_row(tool, id);
}

// ---- a use of an argument -----------------------------------------------------------------------

enum err advocacy_use_check(const struct record *r, struct err_info *e)
{
    const char *row = record_text(r, "row");
    const char *argument = record_text(r, "argument_row");
    const struct pack_tool *tool = NULL;
    if ((row[0] != '\0') == record_is_set(r, "concern_id")) {
        return err_set(e, ERR_INPUT, "row", MSG("It answers one concern: of the Toolkit, or an own one."),
                       MSG("Give one of the two."), NULL);
    }
    const struct pack_row *concern = advocacy_row(row, NULL);
    if (row[0] != '\0' && concern == NULL) {
        return err_set(e, ERR_INPUT, "row", MSG("Neither tool 3.7 nor a copy of it has such a row."),
                       MSG("Take an id such as 3.7-1-01."), NULL);
    }
    if (concern != NULL && concern->section != NULL &&
        strcmp(concern->section, record_text(r, "heading")) != 0) {
        return err_set(e, ERR_INPUT, "heading", MSG("The concern stands under another heading."),
                       MSG("Choose the heading of tool 3.7 under which it stands."), NULL);
    }
    const struct pack_row *used = argument[0] == '\0' ? NULL : row_of(argument, &tool);
    if (argument[0] != '\0' && (used == NULL || used->argument == NULL)) {
        return err_set(e, ERR_INPUT, "argument_row", MSG("This row holds no argument."),
                       MSG("Take a row with an argument, such as 3.7-1-01."), NULL);
    }
    if (record_is_set(r, "article") && advocacy_instrument(record_text(r, "article"), NULL) == NULL) {
        return err_set(e, ERR_INPUT, "article", MSG("Tool 2.2 has no such instrument."),
                       MSG("Write the row of the instrument, then the article: 2.2-I05 14(1)."), NULL);
    }
    if (argument[0] == '\0' && !record_is_set(r, "argument") && !record_is_set(r, "article")) {
        return err_set(e, ERR_INPUT, "argument", MSG("Say which argument was used."),
                       MSG("The one of the Toolkit, own words, or an article."), NULL);
    }
    if (record_int(r, "lesson") != 0 && !record_is_set(r, "what_worked") &&
        !record_is_set(r, "next_time")) {
        return err_set(e, ERR_INPUT, "what_worked", MSG("A lesson needs words."),
                       MSG("Say what worked, or what to do differently."), NULL);
    }
    return ERR_NONE;
}

// ---- looking for uses ---------------------------------------------------------------------------

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool holds(const char *text, const char *wanted)
{
    for (;; text++) {
        size_t i = 0;
        while (wanted[i] != '\0' && fold(text[i]) == fold(wanted[i])) {
            i++;
        }
        if (wanted[i] == '\0' || *text == '\0') {
            return wanted[i] == '\0';
        }
    }
}

static bool same(const char *wanted, const char *is)
{
    return wanted == NULL || wanted[0] == '\0' || strcmp(wanted, is) == 0;
}

static bool is_among(const char *codes, const char *code)
{
    const char *p = codes == NULL || codes[0] == '\0' ? code : strstr(codes, code);
    return p != NULL;
}

static bool text_fits(const struct advocacy_line *line, const char *search)
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *concern = advocacy_row(line->row, NULL);
    const struct pack_row *argument =
        line->argument_row[0] == '\0' ? NULL : row_of(line->argument_row, &tool);
    return holds(line->concern, search) || holds(line->argument, search) ||
           holds(line->what_worked, search) || holds(line->next_time, search) ||
           holds(line->row, search) || (concern != NULL && holds(concern->text, search)) ||
           (argument != NULL && argument->argument != NULL && holds(argument->argument, search));
}

static bool is_about(const struct advocacy_line *line, const char *row)
{
    return row == NULL || row[0] == '\0' || strcmp(line->root, advocacy_root(row)) == 0;
}

bool advocacy_fits(const struct advocacy_line *line, const struct advocacy_ask *ask)
{
    return (line->lesson || !ask->lessons_only) && same(ask->programme_id, line->programme_id) &&
           same(ask->heading, line->heading) && is_about(line, ask->row) &&
           same(ask->concern_id, line->concern_id) && same(ask->country, line->country) &&
           is_among(ask->countries, line->country) && same(ask->with_sort, line->with_sort) &&
           same(ask->result, line->result) &&
           (ask->search == NULL || ask->search[0] == '\0' || text_fits(line, ask->search));
}

// ---- words --------------------------------------------------------------------------------------

const char *advocacy_concern_words(struct arena *a, const struct lang *lang,
                                   const struct advocacy_line *line)
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *row = advocacy_row(line->row, &tool);
    (void)a;
    return row != NULL                ? pack_words(tool->pack, lang, row->id, row->text)
           : line->row[0] != '\0' ? line->row // its pack is gone
                                     : line->concern;
}

const char *advocacy_argument_words(struct arena *a, const struct lang *lang,
                                    const struct advocacy_line *line)
{
    const struct pack_tool *tool = NULL;
    const struct pack_row *row =
        line->argument_row[0] == '\0' ? NULL : row_of(line->argument_row, &tool);
    const char *first = row == NULL || row->argument == NULL
                            ? ""
                            : pack_words(tool->pack, lang, row->id, row->argument);
    const char *article = advocacy_article_words(a, lang, line->article);
    return arena_printf(a, "%s%s%s%s%s", first,
                        first[0] != '\0' && line->argument[0] != '\0' ? "\n" : "", line->argument,
                        article[0] != '\0' && (first[0] != '\0' || line->argument[0] != '\0') ? "\n"
                                                                                             : "",
                        article);
}

const char *advocacy_heading_words(const struct lang *lang, const char *heading)
{
    return tr(lang, field_choice_label(entity_field(&entity_advocacy_use, "heading"), heading));
}

const char *advocacy_article_words(struct arena *a, const struct lang *lang, const char *article)
{
    const char *rest = "";
    const struct pack_row *row =
        article[0] == '\0' ? NULL : advocacy_instrument(article, &rest);
    if (row == NULL) {
        return article;
    }
    const char *name = row->short_name != NULL
                           ? row->short_name
                           : pack_words(pack_tool_anywhere(INSTRUMENTS)->pack, lang, row->id, row->text);
    return arena_printf(a, "%s%s%s", name, rest[0] == '\0' ? "" : " ", rest);
}

const char *advocacy_result_look(const char *result)
{
    return strcmp(result, "persuaded") == 0 ? "done"
           : strcmp(result, "part") == 0    ? "progress"
           : strcmp(result, "not") == 0     ? "risk"
                                            : "none";
}
