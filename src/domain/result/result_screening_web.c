// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_screening_web.c: screening an indicator, and its screening on its page.

#include <string.h>

#include "base/date.h"
#include "html/form.h"
#include "html/record.h"
#include "os/clock.h"
#include "programme/programme.h"
#include "result/result.h"
#include "result/result_library.h"
#include "result/result_parts_web.h"
#include "result/result_screened.html.h"
#include "result/result_screening.h"
#include "result/result_screening.html.h"
#include "result/result_web.h"

#define N_RIGHTS 6

// ---- words of the questions ---------------------------------------------------------------------

// RIGHTS in the words of the library, where it has them.
static const char *title_of(const struct lang *lang, const struct screening_question *q)
{
    const struct pack_tool *tool;
    const struct pack_row *row = q->row == NULL ? NULL : pack_row_anywhere(q->row, &tool);
    return row == NULL ? tr(lang, entity_field(&entity_indicator_screening, q->field)->label)
                       : pack_words(tool->pack, lang, row->id, row->text);
}

static const char *help_of(const struct lang *lang, const struct screening_question *q)
{
    const struct pack_tool *tool;
    const struct pack_row *row = q->row == NULL ? NULL : pack_row_anywhere(q->row, &tool);
    const char *hint = entity_field(&entity_indicator_screening, q->field)->hint;
    if (row != NULL && row->help != NULL) {
        return pack_words(tool->pack, lang, row->id, row->help);
    }
    return hint == NULL ? NULL : tr(lang, hint);
}

static const char *answer_words(const struct lang *lang, const struct record *s, const char *field)
{
    return tr(lang, field_choice_label(entity_field(&entity_indicator_screening, field),
                                       record_text(s, field)));
}

static enum err load(struct req *r, const char *indicator_id, struct record ***out, size_t *n,
                     struct err_info *e)
{
    return store_list_by(r->db, r->arena, &entity_indicator_screening, "indicator_id", indicator_id,
                         out, n, e);
}

// ---- the form -----------------------------------------------------------------------------------

static void fill_line(struct req *r, const struct screening_question *q, const struct record *last,
                      struct screening_line *o)
{
    const struct form_error *wrong = form_error_of(r->form, q->field);
    const struct form_error *why = form_error_of(r->form, q->why);
    *o = (struct screening_line){
        .field = q->field,
        .why_field = q->why,
        .id = arena_printf(r->arena, "f-%s", q->field),
        .why_id = arena_printf(r->arena, "f-%s", q->why),
        .legend = title_of(r->lang, q),
        .help = help_of(r->lang, q),
        .chosen = form_text(r->arena, r->form, q->field),
        .why = form_text(r->arena, r->form, q->why),
        .error = wrong == NULL ? NULL : err_text(r->arena, r->lang, &wrong->info),
        .mend = wrong == NULL ? NULL : err_hint(r->arena, r->lang, &wrong->info),
        .why_error = why == NULL ? NULL : err_text(r->arena, r->lang, &why->info),
        .why_mend = why == NULL ? NULL : err_hint(r->arena, r->lang, &why->info),
    };
    if (last != NULL) {
        const char *reason = record_text(last, q->why);
        o->last = arena_printf(r->arena, "%s%s%s", answer_words(r->lang, last, q->field),
                               reason[0] == '\0' ? "" : ". ", reason);
    }
}

static void fill_group(struct req *r, bool rights, const struct record *last,
                       struct screening_group *g)
{
    g->lines = ARENA_ARRAY(r->arena, struct screening_line, SCREENING_QUESTIONS);
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        if (screening_questions[i].rights == rights) {
            fill_line(r, &screening_questions[i], last, &g->lines[g->n_lines++]);
        }
    }
}

static enum err screening_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *indicator;
    struct record **all;
    size_t n, n_crumbs;
    const struct pack_tool *tool;
    enum err err = store_get(r->db, r->arena, &entity_indicator, req_capture(r, "indicator"),
                             &indicator, e);
    if (err == ERR_NONE) {
        err = load(r, indicator->id, &all, &n, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_row *first = pack_row_anywhere(screening_questions[0].row, &tool);
    const struct record *last = screening_newest(all, n, indicator->id);
    struct result_screening_view v = {
        .form = r->form,
        .action = result_indicator_address(r, indicator->id, "/screening"),
        .cancel = result_indicator_address(r, indicator->id, ""),
        .groups = {{.title = tr(r->lang, MSG("RIGHTS: six letters")),
                    .about = tr(r->lang, MSG("What the UN human rights office asks of an indicator.")),
                    .address = first == NULL ? NULL : result_row_address(r, tool, first->id)},
                   {.title = tr(r->lang, MSG("SMART: five letters")),
                    .about = tr(r->lang, MSG("What every evaluator asks of an indicator."))}}};
    fill_group(r, true, last, &v.groups[0]);
    fill_group(r, false, last, &v.groups[1]);
    const struct crumb *crumbs = result_crumbs(r, indicator, &n_crumbs);
    struct html h;
    page_begin(&h, r, p,
               &(struct page){.title = tr_f(r->arena, r->lang, MSG("Screen {0}"),
                                            record_text(indicator, "code"), NULL),
                              .about = record_text(indicator, "title"),
                              .crumbs = crumbs,
                              .n_crumbs = n_crumbs,
                              .width = PAGE_NARROW});
    result_screening_html(&h, &v);
    return page_end(&h, e);
}

static enum err screening_prepare(struct req *r, struct form *f, struct err_info *e)
{
    char today[11];
    (void)e;
    clock_today(today);
    record_set_text(f->record, "screened_on", arena_copy(r->arena, today));
    record_set_text(f->record, "by_id", r->who->user_id);
    return ERR_NONE;
}

static enum err screening_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *s = r->form->record;
    struct store_tx *tx;
    struct actor who = req_actor(r);
    enum err err = store_begin(r->store, &who, NULL, &tx, e);
    if (err != ERR_NONE) {
        return err;
    }
    err = store_save(tx, r->arena, s, e);
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("The screening is kept.")), s->version);
        reply_redirect(r, p, "/programmes/{0}/indicators/{1}", record_text(r->programme, "number"),
                       record_text(s, "indicator_id"), NULL);
    }
    return err;
}

static const char *const set_by_us[] = {"screened_on", "by_id", NULL};

const struct route route_indicator_screening = {
    .path = "/programmes/{programme}/indicators/{indicator}/screening",
    .needs = MAY_WRITE,
    .get = screening_get,
    .post = screening_post,
    .prepare = screening_prepare,
    .entity = &entity_indicator_screening,
    .except = set_by_us,
    .title = MSG("Screen an indicator"),
    .menu = MENU_PROGRAMMES,
};

// ---- on the page of the indicator ---------------------------------------------------------------

static const char *when_words(struct req *r, const struct record *s,
                              const struct programme_people *people, const char *today)
{
    const char *by = programme_person_name(people, record_text(s, "by_id"));
    const char *day = date_for_people(r->arena, r->lang, record_text(s, "screened_on"));
    const char *age = screening_age(r->arena, r->lang, record_text(s, "screened_on"), today);
    return by == NULL
               ? tr_f(r->arena, r->lang, MSG("Screened on {0} ({1})"), day, age, NULL)
               : tr_f(r->arena, r->lang, MSG("Screened on {0} by {1} ({2})"), day, by, age, NULL);
}

// Labels of what a person changed after the screening, of what the letters speak about.
static const char *changed_since(struct req *r, const struct record *screening,
                                 const struct record_history *history)
{
    static const char *const watched[] = {"title", "definition", "unit", "direction", "accumulation",
                                          "disaggregation", "means", NULL};
    const char *words = NULL;
    for (int f = 0; watched[f] != NULL; f++) {
        const char *name = arena_printf(r->arena, "\"%s\":", watched[f]);
        bool changed = false;
        for (size_t i = 0; i < history->n; i++) {
            const struct change *c = &history->changes[i];
            changed = changed || (strcmp(c->op, "update") == 0 && c->fields != NULL &&
                                  strcmp(c->wall, screening->changed_at) > 0 &&
                                  strstr(c->fields, name) != NULL);
        }
        if (changed) {
            const char *label = tr(r->lang, entity_field(&entity_indicator, watched[f])->label);
            words = words == NULL ? label : arena_printf(r->arena, "%s, %s", words, label);
        }
    }
    return words;
}

static void fill_answers(struct req *r, const struct record *s, struct result_screened_view *v)
{
    v->lines = ARENA_ARRAY(r->arena, struct screened_line, SCREENING_QUESTIONS);
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        const struct screening_question *q = &screening_questions[i];
        const char *answer = record_text(s, q->field);
        if (strcmp(answer, "yes") == 0) {
            continue;
        }
        v->lines[v->n_lines++] = (struct screened_line){
            .letter = q->rights ? "RIGHTS" : "SMART",
            .title = title_of(r->lang, q),
            .look = strcmp(answer, "part") == 0 ? "warn" : "risk",
            .answer = answer_words(r->lang, s, q->field),
            .why = record_text(s, q->why)};
    }
}

static void fill_before(struct req *r, struct record *const *all, size_t n, const struct record *newest,
                        const struct programme_people *people, const char *today,
                        struct result_screened_view *v)
{
    v->before = ARENA_ARRAY(r->arena, struct screened_before, n + 1);
    for (size_t i = n; i > 0; i--) {
        if (all[i - 1] != newest) {
            enum screening_verdict verdict = screening_verdict_of(all[i - 1]);
            v->before[v->n_before++] = (struct screened_before){
                when_words(r, all[i - 1], people, today), screening_look(verdict),
                screening_words(r->lang, verdict)};
        }
    }
}

enum err screened_fill(struct req *r, const struct record *indicator, const struct attach_beside *beside,
                       struct result_screened_view *out, struct err_info *e)
{
    struct record **all;
    size_t n;
    char now[11];
    clock_today(now);
    const char *today = arena_copy(r->arena, now);
    enum err err = load(r, indicator->id, &all, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct record *newest = screening_newest(all, n, indicator->id);
    enum screening_verdict verdict = screening_verdict_of(newest);
    *out = (struct result_screened_view){.look = screening_look(verdict),
                                         .verdict = screening_words(r->lang, verdict)};
    if (result_may(r, MAY_WRITE)) {
        out->screen = result_indicator_address(r, indicator->id, "/screening");
        out->screen_label = newest == NULL ? tr(r->lang, MSG("Screen it"))
                                           : tr(r->lang, MSG("Screen it again"));
    }
    if (newest == NULL) {
        out->advice = tr(r->lang, MSG("Nobody has asked yet. Eleven short questions tell whether its "
                                      "values will be worth collecting."));
        return ERR_NONE;
    }
    out->when = when_words(r, newest, beside->people, today);
    out->since = changed_since(r, newest, beside->history);
    if (verdict == SCREENING_FAILS) {
        out->advice = tr_f(r->arena, r->lang,
                           MSG("It fails {0}. Mend it, or say in its definition why it is used all the "
                               "same."), screening_letters(r->arena, newest, "no"), NULL);
    }
    fill_answers(r, newest, out);
    out->yes = screening_letters(r->arena, newest, "yes");
    fill_before(r, all, n, newest, beside->people, today, out);
    return ERR_NONE;
}
