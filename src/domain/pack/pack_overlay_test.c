// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_overlay_test.c: wording is found by its words alone, however the document breaks it; short texts
// only between their neighbours; and every official cell of the Toolkit, where its text is at hand.

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "os/file.h"
#include "os/folder.h"
#include "pack/pack_overlay.h"

// ---- a table made here, for texts made up here ------------------------------------------------------

struct official_piece {
    const char *row, *cell;
    int number;
    const char *joins, *text;
};

static struct tsv table_of(const struct official_piece *pieces, size_t n)
{
    struct buf b;
    struct tsv t;
    struct err_info e;
    buf_init(&b, arena, LIMIT_TEXT_BYTES);
    buf_str(&b, "row\tcell\tpiece\tjoins\twords\trolling\thash\tbefore\tafter\texact\n");
    for (size_t i = 0; i < n; i++) {
        struct overlay_doc d;
        int before, after;
        overlay_doc_read(arena, pieces[i].text, strlen(pieces[i].text), &d);
        overlay_signs(arena, &d, &before, &after);
        buf_printf(&b, "%s\t%s\t%d\t%s\t%zu\t%llx\t%llx\t%d\t%d\t%llx\n", pieces[i].row,
                   pieces[i].cell, pieces[i].number, pieces[i].joins, d.n_words,
                   (unsigned long long)overlay_rolling(&d, 0, d.n_words),
                   (unsigned long long)overlay_hash(&d, 0, d.n_words), before, after,
                   (unsigned long long)overlay_exact(arena, pieces[i].text));
    }
    assert_int_equal(tsv_parse(arena, "official.tsv", b.data, b.len, &t, &e), ERR_NONE);
    return t;
}

static const struct official_piece garden[] = {
    {"G-01", "text", 1, "", "Does the gardener water the beds before the sun stands high?"},
    {"G-01", "level", 1, "", "High"},
    {"G-02", "text", 1, "", "Tools that nobody cleans after work will rust by the spring"},
    {"G-02", "text", 2, "broken", "and cost the garden more than a shed."},
    {"G-02", "means", 1, "", "Photographs of the shed, taken each month"},
    {"G-02", "means", 2, "item", "Bills"},
    {"G-02", "level", 1, "", "Low"},
    {"G-03", "text", 1, "", "Neighbours are asked “what do you need?” before seeds are bought"},
};

static const char garden_text[] =
    "High hopes\n\n1. Does the *gardener* water the beds¹ before\nthe sun stands **high**? High\tx\n\n"
    "2. Tools that nobody cleans after work will\nrust by the spring\n\n¹ A footnote.\n\nHeader\n\nand cost "
    "the garden more than a [shed](#tools).<ul>\n- Photographs of the shed, taken each month\n- Bills\n</ul>\n"
    "Low\n3. Neighbours are asked \"what do you need?\" before seeds are bought\n";

static const char *text_of(const struct overlay *o, const char *row, const char *cell)
{
    for (size_t i = 0; i < o->n_cells; i++) {
        if (strcmp(o->cells[i].row, row) == 0 && strcmp(o->cells[i].cell, cell) == 0) {
            return o->cells[i].text;
        }
    }
    fail_msg("the table has no %s %s", row, cell);
    return NULL;
}

static void wording_is_found_through_markup_breaks_and_footnotes(void **state)
{
    (void)state;
    struct tsv t = table_of(garden, COUNT_OF(garden));
    struct overlay o;
    struct err_info e;
    assert_int_equal(overlay_lay_table(arena, &t, garden_text, sizeof garden_text - 1, &o, &e),
                     ERR_NONE);
    assert_int_equal(o.n_cells, 6);
    assert_int_equal(o.n_found, 6);
    assert_int_equal(o.n_rows, 3);
    assert_string_equal(text_of(&o, "G-01", "text"),
                        "Does the gardener water the beds before the sun stands high?");
    assert_string_equal(text_of(&o, "G-02", "text"),
                        "Tools that nobody cleans after work will rust by the spring and cost the "
                        "garden more than a shed.");
    assert_string_equal(text_of(&o, "G-02", "means"),
                        "Photographs of the shed, taken each month\nBills");
    // the characters are those of the document, not of the table
    assert_string_equal(text_of(&o, "G-03", "text"),
                        "Neighbours are asked \"what do you need?\" before seeds are bought");
    // capitals choose between "high?" and "High"
    assert_string_equal(text_of(&o, "G-01", "level"), "High");
}

static void a_short_text_is_not_taken_from_elsewhere(void **state)
{
    (void)state;
    static const char excerpt[] =
        "Low water in the river. High hopes. Bills are paid.\n"
        "Neighbours are asked “what do you need?” before seeds are bought\nNothing else.";
    struct tsv t = table_of(garden, COUNT_OF(garden));
    struct overlay o;
    struct err_info e;
    assert_int_equal(overlay_lay_table(arena, &t, excerpt, sizeof excerpt - 1, &o, &e), ERR_NONE);
    assert_int_equal(o.n_found, 1);
    assert_null(text_of(&o, "G-01", "level"));
    assert_null(text_of(&o, "G-02", "level"));
    assert_null(text_of(&o, "G-02", "means"));
    assert_non_null(text_of(&o, "G-03", "text"));
}

static void one_other_word_is_no_match(void **state)
{
    (void)state;
    static const char other[] = "Does the gardener water the bed before the sun stands high? High\n"
                                "Neighbours are asked “what do you need?” before seeds are bought\n";
    struct tsv t = table_of(garden, COUNT_OF(garden));
    struct overlay o;
    struct err_info e;
    assert_int_equal(overlay_lay_table(arena, &t, other, sizeof other - 1, &o, &e), ERR_NONE);
    assert_null(text_of(&o, "G-01", "text"));
    assert_null(text_of(&o, "G-01", "level")); // its question is not there
}

static void what_is_not_the_document_is_refused(void **state)
{
    (void)state;
    struct tsv t = table_of(garden, COUNT_OF(garden));
    struct overlay o;
    struct err_info e;
    static const char latin1[] = "caf\xE9";
    static const char another[] = "High Low Bills and nothing else that a garden would know of.";
    assert_int_equal(overlay_lay_table(arena, &t, latin1, sizeof latin1 - 1, &o, &e), ERR_INPUT);
    assert_int_equal(overlay_lay_table(arena, &t, another, sizeof another - 1, &o, &e), ERR_INPUT);
    assert_int_equal(overlay_lay_table(arena, &t, "", 0, &o, &e), ERR_INPUT);
    char *large = arena_alloc(arena, OVERLAY_MAX_BYTES + 2);
    memset(large, 'a', OVERLAY_MAX_BYTES + 1);
    assert_int_equal(overlay_lay_table(arena, &t, large, OVERLAY_MAX_BYTES + 1, &o, &e),
                     ERR_TOO_LARGE);
    assert_int_equal(overlay_lay(arena, pack_find("reference"), garden_text, 10, &o, &e),
                     ERR_NOT_FOUND);
    // names that both documents use do not make another, long document ours
    struct buf b;
    buf_init(&b, arena, LIMIT_UPLOAD_BYTES);
    buf_str(&b, "Neighbours are asked what do you need before seeds are bought. ");
    for (int i = 0; i < 4000; i++) {
        buf_printf(&b, "word%d ", i);
    }
    assert_int_equal(overlay_lay_table(arena, &t, b.data, b.len, &o, &e), ERR_INPUT);
}

// The rolling hash against a search that compares word by word.
static void spans_are_those_of_a_plain_search(void **state)
{
    (void)state;
    struct buf b;
    struct overlay_doc d;
    unsigned seed = 7;
    buf_init(&b, arena, LIMIT_TEXT_BYTES);
    for (int i = 0; i < 2000; i++) {
        seed = seed * 1103515245u + 12345u;
        buf_printf(&b, "%c ", 'a' + (int)(seed >> 16) % 3);
    }
    overlay_doc_read(arena, b.data, b.len, &d);
    assert_int_equal(d.n_words, 2000);
    struct overlay_mark marks[60];
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        uint32_t words = (uint32_t)(1 + i % 9);
        marks[i] = (struct overlay_mark){.words = words,
                                         .rolling = overlay_rolling(&d, i * 31, words),
                                         .hash = overlay_hash(&d, i * 31, words)};
    }
    overlay_find(arena, &d, marks, COUNT_OF(marks));
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        size_t n = 0;
        for (size_t at = 0; at + marks[i].words <= d.n_words; at++) {
            bool same = true;
            for (size_t k = 0; k < marks[i].words; k++) {
                same = same && b.data[(at + k) * 2] == b.data[(i * 31 + k) * 2];
            }
            if (same) {
                assert_true(n < marks[i].n_at);
                assert_int_equal(marks[i].at[n++], at);
            }
        }
        assert_int_equal(n, marks[i].n_at);
    }
}

// ---- the Toolkit ------------------------------------------------------------------------------------

// Columns of the inventory that are no wording of the document: its own numbers, codes and remarks
// (README.md of the inventory), and names of kinds and places.
static bool is_wording(const char *column)
{
    static const char *const others[] = {
        "id", "order", "tool", "src_line", "note", "fault", "section_no", "section_order", "group_no",
        "group_order", "list_order", "level_order", "kind_order", "barrier_no", "heading_no", "number",
        "kind", "kind_also", "row_kind", "fact_kind", "scale_kind", "list_id", "row_id", "sub",
        "result_no", "rows", "indicators", "area", "part", "toc_page", "files", "user_fills_in",
        "printed_tool", "part1_id", "place", "purpose", "where", "question_id", "parent", "slots",
        "paragraphs", "footnote", "footnotes", "letter", "internal_ref", "number_printed",
        "disaggregation", "response_short", "letter_slip", "argument_usable", "source_right",
        "sources_named", "refs_meant", "difference", "indicator_tool", "meant_tool"};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (strcmp(column, others[i]) == 0) {
            return false;
        }
    }
    size_t len = strlen(column);
    return strncmp(column, "d_", 2) != 0 && strncmp(column, "same_", 5) != 0 &&
           strncmp(column, "meant", 5) != 0 && strncmp(column, "match_", 6) != 0 &&
           strncmp(column, "difference_", 11) != 0 &&
           (len < 5 || strcmp(column + len - 5, "_same") != 0) &&
           (len < 6 || strcmp(column + len - 6, "_meant") != 0);
}

// The words of a text with a blank after each; remarks like "(blank)" in lists of columns left out.
static const char *words_of(const char *text)
{
    struct overlay_doc d;
    overlay_doc_read(arena, text, strlen(text), &d);
    return d.n_words == 0 ? "" : d.folded;
}

struct gap {
    const char *file, *column;
    int count;
};

// What is no wording of the document although it stands in a column of wording: the inventory's own
// short forms.
static const struct gap known_gaps[] = {
    {"1.9_deprivation_of_liberty.tsv", "source", 4},  // the long source note, shortened
    {"2.1_country_profile.tsv", "section", 10},       // "(opening block, no heading)"
    {"part1_rights_lists.tsv", "list", 5},            // lists without a printed title
    {"reference_lists.tsv", "list", 41},              // the same
    {"tools.tsv", "table_columns", 11},               // with remarks such as "(blank)"
};

static void every_official_cell_of_the_toolkit_is_found(void **state)
{
    (void)state;
    const char *shared = getenv("MAINSTAY_SHARED");
    shared = shared == NULL ? "../shared" : shared;
    const char *seed = arena_printf(arena, "%s/seeds/003_d44a15bd996e46aa.txt", shared);
    if (!file_exists(seed)) {
        print_message("the text of the Toolkit is not here (MAINSTAY_SHARED)\n");
        skip();
    }
    const char *bytes;
    size_t len;
    struct err_info e;
    struct overlay o;
    assert_int_equal(file_read(arena, seed, LIMIT_IMPORT_BYTES, &bytes, &len, &e), ERR_NONE);
    assert_int_equal(overlay_lay(arena, pack_find(PACK_DEFAULT), bytes, len, &o, &e), ERR_NONE);
    assert_int_equal(o.n_found, o.n_cells);

    const char **words = ARENA_ARRAY(arena, const char *, o.n_cells + 1);
    for (size_t i = 0; i < o.n_cells; i++) {
        words[i] = words_of(o.cells[i].text);
    }
    struct folder_file *files;
    size_t n_files;
    assert_int_equal(folder_read(arena, arena_printf(arena, "%s/toolkit", shared), 200,
                                 LIMIT_IMPORT_BYTES, &files, &n_files, &e),
                     ERR_NONE);
    int cells = 0, found = 0;
    int gaps[COUNT_OF(known_gaps)] = {0};
    for (size_t f = 0; f < n_files; f++) {
        const char *name = files[f].path;
        struct tsv t;
        if (strstr(name, ".tsv") == NULL || strcmp(name, "counts.tsv") == 0 ||
            strcmp(name, "faults.tsv") == 0 || strncmp(name, "crossref", 8) == 0) {
            continue;
        }
        assert_int_equal(tsv_parse(arena, name, files[f].bytes, files[f].len, &t, &e), ERR_NONE);
        for (size_t i = 0; i < t.n_rows; i++) {
            const char *id = tsv_cell(&t, i, "id");
            id = strcmp(id, "Resources") == 0      ? "resources"
                 : strncmp(id, "Annex ", 6) == 0 ? arena_printf(arena, "annex-%s", id + 6)
                                                  : id;
            for (size_t c = 0; c < t.n_columns; c++) {
                const char *text = t.cells[i * t.n_columns + c];
                // "question" holds an id in the tables of ratings
                if (text[0] == '\0' || !is_wording(t.columns[c]) || strstr(text, "4-R") == text + 2 ||
                    strstr(text, "6-Q") == text + 2) {
                    continue;
                }
                cells++;
                const char *expected = words_of(text);
                bool here = false;
                for (size_t k = 0; k < o.n_cells && !here; k++) {
                    here = strcmp(o.cells[k].row, id) == 0 && strcmp(words[k], expected) == 0;
                }
                found += here;
                bool known = here;
                for (size_t g = 0; g < COUNT_OF(known_gaps) && !known; g++) {
                    known = strcmp(known_gaps[g].file, name) == 0 &&
                            strcmp(known_gaps[g].column, t.columns[c]) == 0;
                    gaps[g] += known;
                }
                if (!known) {
                    fail_msg("%s %s %s: %s", name, id, t.columns[c], text);
                }
            }
        }
    }
    for (size_t g = 0; g < COUNT_OF(known_gaps); g++) {
        if (gaps[g] > known_gaps[g].count) {
            fail_msg("%s %s: %d cells are not found", known_gaps[g].file, known_gaps[g].column, gaps[g]);
        }
    }
    print_message("%d of %d cells of wording found\n", found, cells);
    assert_true(found >= 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wording_is_found_through_markup_breaks_and_footnotes),
        cmocka_unit_test(a_short_text_is_not_taken_from_elsewhere),
        cmocka_unit_test(one_other_word_is_no_match),
        cmocka_unit_test(what_is_not_the_document_is_refused),
        cmocka_unit_test(spans_are_those_of_a_plain_search),
        cmocka_unit_test(every_official_cell_of_the_toolkit_is_found),
    };
    return cmocka_run_group_tests(tests, set_up_arena, tear_down_arena);
}
