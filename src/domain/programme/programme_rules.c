// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_rules.c: what makes a programme and a piece of evidence right.

#include <string.h>

#include "programme/programme.h"

enum err programme_check(const struct record *r, struct err_info *e)
{
    const char *number = record_text(r, "number");
    if (strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") !=
        strlen(number)) {
        return err_set(e, ERR_INPUT, "number",
                       MSG("The number has only letters, digits and hyphens."),
                       MSG("For example GLOT59."), NULL);
    }
    if (strcmp(record_text(r, "ends_on"), record_text(r, "starts_on")) < 0) {
        return err_set(e, ERR_INPUT, "ends_on", MSG("The last day is before the first day."),
                       MSG("Check both dates."), NULL);
    }
    if (record_is_set(r, "approved_total") && record_int(r, "approved_total") < 0) {
        return err_set(e, ERR_INPUT, "approved_total", MSG("A budget cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    if (record_is_set(r, "overall_total") && record_int(r, "overall_total") < 0) {
        return err_set(e, ERR_INPUT, "overall_total", MSG("A budget cannot be negative."),
                       MSG("Check the sign."), NULL);
    }
    return ERR_NONE;
}

enum err evidence_check(const struct record *r, struct err_info *e)
{
    const char *link = record_text(r, "link");
    if (link[0] != '\0' && strncmp(link, "https://", 8) != 0 && strncmp(link, "http://", 7) != 0) {
        return err_set(e, ERR_INPUT, "link", MSG("A link begins with https:// or http://."),
                       MSG("Copy the whole address from the browser."), NULL);
    }
    return ERR_NONE;
}
