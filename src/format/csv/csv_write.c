// SPDX-License-Identifier: AGPL-3.0-or-later
//
// csv_write.c: see csv_write.h. The signs are those of OWASP, "CSV Injection", with their wide forms
// (U+FF1D, U+FF0B, U+FF0D, U+FF20), which spreadsheets in East Asian languages take for the same.

#include "format/csv/csv_write.h"

#include <string.h>

// -12, 0.5: what a spreadsheet reads as a number and as nothing else.
static bool is_plain_number(const char *text)
{
    const char *p = text + (*text == '-');
    size_t whole = strspn(p, "0123456789");
    p += whole;
    if (whole == 0) {
        return false;
    }
    if (*p == '.') {
        size_t places = strspn(p + 1, "0123456789");
        p += 1 + places;
        if (places == 0) {
            return false;
        }
    }
    return *p == '\0';
}

static bool begins_formula(const char *p)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                       "\xef\xbc\xa0"};
    if (*p == '\0') {
        return false;
    }
    if (strchr("=+-@", *p) != NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        if (strncmp(p, wide[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

// Hostile after any apostrophes and white space; tab and CR in front are hostile by themselves.
static bool needs_apostrophe(const char *text)
{
    const char *p = text;
    bool control = false;
    while (*p != '\0' && strchr("' \t\r\n", *p) != NULL) {
        control = control || *p == '\t' || *p == '\r' || *p == '\n';
        p++;
    }
    return control || begins_formula(p);
}

bool csv_is_hostile(const char *text)
{
    return needs_apostrophe(text) && !is_plain_number(text);
}

bool csv_is_disarmed(const char *text)
{
    return text[0] == '\'' && needs_apostrophe(text);
}

void csv_begin(struct csv_out *c, struct buf *out, bool for_spreadsheets)
{
    *c = (struct csv_out){.out = out};
    if (for_spreadsheets) {
        buf_str(out, "\xef\xbb\xbf");
    }
}

static void add_quoted(struct buf *out, const char *text, bool disarm)
{
    buf_char(out, '"');
    if (disarm) {
        buf_char(out, '\'');
    }
    for (const char *p = text; *p != '\0';) {
        size_t n = strcspn(p, "\"");
        buf_add(out, p, n);
        p += n;
        if (*p == '"') {
            buf_str(out, "\"\"");
            p++;
        }
    }
    buf_char(out, '"');
}

void csv_cell(struct csv_out *c, const char *text)
{
    if (c->n_cells++ > 0) {
        buf_char(c->out, ',');
    }
    if (text == NULL || text[0] == '\0') {
        return;
    }
    c->row_has_bytes = true;
    size_t len = strlen(text);
    bool disarm = csv_is_hostile(text);
    // The other separators are quoted too, so that no reader guesses wrong.
    bool quote = strcspn(text, ",;\t\"\r\n") != len || text[0] == ' ' || text[len - 1] == ' ';
    if (quote) {
        add_quoted(c->out, text, disarm);
        return;
    }
    if (disarm) {
        buf_char(c->out, '\'');
    }
    buf_add(c->out, text, len);
}

void csv_cell_int(struct csv_out *c, int64_t n)
{
    if (c->n_cells++ > 0) {
        buf_char(c->out, ',');
    }
    c->row_has_bytes = true;
    buf_int(c->out, n);
}

void csv_row_end(struct csv_out *c)
{
    if (c->n_cells == 1 && !c->row_has_bytes) {
        buf_str(c->out, "\"\""); // a row of one empty cell is not an empty line
    }
    buf_str(c->out, "\r\n");
    c->n_cells = 0;
    c->row_has_bytes = false;
}
