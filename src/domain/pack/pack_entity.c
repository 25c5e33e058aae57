// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_entity.c: kinds of records of this noun: the official wording of a row, and packs of the office.
//
// Packs hold our words only. Who holds the published document lays its wording over them with
// `mainstay pack overlay`; it stays in that workspace, its backups and its log. So do the files of packs
// that an office makes itself.

#include "pack/pack.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "model/model.h"
#include "pack/pack_own.h"

static const struct field wording_fields[] = {
    {.name = "pack", .label = MSG("Pack"), .type = FIELD_TEXT, .data_class = CLASS_C1,
     .required = true, .max = 60},
    {.name = "row", .label = MSG("Row"), .hint = MSG("A row, a tool or a level of the pack."),
     .example = "3.4-R07", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true, .max = 60},
    {.name = "cell", .label = MSG("Part of the row"), .example = "text", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 60},
    {.name = "text", .label = MSG("Official wording"), .type = FIELD_LONG,
     .data_class = CLASS_C1, .required = true},
};

const struct entity entity_wording = {
    .kind = "wording",
    .label = MSG("Official wording"),
    .label_many = MSG("Official wordings"),
    .about = MSG("What the published document says where a row of a pack uses our words."),
    .title_field = "row",
    .order_field = "row",
    .unsearched = true, // the rows themselves are
    .fields = wording_fields,
    .n_fields = COUNT_OF(wording_fields),
};

static const struct field pack_file_fields[] = {
    {.name = "pack", .label = MSG("Pack"), .example = "office", .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 64},
    {.name = "name", .label = MSG("File"), .hint = MSG("Its path in the folder of the pack."),
     .example = "tools/office-3.1.yaml", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 200},
    {.name = "text", .label = MSG("Content"), .type = FIELD_LONG, .data_class = CLASS_C1,
     .max = (int64_t)LIMIT_PACK_FILE_BYTES},
};

static enum err pack_file_check(const struct record *r, struct err_info *e)
{
    return pack_file_name_is_safe(record_text(r, "name"))
               ? ERR_NONE
               : err_set(e, ERR_INPUT, "name", MSG("{0} is not the path of a file in a pack."),
                         MSG("For example tools/office-3.1.yaml."), record_text(r, "name"), NULL);
}

const struct entity entity_pack_file = {
    .kind = "pack_file",
    .label = MSG("File of a pack"),
    .label_many = MSG("Files of packs"),
    .about = MSG("A file of a pack that the office made itself, as docs/packs.md describes it."),
    .title_field = "name",
    .order_field = "name",
    .admin_only = true,
    .unsearched = true, // the tools themselves are
    .check = pack_file_check,
    .keep = pack_file_keep,
    .committed = pack_file_committed,
    .fields = pack_file_fields,
    .n_fields = COUNT_OF(pack_file_fields),
};
