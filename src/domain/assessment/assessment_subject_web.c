// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assessment_subject_web.c: the pages of checklists under the addresses of countries and publications.
//
// The handlers are those of programmes; what a tool is filled in about comes from the path. The pages of
// the spreadsheet stand here for all three.

#include "assessment/assessment_matrix_web.h"

// ---- country --------------------------------------------------------------------------------------

// Which pages a tool about a country has: a matrix has its own, all others are answered in sections.
static bool is_matrix(struct req *r)
{
    const struct pack_tool *tool = assessment_tool(req_capture(r, "tool"));
    return tool != NULL && assessment_is_matrix(tool);
}

static enum err tool_get(struct req *r, struct reply *p, struct err_info *e)
{
    return is_matrix(r) ? matrix_get(r, p, e) : checklist_fill_get(r, p, e);
}

static enum err tool_post(struct req *r, struct reply *p, struct err_info *e)
{
    return is_matrix(r) ? matrix_post(r, p, e) : checklist_fill_post(r, p, e);
}

static enum err tool_row_get(struct req *r, struct reply *p, struct err_info *e)
{
    return is_matrix(r) ? matrix_row_get(r, p, e) : checklist_row_get(r, p, e);
}

static enum err tool_round_get(struct req *r, struct reply *p, struct err_info *e)
{
    return is_matrix(r) ? matrix_round_get(r, p, e) : checklist_round_get(r, p, e);
}

const struct route route_country_tool = {
    .path = "/countries/{country}/tools/{tool}",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = tool_get,
    .post = tool_post,
    .fields = checklist_fill_fields,
    .n_fields = CHECKLIST_FILL_FIELDS,
    .also = (const char *const[]){"*", NULL},
    .title = MSG("Analysis of a country"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_row = {
    .path = "/countries/{country}/tools/{tool}/{row}",
    .needs = MAY_READ,
    .get = tool_row_get,
    .title = MSG("Question"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_round = {
    .path = "/countries/{country}/tools/{tool}/rounds/{assessment}",
    .needs = MAY_READ,
    .get = tool_round_get,
    .title = MSG("Round of a checklist"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_submit = {
    .path = "/countries/{country}/tools/{tool}/submit",
    .needs = MAY_WRITE,
    .post = checklist_submit_post,
    .title = MSG("Submit for approval"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_approve = {
    .path = "/countries/{country}/tools/{tool}/approve",
    .needs = MAY_APPROVE,
    .post = checklist_approve_post,
    .title = MSG("Approve"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_again = {
    .path = "/countries/{country}/tools/{tool}/again",
    .needs = MAY_WRITE,
    .post = checklist_again_post,
    .title = MSG("Assess again"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_return = {
    .path = "/countries/{country}/tools/{tool}/return",
    .needs = MAY_APPROVE,
    .get = checklist_return_get,
    .post = checklist_return_post,
    .fields = checklist_return_fields,
    .n_fields = 1,
    .title = MSG("Return"),
    .menu = MENU_COUNTRIES,
};
const struct route route_country_tool_assign = {
    .path = "/countries/{country}/tools/{tool}/assign",
    .needs = MAY_WRITE,
    .get = checklist_assign_get,
    .post = checklist_assign_post,
    .fields = checklist_assign_fields,
    .n_fields = 1,
    .title = MSG("Who fills it in"),
    .menu = MENU_COUNTRIES,
};

// ---- publication ----------------------------------------------------------------------------------

const struct route route_publication_tool = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = checklist_fill_get,
    .post = checklist_fill_post,
    .fields = checklist_fill_fields,
    .n_fields = CHECKLIST_FILL_FIELDS,
    .also = (const char *const[]){"*", NULL},
    .title = MSG("Checklist of a publication"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_row = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/{row}",
    .needs = MAY_READ,
    .get = checklist_row_get,
    .title = MSG("Question"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_round = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/rounds/{assessment}",
    .needs = MAY_READ,
    .get = checklist_round_get,
    .title = MSG("Round of a checklist"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_submit = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/submit",
    .needs = MAY_WRITE,
    .post = checklist_submit_post,
    .title = MSG("Submit for approval"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_approve = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/approve",
    .needs = MAY_APPROVE,
    .post = checklist_approve_post,
    .title = MSG("Approve"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_again = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/again",
    .needs = MAY_WRITE,
    .post = checklist_again_post,
    .title = MSG("Assess again"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_return = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/return",
    .needs = MAY_APPROVE,
    .get = checklist_return_get,
    .post = checklist_return_post,
    .fields = checklist_return_fields,
    .n_fields = 1,
    .title = MSG("Return"),
    .menu = MENU_PROGRAMMES,
};
const struct route route_publication_tool_assign = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/assign",
    .needs = MAY_WRITE,
    .get = checklist_assign_get,
    .post = checklist_assign_post,
    .fields = checklist_assign_fields,
    .n_fields = 1,
    .title = MSG("Who fills it in"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_programme_tool_sheet = {
    .path = "/programmes/{programme}/checklists/{tool}/sheet",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = checklist_sheet_get,
    .post = checklist_sheet_post,
    .also = (const char *const[]){"file", NULL},
    .title = MSG("In a spreadsheet"),
    .menu = MENU_PROGRAMMES,
    .uploads = true,
    .slow = true,
};
const struct route route_programme_tool_sheet_file = {
    .path = "/programmes/{programme}/checklists/{tool}/sheet/workbook",
    .needs = MAY_EXPORT,
    .get = checklist_sheet_file_get,
    .title = MSG("In a spreadsheet"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
const struct route route_programme_tool_sheet_save = {
    .path = "/programmes/{programme}/checklists/{tool}/sheet/save",
    .needs = MAY_WRITE,
    .post = checklist_sheet_save_post,
    .also = (const char *const[]){"c*", NULL},
    .title = MSG("In a spreadsheet"),
    .menu = MENU_PROGRAMMES,
};

const struct route route_country_tool_sheet = {
    .path = "/countries/{country}/tools/{tool}/sheet",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = checklist_sheet_get,
    .post = checklist_sheet_post,
    .also = (const char *const[]){"file", NULL},
    .title = MSG("In a spreadsheet"),
    .menu = MENU_COUNTRIES,
    .uploads = true,
    .slow = true,
};
const struct route route_country_tool_sheet_file = {
    .path = "/countries/{country}/tools/{tool}/sheet/workbook",
    .needs = MAY_EXPORT,
    .get = checklist_sheet_file_get,
    .title = MSG("In a spreadsheet"),
    .menu = MENU_COUNTRIES,
    .slow = true,
};
const struct route route_country_tool_sheet_save = {
    .path = "/countries/{country}/tools/{tool}/sheet/save",
    .needs = MAY_WRITE,
    .post = checklist_sheet_save_post,
    .also = (const char *const[]){"c*", NULL},
    .title = MSG("In a spreadsheet"),
    .menu = MENU_COUNTRIES,
};

const struct route route_publication_tool_sheet = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/sheet",
    .needs = MAY_READ,
    .post_needs = MAY_WRITE,
    .get = checklist_sheet_get,
    .post = checklist_sheet_post,
    .also = (const char *const[]){"file", NULL},
    .title = MSG("In a spreadsheet"),
    .menu = MENU_PROGRAMMES,
    .uploads = true,
    .slow = true,
};
const struct route route_publication_tool_sheet_file = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/sheet/workbook",
    .needs = MAY_EXPORT,
    .get = checklist_sheet_file_get,
    .title = MSG("In a spreadsheet"),
    .menu = MENU_PROGRAMMES,
    .slow = true,
};
const struct route route_publication_tool_sheet_save = {
    .path = "/programmes/{programme}/publications/{publication}/checklists/{tool}/sheet/save",
    .needs = MAY_WRITE,
    .post = checklist_sheet_save_post,
    .also = (const char *const[]){"c*", NULL},
    .title = MSG("In a spreadsheet"),
    .menu = MENU_PROGRAMMES,
};
