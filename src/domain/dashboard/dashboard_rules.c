// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dashboard_rules.c: what makes a saved view right.

#include <string.h>

#include "dashboard/dashboard.h"

enum err saved_view_check(const struct record *r, struct err_info *e)
{
    static const char page[] = "/dashboard";
    const char *address = record_text(r, "address");
    size_t n = strcspn(address, "?#");
    size_t len = sizeof page - 1;
    bool local = address[0] == '/' && address[1] != '/' && strchr(address, '\\') == NULL;
    if (!local || n < len || strncmp(address + n - len, page, len) != 0) {
        return err_set(e, ERR_INPUT, "address", MSG("This is not the address of a dashboard."),
                       MSG("Open a dashboard, set its filters and save from there."), NULL);
    }
    return ERR_NONE;
}
