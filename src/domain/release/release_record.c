// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_record.c: rules over one release; what its fields hold, as a table.

#include "release/release_record.h"

#include <string.h>

#include "base/limits.h"
#include "release/release_beside.h"
#include "release/release_share.h"
#include "release/release_table.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

bool release_is(const struct record *r, const char *state)
{
    return strcmp(record_text(r, "state"), state) == 0;
}

bool release_has_left(const struct record *r)
{
    return release_is(r, "published") || release_is(r, "withdrawn");
}

enum err release_record_check(const struct record *r, struct err_info *e)
{
    return release_check_name(record_text(r, "code"), e);
}

enum err release_check_name(const char *name, struct err_info *e)
{
    const char *ending = strlen(name) > 4 ? name + strlen(name) - 4 : "";
    if (name[strspn(name, NAME_LETTERS)] != '\0' || name[0] == '.' || strcmp(ending, ".csv") == 0 ||
        strcmp(name, "new") == 0) {
        return err_set(e, ERR_INPUT, "code", MSG("A name is made of letters, digits, “-”, “_” and “.”."),
                       MSG("For example trained-2026."), NULL);
    }
    return ERR_NONE;
}

bool release_entry_of(struct arena *a, const struct record *r, struct release_entry *out)
{
    const struct release_columns columns = {0};
    const char *csv = record_text(r, "counts");
    struct err_info ignored = {0};
    *out = (struct release_entry){.id = r->id, .name = record_text(r, "code"),
                                  .cutoff_on = record_text(r, "cutoff_on")};
    if (release_table_read_published(a, &columns, csv, strlen(csv), &out->table, &ignored) != ERR_NONE ||
        out->table.base < RELEASE_LEAST_BASE) {
        return false;
    }
    out->period = release_period_of(out->table.frame);
    for (size_t cell = 0; cell < out->table.frame->n_cells; cell++) {
        bool shown = out->table.seen == NULL || out->table.seen[cell] == RELEASE_SHOWN;
        if (!shown || out->table.counts[cell] % out->table.base != 0) {
            return false;
        }
    }
    return release_periods_read(a, record_text(r, "periods"), out);
}

void release_set_state(struct record *r, const char *state, const char *reason)
{
    record_set_text(r, "state", state);
    if (reason != NULL) {
        record_set_text(r, "reason", reason);
    }
}

void release_set_published(struct record *r, const char *actor, const char *today)
{
    record_set_text(r, "published_by", actor);
    record_set_text(r, "published_on", today);
    release_set_state(r, "published", NULL);
}

// ---- drawing ----------------------------------------------------------------------------------------------

static enum err too_large(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL, MSG("The table is too large for a release."),
                   MSG("Leave a dimension out, or choose fewer periods."), NULL);
}

static const char *collapsed_words(struct arena *a, const struct release_collapsed *c)
{
    const char *words = "";
    for (int i = 0; i < c->n_done; i++) {
        words = arena_printf(a, "%s%s%s", words, i == 0 ? "" : "; ", c->done[i]);
    }
    return words;
}

static const char *names_of(struct arena *a, const struct release_frame *f)
{
    const char *words = "";
    for (int d = 0; d < f->n; d++) {
        words = arena_printf(a, "%s%s%s", words, d == 0 ? "" : ",", f->of[d].name);
    }
    return words;
}

enum err release_draw_record(struct arena *a, const struct release_wish *wish, const struct release_outlook *x,
                             const unsigned char seed[RELEASE_SEED_BYTES], const char *maker, const char *today,
                             struct record **out, struct release_loss *loss, struct err_info *e)
{
    struct release_drawn drawn;
    struct buf csv;
    enum err err = release_draw_beside(a, &x->entry, x->collapsed.cube, x->counts, x->base, seed, &drawn, e);
    buf_init(&csv, a, LIMIT_EXPORT_BYTES);
    if (err == ERR_NONE) {
        err = release_table_write(drawn.rounded, "count", x->base, &csv, e);
    }
    if (err == ERR_NONE && (buf_is_full(&csv) || csv.len > RELEASE_TABLE_BYTES)) {
        err = too_large(e);
    }
    struct record *r = record_new(a, &entity_release);
    if (err == ERR_NONE) { // lines end as in all texts of records, so that a file with the record changes nothing
        size_t at = entity_field_index(&entity_release, "counts");
        err = field_parse(a, &entity_release.fields[at], arena_copy_n(a, csv.data, csv.len), 0, &r->values[at], e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    record_set_text(r, "programme_id", x->programme->id);
    record_set_text(r, "code", wish->name);
    record_set_text(r, "title", wish->title != NULL ? wish->title : record_text(x->indicator, "title"));
    record_set_text(r, "indicator_id", x->indicator->id);
    record_set_text(r, "split_by", names_of(a, x->entry.table.frame));
    if (release_share_of(x->entry.table.frame) >= 0) {
        record_set_text(r, "counted", record_text(x->indicator, "counted"));
        record_set_text(r, "counted_of", record_text(x->indicator, "counted_of"));
    }
    record_set_text(r, "class", wish->class_id == NULL ? RELEASE_DEFAULT_CLASS : wish->class_id);
    record_set_int(r, "base", x->base);
    record_set_text(r, "periods", release_periods_text(a, x->entry.periods, x->entry.n_periods));
    record_set_text(r, "cutoff_on", today);
    record_set_text(r, "collapsed", collapsed_words(a, &x->collapsed));
    record_set_int(r, "repeats", x->counted.repeats);
    record_set_text(r, "seed_commitment", arena_copy(a, drawn.commitment));
    record_set_text(r, "made_by", maker);
    record_set_text(r, "state", "draft");
    *out = r;
    *loss = drawn.loss;
    return ERR_NONE;
}
