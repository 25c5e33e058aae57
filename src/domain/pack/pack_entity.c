// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_entity.c: kinds of records of this noun: the official wording of a row, kept in a workspace.
//
// Packs hold our words only. Who holds the published document lays its wording over them with
// `mainstay pack overlay`; it stays in that workspace, its backups and its log.

#include "pack/pack.h"

#include "base/bug.h"
#include "model/model.h"

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
