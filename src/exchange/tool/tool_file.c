// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_file.c: see tool_file.h.

#include "exchange/tool/tool_file.h"

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/assessment_rounds.h"
#include "base/bug.h"
#include "format/json/json_read.h"
#include "pack/pack.h"

#define ANSWERS "answers"

// What an assessment is about: at most one of these stands in the file.
static const char *const subjects[] = {"programme_id", "country", "publication_id"};

bool tool_file_is(struct arena *a, const char *bytes, size_t len, const struct json **out)
{
    struct err_info later; // is told when it is read as records
    if (json_read(a, bytes, len, out, &later) != ERR_NONE) {
        return false;
    }
    const struct json *j = *out;
    return json_get(j->kind == JSON_KIND_ARRAY && j->n > 0 ? &j->items[0] : j, ANSWERS) != NULL;
}

// ---- answers that belong to the tool --------------------------------------------------------------

// "2.3 answer": a file may hold several tools.
static const char *answer_of(struct arena *a, const struct pack_tool *tool)
{
    return arena_printf(a, "%s answer", tool->id);
}

// Rows of a copy of a tool are kept by the id of the row they came from.
static enum err check_row(const struct pack_tool *tool, const struct json *answer, const char *name, int number,
                          struct arena *a, struct err_info *e)
{
    const char *id = json_get_text(answer, name);
    return id == NULL || tool_row(tool, id) != NULL || tool_row_from(tool, id) != NULL
               ? ERR_NONE
               : err_set(e, ERR_INPUT, arena_printf(a, "%s %d, %s", answer_of(a, tool), number, name),
                         MSG("Tool {0} has no row {1}."), MSG("“mainstay pack show {2} {0}” lists its rows."),
                         tool->id, id, tool->pack->id, NULL);
}

static enum err check_answers(struct arena *a, const struct pack_tool *tool, const struct json *answers,
                              struct err_info *e)
{
    enum err err = answers->kind == JSON_KIND_ARRAY
                       ? ERR_NONE
                       : err_set(e, ERR_INPUT, ANSWERS, MSG("“answers” is a list."),
                                 MSG("Write [{\"row\": …}, …], with {…} for each answer."), NULL);
    for (int i = 0; err == ERR_NONE && i < answers->n; i++) {
        err = check_row(tool, &answers->items[i], "row", i + 1, a, e);
        if (err == ERR_NONE) {
            err = check_row(tool, &answers->items[i], "instrument", i + 1, a, e);
        }
    }
    return err;
}

// ---- tools that are filled in in rounds --------------------------------------------------------------

static const char *text_of(const struct import_around *head, const char *name)
{
    for (int i = 0; i < head->n; i++) {
        if (strcmp(head->names[i], name) == 0) {
            return head->texts[i];
        }
    }
    return NULL;
}

// The round that the answers go into: the newest of this tool about the same, unless it is closed. *id NULL: a new one,
// which follows the round *before, if there is one.
static enum err find_round(struct import *im, const struct import_around *head, const char *tool, const char **id,
                           const char **before, struct err_info *e)
{
    struct store_filter filters[COUNT_OF(subjects) + 1] = {{"tool", STORE_EQUAL, tool}};
    struct store_query q = {.filters = filters, .n_filters = 1, .order = "id", .descending = true, .limit = 1};
    struct record **found;
    size_t n;
    enum err err = ERR_NONE;
    *id = *before = NULL;
    for (size_t k = 0; err == ERR_NONE && k < COUNT_OF(subjects); k++) {
        const char *text = text_of(head, subjects[k]);
        if (text == NULL || text[0] == '\0') {
            continue;
        }
        if (entity_field(&entity_assessment, subjects[k])->type == FIELD_REF) {
            err = import_reference(im, &entity_assessment, subjects[k], text, &text, e);
        }
        filters[q.n_filters++] = (struct store_filter){subjects[k], STORE_EQUAL, text};
    }
    if (err == ERR_NONE && q.n_filters == 2) { // else the record itself is refused, in the words of its rule
        err = store_list(store_tx_read(im->tx), im->arena, &entity_assessment, &q, &found, &n, e);
        const char *state = err == ERR_NONE && n > 0 ? record_text(found[0], "state") : "";
        if (assessment_may_edit(state)) {
            *id = found[0]->id;
        } else if (state[0] != '\0' && !assessment_may_begin(state)) {
            err = err_set(e, ERR_CONFLICT, "tool", MSG("The newest round of {0} was submitted and waits for an answer."),
                          MSG("Save again once it was approved or returned."), tool, NULL);
        } else if (state[0] != '\0') {
            *before = found[0]->id;
        }
    }
    return err;
}

static void put(struct import_around *head, const char *name, const char *text)
{
    if (text_of(head, name) == NULL) {
        head->names[head->n] = name;
        head->texts[head->n++] = text;
    }
}

// The round itself, and then its answers.
static enum err read_round(struct import *im, const struct pack_tool *tool, struct import_around *head,
                           const struct json *answers, struct err_info *e)
{
    const char *id = text_of(head, "id"), *before = NULL;
    enum err err = id == NULL ? find_round(im, head, tool->id, &id, &before, e) : ERR_NONE;
    if (err != ERR_NONE) {
        return err;
    }
    if (id == NULL) {
        put(head, "pack", tool->pack->id);
        put(head, "pack_version", tool->pack->version);
        put(head, "state", "draft");
    } else {
        put(head, "id", id);
    }
    im->tell = true;
    err = import_texts(im, &entity_assessment, "assessment", head->names, head->texts, head->n, e);
    if (err == ERR_NONE && before != NULL && tool->subject == PACK_SUBJECT_COUNTRY) {
        err = assessment_carry(im->tx, im->arena, before, im->done->id, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const char *round[] = {"assessment_id"};
    const char *of[] = {im->done->id};
    const struct import_around around = {.word = answer_of(im->arena, tool), .names = round, .texts = of, .n = 1};
    return import_json_list(im, &entity_answer, answers, &around, e);
}

// ---- tools whose answers are records of their own ------------------------------------------------------

static enum err read_records(struct import *im, const struct pack_tool *tool, struct import_around *head,
                             const struct json *answers, struct err_info *e)
{
    const struct entity *kind = model_find(pack_tool_saved_as(tool));
    struct import_around around = {.word = answer_of(im->arena, tool), .names = head->names, .texts = head->texts};
    ensure(kind != NULL);
    for (int i = 0; i < head->n; i++) {
        const char *name = head->names[i];
        if (strcmp(name, "tool") == 0) {
            continue; // said by the kind
        }
        if (entity_field(kind, name) == NULL) {
            return err_set(e, ERR_INPUT, name, MSG("{0} has no such field."),
                           MSG("Beside “tool” and “answers” give what all answers share: programme_id, country."),
                           kind->kind, NULL);
        }
        around.names[around.n] = name;
        around.texts[around.n++] = head->texts[i];
    }
    return import_json_list(im, kind, answers, &around, e);
}

// ---- the file --------------------------------------------------------------------------------------

static enum err read_tool(struct import *im, const struct json *o, struct err_info *e)
{
    const struct json *answers = json_get(o, ANSWERS);
    const char *id = json_get_text(o, "tool");
    const struct pack_tool *tool = id == NULL ? NULL : pack_tool_anywhere(id);
    if (o->kind != JSON_KIND_OBJECT || answers == NULL) {
        return err_set(e, ERR_INPUT, ANSWERS, MSG("A tool filled in is a JSON object with “answers”."),
                       MSG("Write {\"tool\": …, \"answers\": […]} for each tool."), NULL);
    }
    if (tool == NULL) {
        return err_set(e, ERR_INPUT, "tool", MSG("There is no tool “{0}”."),
                       MSG("“mainstay pack show unodc-hrge-2021” lists the tools."), id == NULL ? "" : id, NULL);
    }
    struct import_around head = {.word = "assessment"};
    head.names = ARENA_ARRAY(im->arena, const char *, (size_t)o->n + 4);
    head.texts = ARENA_ARRAY(im->arena, const char *, (size_t)o->n + 4);
    enum err err = check_answers(im->arena, tool, answers, e);
    for (int i = 0; err == ERR_NONE && i < o->n; i++) {
        if (&o->items[i] != answers) {
            head.names[head.n] = o->items[i].name;
            err = import_json_text(im->arena, &o->items[i], &head.texts[head.n++], e);
        }
    }
    if (err != ERR_NONE) {
        return err;
    }
    return pack_tool_saved_as(tool) != NULL ? read_records(im, tool, &head, answers, e)
                                             : read_round(im, tool, &head, answers, e);
}

enum err tool_file_read(struct import *im, const struct json *j, struct err_info *e)
{
    bool many = j->kind == JSON_KIND_ARRAY;
    enum err err = ERR_NONE;
    for (int i = 0; err == ERR_NONE && i < (many ? j->n : 1); i++) {
        err = read_tool(im, many ? &j->items[i] : j, e);
    }
    return err;
}
