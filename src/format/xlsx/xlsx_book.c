// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx_book.c: finds the parts of a workbook by their relations and reads them in order: styles,
// shared texts, sheets.
//
// Method: ECMA-376-2 (packages), ECMA-376-1, 18.2 (workbook), 18.8 (styles).

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/xlsx/xlsx_parts.h"

#define MAX_RELATIONS 4000
#define MAX_STYLES 70000 // Excel itself stops at 65,490
#define MAX_PATH_BYTES 256

void xlsx_blame(struct xlsx_in *in, enum xlsx_fault_kind kind, const char *place, size_t limit)
{
    if (in->fault.kind == XLSX_NO_FAULT) {
        in->fault.kind = kind;
        in->fault.limit = limit;
        snprintf(in->fault.place, sizeof in->fault.place, "%s", place == NULL ? "" : place);
    }
}

void xlsx_blame_zip(struct xlsx_in *in, enum zip_state state, const char *part)
{
    static const enum xlsx_fault_kind faults[] = {[ZIP_NONE] = XLSX_NOT_ONE,
                                                  [ZIP_DAMAGED] = XLSX_DAMAGED,
                                                  [ZIP_SEALED] = XLSX_SEALED,
                                                  [ZIP_TOO_LARGE] = XLSX_BOMB};
    xlsx_blame(in, faults[state], part, 0);
}

// ---- relations --------------------------------------------------------------------------------------

struct relation {
    const char *id;
    const char *type;   // the word after the last "/"
    const char *target; // a path in the package
};

struct relations {
    struct relation *items;
    int n;
    const char *folder; // targets are relative to it: "", "xl/"
};

// "worksheets/sheet1.xml" seen from "xl/", "/xl/styles.xml", "../x.xml" to a path without dots.
static const char *resolve(struct arena *a, const char *folder, const char *target)
{
    char path[MAX_PATH_BYTES];
    size_t len = 0;
    const char *pieces[2] = {target[0] == '/' ? "" : folder, target};
    for (int i = 0; i < 2; i++) {
        for (const char *p = pieces[i]; *p != '\0';) {
            size_t n = strcspn(p, "/");
            if (n == 2 && strncmp(p, "..", 2) == 0) {
                len = len > 0 ? len - 1 : 0;
                while (len > 0 && path[len - 1] != '/') {
                    len--;
                }
            } else if (n > 0 && !(n == 1 && *p == '.')) {
                if (len + n + 2 > sizeof path) {
                    return "";
                }
                memcpy(path + len, p, n);
                len += n;
                path[len++] = '/';
            }
            p += n;
            p += *p == '/' ? 1 : 0;
        }
    }
    return len == 0 ? "" : arena_copy_n(a, path, len - 1);
}

static void relation_start(struct xlsx_in *in, void *of, const char *name, const char **attributes)
{
    struct relations *r = of;
    const char *id = xlsx_xml_attribute(attributes, "Id");
    const char *type = xlsx_xml_attribute(attributes, "Type");
    const char *target = xlsx_xml_attribute(attributes, "Target");
    const char *mode = xlsx_xml_attribute(attributes, "TargetMode");
    bool inside = mode == NULL || strcmp(mode, "External") != 0;
    if (strcmp(name, "Relationship") != 0 || !inside || id == NULL || type == NULL ||
        target == NULL) {
        return;
    }
    if (r->n == MAX_RELATIONS) {
        xlsx_blame(in, XLSX_BOMB, NULL, 0);
        return;
    }
    const char *stroke = strrchr(type, '/');
    r->items[r->n++] = (struct relation){arena_copy(in->a, id),
                                         arena_copy(in->a, stroke == NULL ? type : stroke + 1),
                                         resolve(in->a, r->folder, target)};
}

static void nothing_at_end(struct xlsx_in *in, void *of, const char *name)
{
    (void)in;
    (void)of;
    (void)name;
}

static bool read_relations(struct xlsx_in *in, const char *of_part, struct relations *r)
{
    static const struct xlsx_handler handler = {relation_start, nothing_at_end, NULL};
    const char *stroke = strrchr(of_part, '/');
    size_t len = stroke == NULL ? 0 : (size_t)(stroke - of_part) + 1;
    r->folder = arena_copy_n(in->a, of_part, len);
    r->items = ARENA_ARRAY(in->a, struct relation, MAX_RELATIONS);
    r->n = 0;
    const char *path = arena_printf(in->a, "%s_rels/%s.rels", r->folder, of_part + len);
    int part = zip_find(in->zip, path);
    if (part < 0) {
        xlsx_blame(in, XLSX_DAMAGED, path, 0);
        return false;
    }
    return xlsx_xml_read(in, part, path, &handler, r);
}

static const struct relation *relation_of_type(const struct relations *r, const char *type)
{
    for (int i = 0; i < r->n; i++) {
        if (strcmp(r->items[i].type, type) == 0) {
            return &r->items[i];
        }
    }
    return NULL;
}

static const struct relation *relation_of_id(const struct relations *r, const char *id)
{
    for (int i = 0; i < r->n; i++) {
        if (strcmp(r->items[i].id, id) == 0) {
            return &r->items[i];
        }
    }
    return NULL;
}

// ---- styles -----------------------------------------------------------------------------------------

struct own_format {
    int number;
    enum xlsx_form form;
};

struct styles {
    struct own_format *formats;
    size_t n_formats;
    bool in_cells;
};

static enum xlsx_form form_of(const struct styles *s, int number)
{
    for (size_t i = s->n_formats; i-- > 0;) {
        if (s->formats[i].number == number) {
            return s->formats[i].form;
        }
    }
    return xlsx_form_of_number(number);
}

static int number_of(const char *text)
{
    long n = text == NULL ? 0 : strtol(text, NULL, 10);
    return n < 0 || n > 1000000 ? 0 : (int)n;
}

// Formats are few thousand at most, so each style may look through all of them.
#define MAX_FORMATS 2000

static void styles_start(struct xlsx_in *in, void *of, const char *name, const char **attributes)
{
    struct styles *s = of;
    const char *number = xlsx_xml_attribute(attributes, "numFmtId");
    if (strcmp(name, "numFmt") == 0 && !s->in_cells) {
        const char *code = xlsx_xml_attribute(attributes, "formatCode");
        if (number != NULL && code != NULL && s->n_formats < MAX_FORMATS) {
            s->formats[s->n_formats++] =
                (struct own_format){number_of(number), xlsx_form_of_code(code)};
        }
    } else if (strcmp(name, "cellXfs") == 0) {
        s->in_cells = true;
    } else if (s->in_cells && strcmp(name, "xf") == 0) {
        if (in->n_forms == MAX_STYLES) {
            xlsx_blame(in, XLSX_BOMB, NULL, 0);
            return;
        }
        in->forms[in->n_forms++] = form_of(s, number_of(number));
    }
}

static void styles_end(struct xlsx_in *in, void *of, const char *name)
{
    (void)in;
    struct styles *s = of;
    if (strcmp(name, "cellXfs") == 0) {
        s->in_cells = false;
    }
}

bool xlsx_styles_read(struct xlsx_in *in, int part)
{
    static const struct xlsx_handler handler = {styles_start, styles_end, NULL};
    struct styles s = {.formats = ARENA_ARRAY(in->a, struct own_format, MAX_FORMATS)};
    in->forms = ARENA_ARRAY(in->a, enum xlsx_form, MAX_STYLES);
    return xlsx_xml_read(in, part, "styles", &handler, &s);
}

// ---- the workbook -----------------------------------------------------------------------------------

struct book {
    bool begun;
    bool in_sheets;
};

static void book_start(struct xlsx_in *in, void *of, const char *name, const char **attributes)
{
    struct book *b = of;
    if (!b->begun && strcmp(name, "workbook") != 0) {
        xlsx_blame(in, XLSX_OTHER, NULL, 0); // a text document or slides
    }
    b->begun = true;
    if (strcmp(name, "workbookPr") == 0) {
        in->from_1904 = xlsx_xml_is_true(xlsx_xml_attribute(attributes, "date1904"));
    } else if (strcmp(name, "sheets") == 0) {
        b->in_sheets = true;
    } else if (b->in_sheets && strcmp(name, "sheet") == 0) {
        const char *sheet = xlsx_xml_attribute(attributes, "name");
        const char *relation = xlsx_xml_attribute(attributes, "id");
        const char *state = xlsx_xml_attribute(attributes, "state");
        size_t bad;
        if (in->n_sheets == LIMIT_XLSX_SHEETS) {
            xlsx_blame(in, XLSX_MANY_SHEETS, NULL, LIMIT_XLSX_SHEETS);
        } else if (sheet == NULL || relation == NULL || strlen(sheet) >= XLSX_PLACE_BYTES - 16 ||
                   !utf8_is_clean(sheet, strlen(sheet), &bad)) {
            xlsx_blame(in, XLSX_DAMAGED, "workbook", 0);
        } else {
            in->sheets[in->n_sheets++] = (struct xlsx_sheet_ref){
                arena_copy(in->a, sheet), arena_copy(in->a, relation),
                state != NULL && strcmp(state, "visible") != 0};
        }
    }
}

static void book_end(struct xlsx_in *in, void *of, const char *name)
{
    (void)in;
    if (strcmp(name, "sheets") == 0) {
        ((struct book *)of)->in_sheets = false;
    }
}

static bool read_book(struct xlsx_in *in, const char *path)
{
    static const struct xlsx_handler handler = {book_start, book_end, NULL};
    struct book b = {false, false};
    int part = zip_find(in->zip, path);
    in->sheets = ARENA_ARRAY(in->a, struct xlsx_sheet_ref, LIMIT_XLSX_SHEETS);
    if (part < 0) {
        xlsx_blame(in, XLSX_DAMAGED, "workbook", 0);
        return false;
    }
    return xlsx_xml_read(in, part, "workbook", &handler, &b);
}

static bool read_shared(struct xlsx_in *in, const struct relations *r)
{
    const struct relation *styles = relation_of_type(r, "styles");
    const struct relation *strings = relation_of_type(r, "sharedStrings");
    int part = styles == NULL ? -1 : zip_find(in->zip, styles->target);
    if (part >= 0 && !xlsx_styles_read(in, part)) {
        return false;
    }
    part = strings == NULL ? -1 : zip_find(in->zip, strings->target);
    return part < 0 || xlsx_strings_read(in, part); // a cell that needs a missing text is blamed
}

static void read_sheets(struct xlsx_in *in, const struct relations *r)
{
    for (int i = 0; i < in->n_sheets && in->fault.kind == XLSX_NO_FAULT; i++) {
        const struct xlsx_sheet_ref *s = &in->sheets[i];
        const struct relation *relation = relation_of_id(r, s->relation);
        if (relation != NULL && strcmp(relation->type, "worksheet") != 0) {
            continue; // a chart or a dialogue has no cells
        }
        int part = relation == NULL ? -1 : zip_find(in->zip, relation->target);
        if (part < 0) {
            xlsx_blame(in, XLSX_DAMAGED, s->name, 0);
            return;
        }
        xlsx_wire_sheet(in->out, s->name, s->hidden);
        (void)xlsx_cells_read(in, part, s->name);
    }
}

// What a package without a workbook is instead.
static enum xlsx_fault_kind what_it_is(const struct zip_in *zip)
{
    return zip_find(zip, "[Content_Types].xml") >= 0 || zip_find(zip, "mimetype") >= 0
               ? XLSX_OTHER
               : XLSX_NOT_ONE;
}

static void read_all(struct xlsx_in *in)
{
    struct relations root;
    if (zip_find(in->zip, "_rels/.rels") < 0) {
        xlsx_blame(in, what_it_is(in->zip), NULL, 0);
        return;
    }
    if (!read_relations(in, "", &root)) {
        return;
    }
    const struct relation *book = relation_of_type(&root, "officeDocument");
    size_t len = book == NULL ? 0 : strlen(book->target);
    if (len < 4 || strcmp(book->target + len - 4, ".xml") != 0) {
        xlsx_blame(in, XLSX_OTHER, NULL, 0); // a workbook in binary form
        return;
    }
    struct relations r;
    if (!read_relations(in, book->target, &r)) {
        return;
    }
    if (relation_of_type(&r, "vbaProject") != NULL || zip_find(in->zip, "xl/vbaProject.bin") >= 0) {
        xlsx_blame(in, XLSX_MACROS, NULL, 0);
        return;
    }
    if (read_book(in, book->target) && read_shared(in, &r)) {
        read_sheets(in, &r);
    }
}

void xlsx_answer(struct arena *a, const char *bytes, size_t len, struct buf *out)
{
    struct xlsx_in in = {.a = a, .out = out};
    bool old = len >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
    enum zip_state state = ZIP_NONE;
    if (old) {
        xlsx_blame(&in, XLSX_OLD, NULL, 0);
    } else if ((state = zip_open(a, bytes, len, &in.zip)) != ZIP_FINE) {
        xlsx_blame_zip(&in, state, "ZIP");
    } else {
        read_all(&in);
    }
    if (buf_is_full(out)) {
        xlsx_blame(&in, XLSX_MUCH_TEXT, NULL, 0);
    }
    if (in.fault.kind != XLSX_NO_FAULT) {
        buf_reset(out);
        out->full = false;
        xlsx_wire_fault(out, &in.fault);
    } else {
        xlsx_wire_end(out);
    }
}
