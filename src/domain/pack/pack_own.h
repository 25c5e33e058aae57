// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_own.h: packs of the office: kept in the workspace, one record `pack_file` for each file.
//
// They go through the same reading and the same rules as the packs of the program
// (docs/decisions/0011-own-packs.md). No transaction leaves them unsound (entity.keep).

#ifndef PACK_PACK_OWN_H
#define PACK_PACK_OWN_H

#include "base/arena.h"
#include "base/err.h"
#include "pack/pack.h"

struct actor;
struct db;
struct db_read;
struct record;
struct store;
struct store_tx;

// Takes the packs of this workspace into pack_all when they are not there as they stand now. One
// statement when nothing changed. A pack or tool that cannot be read is left out; `pack check` says why.
MUST_CHECK enum err pack_own_look(struct db_read *db, struct err_info *e);

// ---- the kind pack_file --------------------------------------------------------------------------
enum err pack_file_keep(struct arena *a, struct db_read *db, struct err_info *e);
void pack_file_committed(struct db *db);
// A path of small letters, digits and . - _ below a folder: "tools/office-3.1.yaml".
bool pack_file_name_is_safe(const char *name);

// ---- files of a pack -----------------------------------------------------------------------------
// Puts a folder into the workspace as it is, in one transaction: files that it no longer has are taken
// away. ERR_INPUT with all faults in `problems` when `pack check` finds one; ERR_CONFLICT when the pack is
// there in the same version with other content, unless `replace`. *changed: files made, changed, taken
// away.
MUST_CHECK enum err pack_own_install(struct store *s, struct arena *a, const struct actor *who,
                                     const char *folder, bool replace, const char **id,
                                     size_t *changed, struct pack_problems *problems,
                                     struct err_info *e);
// Writes the files of a pack, of the program or the office, into a new or empty folder.
MUST_CHECK enum err pack_export(struct arena *a, const struct pack *p, const char *folder,
                                size_t *n_files, struct err_info *e);

// ---- tools of a pack -----------------------------------------------------------------------------
struct pack_adapting {
    const struct pack_tool *from;
    const char *pack;       // id of the office's pack; made when there is none
    const char *pack_title; // of a new one; NULL: its id
    const char *tool;       // id of the copy; NULL: PACK-FROM
    const char *title;      // of the copy; NULL: that of the original with the title of the pack
};
// Copies a tool into a pack of the office. *tool is its id, *version that of the change.
MUST_CHECK enum err pack_own_adapt(struct store *s, struct arena *a, const struct actor *who,
                                   const struct pack_adapting *x, const char **tool,
                                   const char **version, struct err_info *e);

// Changing a tool: everything stands in the transaction until pack_own_end. The tool is as its file says,
// hidden rows included, and may be changed in place (pack_adapt.h).
struct pack_own_edit {
    struct store_tx *tx;
    struct record *record; // of its file
    struct pack_tool *tool;
    const char *head; // version of the head of the pack when it was changed, too; else NULL
};
MUST_CHECK enum err pack_own_begin(struct store *s, struct arena *a, const struct actor *who,
                                   const struct pack *p, const char *tool, struct pack_own_edit *out,
                                   struct err_info *e);
// Saves and commits when err is ERR_NONE; else undoes everything and gives err. *version: of the change of the tool,
// or of the head when the tool stayed as it was.
MUST_CHECK enum err pack_own_end(struct pack_own_edit *x, struct arena *a, enum err err,
                                 const char **version, struct err_info *e);
// Puts a scale among those of the pack that is being changed, in place of the one with its id. read: version of
// the head that the person saw, "" for any; ERR_CONFLICT when it is another by now.
MUST_CHECK enum err pack_own_scale_put(struct pack_own_edit *x, struct arena *a,
                                       const struct pack_scale *scale, const char *read,
                                       struct err_info *e);
// The file with the head of a pack of the office, which holds its scales.
MUST_CHECK enum err pack_own_head(struct db_read *db, struct arena *a, const struct pack *p,
                                  struct record **out, struct err_info *e);
// What was changed of a tool, newest first: in its file, and in the head where its scales stand. Only
// changes that say something of this tool; of the head those that touch a scale it is or was answered on.
struct pack_past {
    const struct change *change;
    const struct pack_done *done; // pack_adapt.h
    size_t n_done;
    bool may_undo; // nothing came after it
};
MUST_CHECK enum err pack_own_history(struct db_read *db, struct arena *a, const struct pack *p,
                                     const char *tool, struct pack_past **out, size_t *n,
                                     struct err_info *e);
// The tool as its file says, for reading; NULL when it cannot be read. *record: its file.
MUST_CHECK enum err pack_own_tool(struct db_read *db, struct arena *a, const struct pack *p,
                                  const char *tool, struct pack_tool **out, struct record **record,
                                  struct err_info *e);

#endif
