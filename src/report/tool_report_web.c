// SPDX-License-Identifier: AGPL-3.0-or-later
//
// tool_report_web.c: tools as files: the paper form from the library, and filled in from the pages where
// they are filled in.

#include <string.h>

#include "base/bug.h"
#include "diligence/diligence.h"
#include "http/http.h"
#include "programme/programme_web.h"
#include "report/report_file.h"
#include "report/tool_report.h"

static enum err send(struct req *r, struct reply *p, struct tool_report *t, const char *name,
                     const char *about, struct err_info *e)
{
    struct report_file file;
    struct report *report;
    enum err err = report_file_format(req_capture(r, "format"), &file, e);
    if (err == ERR_NONE) {
        err = tool_report_make(t, &report, e);
    }
    return err != ERR_NONE ? err : report_send(r, p, report, &file,
                                              arena_printf(r->arena, "%s-%.10s", name, report->made_at_iso), about, e);
}

static enum err no_tool(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("There is no such tool."),
                   MSG("Choose one in the library."), NULL);
}

// ---- blank --------------------------------------------------------------------------------------

static enum err blank_get(struct req *r, struct reply *p, struct err_info *e)
{
    const struct pack *pack = pack_find(req_capture(r, "pack"));
    struct tool_report t = {.arena = r->arena,
                            .lang = r->lang,
                            .tool = pack == NULL ? NULL : pack_tool(pack, req_capture(r, "tool")),
                            .blank = true};
    return t.tool == NULL ? no_tool(e) : send(r, p, &t, t.tool->id, NULL, e);
}

const struct route route_tool_blank = {
    .path = "/library/{pack}/{tool}/form/{format}",
    .needs = MAY_SIGNED_IN,
    .get = blank_get,
    .title = MSG("Paper form"),
    .menu = MENU_LIBRARY,
    .slow = true,
};

// ---- filled in ----------------------------------------------------------------------------------

static enum err filled_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct tool_report t = {.arena = r->arena,
                            .db = r->db,
                            .lang = r->lang,
                            .tool = pack_tool_anywhere(req_capture(r, "tool")),
                            .round_id = req_query(r, "round")};
    const char *number = r->programme == NULL ? "" : record_text(r->programme, "number");
    const char *publication = req_capture(r, "publication");
    const char *code = r->country != NULL      ? r->country
                       : publication[0] != '\0' ? arena_printf(r->arena, "%s/%s", number, publication)
                                               : number;
    enum pack_subject subject = r->country != NULL         ? PACK_SUBJECT_COUNTRY
                                : publication[0] != '\0' ? PACK_SUBJECT_PUBLICATION
                                                          : PACK_SUBJECT_PROGRAMME;
    const char *programme_id;
    if (t.tool == NULL || t.tool->subject != subject) {
        return no_tool(e);
    }
    enum err err = tool_report_subject(&t, code, &programme_id, e);
    const char *name = arena_printf(r->arena, "%s-%s", r->country != NULL ? r->country : number, t.tool->id);
    return err != ERR_NONE ? err : send(r, p, &t, name, t.tool->id, e);
}

// A case of the programme of the path, or of its country as a whole.
static enum err case_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *c;
    enum err err = programme_load_record(r, "due_diligence", req_capture(r, "due_diligence"), &c, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct tool_report t = {.arena = r->arena,
                            .db = r->db,
                            .lang = r->lang,
                            .tool = diligence_tool_of(c),
                            .subject = record_title(c),
                            .record = c};
    return t.tool == NULL ? no_tool(e)
                          : send(r, p, &t, arena_printf(r->arena, "%s-%s", record_text(c, "country"), t.tool->id),
                                 t.tool->id, e);
}

const struct route route_diligence_file = {
    .path = "/programmes/{programme}/due-diligence/{due_diligence}/file/{format}",
    .needs = MAY_EXPORT,
    .get = case_get,
    .title = MSG("Tool as a file"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
const struct route route_country_diligence_file = {
    .path = "/countries/{country}/due-diligence/{due_diligence}/file/{format}",
    .needs = MAY_EXPORT,
    .get = case_get,
    .title = MSG("Tool as a file"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};

const struct route route_tool_file = {
    .path = "/programmes/{programme}/tools/{tool}/file/{format}",
    .needs = MAY_EXPORT,
    .get = filled_get,
    .title = MSG("Tool as a file"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
const struct route route_country_tool_file = {
    .path = "/countries/{country}/tools/{tool}/file/{format}",
    .needs = MAY_EXPORT,
    .get = filled_get,
    .title = MSG("Tool as a file"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};
const struct route route_publication_tool_file = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/file/{format}",
    .needs = MAY_EXPORT,
    .get = filled_get,
    .title = MSG("Tool as a file"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
