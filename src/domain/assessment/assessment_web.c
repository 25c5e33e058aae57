// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_web.c: see assessment_web.h.

#include "assessment/assessment_web.h"

#include <string.h>

#include "base/bug.h"

enum err checklist_load(struct req *r, struct db_read *db, struct checklist *out,
                        struct err_info *e)
{
    *out = (struct checklist){.tool = assessment_tool(req_capture(r, "tool")), .state = ""};
    if (out->tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such checklist."),
                       MSG("Choose one from the list of checklists."), NULL);
    }
    enum err err =
        assessment_rounds_load(db, r->arena, r->programme->id, out->tool->id, &out->rounds, e);
    if (err == ERR_NONE) {
        err = programme_people_load(db, r->arena, r->programme->id, &out->people, e);
    }
    if (err == ERR_NONE && out->rounds.n > 0) {
        out->now = &out->rounds.items[0];
        out->state = record_text(out->now->record, "state");
        out->answers = out->now->answers;
        out->n_answers = out->now->n_answers;
    }
    return err;
}

bool checklist_may(const struct req *r, enum verb verb)
{
    return identity_may(r->who, verb, r->programme->id);
}

// ---- addresses ----------------------------------------------------------------------------------

const char *checklist_address(struct req *r, const struct pack_tool *tool, const char *rest)
{
    const char *number = record_text(r->programme, "number");
    const char *base =
        tool == NULL
            ? url_make(r->arena, "/programmes/{0}/checklists", number, NULL)
            : url_make(r->arena, "/programmes/{0}/checklists/{1}", number, tool->id, NULL);
    return arena_printf(r->arena, "%s%s", base, rest);
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

const struct crumb *checklist_crumbs(struct req *r, const struct pack_tool *tool, size_t *n)
{
    const char *number = record_text(r->programme, "number");
    struct crumb *c = ARENA_ARRAY(r->arena, struct crumb, 4);
    c[0] = (struct crumb){tr(r->lang, MSG("Programmes")), "/programmes"};
    c[1] = (struct crumb){number, url_make(r->arena, "/programmes/{0}", number, NULL)};
    c[2] = (struct crumb){tr(r->lang, MSG("Checklists")), checklist_address(r, NULL, "")};
    *n = 3;
    if (tool != NULL) {
        c[(*n)++] = (struct crumb){checklist_title(r, tool), checklist_address(r, tool, "")};
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

const char *checklist_answer_words(struct req *r, const struct pack_tool *tool, const char *value)
{
    const struct pack_scale *scale = pack_scale(tool->pack, tool->scale);
    const struct pack_level *level =
        scale == NULL || value[0] == '\0' ? NULL : scale_level(scale, value);
    return level == NULL ? tr(r->lang, assessment_answer_label(value))
                         : pack_words(tool->pack, r->lang, level->id, level->title);
}

const char *checklist_answer_look(const char *value)
{
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

struct checklist_ref *checklist_refs(struct req *r, const struct pack_tool *tool,
                                     const struct pack_row *row, size_t *n)
{
    struct checklist_ref *refs = ARENA_ARRAY(r->arena, struct checklist_ref, row->n_refs + 1u);
    *n = row->n_refs;
    for (unsigned i = 0; i < row->n_refs; i++) {
        const struct pack_tool *other = pack_tool(tool->pack, row->refs[i]);
        other = other != NULL ? other : pack_tool_anywhere(row->refs[i]);
        const char *known = pack_known_tool(row->refs[i]);
        const char *title = other != NULL   ? checklist_title(r, other)
                            : known != NULL ? tr(r->lang, known)
                                            : "";
        refs[i] = (struct checklist_ref){
            .label = arena_printf(r->arena, "%s %s", row->refs[i], title),
            .address = other == NULL ? NULL
                                     : url_make(r->arena, "/library/{0}/{1}", other->pack->id,
                                                other->id, NULL)};
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

void checklist_side_make(struct req *r, const struct checklist *c, size_t part,
                         struct checklist_side *out)
{
    *out = (struct checklist_side){.n_steps = assessment_n_parts(c->tool)};
    out->steps = ARENA_ARRAY(r->arena, struct checklist_step, out->n_steps + 1);
    for (size_t i = 0; i < out->n_steps; i++) {
        struct assessment_progress p =
            assessment_progress_of(c->tool, i, c->answers, c->n_answers);
        out->steps[i] = (struct checklist_step){
            .label = arena_printf(r->arena, "%zu %s", i + 1, checklist_part_title(r, c->tool, i)),
            .address = checklist_section_address(r, c->tool, i),
            .progress = tr_f(r->arena, r->lang, MSG("{0} of {1}"),
                             arena_printf(r->arena, "%d", p.answered),
                             arena_printf(r->arena, "%d", p.of), NULL),
            .current = i == part,
        };
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
    out->assign = may_assign && checklist_may(r, MAY_WRITE) ? checklist_address(r, c->tool, "/assign")
                                                            : NULL;
    fill_earlier(r, c, out);
}
