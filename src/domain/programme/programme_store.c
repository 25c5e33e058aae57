// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_store.c: see programme_store.h. Each function runs one statement.

#include "programme/programme_store.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "programme/programme_sql.h"

const char *programme_like(struct arena *a, const char *piece)
{
    if (piece == NULL || piece[0] == '\0') {
        return NULL;
    }
    struct buf b;
    buf_init(&b, a, (size_t)2 * LIMIT_TEXT_BYTES);
    buf_char(&b, '%');
    for (const char *p = piece; *p != '\0'; p++) {
        if (*p == '%' || *p == '_' || *p == '\\') {
            buf_char(&b, '\\');
        }
        buf_char(&b, *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p);
    }
    buf_char(&b, '%');
    return b.data;
}

// A code as it is looked for in a list of codes: "% NE %".
static const char *code_like(struct arena *a, const char *code)
{
    return code == NULL ? NULL : arena_printf(a, "%% %s %%", code);
}

// ---- the list of programmes ---------------------------------------------------------------------

// The rows of both statements are alike.
#define TAKE_ROW(from, to)                                                                   \
    do {                                                                                           \
        (to) = (struct programme_row){                                                             \
            .id = (from).id, .number = (from).number, .title = (from).title,                       \
            .crime = (from).crime, .state = (from).state, .starts_on = (from).starts_on,           \
            .ends_on = (from).ends_on, .currency = (from).currency,                                \
            .n_countries = codes_count((from).countries),                                          \
            .has_approved = (from).has_approved_total, .approved = (from).approved_total};         \
    } while (0)

static enum err load_by_number(struct db_read *db, struct arena *a,
                               const struct programme_ask *ask, struct programme_row **rows,
                               size_t *n, int64_t *total, struct err_info *e)
{
    const struct programme_page_in in = {
        .readable = ask->readable, .search = programme_like(a, ask->search),
        .country = code_like(a, ask->search_country), .has_country = code_like(a, ask->country),
        .crime = ask->crime, .state = ask->state, .area = code_like(a, ask->area),
        .narrowed = ask->readable != NULL || programme_like(a, ask->search) != NULL ||
                    ask->country != NULL || ask->crime != NULL || ask->state != NULL ||
                    ask->area != NULL,
        .most = ask->most, .skip = ask->skip};
    struct programme_page_row *found;
    enum err err = programme_page_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY_UNSET(a, struct programme_row, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        TAKE_ROW(found[i], (*rows)[i]);
    }
    *total = *n == 0 ? 0 : found[0].total;
    return ERR_NONE;
}

enum err programme_list_load(struct db_read *db, struct arena *a, const struct programme_ask *ask,
                             struct programme_row **rows, size_t *n, int64_t *total,
                             struct err_info *e)
{
    if (ask->sort == NULL) {
        return load_by_number(db, a, ask, rows, n, total, e);
    }
    const struct programme_page_sorted_in in = {
        .readable = ask->readable, .search = programme_like(a, ask->search),
        .country = code_like(a, ask->search_country), .has_country = code_like(a, ask->country),
        .crime = ask->crime, .state = ask->state, .area = code_like(a, ask->area),
        .sort = ask->sort, .down = ask->descending, .most = ask->most, .skip = ask->skip};
    struct programme_page_sorted_row *found;
    enum err err = programme_page_sorted_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY_UNSET(a, struct programme_row, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        TAKE_ROW(found[i], (*rows)[i]);
    }
    *total = *n == 0 ? 0 : found[0].total;
    return ERR_NONE;
}

// ---- people -------------------------------------------------------------------------------------

enum err programme_people_load(struct db_read *db, struct arena *a, const char *programme_id,
                               struct programme_people *out, struct err_info *e)
{
    const struct programme_people_in in = {.programme_id = programme_id};
    struct programme_people_row *rows;
    *out = (struct programme_people){0};
    enum err err = programme_people_all(a, db, &in, &rows, &out->n, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct programme_person *all = ARENA_ARRAY(a, struct programme_person, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        all[i] = (struct programme_person){rows[i].id, rows[i].name, rows[i].may == 1};
    }
    out->all = all;
    return ERR_NONE;
}

const char *programme_person_name(const struct programme_people *people, const char *id)
{
    for (size_t i = 0; id != NULL && i < people->n; i++) {
        if (strcmp(people->all[i].id, id) == 0) {
            return people->all[i].name;
        }
    }
    return NULL;
}

const struct choice *programme_people_choices(struct arena *a,
                                              const struct programme_people *people,
                                              const char *keep, size_t *n)
{
    struct choice *list = ARENA_ARRAY(a, struct choice, people->n + 1);
    *n = 0;
    for (size_t i = 0; i < people->n; i++) {
        const struct programme_person *p = &people->all[i];
        if (p->may || (keep != NULL && strcmp(keep, p->id) == 0)) {
            list[(*n)++] = (struct choice){p->id, p->name};
        }
    }
    return list;
}

// ---- parts of one programme ---------------------------------------------------------------------

enum err programme_donors_load(struct db_read *db, struct arena *a, const char *programme_id,
                               struct programme_donor **rows, size_t *n, struct err_info *e)
{
    const struct programme_donors_in in = {.programme_id = programme_id};
    struct programme_donors_row *found;
    enum err err = programme_donors_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct programme_donor, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*rows)[i] = (struct programme_donor){found[i].id, found[i].name, found[i].has_amount,
                                              found[i].amount};
    }
    return ERR_NONE;
}

enum err programme_assessments_load(struct db_read *db, struct arena *a, const char *programme_id,
                                    struct programme_assessment **rows, size_t *n,
                                    struct err_info *e)
{
    const struct programme_assessments_in in = {.programme_id = programme_id};
    struct programme_assessments_row *found;
    enum err err = programme_assessments_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct programme_assessment, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*rows)[i] = (struct programme_assessment){
            .id = found[i].id, .tool = found[i].tool, .pack = found[i].pack,
            .title = found[i].title, .state = found[i].state, .changed_at = found[i].changed_at,
            .answers = found[i].answers};
    }
    return ERR_NONE;
}

enum err programme_documents_load(struct db_read *db, struct arena *a, const char *programme_id,
                                  const char *search, int64_t most, int64_t skip,
                                  struct programme_document **rows, size_t *n, int64_t *total,
                                  struct err_info *e)
{
    const struct programme_documents_in in = {.programme_id = programme_id,
                                              .search = programme_like(a, search), .most = most,
                                              .skip = skip};
    struct programme_documents_row *found;
    enum err err = programme_documents_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct programme_document, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct programme_documents_row *f = &found[i];
        (*rows)[i] = (struct programme_document){
            .id = f->id, .about_kind = f->about_kind, .about_id = f->about_id, .title = f->title,
            .link = f->link, .file_hash = f->file_hash, .file_name = f->file_name,
            .media_type = f->media_type, .note = f->note, .changed_at = f->changed_at,
            .about = f->about, .file_size = f->has_file_size ? f->file_size : 0};
    }
    *total = *n == 0 ? 0 : found[0].total;
    return ERR_NONE;
}

enum err programme_actions_load(struct db_read *db, struct arena *a, const char *programme_id,
                                const char *state, const char *owner_id, const char *today,
                                int64_t most, int64_t skip, struct programme_action **rows,
                                size_t *n, int64_t *total, int64_t *late, struct err_info *e)
{
    const struct programme_actions_in in = {.programme_id = programme_id, .state = state,
                                            .owner_id = owner_id, .today = today, .most = most,
                                            .skip = skip};
    struct programme_actions_row *found;
    enum err err = programme_actions_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct programme_action, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct programme_actions_row *f = &found[i];
        (*rows)[i] = (struct programme_action){
            .id = f->id, .about_kind = f->about_kind, .about_id = f->about_id, .what = f->what,
            .owner_id = f->owner_id, .owner = f->owner, .due_on = f->due_on, .state = f->state,
            .done_on = f->done_on, .about = f->about};
    }
    *total = *n == 0 ? 0 : found[0].total;
    *late = *n == 0 ? 0 : found[0].late;
    return ERR_NONE;
}

enum err programme_late_load(struct db_read *db, struct arena *a, const char *programme_id,
                             const char *today, struct programme_late **rows, size_t *n,
                             struct err_info *e)
{
    const struct programme_late_actions_in in = {.programme_id = programme_id, .today = today};
    struct programme_late_actions_row *found;
    enum err err = programme_late_actions_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct programme_late, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*rows)[i] = (struct programme_late){found[i].id, found[i].programme, found[i].what,
                                             found[i].due_on, found[i].has_owner == 1};
    }
    return ERR_NONE;
}

enum err programme_changes_load(struct db_read *db, struct arena *a, const char *programme_id,
                                const char *kind, int64_t most, int64_t skip,
                                struct programme_change **rows, size_t *n, int64_t *total,
                                struct err_info *e)
{
    const struct programme_changes_in in = {
        .programme_id = programme_id, .kind = kind, .most = most, .skip = skip};
    struct programme_changes_row *found;
    enum err err = programme_changes_all(a, db, &in, &found, n, e);
    if (err != ERR_NONE) {
        return err;
    }
    *rows = ARENA_ARRAY(a, struct programme_change, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct programme_changes_row *f = &found[i];
        (*rows)[i] = (struct programme_change){
            .change = {.hash = f->hash, .kind = f->kind, .record_id = f->record_id, .op = f->op,
                       .base = f->base, .fields = f->fields, .actor = f->actor,
                       .reason = f->reason, .wall = f->wall},
            .newest = f->newest == 1};
        if (strcmp(f->kind, STORE_BUNDLE) == 0) {
            struct change *c = &(*rows)[i].change;
            const struct entity *of = store_bundle_kind(a, f->fields, kind, &c->many);
            c->kind = of == NULL ? f->kind : of->kind;
            c->fields = NULL;
            (*rows)[i].newest = false; // each of its changes is undone where its record is
        }
    }
    *total = *n == 0 ? 0 : found[0].total;
    return ERR_NONE;
}

enum err programme_change_kinds_load(struct db_read *db, struct arena *a, const char *programme_id,
                                     const char *const **kinds, struct err_info *e)
{
    const struct programme_change_kinds_in in = {.programme_id = programme_id};
    struct programme_change_kinds_row *found;
    size_t n;
    enum err err = programme_change_kinds_all(a, db, &in, &found, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t n_all;
    const struct entity *const *all = model_all(&n_all);
    const char **list = ARENA_ARRAY(a, const char *, n_all + 1);
    for (size_t i = 0, n_list = 0; i < n_all; i++) {
        bool changed = false;
        for (size_t k = 0; k < n && !changed; k++) {
            changed = strcmp(found[k].kind, all[i]->kind) == 0 || store_bundle_has(found[k].holds, all[i]->kind);
        }
        if (changed) {
            list[n_list++] = all[i]->kind;
        }
    }
    *kinds = list;
    return ERR_NONE;
}
