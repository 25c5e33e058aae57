// SPDX-License-Identifier: AGPL-3.0-or-later
//
// errors.c: the words for what a database refuses, the same for both engines. They never hold a
// value: what was typed may be personal.

#include <stdarg.h>
#include <stdio.h>

#include "db/db_private.h"

enum err db_err_not_unique(struct err_info *e)
{
    return err_set(e, ERR_CONFLICT, NULL, MSG("There is already one with the same code or name."),
                   MSG("Choose another one, or change the one that is there."), (char *)NULL);
}

enum err db_err_reference(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL,
                   MSG("This points to something that is not there, or others still point to it."),
                   MSG("Choose one that exists, or remove first what points to this one."),
                   (char *)NULL);
}

enum err db_err_value(struct err_info *e)
{
    return err_set(e, ERR_INPUT, NULL, MSG("A value is missing, too large or not one of the allowed."),
                   MSG("Look at each field again."), (char *)NULL);
}

enum err db_err_busy(struct err_info *e)
{
    return err_set(e, ERR_BUSY, NULL, MSG("The database is busy with another change."),
                   MSG("Try again in a moment."), (char *)NULL);
}

enum err db_err_disk_full(struct err_info *e)
{
    return err_set(e, ERR_FAILED, NULL, MSG("The disk is full. Nothing was saved."),
                   MSG("Make room on the disk, then try again."), (char *)NULL);
}

enum err db_err_lost(struct err_info *e)
{
    return err_set(e, ERR_FAILED, NULL, MSG("The connection to the database server was lost."),
                   MSG("Try again. If it fails again, is the server running?"), (char *)NULL);
}

enum err db_err_failed(struct err_info *e)
{
    return err_set(e, ERR_FAILED, NULL, MSG("The database refused a step."),
                   MSG("Tell the person who looks after the program; the log says more."),
                   (char *)NULL);
}

enum err db_err_declared(struct err_info *e, const struct db_query *q, const char *format, ...)
{
    enum err code = err_set(e, ERR_FAILED, NULL, MSG("The program asked the database wrongly."),
                            MSG("Tell the person who looks after the program."), (char *)NULL);
    char what[160];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    err_detail(e, "statement %s: %s", q->statement->name, what);
    return code;
}
