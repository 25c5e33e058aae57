// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_edit_scale_web.c: /library/{pack}/{tool}/scale: the answers of a tool of the office in words of its own.
//
// A scale of another pack is copied first, so that the other tools on it keep theirs; levels keep their ids, so that
// answers that were given stay what they are.

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "html/form.h"
#include "pack/pack_edit_scale.html.h"
#include "pack/pack_own_web.h"

#define MOST_LEVELS 12
#define NEW_LEVELS 2
#define MEANING_BYTES 1000
#define WORDS_BYTES 120

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

// ---- the page -----------------------------------------------------------------------------------

static const char *field_of(struct req *r, const char *what, const char *level)
{
    return arena_printf(r->arena, "%s/%s", what, level);
}

static struct scale_cell cell_of(struct req *r, const char *what, const char *level, const char *stored)
{
    const char *name = field_of(r, what, level);
    const struct form_error *wrong = form_error_of(r->form, name);
    return (struct scale_cell){
        .name = name,
        .value = r->n_posted > 0 ? req_posted(r, name) : stored == NULL ? "" : stored,
        .error = wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info)};
}

static struct scale_line line_of(struct req *r, const char *level, const char *title, const char *meaning,
                                 size_t place)
{
    return (struct scale_line){.title = cell_of(r, "title", level, title),
                               .meaning = cell_of(r, "meaning", level, meaning),
                               .place = cell_of(r, "place", level, arena_printf(r->arena, "%zu", place)),
                               .gone = field_of(r, "gone", level),
                               .is_gone = req_posted(r, field_of(r, "gone", level))[0] != '\0',
                               .is_new = title == NULL};
}

static const char *new_level(struct req *r, int i)
{
    return arena_printf(r->arena, "new-%d", i + 1);
}

static enum err scale_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct own_tool t;
    const struct pack_scale *scale;
    size_t n_crumbs;
    enum err err = own_tool_load(r, &t, e);
    if (err == ERR_NONE) {
        err = find_scale(r, t.pack, t.draft, &scale, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    bool own = is_of_pack(t.pack, scale->id);
    struct pack_edit_scale_view v = {.form = r->form,
                                     .action = r->path,
                                     .cancel = own_tool_address(r, "/edit"),
                                     .scale = scale->id,
                                     .version = t.file->version,
                                     .name = cell_of(r, "name", "scale", scale->title),
                                     .is_copied = !own,
                                     .others = own ? others_in_words(r, t.pack, t.draft, scale->id) : NULL,
                                     .lines = ARENA_ARRAY(r->arena, struct scale_line, MOST_LEVELS + NEW_LEVELS)};
    for (unsigned i = 0; i < scale->n_levels; i++) {
        const struct pack_level *l = &scale->levels[i];
        v.lines[v.n_lines++] = line_of(r, l->id, l->title, l->meaning, i + 1);
    }
    for (int i = 0; i < NEW_LEVELS && v.n_lines < MOST_LEVELS; i++) {
        v.lines[v.n_lines] = line_of(r, new_level(r, i), NULL, NULL, v.n_lines + 1);
        v.n_lines++;
    }
    const struct crumb *crumbs = own_tool_crumbs(r, &t, true, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Words of the answers")),
                              .about = tr(r->lang, MSG("Reword the answers, add some or take some away, and put "
                                                       "them in order. Answers that were given already keep "
                                                       "their meaning only as far as the words do.")),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    pack_edit_scale_html(&h, &v);
    return page_end(&h, e);
}

// ---- saving -------------------------------------------------------------------------------------

struct typed_level {
    struct pack_level level;
    long place;
    size_t typed; // where it stood in the form, which decides between equal places
};

static int by_place(const void *a, const void *b)
{
    const struct typed_level *x = a, *y = b;
    return x->place != y->place ? (x->place < y->place ? -1 : 1) : (x->typed > y->typed) - (x->typed < y->typed);
}

static enum err too_long(const char *field, const char *most, struct err_info *e)
{
    return err_set(e, ERR_INPUT, field, MSG("This is longer than {0} characters."), MSG("Shorten it."), most, NULL);
}

// One level as it was typed; *there is false for one that is taken away, and for an empty new one.
static enum err read_level(struct req *r, const char *name, bool new, struct typed_level *out, bool *there,
                           struct err_info *e)
{
    const char *title = req_posted(r, field_of(r, "title", name));
    const char *meaning = req_posted(r, field_of(r, "meaning", name));
    const char *place = req_posted(r, field_of(r, "place", name));
    char *end;
    out->place = strtol(place, &end, 10);
    *there = req_posted(r, field_of(r, "gone", name))[0] == '\0' && (!new || title[0] != '\0' || meaning[0] != '\0');
    if (!*there) {
        return ERR_NONE;
    }
    if (title[0] == '\0') {
        return err_set(e, ERR_INPUT, field_of(r, "title", name), MSG("The answer has no words."),
                       MSG("Write what people choose, or take the answer away."), NULL);
    }
    if (place[0] == '\0' || *end != '\0' || out->place < 1 || out->place > 99) {
        return err_set(e, ERR_INPUT, field_of(r, "place", name), MSG("The place is a number from 1 to 99."),
                       MSG("1 stands first."), NULL);
    }
    out->level.title = title;
    out->level.meaning = meaning[0] == '\0' ? NULL : meaning;
    return strlen(title) > WORDS_BYTES       ? too_long(field_of(r, "title", name), "120", e)
           : strlen(meaning) > MEANING_BYTES ? too_long(field_of(r, "meaning", name), "1,000", e)
                                             : ERR_NONE;
}

// An id that no level of the scale has.
static const char *fresh_id(struct req *r, const struct typed_level *levels, size_t n, const struct pack_scale *old)
{
    for (int k = 1;; k++) {
        const char *id = arena_printf(r->arena, "own-%d", k);
        bool taken = scale_level(old, id) != NULL;
        for (size_t i = 0; i < n; i++) {
            taken = taken || strcmp(levels[i].level.id, id) == 0;
        }
        if (!taken) {
            return id;
        }
    }
}

// Two answers with the same words cannot be told apart.
static enum err check_words(struct req *r, const struct typed_level *levels, size_t n, struct err_info *e)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(levels[i].level.title, levels[k].level.title) == 0) {
                return err_set(e, ERR_INPUT, field_of(r, "title", levels[i].level.id),
                               MSG("Two answers have the words “{0}”."), MSG("Reword one of them."),
                               levels[i].level.title, NULL);
            }
        }
    }
    return n >= 2 ? ERR_NONE
                  : err_set(e, ERR_INPUT, "", MSG("A scale has at least two answers."),
                            MSG("Keep one more, or add one."), NULL);
}

static enum err read_scale(struct req *r, const struct pack_scale *old, struct pack_scale *out, struct err_info *e)
{
    struct typed_level *levels = ARENA_ARRAY(r->arena, struct typed_level, MOST_LEVELS + NEW_LEVELS);
    size_t n = 0;
    enum err err = ERR_NONE;
    for (unsigned i = 0; err == ERR_NONE && i < old->n_levels + NEW_LEVELS && n < MOST_LEVELS; i++) {
        bool new = i >= old->n_levels, there;
        const char *name = new ? new_level(r, (int)(i - old->n_levels)) : old->levels[i].id;
        levels[n] = (struct typed_level){.typed = i};
        if (!new) {
            levels[n].level = old->levels[i];
        }
        err = read_level(r, name, new, &levels[n], &there, e);
        if (err == ERR_NONE && there) {
            levels[n].level.id = new ? fresh_id(r, levels, n, old) : old->levels[i].id;
            n++;
        }
    }
    if (err == ERR_NONE) {
        err = check_words(r, levels, n, e);
    }
    const char *title = req_posted(r, "name/scale");
    if (err == ERR_NONE && strlen(title) > WORDS_BYTES) {
        err = too_long("name/scale", "120", e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    qsort(levels, n, sizeof *levels, by_place);
    struct pack_level *sorted = ARENA_ARRAY(r->arena, struct pack_level, n);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = levels[i].level;
        sorted[i].row = NULL; // it is no longer what the document says
    }
    *out = (struct pack_scale){
        .id = old->id, .title = title[0] == '\0' ? NULL : title, .levels = sorted, .n_levels = (unsigned)n};
    return ERR_NONE;
}

static enum err set_scale(struct req *r, struct pack_own_edit *x, void *with, struct err_info *e)
{
    (void)with;
    const struct pack_scale *old;
    struct pack_scale scale;
    const char *read = req_posted(r, "read_version");
    if (read[0] != '\0' && strcmp(read, x->record->version) != 0) {
        return err_set(e, ERR_CONFLICT, NULL, MSG("Somebody else changed this tool while you were working on it."),
                       MSG("Look at the row as it is now, then enter your change again."), NULL);
    }
    enum err err = find_scale(r, x->tool->pack, x->tool, &old, e);
    if (err == ERR_NONE) {
        err = read_scale(r, old, &scale, e);
    }
    if (err == ERR_NONE && !is_of_pack(x->tool->pack, old->id)) {
        scale.id = arena_printf(r->arena, "%s-%s", x->tool->id, old->id);
    }
    if (err == ERR_NONE) {
        err = pack_own_scale_put(x, r->arena, &scale, e);
    }
    if (err == ERR_NONE && strcmp(scale.id, old->id) != 0) {
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
    .title = MSG("Words of the answers"),
    .menu = MENU_LIBRARY,
};
