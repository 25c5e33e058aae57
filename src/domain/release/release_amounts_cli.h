// SPDX-License-Identifier: AGPL-3.0-or-later
//
// release_amounts_cli.h: "mainstay protect" with --amount. Not for other nouns.

#ifndef RELEASE_RELEASE_AMOUNTS_CLI_H
#define RELEASE_RELEASE_AMOUNTS_CLI_H

#include "cli/cli.h"

// Protects, or with --audit audits, a table of amounts.
enum err release_amounts_run(struct cli *c, bool json, struct err_info *e) MUST_CHECK;
// The table goes to --output, or else to standard output.
enum err release_write_output(struct cli *c, const struct buf *table, struct err_info *e) MUST_CHECK;

#endif
