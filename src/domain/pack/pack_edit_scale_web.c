// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_edit_scale_web.c: /library/{pack}/{tool}/scale: the answers of a tool of the office in words of its own.
//
// A scale of another pack is copied first, so that the other tools on it keep theirs; levels keep their ids, so that
// answers that were given stay what they are.

#include <string.h>

#include "base/bug.h"
#include "base/sort.h"
#include "html/form.h"
#include "pack/pack_edit_scale.html.h"
#include "pack/pack_own_web.h"

#define MOST_LEVELS 12
#define NEW_LEVELS 2

// ---- which scale --------------------------------------------------------------------------------

// That of the address, else that of the tool, else that of its first row that has one.
static const char *asked_scale(struct req *r, const struct pack_tool *t)
{
    const char *id = req_posted(r, "scale")[0] != '\0' ? req_posted(r, "scale") : req_query(r, "scale");
    if (id[0] != '\0' || t->scale != NULL) {
        return id[0] != '\0' ? id : t->scale;
    }
    for (unsigned i = 0; i < t->n_rows; i++) {
        if (t->rows[i].scale != NULL) {
            return t->rows[i].scale;
        }
    }
    return "";
}

// Is the tool, or one of its rows, answered on it?
static bool is_used(const struct pack_tool *t, const char *scale)
{
    bool used = t->scale != NULL && strcmp(t->scale, scale) == 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        used = used || (t->rows[i].scale != NULL && strcmp(t->rows[i].scale, scale) == 0);
    }
    return used;
}

static enum err find_scale(struct req *r, const struct pack *p, const struct pack_tool *t,
                           const struct pack_scale **out, struct err_info *e)
{
    const char *id = asked_scale(r, t);
    *out = is_used(t, id) ? pack_scale(p, id) : NULL;
    return *out != NULL ? ERR_NONE
                        : err_set(e, ERR_NOT_FOUND, "scale", MSG("The tool has no answers on a scale."),
                                  MSG("Choose a scale under “Name, purpose and answers” first."), NULL);
}

static bool is_of_pack(const struct pack *p, const char *id)
{
    for (unsigned i = 0; i < p->n_scales; i++) {
        if (strcmp(p->scales[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

// Other tools of the pack that are answered on it; NULL: none.
static const char *others_in_words(struct req *r, const struct pack *p, const struct pack_tool *t, const char *scale)
{
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    const char *names = NULL;
    for (size_t i = 0; i < n; i++) {
        if (is_used(tools[i], scale) && strcmp(tools[i]->id, t->id) != 0) {
            names = names == NULL ? tools[i]->title : arena_printf(r->arena, "%s, %s", names, tools[i]->title);
        }
    }
    return names;
}

// ---- the form -----------------------------------------------------------------------------------

enum part { TITLE, PLACE, MEANING, PARTS };
static const char *const part_names[PARTS] = {"title", "place", "meaning"};
static const struct field parts[PARTS] = {
    {.label = MSG("Words"), .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 120},
    {.label = MSG("Place"), .type = FIELD_INT, .data_class = CLASS_C1, .required = true, .min = 1, .max = 99},
    {.label = MSG("What it means"), .type = FIELD_LONG, .data_class = CLASS_C1, .max = 1000},
};
static const struct field name_field = {.name = "name", .label = MSG("Name of the scale"), .type = FIELD_TEXT,
                                        .data_class = CLASS_C1, .max = 120};

struct answer {
    const struct pack_level *level; // NULL: room for a new one
    const char *code;               // of its fields
    const struct field *fields;     // PARTS of them
    struct value *values;           // the same
};
// A form with fields for each level, so that they are drawn and read like those of any other.
struct answers {
    struct form form;
    struct answer *items;
    size_t n;
};

static struct value text_value(const char *text)
{
    return (struct value){.set = text != NULL, .text = text};
}

static void begin_answers(struct req *r, const struct pack_scale *scale, struct answers *out)
{
    size_t n = scale->n_levels + NEW_LEVELS < MOST_LEVELS ? scale->n_levels + NEW_LEVELS
               : scale->n_levels < MOST_LEVELS            ? MOST_LEVELS
                                                          : scale->n_levels;
    struct field *fields = ARENA_ARRAY(r->arena, struct field, 1 + PARTS * n);
    struct value *values = ARENA_ARRAY(r->arena, struct value, 1 + PARTS * n);
    out->items = ARENA_ARRAY(r->arena, struct answer, n);
    out->n = n;
    fields[0] = name_field;
    values[0] = text_value(scale->title);
    for (size_t i = 0; i < n; i++) {
        struct answer *x = &out->items[i];
        x->level = i < scale->n_levels ? &scale->levels[i] : NULL;
        x->code = x->level != NULL ? x->level->id : arena_printf(r->arena, "new-%zu", i - scale->n_levels + 1);
        x->fields = &fields[1 + PARTS * i];
        x->values = &values[1 + PARTS * i];
        for (enum part k = 0; k < PARTS; k++) {
            fields[1 + PARTS * i + k] = parts[k];
            fields[1 + PARTS * i + k].name = arena_printf(r->arena, "%s/%s", part_names[k], x->code);
        }
        fields[1 + PARTS * i + TITLE].required = x->level != NULL;
        if (x->level != NULL) {
            x->values[TITLE] = text_value(x->level->title);
            x->values[MEANING] = text_value(x->level->meaning);
        }
        x->values[PLACE] = (struct value){.set = true, .number = (int64_t)i + 1};
    }
    out->form = *r->form; // what was typed, and what was wrong with it
    out->form.fields = fields;
    out->form.values = values;
    out->form.n_fields = 1 + PARTS * n;
}

static const char *box_of(struct req *r, const struct answer *x)
{
    return arena_printf(r->arena, "gone/%s", x->code);
}

static bool is_gone(struct req *r, const struct answer *x)
{
    return req_posted(r, box_of(r, x))[0] != '\0';
}

static enum err scale_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    const struct pack_scale *scale;
    struct record *head;
    struct answers answers;
    size_t n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err == ERR_NONE) {
        err = find_scale(r, t.pack, t.draft, &scale, e);
    }
    if (err == ERR_NONE) {
        err = pack_own_head(r->db, r->arena, t.pack, &head, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool own = is_of_pack(t.pack, scale->id);
    begin_answers(r, scale, &answers);
    struct pack_edit_scale_view v = {.form = &answers.form,
                                     .action = r->path,
                                     .cancel = own_tool_address(r, "/edit"),
                                     .scale = scale->id,
                                     .version = t.file->version,
                                     .head = head->version,
                                     .is_copied = !own,
                                     .others = own ? others_in_words(r, t.pack, t.draft, scale->id) : NULL,
                                     .lines = ARENA_ARRAY(r->arena, struct scale_line, answers.n)};
    for (size_t i = 0; i < answers.n; i++) {
        const struct answer *x = &answers.items[i];
        v.lines[v.n_lines++] = (struct scale_line){.legend = x->level == NULL ? NULL : x->level->title,
                                                   .title = x->fields[TITLE].name,
                                                   .place = x->fields[PLACE].name,
                                                   .meaning = x->fields[MEANING].name,
                                                   .gone = box_of(r, x),
                                                   .is_gone = is_gone(r, x)};
    }
    const struct crumb *crumbs = own_tool_crumbs(r, &t, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Words of the answers")),
                              .about = tr(r->lang, MSG("Reword the answers, add some or take some away, and put "
                                                       "them in order. Answers that were given already stay, "
                                                       "under the new words.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    pack_edit_scale_html(&h, &v);
    return page_end(&h, e);
}

// ---- saving -------------------------------------------------------------------------------------

// A level as it was typed. *there is false for one that is taken away, and for an empty new one.
static enum err read_answer(struct req *r, struct answer *x, bool *there, struct err_info *e)
{
    enum err err = ERR_NONE;
    for (enum part k = 0; err == ERR_NONE && k < PARTS; k++) {
        err = field_parse(r->arena, &x->fields[k], req_posted(r, x->fields[k].name), 0, &x->values[k], e);
    }
    *there = !is_gone(r, x) && (x->level != NULL || x->values[TITLE].set || x->values[MEANING].set);
    for (enum part k = 0; err == ERR_NONE && *there && k <= PLACE; k++) {
        err = x->values[k].set ? ERR_NONE : field_missing(&x->fields[k], e);
    }
    return err;
}

static int by_place(const void *a, const void *b)
{
    const struct answer *const *x = a, *const *y = b;
    int64_t p = (*x)->values[PLACE].number, q = (*y)->values[PLACE].number;
    return p != q ? (p < q ? -1 : 1) : (*x > *y) - (*x < *y); // equal ones as they stood in the form
}

// An id that no level has or had.
static const char *fresh_id(struct req *r, const struct pack_level *levels, size_t n, const struct pack_scale *old)
{
    for (int k = 1;; k++) {
        const char *id = arena_printf(r->arena, "own-%d", k);
        bool taken = scale_level(old, id) != NULL;
        for (size_t i = 0; i < n; i++) {
            taken = taken || (levels[i].id != NULL && strcmp(levels[i].id, id) == 0);
        }
        if (!taken) {
            return id;
        }
    }
}

// Two answers with the same words cannot be told apart.
static enum err check_words(const struct answer *const *kept, size_t n, struct err_info *e)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(kept[i]->values[TITLE].text, kept[k]->values[TITLE].text) == 0) {
                return err_set(e, ERR_INPUT, kept[i]->fields[TITLE].name, MSG("Two answers have the words “{0}”."),
                               MSG("Reword one of them."), kept[i]->values[TITLE].text, NULL);
            }
        }
    }
    return n >= 2 ? ERR_NONE
                  : err_set(e, ERR_INPUT, "", MSG("A scale has at least two answers."),
                            MSG("Keep one more, or add one."), NULL);
}

static enum err read_scale(struct req *r, const struct pack_scale *old, struct pack_scale *out, struct err_info *e)
{
    struct answers all;
    begin_answers(r, old, &all);
    const struct answer **kept = ARENA_ARRAY(r->arena, const struct answer *, all.n);
    struct value *name = &all.form.values[0];
    size_t n = 0;
    enum err err = field_parse(r->arena, &name_field, req_posted(r, name_field.name), 0, name, e);
    for (size_t i = 0; err == ERR_NONE && i < all.n; i++) {
        bool there;
        err = read_answer(r, &all.items[i], &there, e);
        if (err == ERR_NONE && there) {
            kept[n++] = &all.items[i];
        }
    }
    if (err == ERR_NONE) {
        err = check_words(kept, n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    sort_items(kept, n, sizeof *kept, by_place);
    struct pack_level *levels = ARENA_ARRAY(r->arena, struct pack_level, n);
    for (size_t i = 0; i < n; i++) {
        const struct answer *x = kept[i];
        levels[i] = (struct pack_level){.id = x->level != NULL ? x->level->id : fresh_id(r, levels, n, old),
                                        .title = x->values[TITLE].text,
                                        .meaning = x->values[MEANING].set ? x->values[MEANING].text : NULL};
    }
    *out = (struct pack_scale){
        .id = old->id, .title = name->set ? name->text : NULL, .levels = levels, .n_levels = (unsigned)n};
    return ERR_NONE;
}

static enum err set_scale(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    const struct pack_scale *old;
    struct pack_scale scale;
    enum err err = own_check_read(r, x, e);
    if (err == ERR_NONE) {
        err = find_scale(r, x->tool->pack, x->tool, &old, e);
    }
    if (err == ERR_NONE) {
        err = read_scale(r, old, &scale, e);
    }
    if (err == ERR_NONE && !is_of_pack(x->tool->pack, old->id)) {
        scale.id = arena_printf(r->arena, "%s-%s", x->tool->id, old->id);
    }
    if (err == ERR_NONE) {
        err = pack_own_scale_put(x, r->arena, &scale, req_posted(r, "read_head"), e);
    }
    if (err == ERR_NONE) {
        draft_change_scale(x->tool, old->id, scale.id);
    }
    return err;
}

static enum err scale_post(struct req *r, struct reply *p, struct err_info *e)
{
    const char *version;
    enum err err = own_tool_change(r, set_scale, NULL, &version, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The answers are saved.")), version);
        reply_redirect(r, p, "/library/{0}/{1}/edit", req_capture(r, "pack"), req_capture(r, "tool"), NULL);
    }
    return err;
}

static const struct field scale_fields[] = {
    {.name = "scale", .label = MSG("Answers"), .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 100},
};

const struct route pack_edit_scale_page = {
    .path = "/library/{pack}/{tool}/scale",
    .needs = MAY_ADMINISTER,
    .get = scale_get,
    .post = scale_post,
    .fields = scale_fields,
    .n_fields = COUNT_OF(scale_fields),
    .also = (const char *const[]){"name", "title/*", "place/*", "meaning/*", "gone/*", "read_version", "read_head", NULL},
    .title = MSG("Words of the answers"),
    .menu = MENU_LIBRARY,
};
