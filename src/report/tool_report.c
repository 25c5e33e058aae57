// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_report.c: see tool_report.h.

#include "report/tool_report.h"

#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "db/db.h"
#include "diligence/diligence.h"
#include "os/random.h"
#include "place/place.h"
#include "publication/publication.h"
#include "report/report_file.h"
#include "store/store.h"

// ---- small helps --------------------------------------------------------------------------------

const char *tool_words(const struct tool_report *t, const char *context, const char *english)
{
    return english == NULL ? "" : pack_words(t->tool->pack, t->lang, context, english);
}

struct report_table *tool_table(struct tool_report *t, const char *caption,
                                const char *const *headings, int n)
{
    struct report_column *columns = ARENA_ARRAY(t->arena, struct report_column, (size_t)n);
    for (int i = 0; i < n; i++) {
        columns[i] = (struct report_column){.name = tr(t->lang, headings[i])};
    }
    struct report_table *table = report_table(t->report, caption, columns, n);
    table->by_hand = t->blank;
    return table;
}

const char *tool_boxes(struct tool_report *t, const struct pack_scale *scale, const char *value)
{
    const char *text = "";
    for (unsigned i = 0; i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        bool ticked = value != NULL && strcmp(level->id, value) == 0;
        text = arena_printf(t->arena, "%s%s%s %s", text, i == 0 ? "" : "   ", ticked ? "☒" : "☐",
                            tool_words(t, level->id, level->title));
    }
    if (value != NULL && value[0] != '\0' && scale_level(scale, value) == NULL) { // the scale had it once
        text = arena_printf(t->arena, "%s   ☒ %s", text,
                            tr_f(t->arena, t->lang, MSG("{0} (no longer an answer)"), value, NULL));
    }
    return text;
}

const char *tool_room(const struct tool_report *t)
{
    return t->blank ? "……………………………………………\n……………………………………………" : "";
}

const char *tool_row_text(struct tool_report *t, const struct pack_row *row)
{
    return arena_printf(t->arena, "%s %s", row->id, tool_words(t, row->id, row->text));
}

void tool_section_head(struct tool_report *t, const struct pack_section *section)
{
    if (section == NULL) {
        return;
    }
    report_heading(t->report, 1, tool_words(t, section->id, section->title));
    if (section->help != NULL) {
        report_paragraph(t->report, tool_words(t, section->id, section->help));
    }
    if (section->source != NULL) {
        report_source(t->report, tool_words(t, section->id, section->source));
    }
}

bool tool_in_section(const struct pack_row *row, const struct pack_section *section)
{
    return section == NULL || (row->section != NULL && strcmp(row->section, section->id) == 0);
}

// ---- the subject --------------------------------------------------------------------------------

static enum err not_found(const struct tool_report *t, const char *code, struct err_info *e)
{
    static const char *const mends[] = {
        [PACK_SUBJECT_NONE] = "",
        [PACK_SUBJECT_PROGRAMME] = MSG("Give the number of a programme, for example GLOT59."),
        [PACK_SUBJECT_COUNTRY] = MSG("Give the two letters of a country, for example KE."),
        [PACK_SUBJECT_PUBLICATION] =
            MSG("Give programme and publication, for example SAMPLE1/FILM1."),
        [PACK_SUBJECT_RECIPIENT] = MSG("Give the id of a due diligence case, or a country for its newest one."),
    };
    return err_set(e, ERR_NOT_FOUND, "subject", MSG("There is no {0} “{1}”."),
                   mends[t->tool->subject], tr(t->lang, pack_subject_label(t->tool->subject)), code,
                   NULL);
}

static enum err get(struct tool_report *t, const char *kind, const char *code,
                    const struct record **out, struct err_info *e)
{
    struct record *found = NULL;
    struct err_info inner;
    const struct entity *entity = model_find(kind);
    enum err err = entity == NULL ? ERR_NOT_FOUND
                                  : store_get(t->db, t->arena, entity, code, &found, &inner);
    if (err != ERR_NONE && err != ERR_NOT_FOUND) {
        *e = inner;
        return err;
    }
    *out = found;
    return err == ERR_NONE ? ERR_NONE : not_found(t, code, e);
}

// "SAMPLE1/FILM1"
static enum err find_publication(struct tool_report *t, const char *code,
                                 const char **programme_id, struct err_info *e)
{
    const char *slash = strchr(code, '/');
    const struct record *programme = NULL;
    struct record **found;
    size_t n;
    if (slash == NULL) {
        return not_found(t, code, e);
    }
    enum err err = get(t, "programme", arena_copy_n(t->arena, code, (size_t)(slash - code)),
                       &programme, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct store_filter filters[] = {
        {.field = "programme_id", .op = STORE_EQUAL, .text = programme->id},
        {.field = id_is_valid(slash + 1) ? "id" : "code", .op = STORE_EQUAL, .text = slash + 1}};
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .limit = 1};
    err = store_list(t->db, t->arena, &entity_publication, &q, &found, &n, e);
    if (err == ERR_NONE && n == 0) {
        err = not_found(t, code, e);
    }
    if (err == ERR_NONE) {
        *programme_id = programme->id;
        t->record = found[0];
        t->subject = record_title(found[0]);
        t->of.publication_id = found[0]->id;
    }
    return err;
}

static bool is_of(const struct tool_report *t, const struct record *c)
{
    return strcmp(diligence_tool_id(c), t->tool->id) == 0;
}

// A case by its id, or the newest about a country; worked through with this tool.
static enum err find_case(struct tool_report *t, const char *code, const char **programme_id,
                          struct err_info *e)
{
    const struct store_filter about = {.field = "country", .op = STORE_EQUAL, .text = code};
    const struct store_query newest = {
        .filters = &about, .n_filters = 1, .order = "id", .descending = true};
    struct record **found;
    const struct record *fits = NULL;
    size_t n = 0;
    enum err err = ERR_NONE;
    if (country_name(code) != NULL) {
        err = store_list(t->db, t->arena, &entity_due_diligence, &newest, &found, &n, e);
    } else {
        err = get(t, "due_diligence", code, &fits, e);
    }
    for (size_t i = 0; i < n && (fits == NULL || !is_of(t, fits)); i++) {
        fits = found[i];
    }
    fits = fits == NULL || is_of(t, fits) ? fits : NULL;
    if (err == ERR_NONE && fits == NULL) {
        err = err_set(e, ERR_NOT_FOUND, "subject",
                      MSG("There is no due diligence “{0}” that was worked through with tool {1}."),
                      MSG("Give the id of a due diligence case, or a country for its newest one."), code,
                      t->tool->id, NULL);
    }
    if (err == ERR_NONE) {
        t->record = fits;
        err = store_programme_of(t->db, t->arena, t->record, programme_id, e);
        t->subject = record_title(t->record);
    }
    return err;
}

enum err tool_report_subject(struct tool_report *t, const char *code, const char **programme_id,
                             struct err_info *e)
{
    enum err err = ERR_NONE;
    *programme_id = NULL;
    switch (t->tool->subject) {
    case PACK_SUBJECT_COUNTRY:
        if (country_name(code) == NULL) {
            return not_found(t, code, e);
        }
        t->of.country = code;
        t->subject = tr(t->lang, country_name(code));
        return ERR_NONE;
    case PACK_SUBJECT_PUBLICATION: return find_publication(t, code, programme_id, e);
    case PACK_SUBJECT_RECIPIENT: return find_case(t, code, programme_id, e);
    default:
        err = get(t, "programme", code, &t->record, e);
        if (err == ERR_NONE) {
            t->of.programme_id = t->record->id;
            t->subject = record_text(t->record, "number");
            *programme_id = t->record->id;
        }
        return err;
    }
}

// ---- making -------------------------------------------------------------------------------------

static enum err load_round(struct tool_report *t, struct err_info *e)
{
    bool fits = pack_tool_is_answered(t->tool);
    struct assessment_rounds *rounds = ARENA_MAKE(t->arena, struct assessment_rounds);
    if (t->blank || !fits) {
        return ERR_NONE;
    }
    enum err err = assessment_rounds_load(t->db, t->arena, &t->of, t->tool->id, rounds, e);
    if (err != ERR_NONE) {
        return err;
    }
    bool newest = t->round_id == NULL || t->round_id[0] == '\0';
    for (size_t i = 0; i < rounds->n && t->round == NULL; i++) { // newest first
        t->round = newest || strcmp(rounds->items[i].record->id, t->round_id) == 0 ? &rounds->items[i] : NULL;
    }
    t->is_earlier = t->round != NULL && t->round != &rounds->items[0];
    return newest || t->round != NULL
               ? ERR_NONE
               : err_set(e, ERR_NOT_FOUND, "round", MSG("There is no such round."),
                         MSG("Choose one on the page of the tool."), NULL);
}

static enum err head(struct tool_report *t, struct err_info *e)
{
    struct arena *a = t->arena;
    const struct pack *pack = t->tool->pack;
    const char *title = tool_words(t, t->tool->id, t->tool->title);
    enum err err = report_begin(
        a, t->blank ? NULL : t->db, t->lang,
        t->blank ? title : tr_f(a, t->lang, MSG("{0}: {1}"), title, t->subject, NULL), &t->report,
        e);
    if (err != ERR_NONE) {
        return err;
    }
    t->report->subtitle = tr_f(a, t->lang, MSG("{0}, version {1} of {2}"), t->tool->source,
                               pack->version, pack_words(pack, t->lang, pack->id, pack->title),
                               NULL);
    t->report->paper = REPORT_A4_LANDSCAPE;
    report_paragraph(t->report, tool_words(t, t->tool->id, t->tool->purpose));
    if (t->round != NULL) {
        struct report_block *p = report_paragraph(t->report, NULL);
        const char *state = record_text(t->round->record, "state");
        report_add_text(t->report, p, tr(t->lang, MSG("State: ")));
        report_add_strong(t->report, p, tr(t->lang, assessment_state_label(state)));
        report_add_text(
            t->report, p,
            tr_f(a, t->lang, MSG(". Last change {0}."),
                 date_for_people(a, t->lang, arena_copy_n(a, t->round->touched_at, 10)), NULL));
        if (t->is_earlier) {
            report_note(t->report, tr(t->lang, MSG("This is an earlier round. It is kept as it was and cannot be "
                                                   "changed.")));
        }
    }
    if (t->tool->goal != NULL) {
        report_paragraph(t->report, tool_words(t, t->tool->id, t->tool->goal));
    }
    if (t->tool->rights_goal != NULL) {
        report_paragraph(t->report, tool_words(t, t->tool->id, t->tool->rights_goal));
    }
    return ERR_NONE;
}

static enum err body(struct tool_report *t, struct err_info *e)
{
    switch (t->tool->kind) {
    case PACK_KIND_CHECKLIST:
    case PACK_KIND_QUESTION_TABLE:
    case PACK_KIND_PROFILE: return tool_asked(t, e);
    case PACK_KIND_RATING_MATRIX: return tool_matrix(t, e);
    case PACK_KIND_RISK_TABLE: return tool_risks(t, e);
    case PACK_KIND_INDICATOR_SET: return tool_indicators(t, e);
    case PACK_KIND_INSTRUMENTS: return tool_treaties(t, e);
    case PACK_KIND_ADVOCACY_TABLE: return tool_arguments(t, e);
    default: return tool_read(t, e);
    }
}

enum err tool_report_make(struct tool_report *t, struct report **out, struct err_info *e)
{
    bool snapshot = !t->blank;
    if (snapshot) { // all parts see the same state of the records
        enum err err = db_snapshot_begin(t->db, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    enum err err = load_round(t, e);
    if (err == ERR_NONE) {
        err = head(t, e);
    }
    if (err == ERR_NONE) {
        err = body(t, e);
    }
    if (snapshot) {
        db_snapshot_end(t->db);
    }
    *out = t->report;
    return err;
}
