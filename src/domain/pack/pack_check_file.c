// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_check_file.c: rules about the files of a pack: names, translations, tables, records, LOCK.

#include "pack/pack_inner.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "model/model.h"

static const char *full(struct pack_checker *c, const char *path)
{
    return pack_inner_path(c->pack->inner, c->arena, path);
}

void check_readme(struct pack_checker *c)
{
    if (pack_inner_file(c->pack->inner, "README.md") == NULL) {
        problem_add(c->problems, RULE_README, full(c, "README.md"), 0, 0, NULL);
    }
}

void check_file_names(struct pack_checker *c)
{
    const struct pack_inner *inner = c->pack->inner;
    for (size_t i = 0; i < inner->n_files; i++) {
        const char *path = inner->files[i].path;
        size_t good = strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789._-/");
        if (path[good] != '\0' && strcmp(path, "README.md") != 0) {
            problem_add(c->problems, RULE_FILE_NAME, full(c, path), 0, 0, NULL);
        }
    }
}

static const char *po_path(struct pack_checker *c, const char *language)
{
    return arena_printf(c->arena, "i18n/%s.po", language);
}

static bool belongs(struct pack_checker *c, const char *path)
{
    const struct pack *p = c->pack;
    if (strcmp(path, "pack.yaml") == 0 || strcmp(path, "README.md") == 0) {
        return true;
    }
    for (size_t i = 0; i < p->inner->n_slots; i++) {
        if (strcmp(p->inner->files[p->inner->slots[i].file].path, path) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < p->n_data; i++) {
        if (strcmp(p->data[i].file, path) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < p->n_records; i++) {
        if (strcmp(p->records[i].file, path) == 0) {
            return true;
        }
    }
    for (size_t i = 1; i < p->n_languages; i++) {
        if (strcmp(po_path(c, p->languages[i]), path) == 0) {
            return true;
        }
    }
    return false;
}

void check_stray_files(struct pack_checker *c)
{
    const struct pack_inner *inner = c->pack->inner;
    for (size_t i = 0; i < inner->n_files; i++) {
        if (!belongs(c, inner->files[i].path)) {
            problem_add(c->problems, RULE_FILE_STRAY, full(c, inner->files[i].path), 0, 0, NULL);
        }
    }
}

void check_tool_files(struct pack_checker *c)
{
    for (size_t i = 0; i < c->n_tools; i++) {
        const struct pack_tool *tool = c->tools[i].tool;
        const char *file = full(c, arena_printf(c->arena, "tools/%s.yaml", tool->id));
        if (strcmp(file, c->tools[i].places.file) != 0) {
            fault_at(c, RULE_TOOL_FILE, &c->tools[i].places, "id", tool->id, NULL);
        }
    }
}

// ---- translations -------------------------------------------------------------------------------

void check_po_files(struct pack_checker *c)
{
    for (size_t i = 1; i < c->pack->n_languages; i++) {
        const char *language = c->pack->languages[i];
        if (pack_inner_file(c->pack->inner, po_path(c, language)) == NULL) {
            fault_at(c, RULE_PO_MISSING, &c->head, arena_printf(c->arena, "languages[%zu]", i),
                     language, NULL);
        }
    }
}

// Reads the translations of the i-th language; false when there is no file or it cannot be read.
static bool read_po(struct pack_checker *c, size_t i, struct po *po, const char **file, int *line)
{
    *file = po_path(c, c->pack->languages[i]);
    const struct folder_file *f = pack_inner_file(c->pack->inner, *file);
    *line = 0;
    return f != NULL && po_parse(c->arena, f->bytes, f->len, po, line);
}

void check_po_form(struct pack_checker *c)
{
    for (size_t i = 1; i < c->pack->n_languages; i++) {
        struct po po;
        const char *file;
        int line;
        if (!read_po(c, i, &po, &file, &line) && line > 0) {
            problem_add(c->problems, RULE_PO_FORM, full(c, file), line, 1, NULL);
        }
    }
}

void check_po_rows(struct pack_checker *c)
{
    for (size_t i = 1; i < c->pack->n_languages; i++) {
        struct po po;
        const char *file;
        int line;
        if (!read_po(c, i, &po, &file, &line)) {
            continue;
        }
        for (size_t t = 0; t < c->n_tools; t++) {
            const struct pack_tool *tool = c->tools[t].tool;
            for (size_t r = 0; r < tool->n_rows; r++) {
                if (po_find(&po, tool->rows[r].id, tool->rows[r].text) == NULL) {
                    fault_at(c, RULE_PO_ROW, &c->tools[t].places,
                             arena_printf(c->arena, "rows[%zu].text", r), tool->rows[r].id,
                             c->pack->languages[i], NULL);
                }
            }
        }
    }
}

// ---- tables -------------------------------------------------------------------------------------

static const struct folder_file *data_file(struct pack_checker *c, size_t i)
{
    const char *file = c->pack->data[i].file;
    bool inside = strncmp(file, "data/", 5) == 0;
    return inside ? pack_inner_file(c->pack->inner, file) : NULL;
}

void check_data_files(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_data; i++) {
        if (data_file(c, i) == NULL) {
            fault_at(c, RULE_DATA_FILE, &c->head, arena_printf(c->arena, "data[%zu].file", i),
                     c->pack->data[i].file, NULL);
        }
    }
}

static bool read_data(struct pack_checker *c, size_t i, struct tsv *out, int *line)
{
    const struct folder_file *f = data_file(c, i);
    struct err_info e = {0};
    *line = 0;
    if (f == NULL || tsv_parse(c->arena, f->path, f->bytes, f->len, out, &e) == ERR_NONE) {
        return f != NULL;
    }
    *line = (int)strtol(e.field, NULL, 10);
    return false;
}

void check_data_form(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_data; i++) {
        struct tsv table;
        int line;
        if (!read_data(c, i, &table, &line) && line > 0) {
            problem_add(c->problems, RULE_DATA_FORM, full(c, c->pack->data[i].file), line, 1, NULL);
        }
    }
}

void check_data_columns(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_data; i++) {
        struct tsv table;
        int line;
        bool good = read_data(c, i, &table, &line);
        for (size_t k = 0; good && k < c->pack->data[i].n_key; k++) {
            if (tsv_column(&table, c->pack->data[i].key[k]) < 0) {
                fault_at(c, RULE_DATA_COLUMN, &c->head,
                         arena_printf(c->arena, "data[%zu].key[%zu]", i, k),
                         c->pack->data[i].key[k], NULL);
            }
        }
    }
}

struct row_key {
    const char *text;
    size_t row;
};

static int by_text(const void *a, const void *b)
{
    const struct row_key *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static const char *key_of(struct pack_checker *c, const struct pack_data *data,
                          const struct tsv *table, size_t row)
{
    const char *text = data->n_key == 0 ? table->cells[row * table->n_columns] : "";
    for (size_t k = 0; k < data->n_key; k++) {
        text = arena_printf(c->arena, "%s%s%s", text, k == 0 ? "" : " ",
                            tsv_cell(table, row, data->key[k]));
    }
    return text;
}

void check_data_keys(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_data; i++) {
        struct tsv table;
        int line;
        if (!read_data(c, i, &table, &line) || table.n_rows == 0) {
            continue;
        }
        struct row_key *keys = ARENA_ARRAY(c->arena, struct row_key, table.n_rows);
        for (size_t r = 0; r < table.n_rows; r++) {
            keys[r] = (struct row_key){key_of(c, &c->pack->data[i], &table, r), r};
        }
        sort_items(keys, table.n_rows, sizeof *keys, by_text);
        for (size_t r = 1; r < table.n_rows; r++) {
            if (strcmp(keys[r - 1].text, keys[r].text) == 0) {
                problem_add(c->problems, RULE_DATA_KEY, full(c, c->pack->data[i].file),
                            (int)keys[r].row + 2, 1, keys[r].text, NULL);
            }
        }
    }
}

// ---- records ------------------------------------------------------------------------------------

void check_record_kinds(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_records; i++) {
        if (model_find(c->pack->records[i].kind) == NULL) {
            fault_at(c, RULE_RECORDS_KIND, &c->head, arena_printf(c->arena, "records[%zu].kind", i),
                     c->pack->records[i].kind, NULL);
        }
    }
}

// The JSON array in the i-th records file; NULL with the reason when it is none.
static json_t *read_records(struct pack_checker *c, size_t i, const char **why, int *line)
{
    const struct folder_file *f = pack_inner_file(c->pack->inner, c->pack->records[i].file);
    *line = 0;
    if (f == NULL) {
        *why = "no such file";
        return NULL;
    }
    json_error_t error;
    json_t *root = json_loadb(f->bytes, f->len, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        *why = arena_copy(c->arena, error.text);
        *line = error.line;
        return NULL;
    }
    bool good = json_is_array(root);
    for (size_t r = 0; good && r < json_array_size(root); r++) {
        good = json_is_object(json_array_get(root, r));
    }
    if (!good) {
        *why = "no array of objects";
        *line = 1;
        json_decref(root);
        return NULL;
    }
    return root;
}

void check_record_files(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_records; i++) {
        const char *file = c->pack->records[i].file;
        const char *why = "";
        int line;
        json_t *root = read_records(c, i, &why, &line);
        if (root != NULL) {
            json_decref(root);
        } else if (line == 0) {
            fault_at(c, RULE_RECORDS_FORM, &c->head, arena_printf(c->arena, "records[%zu].file", i),
                     file, why, NULL);
        } else {
            problem_add(c->problems, RULE_RECORDS_FORM, full(c, file), line, 1, file, why, NULL);
        }
    }
}

static void check_fields(struct pack_checker *c, size_t i, const struct entity *kind,
                         const json_t *root)
{
    for (size_t r = 0; r < json_array_size(root); r++) {
        const char *key;
        json_t *value;
        json_object_foreach(json_array_get(root, r), key, value) {
            // "_as" is a handle by which other records of the pack name this one
            if (strcmp(key, "id") != 0 && strcmp(key, "_as") != 0 &&
                entity_field(kind, key) == NULL) {
                problem_add(c->problems, RULE_RECORDS_FIELD, full(c, c->pack->records[i].file), 0, 0,
                            arena_printf(c->arena, "%zu", r + 1), kind->kind, key, NULL);
            }
        }
    }
}

void check_record_fields(struct pack_checker *c)
{
    for (size_t i = 0; i < c->pack->n_records; i++) {
        const struct entity *kind = model_find(c->pack->records[i].kind);
        const char *why;
        int line;
        json_t *root = kind == NULL ? NULL : read_records(c, i, &why, &line);
        if (root != NULL) {
            check_fields(c, i, kind, root);
            json_decref(root);
        }
    }
}

// ---- LOCK ---------------------------------------------------------------------------------------

// The hash LOCK has for this pack and version, or NULL.
static const char *locked_hash(const struct tsv *lock, const struct pack *p)
{
    for (size_t i = 0; i < lock->n_rows; i++) {
        if (strcmp(tsv_cell(lock, i, "pack"), p->id) == 0 &&
            strcmp(tsv_cell(lock, i, "version"), p->version) == 0) {
            return tsv_cell(lock, i, "hash");
        }
    }
    return NULL;
}

void check_lock_changed(struct pack_checker *c)
{
    const char *hash = c->lock == NULL ? NULL : locked_hash(c->lock, c->pack);
    if (hash != NULL && strcmp(hash, pack_hash(c->arena, c->pack)) != 0) {
        fault_at(c, RULE_LOCK_CHANGED, &c->head, "version", c->pack->version, NULL);
    }
}

void check_lock_missing(struct pack_checker *c)
{
    if (c->lock != NULL && !c->unlocked && locked_hash(c->lock, c->pack) == NULL) {
        fault_at(c, RULE_LOCK_MISSING, &c->head, "version", c->pack->version, NULL);
    }
}
