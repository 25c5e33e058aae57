// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_cli.c: mainstay pack list | show | check | counts | lock.
//
// None of them needs a workspace: packs are part of the program, or a folder.

#include "pack/pack.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "format/json/json_write.h"

static enum err wants_json(struct cli *c, bool *json, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    *json = format != NULL && strcmp(format, "json") == 0;
    if (format == NULL || *json || strcmp(format, "text") == 0) {
        return ERR_NONE;
    }
    return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                   MSG("Choose text or json."), format, NULL);
}

static const struct cli_option format_option[] = {
    {"--format", "FORMAT", MSG("text or json"), false},
    {0},
};

// ---- list ---------------------------------------------------------------------------------------

static void list_as_json(struct cli *c, const struct pack *const *all, size_t n)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < n; i++) {
        size_t n_tools;
        const struct pack_tool *const *tools = pack_tools(all[i], &n_tools);
        json_put_object(&j);
        json_member_text(&j, "id", all[i]->id);
        json_member_text(&j, "version", all[i]->version);
        json_member_text(&j, "title", all[i]->title);
        json_member_text(&j, "publisher", all[i]->publisher);
        json_member_text(&j, "licence", all[i]->licence);
        json_put_name(&j, "tools");
        json_put_array(&j);
        for (size_t k = 0; k < n_tools; k++) {
            json_put_text(&j, tools[k]->id);
        }
        json_put_array_end(&j);
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err pack_list_run(struct cli *c, struct err_info *e)
{
    bool json;
    enum err err = wants_json(c, &json, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t n;
    const struct pack *const *all = pack_all(&n);
    if (json) {
        list_as_json(c, all, n);
        return ERR_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        size_t n_tools;
        pack_tools(all[i], &n_tools);
        buf_printf(&c->out, "%-20s %-8s %s (%s)\n", all[i]->id, all[i]->version,
                   pack_words(all[i], c->lang, all[i]->id, all[i]->title),
                   tr_n(c->arena, c->lang, MSG("1 tool"), MSG("{0} tools"), (int64_t)n_tools));
    }
    return ERR_NONE;
}

const struct command cmd_pack_list = {
    .name = "pack list",
    .usage = "pack list [--format text|json]",
    .about = MSG("lists the packs of tools that the program holds"),
    .options = format_option,
    .run = pack_list_run,
};

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

static void show_row(struct cli *c, const struct pack_tool *t, const struct pack_row *r)
{
    struct arena *a = c->arena;
    const struct pack *p = t->pack;
    buf_printf(&c->out, "%s  %s\n", r->id, pack_words(p, c->lang, r->id, r->text));
    show_line(c, MSG("Short name"), r->short_name);
    show_line(c, MSG("Help"), pack_words(p, c->lang, r->id, r->help));
    if (r->section != NULL) {
        show_line(c, MSG("Section"), tool_section(t, r->section)->title);
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
    show_line(c, MSG("Note"), r->note);
}

static void show_tool(struct cli *c, const struct pack_tool *t)
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

static void json_list(struct json_out *j, const char *name, const char *const *list, unsigned n)
{
    json_put_name(j, name);
    json_put_array(j);
    for (unsigned i = 0; i < n; i++) {
        json_put_text(j, list[i]);
    }
    json_put_array_end(j);
}

// Leaves out what the row does not have; the names are those of the files.
static void json_row(struct json_out *j, const struct pack_row *r)
{
    const struct {
        const char *name, *text;
    } texts[] = {
        {"section", r->section},
        {"short", r->short_name},
        {"text", r->text},
        {"help", r->help},
        {"note", r->note},
        {"result", r->result},
        {"unit", pack_unit_word(r->unit)},
        {"direction", pack_direction_word(r->direction)},
        {"accumulation", pack_accumulation_word(r->accumulation)},
        {"numerator", r->numerator},
        {"denominator", r->denominator},
        {"printed_year", r->printed_year},
        {"split_printed", r->split_printed},
    };
    const struct {
        const char *name;
        int number;
    } numbers[] = {{"adopted", r->adopted}, {"in_force", r->in_force}, {"ilo", r->ilo}};
    const struct {
        const char *name;
        const char *const *list;
        unsigned n;
    } lists[] = {
        {"refs", r->refs, r->n_refs},
        {"refs_printed", r->refs_printed, r->n_refs_printed},
        {"mitigation", r->mitigation, r->n_mitigation},
        {"disaggregation", r->disaggregation, r->n_disaggregation},
        {"means", r->means, r->n_means},
        {"assumptions", r->assumptions, r->n_assumptions},
        {"targets", r->targets, r->n_targets},
    };
    json_put_object(j);
    json_member_text(j, "id", r->id);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].text != NULL && texts[i].text[0] != '\0') {
            json_member_text(j, texts[i].name, texts[i].text);
        }
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (numbers[i].number != 0) {
            json_member_int(j, numbers[i].name, numbers[i].number);
        }
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (lists[i].n > 0) {
            json_list(j, lists[i].name, lists[i].list, lists[i].n);
        }
    }
    if (r->refs_doubt == PACK_YES) {
        json_member_bool(j, "refs_doubt", true);
    }
    json_put_object_end(j);
}

static void json_tool(struct json_out *j, const struct pack_tool *t, bool rows)
{
    json_put_object(j);
    json_member_text(j, "id", t->id);
    json_member_text(j, "kind", pack_kind_word(t->kind));
    json_member_text(j, "title", t->title);
    json_member_text(j, "purpose", t->purpose);
    json_member_text(j, "phase", pack_phase_word(t->phase));
    json_member_text(j, "subject", pack_subject_word(t->subject));
    json_member_text(j, "source", t->source);
    if (rows) {
        json_put_name(j, "rows");
        json_put_array(j);
        for (unsigned i = 0; i < t->n_rows; i++) {
            json_row(j, &t->rows[i]);
        }
        json_put_array_end(j);
    } else {
        json_member_int(j, "rows", t->n_rows);
    }
    json_put_object_end(j);
}

static void json_pack(struct json_out *j, const struct pack *p)
{
    json_put_object(j);
    json_member_text(j, "id", p->id);
    json_member_text(j, "version", p->version);
    json_member_text(j, "title", p->title);
    json_member_text(j, "publisher", p->publisher);
    json_member_text(j, "licence", p->licence);
    json_member_text(j, "published", p->published);
    json_list(j, "languages", p->languages, p->n_languages);
    json_list(j, "needs", p->needs, p->n_needs);
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    json_put_name(j, "tools");
    json_put_array(j);
    for (size_t i = 0; i < n; i++) {
        json_tool(j, tools[i], false);
    }
    json_put_array_end(j);
    json_put_object_end(j);
}

static enum err pack_not_found(const char *id, struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no pack {0}."),
                   MSG("“mainstay pack list” shows the packs."), id, NULL);
}

// A pack of the program by its id, or one in a folder.
static enum err find_pack(struct cli *c, const char *name, const struct pack **out,
                          struct err_info *e)
{
    struct pack_problems problems;
    pack_problems_init(&problems, c->arena);
    *out = pack_find(name);
    enum err err = *out != NULL ? ERR_NONE : pack_load_folder(c->arena, name, out, &problems, e);
    return err == ERR_NOT_FOUND ? pack_not_found(name, e) : err;
}

static enum err pack_show_run(struct cli *c, struct err_info *e)
{
    bool json;
    enum err err = wants_json(c, &json, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack *p = NULL;
    err = find_pack(c, c->args[0], &p, e);
    if (err != ERR_NONE) {
        return err;
    }
    const struct pack_tool *t = c->n_args > 1 ? pack_tool(p, c->args[1]) : NULL;
    if (c->n_args > 1 && t == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("The pack {0} has no tool {1}."),
                       MSG("“mainstay pack show {0}” shows its tools."), p->id, c->args[1], NULL);
    }
    const struct pack_row *r = c->n_args > 2 ? tool_row(t, c->args[2]) : NULL;
    if (c->n_args > 2 && r == NULL) {
        return err_set(e, ERR_NOT_FOUND, NULL, MSG("The tool {1} has no row {2}."),
                       MSG("“mainstay pack show {0} {1}” shows its rows."), p->id, t->id,
                       c->args[2], NULL);
    }
    if (json) {
        struct json_out j;
        json_begin(&j, &c->out, true);
        if (r != NULL) {
            json_row(&j, r);
        } else if (t != NULL) {
            json_tool(&j, t, true);
        } else {
            json_pack(&j, p);
        }
        json_end(&j);
    } else if (r != NULL) {
        show_row(c, t, r);
    } else if (t != NULL) {
        show_tool(c, t);
    } else {
        show_pack(c, p);
    }
    return ERR_NONE;
}

const struct command cmd_pack_show = {
    .name = "pack show",
    .usage = "pack show PACK|FOLDER [TOOL [ROW]] [--format text|json]",
    .about = MSG("shows a pack, one of its tools, or one row"),
    .options = format_option,
    .min_args = 1,
    .max_args = 3,
    .run = pack_show_run,
};

// ---- check --------------------------------------------------------------------------------------

static void print_problems(struct cli *c, const struct pack_problems *problems, size_t n_packs)
{
    size_t errors = pack_problems_errors(problems);
    for (size_t i = 0; i < problems->n; i++) {
        const struct pack_problem *p = &problems->items[i];
        if (!p->is_note || cli_has(c, "--notes")) {
            buf_printf(p->is_note ? &c->out : &c->err, "%s\n",
                       pack_problem_line(c->arena, c->lang, p));
        }
    }
    if (errors == 0) {
        const char *notes = arena_printf(c->arena, "%zu", problems->n - errors);
        const char *packs = tr_n(c->arena, c->lang, MSG("1 pack looked at"),
                                 MSG("{0} packs looked at"), (int64_t)n_packs);
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("{0}: no problems. Notes: {1} (--notes shows them)."), packs,
                        notes, NULL));
    }
}

static void problems_as_json(struct cli *c, const struct pack_problems *problems)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_array(&j);
    for (size_t i = 0; i < problems->n; i++) {
        const struct pack_problem *p = &problems->items[i];
        json_put_object(&j);
        json_member_text(&j, "code", p->code);
        json_member_text(&j, "file", p->file);
        json_member_int(&j, "line", p->line);
        json_member_int(&j, "column", p->column);
        json_member_text(&j, "what", tr_args(c->arena, c->lang, p->text, p->args, 4));
        json_member_text(&j, "mend", tr_args(c->arena, c->lang, p->mend, p->args, 4));
        json_put_object_end(&j);
    }
    json_put_array_end(&j);
    json_end(&j);
}

static enum err pack_check_run(struct cli *c, struct err_info *e)
{
    bool json;
    enum err err = wants_json(c, &json, e);
    struct pack_problems problems;
    pack_problems_init(&problems, c->arena);
    size_t n_packs = 0;
    if (err == ERR_NONE && c->n_args == 0) {
        err = pack_check_embedded(c->arena, &problems, &n_packs, e);
    }
    for (int i = 0; err == ERR_NONE && i < c->n_args; i++) {
        size_t n = 0;
        err = pack_check_path(c->arena, c->args[i], &problems, &n, e);
        n_packs += n;
    }
    if (err != ERR_NONE) {
        return err;
    }
    if (json) {
        problems_as_json(c, &problems);
    } else {
        print_problems(c, &problems, n_packs);
    }
    size_t errors = pack_problems_errors(&problems);
    return errors == 0 ? ERR_NONE
                       : err_set(e, ERR_INPUT, NULL, errors == 1 ? MSG("One problem was found.")
                                             : MSG("{0} problems were found."),
                                 MSG("Each line above says where and how to mend it."),
                                 arena_printf(c->arena, "%zu", errors), NULL);
}

const struct command cmd_pack_check = {
    .name = "pack check",
    .usage = "pack check [PACK|FOLDER]... [--notes] [--format text|json]",
    .about = MSG("looks for mistakes in packs"),
    .help = MSG("Without a name, all packs of the program are looked at. A folder may be one pack, "
                "or a folder of packs (PUBLISHER/PACK) with its LOCK."),
    .options = (const struct cli_option[]){{"--format", "FORMAT", MSG("text or json"), false},
                                           {"--notes", NULL, MSG("shows notes, too"), false},
                                           {0}},
    .max_args = -1,
    .run = pack_check_run,
};

// ---- counts and lock ----------------------------------------------------------------------------

static enum err pack_counts_run(struct cli *c, struct err_info *e)
{
    const struct pack *p = NULL;
    enum err err = find_pack(c, c->args[0], &p, e);
    if (err != ERR_NONE) {
        return err;
    }
    size_t n;
    const struct pack_count *counts = pack_counts(c->arena, p, &n);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&c->out, "%s\t%s\t%ld\n", counts[i].tool, counts[i].what, counts[i].count);
    }
    return ERR_NONE;
}

const struct command cmd_pack_counts = {
    .name = "pack counts",
    .usage = "pack counts PACK|FOLDER",
    .about = MSG("counts what is in the tools of a pack"),
    .help = MSG("Prints the tool, what is counted and the count, with tabs between, in the words "
                "of the inventory of the published Toolkit."),
    .min_args = 1,
    .max_args = 1,
    .run = pack_counts_run,
};

static enum err pack_lock_run(struct cli *c, struct err_info *e)
{
    const char *folder = c->n_args > 0 ? c->args[0] : "packs";
    size_t n;
    enum err err = pack_lock_write(c->arena, folder, cli_has(c, "--replace"), &n, e);
    if (err == ERR_NONE) {
        buf_printf(&c->out, "%s\n",
                   tr_f(c->arena, c->lang, MSG("{0}/LOCK holds {1} packs."), folder,
                        arena_printf(c->arena, "%zu", n), NULL));
    }
    return err;
}

const struct command cmd_pack_lock = {
    .name = "pack lock",
    .usage = "pack lock [FOLDER] [--replace]",
    .about = MSG("notes the content of each pack version (for developers)"),
    .help = MSG("Writes LOCK in the folder of packs, so that “mainstay pack check” notices content "
                "that changed without a new version."),
    .options = (const struct cli_option[]){{"--replace", NULL,
                                            MSG("lock a version again that nobody got yet"), false},
                                           {0}},
    .max_args = 1,
    .run = pack_lock_run,
};
