// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_show_cli.c: mainstay pack show: a pack, a tool, a row or a level of a scale, with the official
// wording when a workspace is named that holds it.

#include "pack/pack_cli.h"

#include <string.h>

#include "pack/pack_json.h"

// ---- show ---------------------------------------------------------------------------------------

static void show_line(struct cli *c, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        buf_printf(&c->out, "%s: %s\n", tr(c->lang, label), text);
    }
}

static const char *join(struct arena *a, const char *const *list, unsigned n)
{
    const char *all = "";
    for (unsigned i = 0; i < n; i++) {
        all = arena_printf(a, "%s%s%s", all, i == 0 ? "" : ", ", list[i]);
    }
    return all;
}

static void show_list(struct cli *c, const char *label, const char *const *list, unsigned n)
{
    if (n > 0) {
        buf_printf(&c->out, "%s:\n", tr(c->lang, label));
    }
    for (unsigned i = 0; i < n; i++) {
        buf_printf(&c->out, "  - %s\n", list[i]);
    }
}

static const char *year(struct arena *a, int number)
{
    return number == 0 ? "" : arena_printf(a, "%d", number);
}

static void show_official(struct cli *c, const struct official *o, const char *row)
{
    for (size_t i = 0; i < o->n; i++) {
        if (strcmp(o->texts[i].row, row) == 0) {
            buf_printf(&c->out, "%s (%s): %s\n", tr(c->lang, MSG("Official wording")),
                       o->texts[i].cell, o->texts[i].text);
        }
    }
}

static void show_corrections(struct cli *c, const struct pack_row *r)
{
    for (unsigned i = 0; i < r->n_corrections; i++) {
        const struct pack_correction *f = &r->corrections[i];
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("Printed “{0}”, read “{1}” ({2}): {3}"), 
                        f->printed == NULL ? "" : f->printed, f->read, f->fault == NULL ? "-" : f->fault, f->why, NULL));
    }
}

static void show_articles(struct cli *c, const struct pack_row *r)
{
    for (unsigned i = 0; i < r->n_articles; i++) {
        const struct pack_article *a = &r->articles[i];
        const struct pack_tool *t;
        const struct pack_row *treaty =
            a->instrument == NULL ? NULL : pack_row_anywhere(a->instrument, &t);
        const char *name = treaty == NULL          ? a->name
                           : treaty->short_name != NULL ? treaty->short_name
                                                        : treaty->text;
        buf_printf(&c->out, "%s: %s%s%s\n", tr(c->lang, MSG("Stands in")), name,
                   a->article == NULL ? "" : ", ", a->article == NULL ? "" : a->article);
    }
    for (unsigned i = 0; i < r->n_suggested_by; i++) {
        buf_printf(&c->out, "%s: %s = %s. %s\n", tr(c->lang, MSG("Suggested by the answer")),
                   r->suggested_by[i].row, r->suggested_by[i].answer,
                   r->suggested_by[i].why == NULL ? "" : r->suggested_by[i].why);
    }
}

// What may be answered, as a file says it: "part (In part)".
static void show_answers(struct cli *c, const struct pack_tool *t, const struct pack_row *r)
{
    const struct pack_scale *scale = row_scale(t, r);
    const char *all = "";
    for (unsigned i = 0; scale != NULL && i < scale->n_levels; i++) {
        const struct pack_level *level = &scale->levels[i];
        all = arena_printf(c->arena, "%s%s%s (%s)", all, i == 0 ? "" : ", ", level->id,
                           pack_words(t->pack, c->lang, level->id, level->title));
    }
    show_line(c, MSG("Answers"), all[0] == '\0' ? NULL : all);
}

static void show_row(struct cli *c, const struct pack_tool *t, const struct pack_row *r,
                     const struct official *o)
{
    struct arena *a = c->arena;
    const struct pack *p = t->pack;
    buf_printf(&c->out, "%s  %s\n", r->id, pack_words(p, c->lang, r->id, r->text));
    show_line(c, MSG("Short name"), r->short_name);
    show_line(c, MSG("Help"), pack_words(p, c->lang, r->id, r->help));
    show_answers(c, t, r);
    show_line(c, MSG("Text"), pack_words(p, c->lang, r->id, r->body));
    show_line(c, MSG("Answer to it"), pack_words(p, c->lang, r->id, r->argument));
    show_line(c, MSG("For example"), r->example);
    show_line(c, MSG("Think of"), r->consider);
    show_line(c, MSG("Who must authorise it"), r->authority);
    show_line(c, MSG("Human rights"), r->rights);
    show_line(c, MSG("Gender equality"), r->gender);
    show_line(c, MSG("Source"), t->source);
    if (r->section != NULL) {
        show_line(c, MSG("Section"), tool_section(t, r->section)->title);
        show_line(c, MSG("Heading as printed"), tool_section(t, r->section)->printed);
    }
    show_line(c, MSG("Adopted"), year(a, r->adopted));
    show_line(c, MSG("In force since"), year(a, r->in_force));
    show_line(c, MSG("Year as printed"), r->printed_year);
    show_line(c, MSG("ILO number"), year(a, r->ilo));
    show_line(c, MSG("Result"), r->result);
    show_line(c, MSG("Unit"), tr(c->lang, pack_unit_label(r->unit)));
    show_line(c, MSG("Direction"), tr(c->lang, pack_direction_label(r->direction)));
    show_line(c, MSG("Over time"), tr(c->lang, pack_accumulation_label(r->accumulation)));
    show_line(c, MSG("Split by"), join(a, r->disaggregation, r->n_disaggregation));
    show_line(c, MSG("Counted above the line"), r->numerator);
    show_line(c, MSG("Counted below the line"), r->denominator);
    show_list(c, MSG("What can be done about it"), r->mitigation, r->n_mitigation);
    show_list(c, MSG("Means of verification"), r->means, r->n_means);
    show_list(c, MSG("What must hold"), r->assumptions, r->n_assumptions);
    show_list(c, MSG("What should come about"), r->targets, r->n_targets);
    show_line(c, MSG("See"), join(a, r->refs, r->n_refs));
    show_line(c, MSG("Printed as"), join(a, r->refs_printed, r->n_refs_printed));
    show_articles(c, r);
    show_line(c, MSG("Rests on"), join(a, r->sources, r->n_sources));
    show_line(c, MSG("Note"), r->note);
    show_corrections(c, r);
    show_official(c, o, r->id);
}

static void show_level(struct cli *c, const struct pack_scale *s, const struct pack_level *level,
                       const struct official *o)
{
    buf_printf(&c->out, "%s  %s\n", level->row, level->title);
    show_line(c, MSG("Meaning"), level->meaning);
    show_line(c, MSG("Scale"), s->title);
    show_official(c, o, level->row);
}

static void show_tool(struct cli *c, const struct pack_tool *t, const struct official *o)
{
    const struct pack *p = t->pack;
    buf_printf(&c->out, "%s  %s\n%s\n", t->id, pack_words(p, c->lang, t->id, t->title),
               pack_words(p, c->lang, t->id, t->purpose));
    show_line(c, MSG("Kind"), tr(c->lang, pack_kind_label(t->kind)));
    show_line(c, MSG("Phase"), tr(c->lang, pack_phase_label(t->phase)));
    show_line(c, MSG("About a"), tr(c->lang, pack_subject_label(t->subject)));
    show_line(c, MSG("Source"), t->source);
    show_line(c, MSG("Goal"), t->goal);
    show_line(c, MSG("Goal for rights"), t->rights_goal);
    show_line(c, MSG("Next"), join(c->arena, t->see, t->n_see));
    show_line(c, MSG("Note"), t->note);
    show_official(c, o, t->id);
    const char *section = "";
    for (unsigned i = 0; i < t->n_rows; i++) {
        const struct pack_row *r = &t->rows[i];
        if (r->section != NULL && strcmp(r->section, section) != 0) {
            section = r->section;
            buf_printf(&c->out, "\n%s\n", tool_section(t, section)->title);
        }
        buf_printf(&c->out, "%s%-13s %s\n", r->section == NULL && i == 0 ? "\n" : "", r->id,
                   pack_words(p, c->lang, r->id, r->text));
    }
}

static void show_pack(struct cli *c, const struct pack *p)
{
    buf_printf(&c->out, "%s %s  %s\n", p->id, p->version,
               pack_words(p, c->lang, p->id, p->title));
    show_line(c, MSG("Publisher"), p->publisher);
    show_line(c, MSG("Licence"), p->licence);
    show_line(c, MSG("Published"), p->published);
    show_line(c, MSG("Languages"), join(c->arena, p->languages, p->n_languages));
    show_line(c, MSG("Source"), p->source.title);
    show_line(c, MSG("Note"), p->source.note);
    show_line(c, MSG("Needs"), join(c->arena, p->needs, p->n_needs));
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&c->out, "%s%-13s %s (%s)\n", i == 0 ? "\n" : "", tools[i]->id,
                   pack_words(p, c->lang, tools[i]->id, tools[i]->title),
                   tr_n(c->arena, c->lang, MSG("1 row"), MSG("{0} rows"), tools[i]->n_rows));
    }
    for (unsigned i = 0; i < p->n_data; i++) {
        const struct tsv *table = pack_table(p, p->data[i].id);
        buf_printf(&c->out, "%-13s %s (%s)\n", p->data[i].id, p->data[i].title,
                   tr_n(c->arena, c->lang, MSG("1 row"), MSG("{0} rows"),
                        table == NULL ? 0 : (int64_t)table->n_rows));
    }
}

// ---- what is asked for ----------------------------------------------------------------------------

// One of these is set: the pack alone, a tool, a row with its tool, a level with its scale, or something
// of a tool that the inventory of the document counts as a row although it is none here.
struct asked {
    const struct pack *pack;
    const char *part;      // its id
    const char *part_text; // ours; NULL for a blank row
    const struct pack_tool *tool;
    const struct pack_row *row;
    const struct pack_scale *scale;
    const struct pack_level *level;
};

static bool find_level(struct asked *q, const char *id)
{
    for (unsigned i = 0; i < q->pack->n_scales; i++) {
        const struct pack_scale *s = &q->pack->scales[i];
        for (unsigned k = 0; k < s->n_levels; k++) {
            if (s->levels[k].row != NULL && strcmp(s->levels[k].row, id) == 0) {
                q->scale = s;
                q->level = &s->levels[k];
                return true;
            }
        }
    }
    return false;
}

// ER-3.1 is an expected result, G-3.4 the goal of a tool, 3.7-1-U1 a blank row for its user.
static bool find_part(struct asked *q, const char *id)
{
    size_t n;
    const struct pack_tool *const *tools = pack_tools(q->pack, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pack_result *result =
            strncmp(id, "ER-", 3) == 0 ? tool_result(tools[i], id + 3) : NULL;
        bool goal = strncmp(id, "G-", 2) == 0 && strcmp(id + 2, tools[i]->id) == 0;
        const char *blank = strstr(id, "-U");
        bool user_row = blank != NULL && tools[i]->user_rows > 0 &&
                        strncmp(id, tools[i]->id, strlen(tools[i]->id)) == 0 &&
                        id[strlen(tools[i]->id)] == '-';
        if (result != NULL || goal || user_row) {
            q->tool = tools[i];
            q->part = id;
            q->part_text = result != NULL ? result->title : goal ? tools[i]->goal : NULL;
            return true;
        }
    }
    return false;
}

static enum err find_asked(struct cli *c, struct asked *q, struct err_info *e)
{
    enum err err = pack_cli_find(c, c->args[0], &q->pack, e);
    if (err != ERR_NONE || c->n_args == 1) {
        return err;
    }
    q->tool = pack_tool(q->pack, c->args[1]);
    if (q->tool == NULL && c->n_args == 2) {
        q->row = pack_row(q->pack, c->args[1], &q->tool);
        if (q->row != NULL || find_level(q, c->args[1]) || find_part(q, c->args[1])) {
            return ERR_NONE;
        }
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("The pack {0} has no tool and no row {1}."),
                       MSG("“mainstay pack show {0}” shows its tools."), q->pack->id, c->args[1],
                       NULL);
    }
    if (q->tool == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("The pack {0} has no tool {1}."),
                       MSG("“mainstay pack show {0}” shows its tools."), q->pack->id, c->args[1],
                       NULL);
    }
    q->row = c->n_args > 2 ? tool_row(q->tool, c->args[2]) : NULL;
    if (c->n_args > 2 && q->row == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("The tool {1} has no row {2}."),
                       MSG("“mainstay pack show {0} {1}” shows its rows."), q->pack->id,
                       q->tool->id, c->args[2], NULL);
    }
    return ERR_NONE;
}

static enum err load_official(struct cli *c, const struct asked *q, struct official *o,
                              struct err_info *e)
{
    struct db_read *db;
    *o = (struct official){0};
    if (c->store == NULL || (q->tool == NULL && q->level == NULL)) {
        return ERR_NONE;
    }
    enum err err = db_reader(store_db(c->store), &db, e);
    if (err != ERR_NONE) {
        return err;
    }
    return q->part != NULL    ? pack_official_of_row(db, c->arena, q->pack, q->part, o, e)
           : q->level != NULL ? pack_official_of_row(db, c->arena, q->pack, q->level->row, o, e)
           : q->row != NULL   ? pack_official_of_row(db, c->arena, q->pack, q->row->id, o, e)
                              : pack_official_load(db, c->arena, q->pack, o, e);
}

static void show_json(struct cli *c, const struct asked *q, const struct official *o)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    if (q->part != NULL) {
        pack_json_part(&j, q->tool, q->part, q->part_text, o);
    } else if (q->level != NULL) {
        pack_json_level(&j, q->pack, q->scale, q->level, o);
    } else if (q->row != NULL) {
        pack_json_row(&j, q->tool, q->row, o, true);
    } else if (q->tool != NULL) {
        pack_json_tool(&j, q->tool, o, true);
    } else {
        pack_json_pack(&j, q->pack);
    }
    json_end(&j);
}

static enum err pack_show_run(struct cli *c, struct err_info *e)
{
    bool json;
    struct asked q = {0};
    struct official o;
    enum err err = pack_cli_wants_json(c, &json, e);
    if (err == ERR_NONE) {
        err = find_asked(c, &q, e);
    }
    if (err == ERR_NONE) {
        err = load_official(c, &q, &o, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (json) {
        show_json(c, &q, &o);
    } else if (q.part != NULL) {
        buf_printf(&c->out, "%s  %s\n", q.part, q.part_text == NULL ? "" : q.part_text);
        show_line(c, MSG("Source"), q.tool->source);
        show_official(c, &o, q.part);
    } else if (q.level != NULL) {
        show_level(c, q.scale, q.level, &o);
    } else if (q.row != NULL) {
        show_row(c, q.tool, q.row, &o);
    } else if (q.tool != NULL) {
        show_tool(c, q.tool, &o);
    } else {
        show_pack(c, q.pack);
    }
    return ERR_NONE;
}

const struct command cmd_pack_show = {
    .name = "pack show",
    .usage = "pack show PACK|FOLDER [TOOL|ROW|TOOL ROW] [--format text|json]",
    .about = MSG("shows a pack, one of its tools, or one row"),
    .help = MSG("A level of a scale has an id too, such as 2.4-R1-L1. With a workspace the official "
                "wording that it holds is shown beside ours."),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("text or json"), false}, {0}},
    .min_args = 1,
    .max_args = 3,
    .store_if_named = true,
    .path_maybe = true,
    .run = pack_show_run,
};
