// SPDX-License-Identifier: AGPL-3.0-or-later
//
// record_cli.h: what the commands about records of every kind ask alike.

#ifndef APP_RECORD_CLI_H
#define APP_RECORD_CLI_H

#include "cli/cli.h"
#include "exchange/record/record_io.h"

// The kind with this name; ERR_USAGE when there is none.
MUST_CHECK enum err record_cli_kind(const char *name, const struct entity **kind, struct err_info *e);
// Fields that are confidential are for the owner of the workspace, who has to ask.
MUST_CHECK enum err record_cli_confidential(const struct cli *c, struct money_context *m, struct err_info *e);

#endif
