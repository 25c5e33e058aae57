// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_web.c: see assessment_web.h.

#include "assessment/assessment_web.h"

#include <string.h>

#include "assessment/assessment_law.h"
#include "assessment/assessment_profile_web.h"
#include "base/bug.h"
#include "base/date.h"
#include "os/random.h"
#include "pack/pack_own.h"
#include "place/place.h"

// ---- kinds of tools ------------------------------------------------------------------------------

const struct checklist_pages *checklist_pages_of(const struct pack_tool *tool)
{
    static const struct checklist_pages questions = {0};
    switch (tool->kind) {
    case PACK_KIND_PROFILE: return &profile_pages;
    default: return &questions;
    }
}

// ---- what it is about ---------------------------------------------------------------------------

enum pack_subject checklist_subject(const struct req *r)
{
    return r->country != NULL                            ? PACK_SUBJECT_COUNTRY
           : req_capture(r, "publication")[0] != '\0' ? PACK_SUBJECT_PUBLICATION
                                                       : PACK_SUBJECT_PROGRAMME;
}

const char *checklist_subject_name(struct req *r, const struct checklist *c)
{
    return r->country != NULL       ? tr(r->lang, country_name(r->country))
           : c->publication != NULL ? record_text(c->publication, "title")
                                    : record_text(r->programme, "number");
}

static enum err find_subject(struct req *r, struct db_read *db, struct checklist *c, struct err_info *e)
{
    struct assessment_subject *of = &c->of;
    if (checklist_subject(r) == PACK_SUBJECT_COUNTRY) {
        of->country = r->country;
        return ERR_NONE;
    }
    if (checklist_subject(r) == PACK_SUBJECT_PROGRAMME) {
        of->programme_id = r->programme->id;
        return ERR_NONE;
    }
    const char *code = req_capture(r, "publication");
    const struct store_filter filters[] = {
        {.field = "programme_id", .op = STORE_EQUAL, .text = r->programme->id},
        {.field = id_is_valid(code) ? "id" : "code", .op = STORE_EQUAL, .text = code}};
    const struct store_query q = {.filters = filters, .n_filters = COUNT_OF(filters), .limit = 1};
    struct record **found;
    size_t n;
    enum err err = store_list(db, r->arena, model_find("publication"), &q, &found, &n, e);
    if (err == ERR_NONE && n == 0) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such publication."),
                       MSG("Choose one from the list of publications."), NULL);
    }
    if (err == ERR_NONE) {
        c->publication = found[0];
        of->publication_id = found[0]->id;
    }
    return err;
}

enum err checklist_load(struct req *r, struct db_read *db, struct checklist *out,
                        struct err_info *e)
{
    const struct pack_tool *tool = assessment_tool(req_capture(r, "tool"));
    if (tool == NULL) { // the office may have made it a moment ago, in another process
        enum err looked = pack_own_look(db, e);
        if (looked != ERR_NONE) {
            return looked;
        }
        tool = assessment_tool(req_capture(r, "tool"));
    }
    *out = (struct checklist){.tool = tool, .state = ""};
    if (tool == NULL || tool->subject != checklist_subject(r)) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such checklist."),
                       MSG("Choose one from the list of checklists."), NULL);
    }
    enum err err = find_subject(r, db, out, e);
    if (err == ERR_NONE) {
        err = assessment_rounds_load(db, r->arena, &out->of, tool->id, &out->rounds, e);
    }
    if (err == ERR_NONE) {
        err = programme_people_load(db, r->arena, r->programme == NULL ? NULL : r->programme->id,
                                    &out->people, e);
    }
    if (err == ERR_NONE && out->rounds.n > 0) {
        out->now = &out->rounds.items[0];
        out->state = record_text(out->now->record, "state");
        out->answers = out->now->answers;
        out->n_answers = out->now->n_answers;
    }
    return err;
}

// ---- addresses ----------------------------------------------------------------------------------

const char *checklist_address(struct req *r, const struct pack_tool *tool, const char *rest)
{
    const char *base;
    switch (checklist_subject(r)) {
    case PACK_SUBJECT_COUNTRY:
        base = url_make(r->arena, tool == NULL ? "/countries/{0}" : "/countries/{0}/tools",
                        r->country, NULL);
        break;
    case PACK_SUBJECT_PUBLICATION:
        base = url_make(r->arena, "/programmes/{0}/publications/{1}/checklists",
                        record_text(r->programme, "number"), req_capture(r, "publication"), NULL);
        break;
    default:
        base = url_make(r->arena, "/programmes/{0}/checklists",
                        record_text(r->programme, "number"), NULL);
    }
    return arena_printf(r->arena, "%s%s%s", base,
                        tool == NULL ? "" : url_make(r->arena, "/{0}", tool->id, NULL), rest);
}

const char *checklist_section_address(struct req *r, const struct pack_tool *tool, size_t part)
{
    const char *id = tool->n_sections == 0 ? "" : tool->sections[part].id;
    return arena_printf(r->arena, "%s?section=%s", checklist_address(r, tool, ""),
                        url_escape(r->arena, id));
}

const char *checklist_row_address(struct req *r, const struct pack_tool *tool, const char *row)
{
    return checklist_address(r, tool, url_make(r->arena, "/{0}", row, NULL));
}

const struct crumb *checklist_crumbs(struct req *r, const struct checklist *of, bool with_tool, size_t *n)
{
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 6);
    *n = 0;
    if (r->country != NULL) {
        c[(*n)++] = (struct crumb){tr(r->lang, MSG("Countries")), "/countries"};
        c[(*n)++] = (struct crumb){tr(r->lang, country_name(r->country)), checklist_address(r, NULL, "")};
    } else {
        const char *number = record_text(r->programme, "number");
        const char *programme = url_make(r->arena, "/programmes/{0}", number, NULL);
        c[(*n)++] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
        c[(*n)++] = (struct crumb){number, programme};
        if (of == NULL || of->publication == NULL) {
            c[(*n)++] = (struct crumb){tr(r->lang, MSG("Checklists")), checklist_address(r, NULL, "")};
        } else {
            const char *publications = arena_printf(r->arena, "%s/publications", programme);
            c[(*n)++] = (struct crumb){tr(r->lang, MSG("Publications")), publications};
            c[(*n)++] = (struct crumb){checklist_subject_name(r, of),
                                       arena_printf(r->arena, "%s/%s", publications, of->publication->id)};
        }
    }
    if (with_tool) {
        c[(*n)++] = (struct crumb){checklist_title(r, of->tool), checklist_address(r, of->tool, "")};
    }
    return c;
}

// ---- words --------------------------------------------------------------------------------------

const char *checklist_title(struct req *r, const struct pack_tool *tool)
{
    return pack_words(tool->pack, r->lang, tool->id, tool->title);
}

const char *checklist_part_title(struct req *r, const struct pack_tool *tool, size_t part)
{
    if (tool->n_sections == 0) {
        return checklist_title(r, tool);
    }
    const struct pack_section *s = &tool->sections[part];
    return pack_words(tool->pack, r->lang, s->id, s->title);
}

const char *checklist_answer_words(struct req *r, const struct pack_tool *tool,
                                   const struct pack_row *row, const char *value)
{
    const struct pack_scale *scale =
        assessment_is_rated(tool, row) ? row_scale(tool, row) : NULL;
    const struct pack_level *level = scale == NULL ? NULL : scale_level(scale, value);
    return level != NULL ? pack_words(tool->pack, r->lang, level->id, level->title)
           : value[0] == '\0' ? tr(r->lang, MSG("Not answered"))
                              : value;
}

const char *checklist_answer_of_before(struct req *r, const struct pack_scale *scale, const char *value)
{
    return value[0] == '\0' || scale_level(scale, value) != NULL
               ? NULL
               : tr_f(r->arena, r->lang, MSG("{0} (no longer an answer)"), value, NULL);
}

const struct checklist_planned *checklist_planned_of(struct req *r, const struct pack_tool *asking,
                                                     const struct assessment_round *planned,
                                                     const struct pack_row *row)
{
    const struct assessment_answer *w =
        planned == NULL ? NULL : assessment_planned_answer(asking, row, planned);
    const struct pack_tool *tool =
        w == NULL ? NULL : assessment_tool(record_text(planned->record, "tool"));
    if (tool == NULL || w->value[0] == '\0') {
        return NULL;
    }
    struct checklist_planned *p = ARENA_ARRAY(r->arena, struct checklist_planned, 1);
    *p = (struct checklist_planned){
        .words = checklist_answer_words(r, tool, tool_row(tool, w->row), w->value),
        .day = arena_copy_n(r->arena, planned->touched_at, 10),
        .tool = tool->id,
        .address = checklist_row_address(r, tool, w->row)};
    return p;
}

const char *checklist_answer_look(const struct pack_tool *tool, const struct pack_row *row,
                                  const char *value)
{
    if (!assessment_is_rated(tool, row)) {
        return value[0] == '\0' ? "none" : "done";
    }
    if (tool->kind == PACK_KIND_QUESTION_TABLE) {
        enum assessment_gap gap = assessment_gap_of(tool, row, value);
        return gap == ASSESSMENT_GAP           ? "risk"
               : gap == ASSESSMENT_GAP_IN_PART ? "warn"
               : value[0] == '\0'              ? "none"
                                               : "done";
    }
    return strcmp(value, "yes") == 0    ? "done"
           : strcmp(value, "part") == 0 ? "progress"
           : strcmp(value, "no") == 0   ? "risk"
                                        : "none";
}

const char *checklist_row_words(struct req *r, const struct pack_tool *tool,
                                const struct pack_row *row)
{
    return pack_words(tool->pack, r->lang, row->id, row->text);
}

const char *checklist_progress_words(struct req *r, const struct assessment_progress *p)
{
    return tr_f(r->arena, r->lang, MSG("{0} of {1} answered"),
                arena_printf(r->arena, "%d", p->answered), arena_printf(r->arena, "%d", p->of),
                NULL);
}

const char *checklist_cases_words(struct req *r, const struct pack_tool *tool,
                                  const struct pack_row *row,
                                  const struct assessment_answer *answers, size_t n)
{
    struct arena *a = r->arena;
    struct law_cases c = law_cases_of(tool, row, answers, n);
    const struct {
        int n;
        const char *words;
    } counts[] = {{c.yes, MSG("{0} yes")},
                  {c.part, MSG("{0} in part")},
                  {c.no, MSG("{0} no")},
                  {c.na, MSG("{0} does not apply")},
                  {c.open, MSG("{0} not answered")}};
    const char *text = "";
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        if (counts[i].n > 0) {
            text = arena_printf(a, "%s%s%s", text, text[0] == '\0' ? "" : ", ",
                                tr_f(a, r->lang, counts[i].words,
                                     arena_printf(a, "%d", counts[i].n), NULL));
        }
    }
    return c.n == 0 ? NULL
                    : tr_f(a, r->lang, MSG("Its {0} cases: {1}"), arena_printf(a, "%d", c.n), text,
                           NULL);
}

struct checklist_ref *checklist_refs(struct req *r, const struct pack_tool *tool,
                                     const struct pack_row *row, size_t *n)
{
    struct checklist_ref *refs = ARENA_ARRAY(r->arena, struct checklist_ref, row->n_refs + 1u);
    *n = row->n_refs;
    for (unsigned i = 0; i < row->n_refs; i++) {
        const char *id = row->refs[i];
        const struct pack_tool *other = pack_tool(tool->pack, id);
        const struct pack_row *place = NULL;
        other = other != NULL ? other : pack_tool_anywhere(id);
        if (other == NULL) { // a row rather than a tool
            place = pack_row_anywhere(id, &other);
        }
        refs[i] = (struct checklist_ref){.label = id};
        if (other != NULL) {
            const char *page =
                url_make(r->arena, "/library/{0}/{1}", other->pack->id, other->id, NULL);
            refs[i].label = arena_printf(r->arena, "%s %s", id,
                                         place == NULL ? checklist_title(r, other)
                                                       : checklist_row_words(r, other, place));
            refs[i].address = place == NULL
                                  ? page
                                  : arena_printf(r->arena, "%s#%s", page, url_escape(r->arena, id));
        }
    }
    return refs;
}

// ---- the side -----------------------------------------------------------------------------------

static void fill_earlier(struct req *r, const struct checklist *c, struct checklist_side *out)
{
    out->earlier = ARENA_ARRAY(r->arena, struct checklist_earlier, c->rounds.n + 1);
    for (size_t i = 1; i < c->rounds.n; i++) {
        const struct assessment_round *old = &c->rounds.items[i];
        size_t n;
        (void)assessment_changes(r->arena, c->tool, old->answers, old->n_answers, c->answers,
                                 c->n_answers, &n);
        out->earlier[out->n_earlier++] = (struct checklist_earlier){
            .address = checklist_address(
                r, c->tool, url_make(r->arena, "/rounds/{0}", old->record->id, NULL)),
            .date = arena_copy_n(r->arena, old->touched_at, 10),
            .state_label = tr(r->lang, assessment_state_label(record_text(old->record, "state"))),
            .differ = tr_n(r->arena, r->lang, MSG("one answer differs now"),
                           MSG("{0} answers differ now"), (int64_t)n),
        };
    }
}

struct checklist_step checklist_step_of(struct req *r, const char *label, const char *address,
                                        struct assessment_progress p)
{
    return (struct checklist_step){.label = label,
                                   .address = address,
                                   .progress = p.of == 0
                                                   ? ""
                                                   : tr_f(r->arena, r->lang, MSG("{0} of {1}"),
                                                          arena_printf(r->arena, "%d", p.answered),
                                                          arena_printf(r->arena, "%d", p.of), NULL)};
}

void checklist_side_make(struct req *r, const struct checklist *c, size_t part,
                         struct checklist_side *out)
{
    *out = (struct checklist_side){.n_steps = assessment_n_parts(c->tool),
                                   .steps_title = tr(r->lang, MSG("Sections")),
                                   .touched = ""};
    out->steps = ARENA_ARRAY(r->arena, struct checklist_step, out->n_steps + 1);
    for (size_t i = 0; i < out->n_steps; i++) {
        struct assessment_progress p =
            assessment_progress_of(c->tool, i, c->answers, c->n_answers);
        out->steps[i] = checklist_step_of(
            r, arena_printf(r->arena, "%zu %s", i + 1, checklist_part_title(r, c->tool, i)),
            checklist_section_address(r, c->tool, i), p);
        out->steps[i].current = i == part;
    }
    out->whole = assessment_progress_of(c->tool, ASSESSMENT_WHOLE, c->answers, c->n_answers);
    out->whole_words = checklist_progress_words(r, &out->whole);
    if (c->now != NULL) {
        out->assigned = programme_person_name(&c->people, record_text(c->now->record, "assigned_id"));
        if (strcmp(c->state, "returned") == 0) {
            out->return_reason = record_text(c->now->record, "return_reason");
        }
    }
    bool may_assign = c->now == NULL || assessment_may_edit(c->state);
    out->assign = may_assign && req_may(r, MAY_WRITE) ? checklist_address(r, c->tool, "/assign")
                                                            : NULL;
    out->sheet = checklist_address(r, c->tool, "/sheet");
    const char *file = checklist_subject(r) == PACK_SUBJECT_PROGRAMME
                           ? url_make(r->arena, "/programmes/{0}/tools/{1}/file/",
                                      record_text(r->programme, "number"), c->tool->id, NULL)
                           : checklist_address(r, c->tool, "/file/");
    out->take = pack_take_of(r, c->tool, req_may(r, MAY_EXPORT) ? file : NULL);
    fill_earlier(r, c, out);
}

void checklist_side_of_round(struct req *r, const struct checklist *c,
                             const struct assessment_round *round, struct checklist_side *out)
{
    struct arena *a = r->arena;
    const struct assessment_answer *answers = round == NULL ? NULL : round->answers;
    size_t n = round == NULL ? 0 : round->n_answers;
    checklist_side_make(r, c, ASSESSMENT_WHOLE, out);
    for (size_t i = 0; i < out->n_steps; i++) {
        out->steps[i] =
            checklist_step_of(r, out->steps[i].label, arena_printf(a, "#part-%zu", i + 1),
                              assessment_progress_of(c->tool, i, answers, n));
    }
    out->whole = assessment_progress_of(c->tool, ASSESSMENT_WHOLE, answers, n);
    out->whole_words = checklist_progress_words(r, &out->whole);
    if (round == NULL) {
        return;
    }
    const char *version = record_text(round->record, "pack_version");
    out->touched = arena_copy_n(a, round->touched_at, 10);
    if (strcmp(version, c->tool->pack->version) != 0) {
        out->other_version = tr_f(a, r->lang,
                                  MSG("This round was begun with version {0} of the pack; the "
                                      "questions below are those of version {1}."),
                                  version, c->tool->pack->version, NULL);
    }
    if (round != c->now) {
        out->old = tr(r->lang, MSG("This is an earlier round. It is kept as it was and cannot be "
                                   "changed."));
        out->assign = NULL;
        out->return_reason = NULL;
        out->take.round = round->record->id;
        out->assigned =
            programme_person_name(&c->people, record_text(round->record, "assigned_id"));
    }
}

// ---- the head -----------------------------------------------------------------------------------

struct page checklist_page(struct req *r, const struct checklist *c,
                           const struct assessment_round *round)
{
    struct arena *a = r->arena;
    bool is_old = round != c->now;
    const char *state = round == NULL ? "" : record_text(round->record, "state");
    struct page page = {
        .title = tr_f(a, r->lang, MSG("{0} of {1}"), checklist_title(r, c->tool),
                      checklist_subject_name(r, c), NULL),
        .about = pack_words(c->tool->pack, r->lang, c->tool->id, c->tool->purpose),
        .tag = c->tool->id,
        .state_kind = assessment_state_look(state),
        .state = tr(r->lang, assessment_state_label(state))};
    page.crumbs = checklist_crumbs(r, c, is_old, &page.n_crumbs);
    if (is_old) {
        page.title = tr_f(a, r->lang, MSG("{0}, round of {1}"), page.title,
                          date_for_people(a, r->lang, arena_copy_n(a, round->touched_at, 10)), NULL);
    }
    return page;
}
