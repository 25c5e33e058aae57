// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_report_cli.c: mainstay report tool: a tool filled in, or blank as the paper form.

#include <string.h>

#include "cli/cli.h"
#include "db/db.h"
#include "programme/programme.h"
#include "report/report_file.h"
#include "report/tool_report.h"

static enum err find_tool(const char *id, const struct pack_tool **out, struct err_info *e)
{
    if (id == NULL) {
        return err_set(e, ERR_USAGE, "--tool", MSG("Which tool?"),
                       MSG("Add --tool ID, for example --tool 2.3."), NULL);
    }
    *out = pack_tool_anywhere(id);
    return *out != NULL ? ERR_NONE
                        : err_set(e, ERR_NOT_FOUND, "--tool", MSG("There is no tool {0}."),
                                  MSG("“mainstay pack show unodc-hrge-2021” lists the tools."), id,
                                  NULL);
}

// The same answer as for what does not exist, unless it may be read.
static enum err may_export(struct cli *c, const struct tool_report *t, const char *programme_id,
                           const char *code, struct err_info *e)
{
    unsigned verbs = 0;
    if (t->tool->subject == PACK_SUBJECT_COUNTRY && c->who != NULL) {
        enum err err =
            programme_country_rights(t->db, c->arena, c->who, t->of.country, &verbs, e);
        if (err != ERR_NONE) {
            return err;
        }
    } else {
        verbs |= cli_may(c, MAY_EXPORT, programme_id) ? MAY_EXPORT : 0u;
        verbs |= cli_may(c, MAY_READ, programme_id) ? MAY_READ : 0u;
    }
    if ((verbs & MAY_EXPORT) != 0) {
        return ERR_NONE;
    }
    return (verbs & MAY_READ) != 0
               ? err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not export this report."),
                         MSG("Ask the person who manages this programme to give you the role."), NULL)
               : err_set(e, ERR_NOT_FOUND, "subject", MSG("There is no {0} “{1}”."),
                         MSG("Look at the list for what there is."),
                         tr(c->lang, pack_subject_label(t->tool->subject)), code, NULL);
}

static enum err run(struct cli *c, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    const char *subject = cli_option_of(c, "--subject");
    struct tool_report t = {.arena = c->arena, .lang = c->lang, .blank = cli_has(c, "--blank")};
    struct report_file file;
    struct report *report;
    const char *programme_id = NULL;
    enum err err = find_tool(cli_option_of(c, "--tool"), &t.tool, e);
    if (err == ERR_NONE) {
        err = report_file_format(format == NULL ? "md" : format, &file, e);
    }
    if (err == ERR_NONE && t.blank && subject != NULL) {
        err = err_set(e, ERR_USAGE, "--subject", MSG("The paper form is about nobody yet."),
                      MSG("Leave out --subject, or --blank."), NULL);
    }
    if (err == ERR_NONE && !t.blank && subject == NULL) {
        err = err_set(e, ERR_USAGE, "--subject", MSG("Filled in about what?"),
                      MSG("Add --subject CODE, or --blank for the paper form."), NULL);
    }
    if (err == ERR_NONE && !t.blank && c->store == NULL) {
        err = err_set(e, ERR_USAGE, "--workspace", MSG("Which workspace?"),
                      MSG("Add --workspace DIR, or --blank for the paper form."), NULL);
    }
    if (err == ERR_NONE && !t.blank) {
        err = db_reader(store_db(c->store), &t.db, e);
    }
    if (err == ERR_NONE && !t.blank) {
        err = tool_report_subject(&t, subject, &programme_id, e);
    }
    if (err == ERR_NONE && !t.blank) {
        err = may_export(c, &t, programme_id, subject, e);
    }
    if (err == ERR_NONE) {
        err = tool_report_make(&t, &report, e);
    }
    return err != ERR_NONE ? err : report_file_draw(c->arena, report, &file, &c->out, e);
}

const struct command cmd_report_tool = {
    .name = "report tool",
    .usage = "report tool --tool ID (--subject CODE | --blank) [--format html|pdf|docx|xlsx|md] "
             "[--output FILE]",
    .about = MSG("prints a tool filled in, or blank as the paper form"),
    .options = (const struct cli_option[]){
        {"--tool", "ID", MSG("which tool, for example 2.3"), false},
        {"--subject", "CODE", MSG("filled in about what: GLOT59, KE, SAMPLE1/FILM1"), false},
        {"--blank", NULL, MSG("the paper form"), false},
        {"--format", "FORMAT", MSG("html, pdf, docx, xlsx or md"), false},
        {0}},
    .max_args = 0,
    .store_if_named = true,
    .run = run,
};
