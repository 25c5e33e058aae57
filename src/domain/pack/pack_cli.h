// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_cli.h: what the commands of packs share.

#ifndef PACK_PACK_CLI_H
#define PACK_PACK_CLI_H

#include "cli/cli.h"
#include "pack/pack.h"

// --format json or text (also when absent); ERR_USAGE for another word.
MUST_CHECK enum err pack_cli_wants_json(struct cli *c, bool *json, struct err_info *e);
enum err pack_cli_not_found(const char *id, struct err_info *e);
// A pack of the program by its id, or one in a folder.
MUST_CHECK enum err pack_cli_find(struct cli *c, const char *name, const struct pack **out,
                                  struct err_info *e);
// Faults to standard error; notes to standard output with --notes.
void pack_cli_problems(struct cli *c, const struct pack_problems *problems);

#endif
