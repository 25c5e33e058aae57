// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_attach_web.c: evidence, actions and history beside any record. See programme_attach.h.
//
// Not here: the pages behind the forms (programme_evidence_web.c, programme_action_web.c).

#include "programme/programme_attach.h"

#include <string.h>

#include "base/bug.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "programme/programme_web.h"

struct attach_set {
    struct req *r;
    const char *about_kind;
    bool may_write;
    char today[11];
    struct attached_records all;
    struct programme_people people;
    const struct choice *choices;
    size_t n_choices;
};

static enum err load(struct req *r, const struct attached_to *to, struct attach_set **out,
                     struct err_info *e)
{
    struct attach_set *set = ARENA_MAKE(r->arena, struct attach_set);
    set->r = r;
    set->about_kind = to->kind;
    set->may_write = req_may(r, MAY_WRITE);
    clock_today(set->today);
    *out = set;
    enum err err = programme_attached_load(r->db, r->arena, to, &set->all, e);
    if (err == ERR_NONE) {
        err = programme_people_here(r, &set->people, e);
    }
    if (err == ERR_NONE) {
        set->choices =
            programme_people_choices(r->arena, &set->people, NULL, &set->n_choices);
    }
    return err;
}

enum err attach_load_round(struct req *r, const char *assessment_id, struct attach_set **out,
                           struct err_info *e)
{
    const struct attached_to to = {.kind = "answer", .round = assessment_id,
                                   .programme_id = r->programme == NULL ? NULL : r->programme->id};
    return load(r, &to, out, e);
}

// ---- one record ---------------------------------------------------------------------------------

static bool is_about(const struct record *r, const char *about_id)
{
    return strcmp(record_text(r, "about_id"), about_id) == 0;
}

static struct attached_evidence evidence_of(const struct attach_set *set, const struct record *e)
{
    struct req *r = set->r;
    struct attached_evidence v = {
        .id = e->id,
        .title = record_text(e, "title"),
        .note = record_is_set(e, "note") ? record_text(e, "note") : NULL,
        .remove = set->may_write ? programme_remove_address(r, "evidence", e->id, r->address) : NULL,
    };
    if (record_is_set(e, "file_hash")) {
        v.address = url_make(r->arena, "/evidence/{0}/file", e->id, NULL);
        const char *ending = programme_file_ending(r->arena, record_text(e, "file_name"));
        const char *size = programme_file_size(r, record_int(e, "file_size"));
        v.file = ending[0] == '\0' ? size : arena_printf(r->arena, "%s, %s", ending, size);
    } else if (record_is_set(e, "link")) {
        v.address = record_text(e, "link");
    }
    return v;
}

static struct attached_action action_of(const struct attach_set *set, const struct record *a)
{
    struct req *r = set->r;
    const char *state = record_text(a, "state");
    bool open = strcmp(state, "open") == 0;
    bool late = action_is_late(state, record_text(a, "due_on"), set->today);
    const struct field *f = entity_field(&entity_action, "state");
    const char *base = url_make(r->arena, "/actions/{0}", a->id, NULL);
    return (struct attached_action){
        .id = a->id,
        .what = record_text(a, "what"),
        .owner = programme_person_name(&set->people, record_text(a, "owner_id")),
        .due_on = record_text(a, "due_on"),
        .state_kind = late ? "risk" : open ? "progress" : strcmp(state, "done") == 0 ? "done" : "none",
        .state = tr(r->lang, late ? MSG("Late") : field_choice_label(f, state)),
        .done = open && set->may_write
                    ? arena_printf(r->arena, "%s%s/done", programme_address(r, ""), base)
                    : NULL,
        .change = set->may_write
                      ? arena_printf(r->arena, "%s%s/change?back=%s", programme_address(r, ""),
                                     base, url_escape(r->arena, r->address))
                      : NULL,
    };
}

const struct attached *attach_of(const struct attach_set *set, const char *about_id)
{
    struct req *r = set->r;
    struct attached *v = ARENA_MAKE(r->arena, struct attached);
    v->about_kind = set->about_kind;
    v->about_id = about_id;
    v->back = r->address;
    if (set->may_write) {
        v->add_evidence = programme_address(r, "/evidence");
        v->add_action = programme_address(r, "/actions");
    }
    v->people = set->choices;
    v->n_people = set->n_choices;
    v->evidence = ARENA_ARRAY(r->arena, struct attached_evidence, set->all.n_evidence + 1);
    for (size_t i = 0; i < set->all.n_evidence; i++) {
        if (is_about(set->all.evidence[i], about_id)) {
            v->evidence[v->n_evidence++] = evidence_of(set, set->all.evidence[i]);
        }
    }
    v->actions = ARENA_ARRAY(r->arena, struct attached_action, set->all.n_actions + 1);
    for (size_t i = 0; i < set->all.n_actions; i++) {
        if (is_about(set->all.actions[i], about_id)) {
            v->n_open += strcmp(record_text(set->all.actions[i], "state"), "open") == 0;
            v->actions[v->n_actions++] = action_of(set, set->all.actions[i]);
        }
    }
    return v;
}

enum err attach_beside_load(struct req *r, const char *about_kind, const char *about_id,
                            const struct attach_beside **out, struct err_info *e)
{
    const struct attached_to to = {.kind = about_kind, .id = about_id,
                                   .programme_id = r->programme == NULL ? NULL : r->programme->id};
    struct attach_beside *v = ARENA_MAKE(r->arena, struct attach_beside);
    struct record_history *history = ARENA_MAKE(r->arena, struct record_history);
    struct attach_set *set;
    enum err err = load(r, &to, &set, e);
    if (err == ERR_NONE) {
        err = programme_history_of(r, &set->people, about_kind, about_id, history, e);
    }
    if (err == ERR_NONE) {
        *v = (struct attach_beside){attach_of(set, about_id), history, &set->people};
        *out = v;
    }
    return err;
}
