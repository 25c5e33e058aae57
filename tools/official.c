// SPDX-License-Identifier: AGPL-3.0-or-later
//
// official.c: makes the table of fingerprints of a pack, with which anybody who holds the published
// document can lay its wording over our rows (docs/packs.md, "Official wording").
//
// Usage: official INVENTORY-FOLDER DOCUMENT.txt > packs/unodc/unodc-hrge-2021/data/official.tsv
//
// Run by hand when the inventory of the Toolkit changes; neither the inventory nor the document is part
// of the repository, and no sentence of theirs gets into the table. On standard error: how many cells
// there are, which had to be broken into pieces, and which are no wording of the document and were left
// out. Ends with 1 when a cell is then laid over with other characters than the inventory has.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "format/tsv/tsv.h"
#include "os/file.h"
#include "pack/pack_overlay.h"

// ---- which columns of the inventory are official wording, and what they are called here -----------

enum how {
    WHOLE,
    ITEMS,  // several values, parted by " | " or " || "
    REFS,   // several values, parted by "; "
    HEADING // stands above the row; left out without a word where the inventory wrote its own
};
static const struct column {
    const char *file;
    const char *column;
    const char *cell;
    enum how how;
} columns[] = {
    {"1.1_gender_stereotypes", "text", "text", WHOLE},
    {"1.1_gender_stereotypes", "aspect", "title", WHOLE},
    {"1.1_gender_stereotypes", "source", "source", WHOLE},
    {"1.6_interview_considerations", "text", "text", WHOLE},
    {"1.6_interview_considerations", "topic", "title", WHOLE},
    {"1.6_interview_considerations", "source", "source", WHOLE},
    {"1.7_data_approach", "text", "text", WHOLE},
    {"1.7_data_approach", "approach", "section", WHOLE},
    {"1.8_barriers_to_justice", "text", "text", WHOLE},
    {"1.8_barriers_to_justice", "barrier", "section", WHOLE},
    {"1.8_fair_trial_standards", "standard", "text", WHOLE},
    {"1.8_fair_trial_standards", "source_printed", "source", WHOLE},
    {"1.9_deprivation_of_liberty", "text", "text", WHOLE},
    {"1.9_deprivation_of_liberty", "aspect", "title", WHOLE},
    {"1.9_deprivation_of_liberty", "source", "source", HEADING},
    {"2.1_country_profile", "field", "text", WHOLE},
    {"2.1_country_profile", "section", "section", HEADING},
    {"2.1_country_profile", "section_source", "source", WHOLE},
    {"2.2_instruments", "instrument_printed", "text", WHOLE},
    {"2.2_instruments", "short_printed", "short", WHOLE},
    {"2.2_instruments", "year_printed", "printed_year", WHOLE},
    {"2.2_instruments", "group", "section", WHOLE},
    {"2.2_instruments", "ilo_no", "ilo", WHOLE},
    {"2.3_national_law", "text", "text", WHOLE},
    {"2.3_national_law", "section", "section", WHOLE},
    {"2.3_national_law", "follow_up", "follow_up", WHOLE},
    {"2.3_national_law", "treaty_ref", "treaty", WHOLE},
    {"2.4_institutional", "text", "text", WHOLE},
    {"2.4_institutional", "section", "section", WHOLE},
    {"2.4_institutional", "levels", "levels", ITEMS},
    {"2.4_institutional", "instruction", "help", WHOLE},
    {"2.4_scales", "level", "text", WHOLE},
    {"2.4_scales", "description", "meaning", WHOLE},
    {"2.5_due_diligence", "text", "text", WHOLE},
    {"2.6_rights_holders", "text", "text", WHOLE},
    {"2.6_rights_holders", "section", "section", WHOLE},
    {"2.6_rights_holders", "columns", "columns", ITEMS},
    {"2.6_rights_holders", "instruction", "help", WHOLE},
    {"2.6_scales", "level", "text", WHOLE},
    {"2.6_scales", "description", "meaning", WHOLE},
    {"2.6_scales", "follow_up", "follow_up", WHOLE},
    {"3.1_planning_checklist", "table_title", "table", WHOLE},
    {"3.1_planning_checklist", "section", "section", WHOLE},
    {"3.1_planning_checklist", "question", "text", WHOLE},
    {"3.1_planning_checklist", "answers", "answers", ITEMS},
    {"3.1_planning_checklist", "follow_up", "follow_up", WHOLE},
    {"3.1_planning_checklist", "refs_printed", "refs", REFS},
    {"3.2_risks", "risk", "text", WHOLE},
    {"3.2_risks", "mitigation", "mitigation", WHOLE},
    {"3.2_risks", "refs_printed", "refs", REFS},
    {"3.3_risks", "risk", "text", WHOLE},
    {"3.3_risks", "mitigation", "mitigation", WHOLE},
    {"3.3_risks", "refs_printed", "refs", REFS},
    {"3.4_risks", "risk", "text", WHOLE},
    {"3.4_risks", "mitigation", "mitigation", WHOLE},
    {"3.4_risks", "refs_printed", "refs", REFS},
    {"3.5_risks", "risk", "text", WHOLE},
    {"3.5_risks", "mitigation", "mitigation", WHOLE},
    {"3.5_risks", "refs_printed", "refs", REFS},
    {"3.6_risks", "risk", "text", WHOLE},
    {"3.6_risks", "mitigation", "mitigation", WHOLE},
    {"3.6_risks", "refs_printed", "refs", REFS},
    {"3.7_advocacy", "heading", "section", WHOLE},
    {"3.7_advocacy", "concern", "text", WHOLE},
    {"3.7_advocacy", "argument", "argument", WHOLE},
    {"3.7_user_rows", "heading", "section", WHOLE},
    {"3.7_user_rows", "left_printed", "text", WHOLE},
    {"3.7_user_rows", "right_printed", "argument", WHOLE},
    {"3.8_awareness_checklist", "lead_in", "section", WHOLE},
    {"3.8_awareness_checklist", "question", "text", WHOLE},
    {"3.8_awareness_checklist", "refs_printed", "refs", REFS},
    {"4.1_monitoring_checklist", "table_title", "table", WHOLE},
    {"4.1_monitoring_checklist", "section", "section", WHOLE},
    {"4.1_monitoring_checklist", "question", "text", WHOLE},
    {"4.1_monitoring_checklist", "answers", "answers", ITEMS},
    {"4.1_monitoring_checklist", "follow_up", "follow_up", WHOLE},
    {"4.1_monitoring_checklist", "refs_printed", "refs", REFS},
    {"4.2_criteria", "criterion", "text", WHOLE},
    {"4.2_criteria", "definition", "help", WHOLE},
    {"4.2_criteria", "human_rights", "rights", WHOLE},
    {"4.2_criteria", "gender_equality", "gender", WHOLE},
    {"4.2_evaluation_checklist", "table_title", "table", WHOLE},
    {"4.2_evaluation_checklist", "section", "section", WHOLE},
    {"4.2_evaluation_checklist", "question", "text", WHOLE},
    {"4.2_evaluation_checklist", "answers", "answers", ITEMS},
    {"4.2_evaluation_checklist", "follow_up", "follow_up", WHOLE},
    {"4.2_recommendations", "section", "section", WHOLE},
    {"4.2_recommendations", "lead_in", "lead_in", WHOLE},
    {"4.2_recommendations", "question", "text", WHOLE},
    {"4.2_recommendations", "answers", "answers", ITEMS},
    {"4.2_recommendations", "follow_up", "follow_up", WHOLE},
    {"4.3_expected_results", "text", "text", WHOLE},
    {"4.3_expected_results", "area_text_printed", "area", WHOLE},
#define INDICATORS(file)                                   \
    {file, "area_title", "area", WHOLE},                   \
    {file, "result_text", "result", WHOLE},                \
    {file, "indicator", "text", WHOLE},                    \
    {file, "indicator_row_printed", "printed_row", WHOLE}, \
    {file, "mov_items", "means", ITEMS},                   \
    {file, "rt_items", "targets", ITEMS}
    INDICATORS("4.3.1_indicators"),
    INDICATORS("4.3.2_indicators"),
    INDICATORS("4.3.3_indicators"),
    INDICATORS("4.3.4_indicators"),
    INDICATORS("4.3.5_indicators"),
    {"annex_1", "text", "text", WHOLE},
    {"annex_1", "lead_in", "section", WHOLE},
    {"annex_1", "ref", "title", WHOLE},
    {"annex_2", "text", "text", WHOLE},
    {"annex_2", "lead_in", "section", WHOLE},
    {"annex_2", "ref", "title", WHOLE},
    {"annex_3", "text", "text", WHOLE},
    {"annex_3", "name", "title", WHOLE},
    {"annex_4", "name", "text", WHOLE},
    {"annex_4", "short", "short", WHOLE},
    {"resources", "title", "text", WHOLE},
    {"resources", "organization", "section", WHOLE},
    {"resources", "year", "year", WHOLE},
    {"footnotes", "text", "text", WHOLE},
    {"reference_lists", "text", "text", WHOLE},
    {"reference_lists", "list", "section", HEADING},
    {"disaggregation_grounds", "ground", "text", WHOLE},
    {"part1_advocacy", "caption_printed", "section", WHOLE},
    {"part1_advocacy", "concern", "text", WHOLE},
    {"part1_advocacy", "argument", "argument", WHOLE},
    {"part1_headings", "heading", "text", WHOLE},
    {"part1_rights_lists", "right", "text", WHOLE},
    {"part1_rights_lists", "sources", "articles", WHOLE},
    {"part1_rights_lists", "list", "section", HEADING},
    {"intro_response_ladder", "response", "text", WHOLE},
    {"intro_response_ladder", "example", "example", WHOLE},
    {"intro_response_ladder", "considerations", "consider", WHOLE},
    {"intro_rights_criteria", "text", "text", WHOLE},
    {"intro_rights_criteria", "key_words", "title", WHOLE},
    {"intro_sdg5", "target_printed", "number", WHOLE},
    {"intro_sdg5", "target_text", "text", WHOLE},
    {"intro_sdg5", "relevance", "relevance", WHOLE},
    {"intro_sdg_targets", "target", "number", WHOLE},
    {"intro_sdg_targets", "text", "text", WHOLE},
    {"risk_goals", "title", "title", WHOLE},
    {"risk_goals", "goal_label", "goal_label", WHOLE},
    {"risk_goals", "goal", "goal", WHOLE},
    {"risk_goals", "hrba_label", "rights_goal_label", WHOLE},
    {"risk_goals", "hrba_goal", "rights_goal", WHOLE},
    {"risk_goals", "goal_in_4.3", "goal_in_4.3", WHOLE},
    {"risk_goals", "hrba_goal_in_4.3", "rights_goal_in_4.3", WHOLE},
    {"risk_goals", "instructions", "help", WHOLE},
    {"risk_goals", "table_columns", "columns", ITEMS},
    {"risk_goals", "likelihood_levels", "likelihood", ITEMS},
    {"risk_goals", "impact_levels", "impact", ITEMS},
    {"risk_goals", "user_row", "user_rows", ITEMS},
    {"risk_goals", "pointer", "see", WHOLE},
    {"tools", "part_title", "part", WHOLE},
    {"tools", "title", "title", WHOLE},
    {"tools", "how_to_use_line", "purpose", WHOLE},
    {"tools", "official_intro", "intro", WHOLE},
    {"tools", "table_columns", "columns", ITEMS},
};

// ---- cells and their pieces -----------------------------------------------------------------------

#define MAX_PIECES 60
#define NEAR_LINES 25 // a broken cell goes on within a page or two
#define NOWHERE ((size_t)-1)

struct piece {
    const char *row;
    const char *cell;
    int number;
    bool item;
    size_t words;
    uint64_t rolling;
    uint64_t hash;
    int before;
    int after;
    uint64_t exact;
    size_t place; // in the document
    size_t order; // of the cell in the inventory
};
struct cell {
    const char *row;
    const char *cell;
    const char *text; // as the inventory has it
    bool items;
};

static struct arena *a;
static struct overlay_doc doc;
static uint32_t *line_of_word;
static struct piece *pieces;
static size_t n_pieces;
static struct cell *cells;
static size_t n_cells;
static size_t n_broken;
static size_t n_left_out;

static const char *must_read(const char *path, size_t *len)
{
    struct err_info e;
    const char *bytes;
    if (file_read(a, path, LIMIT_IMPORT_BYTES, &bytes, len, &e) != ERR_NONE) {
        fprintf(stderr, "official: %s: %s\n", path, err_text(a, &lang_en, &e));
        exit(2);
    }
    return bytes;
}

static void find_lines(void)
{
    line_of_word = ARENA_ARRAY(a, uint32_t, doc.n_words + 1);
    uint32_t line = 1;
    size_t at = 0;
    for (size_t i = 0; i < doc.n_words; i++) {
        for (; at < doc.words[i].from; at++) {
            line += doc.bytes[at] == '\n';
        }
        line_of_word[i] = line;
    }
}

static bool same_words(const struct overlay_doc *text, size_t from, size_t n, size_t place)
{
    for (size_t i = 0; i < n; i++) {
        if (place + i >= doc.n_words || doc.words[place + i].hash != text->words[from + i].hash) {
            return false;
        }
    }
    return n > 0;
}

// Two texts but for their blanks.
static bool same_signs(const char *x, const char *y)
{
    for (;; x++, y++) {
        while (*x == ' ' || *x == '\n') {
            x++;
        }
        while (*y == ' ' || *y == '\n') {
            y++;
        }
        if (*x != *y) {
            return false;
        }
        if (*x == '\0') {
            return true;
        }
    }
}

static size_t distance(size_t place, long line, size_t after)
{
    long d = labs((long)line_of_word[place] - line);
    return (size_t)d * 100000 + (place < after ? 50000 : 0) +
           (place < after ? after - place : place - after) % 50000;
}

// The place of the words that reads like the text and is nearest to the line; else NOWHERE.
static size_t nearest(const struct overlay_doc *text, size_t from, size_t n, long line, size_t after,
                      const char *like, int before, int behind)
{
    size_t best = NOWHERE;
    size_t best_distance = 0;
    for (size_t i = 0; i + n <= doc.n_words; i++) {
        if (!same_words(text, from, n, i)) {
            continue;
        }
        size_t d = distance(i, line, after);
        if (like != NULL && !same_signs(like, overlay_wording(a, &doc, i, n, before, behind))) {
            d += (size_t)1 << 40;
        }
        if (best == NOWHERE || d < best_distance) {
            best = i;
            best_distance = d;
        }
    }
    return best;
}

static void add_piece(const struct cell *cell, int number, bool item, size_t place, size_t words,
                      int before, int after)
{
    pieces[n_pieces++] = (struct piece){.row = cell->row,
                                        .cell = cell->cell,
                                        .number = number,
                                        .item = item,
                                        .words = words,
                                        .rolling = overlay_rolling(&doc, place, words),
                                        .hash = overlay_hash(&doc, place, words),
                                        .before = before,
                                        .after = after,
                                        .exact = overlay_exact(a, overlay_wording(a, &doc, place, words,
                                                                                  before, after)),
                                        .place = place,
                                        .order = n_cells};
}

// One value: whole, or else the longest runs of it that stand near the line. False: not in there.
static bool add_value(const struct cell *cell, int *number, bool item, const char *value, long line,
                      size_t *cursor)
{
    struct overlay_doc text;
    int before;
    int after;
    overlay_doc_read(a, value, strlen(value), &text);
    overlay_signs(a, &text, &before, &after);
    size_t whole = nearest(&text, 0, text.n_words, line, *cursor, value, before, after);
    if (whole != NOWHERE) {
        add_piece(cell, (*number)++, item, whole, text.n_words, before, after);
        *cursor = whole;
        return true;
    }
    size_t from = 0;
    while (from < text.n_words) {
        size_t n = 1;
        size_t place = NOWHERE;
        for (size_t more = 1; from + more <= text.n_words; more++) {
            size_t first = text.words[from].from;
            const char *run = arena_copy_n(a, value + first, text.words[from + more - 1].to - first);
            size_t found = nearest(&text, from, more, line, *cursor, run, 0, 0);
            if (found == NOWHERE || labs((long)line_of_word[found] - line) > NEAR_LINES) {
                break;
            }
            n = more;
            place = found;
        }
        if (place == NOWHERE) {
            return false;
        }
        bool last = from + n == text.n_words;
        // signs between two pieces belong to the first
        int inside = 0;
        if (!last) {
            for (size_t at = text.words[from + n - 1].to; at < text.words[from + n].from; at++) {
                inside += value[at] != ' ';
            }
        }
        add_piece(cell, (*number)++, item && from == 0, place, n, from == 0 ? before : 0,
                  last ? after : inside);
        *cursor = place;
        from += n;
    }
    n_broken++;
    fprintf(stderr, "broken\t%s %s\n", cell->row, cell->cell);
    return true;
}

// Cuts at the sign that parts values; what is in brackets only is a remark of the inventory.
static size_t cut(const char *text, enum how how, const char *values[MAX_PIECES])
{
    size_t n = 0;
    char *copy = arena_copy(a, text);
    const char *sign = how == REFS ? "; " : " | ";
    for (char *p = copy; p != NULL && n < MAX_PIECES;) {
        char *end = how == WHOLE || how == HEADING ? NULL : strstr(p, sign);
        char *twice = how == ITEMS ? strstr(p, " || ") : NULL;
        char *next = NULL;
        if (twice != NULL && (end == NULL || twice < end)) {
            *twice = '\0';
            next = twice + 4;
        } else if (end != NULL) {
            *end = '\0';
            next = end + strlen(sign);
        }
        size_t len = strlen(p);
        bool remark = how == ITEMS && len > 1 && p[0] == '(' && p[len - 1] == ')';
        if (len > 0 && !remark) {
            values[n++] = p;
        }
        p = next;
    }
    return n;
}

// "Annex 1" is the tool annex-1.
static const char *id_of(const char *id)
{
    if (strncmp(id, "Annex ", 6) == 0) {
        return arena_printf(a, "annex-%s", id + 6);
    }
    return strcmp(id, "Resources") == 0 ? "resources" : id;
}

static void add_cell(const struct column *c, const char *row, const char *text, long line,
                     size_t *cursor)
{
    const char *values[MAX_PIECES];
    size_t n = cut(text, c->how, values);
    struct cell cell = {row, c->cell, text, c->how == ITEMS || c->how == REFS};
    size_t before = n_pieces;
    size_t broken = n_broken;
    int number = 1;
    bool found = n > 0;
    for (size_t i = 0; i < n && found; i++) {
        found = add_value(&cell, &number, i > 0, values[i], line, cursor);
    }
    if (c->how == HEADING && n_broken != broken) {
        found = false; // put together from words that stand about: not a heading of the document
        n_broken = broken;
    }
    if (!found) {
        n_pieces = before;
        n_left_out++;
        fprintf(stderr, "left out\t%s %s\t%s\n", row, c->cell, text);
        return;
    }
    cells[n_cells++] = cell;
}

static void read_file(const char *folder, const char *file)
{
    size_t len;
    const char *bytes = must_read(arena_printf(a, "%s/%s.tsv", folder, file), &len);
    struct tsv t;
    struct err_info e;
    if (tsv_parse(a, file, bytes, len, &t, &e) != ERR_NONE) {
        fprintf(stderr, "official: %s: %s\n", file, err_text(a, &lang_en, &e));
        exit(2);
    }
    for (size_t i = 0; i < t.n_rows; i++) {
        size_t cursor = 0;
        for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++) {
            const char *text = strcmp(columns[c].file, file) == 0
                                   ? tsv_cell(&t, i, columns[c].column)
                                   : "";
            if (text[0] != '\0') {
                add_cell(&columns[c], id_of(tsv_cell(&t, i, "id")), text,
                         strtol(tsv_cell(&t, i, "src_line"), NULL, 10), &cursor);
            }
        }
    }
}

static int by_place(const void *x, const void *y)
{
    const struct piece *p = x;
    const struct piece *q = y;
    if (p->place != q->place) {
        return p->place < q->place ? -1 : 1;
    }
    if (p->words != q->words) {
        return p->words > q->words ? -1 : 1;
    }
    if (p->order != q->order) {
        return p->order < q->order ? -1 : 1;
    }
    return p->number - q->number;
}

static bool same_text_words(const char *x, const char *y)
{
    struct overlay_doc p;
    struct overlay_doc q;
    overlay_doc_read(a, x, strlen(x), &p);
    overlay_doc_read(a, y, strlen(y), &q);
    for (size_t i = 0; i < p.n_words && p.n_words == q.n_words; i++) {
        if (p.words[i].hash != q.words[i].hash) {
            return false;
        }
    }
    return p.n_words == q.n_words;
}

static void write_table(struct buf *b)
{
    buf_str(b, "row\tcell\tpiece\tjoins\twords\trolling\thash\tbefore\tafter\texact\n");
    for (size_t i = 0; i < n_pieces; i++) {
        const struct piece *p = &pieces[i];
        buf_printf(b, "%s\t%s\t%d\t%s\t%zu\t%016llx\t%016llx\t%d\t%d\t%016llx\n", p->row, p->cell, p->number,
                   p->number == 1 ? "" : p->item ? "item" : "broken", p->words,
                   (unsigned long long)p->rolling, (unsigned long long)p->hash, p->before, p->after,
                   (unsigned long long)p->exact);
    }
}

// Lays the new table over the document: every cell must come back as the inventory has it.
static int prove(const struct buf *b)
{
    struct tsv t;
    struct overlay o;
    struct err_info e;
    if (tsv_parse(a, "official.tsv", b->data, b->len, &t, &e) != ERR_NONE ||
        overlay_lay_table(a, &t, doc.bytes, doc.len, &o, &e) != ERR_NONE) {
        fprintf(stderr, "official: %s\n", err_text(a, &lang_en, &e));
        return 1;
    }
    size_t wrong = 0;
    size_t signs = 0;
    for (size_t i = 0; i < n_cells; i++) {
        const char *found = NULL;
        for (size_t k = 0; k < o.n_cells && found == NULL; k++) {
            found = strcmp(o.cells[k].row, cells[i].row) == 0 &&
                            strcmp(o.cells[k].cell, cells[i].cell) == 0
                        ? o.cells[k].text == NULL ? "" : o.cells[k].text
                        : NULL;
        }
        const char *values[MAX_PIECES];
        size_t n = cut(cells[i].text, cells[i].items ? ITEMS : WHOLE, values);
        const char *expected = "";
        for (size_t k = 0; k < n; k++) {
            expected = arena_printf(a, "%s%s%s", expected, k == 0 ? "" : " ", values[k]);
        }
        found = found == NULL ? "" : found;
        if (!same_text_words(found, expected)) {
            wrong++;
            fprintf(stderr, "differs\t%s %s\n  inventory: %s\n  document:  %s\n", cells[i].row,
                    cells[i].cell, expected, found);
        } else if (!same_signs(found, expected)) {
            signs++;
            fprintf(stderr, "signs\t%s %s\n  inventory: %s\n  document:  %s\n", cells[i].row,
                    cells[i].cell, expected, found);
        }
    }
    fprintf(stderr,
            "%zu official cells of %zu rows in %zu pieces; %zu broken, %zu left out, %zu differ "
            "in capitals or signs, %zu in words\n",
            n_cells, o.n_rows, n_pieces, n_broken, n_left_out, signs, wrong);
    return wrong == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: official INVENTORY-FOLDER DOCUMENT.txt\n");
        return 2;
    }
    size_t len;
    a = arena_new((size_t)4 << 30);
    const char *bytes = must_read(argv[2], &len);
    overlay_doc_read(a, bytes, len, &doc);
    find_lines();
    pieces = ARENA_ARRAY(a, struct piece, 60000);
    cells = ARENA_ARRAY(a, struct cell, 30000);
    const char *last = "";
    for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++) {
        if (strcmp(columns[c].file, last) != 0) {
            read_file(argv[1], columns[c].file);
            last = columns[c].file;
        }
    }
    qsort(pieces, n_pieces, sizeof *pieces, by_place);
    struct buf b;
    buf_init(&b, a, (size_t)16 << 20);
    write_table(&b);
    fwrite(b.data, 1, b.len, stdout);
    int status = prove(&b);
    arena_free(a);
    return status;
}
