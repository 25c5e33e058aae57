// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_adapt_test.c: tools written as YAML and read again; copies of tools: changing, order, hiding, and
// the comparison with the original against a slow one that knows what was done to each row.

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/bug.h"
#include "pack/pack_adapt.h"
#include "pack/pack_inner.h"

// ---- slow equality: every member by its name ----------------------------------------------------

static void text_is(const char *x, const char *y, const char *where)
{
    if (x == NULL || y == NULL ? x != y : strcmp(x, y) != 0) {
        fail_msg("%s: '%s' is not '%s'", where, x == NULL ? "(null)" : x, y == NULL ? "(null)" : y);
    }
}

static void list_is(const char *const *x, unsigned n_x, const char *const *y, unsigned n_y,
                    const char *where)
{
    if (n_x != n_y) {
        fail_msg("%s: %u entries, not %u", where, n_x, n_y);
    }
    for (unsigned i = 0; i < n_x; i++) {
        text_is(x[i], y[i], where);
    }
}

#define TEXT_IS(m) text_is(x->m, y->m, arena_printf(arena, "%s %s", where, #m))
#define LIST_IS(m)                                                                                 \
    list_is((const char *const *)x->m, x->n_##m, (const char *const *)y->m, y->n_##m,              \
            arena_printf(arena, "%s %s", where, #m))
#define NUMBER_IS(m) assert_int_equal((int)x->m, (int)y->m)

static void row_is(const struct pack_row *x, const struct pack_row *y)
{
    const char *where = x->id;
    TEXT_IS(id), TEXT_IS(origin), TEXT_IS(section), TEXT_IS(part_word), TEXT_IS(parent);
    TEXT_IS(same_as), TEXT_IS(text), TEXT_IS(help), TEXT_IS(body), TEXT_IS(note), TEXT_IS(scale);
    TEXT_IS(group), TEXT_IS(argument), TEXT_IS(example), TEXT_IS(consider), TEXT_IS(authority);
    TEXT_IS(rights), TEXT_IS(gender), TEXT_IS(number), TEXT_IS(short_name), TEXT_IS(printed_year);
    TEXT_IS(result), TEXT_IS(split_printed), TEXT_IS(numerator), TEXT_IS(denominator);
    NUMBER_IS(hidden), NUMBER_IS(gap), NUMBER_IS(slots), NUMBER_IS(year), NUMBER_IS(refs_doubt);
    NUMBER_IS(adopted), NUMBER_IS(in_force), NUMBER_IS(ilo), NUMBER_IS(unit), NUMBER_IS(direction);
    NUMBER_IS(accumulation), NUMBER_IS(n_corrections), NUMBER_IS(n_articles);
    NUMBER_IS(n_suggested_by);
    LIST_IS(sources), LIST_IS(serves), LIST_IS(refs), LIST_IS(refs_printed), LIST_IS(mitigation);
    LIST_IS(disaggregation), LIST_IS(means), LIST_IS(assumptions), LIST_IS(targets);
    for (unsigned i = 0; i < x->n_corrections; i++) {
        TEXT_IS(corrections[i].fault), TEXT_IS(corrections[i].printed), TEXT_IS(corrections[i].read);
        TEXT_IS(corrections[i].why);
    }
    for (unsigned i = 0; i < x->n_articles; i++) {
        TEXT_IS(articles[i].instrument), TEXT_IS(articles[i].name), TEXT_IS(articles[i].article);
    }
    for (unsigned i = 0; i < x->n_suggested_by; i++) {
        TEXT_IS(suggested_by[i].row), TEXT_IS(suggested_by[i].answer), TEXT_IS(suggested_by[i].why);
    }
    assert_true((x->was == NULL) == (y->was == NULL));
    if (x->was != NULL) {
        row_is(x->was, y->was);
    }
}

static void tool_is(const struct pack_tool *x, const struct pack_tool *y)
{
    const char *where = x->id;
    TEXT_IS(id), TEXT_IS(counted_as), TEXT_IS(title), TEXT_IS(purpose), TEXT_IS(source);
    TEXT_IS(goal), TEXT_IS(rights_goal), TEXT_IS(note), TEXT_IS(scale), TEXT_IS(follow_up);
    TEXT_IS(grid), TEXT_IS(origin.pack), TEXT_IS(origin.tool), TEXT_IS(origin.version);
    NUMBER_IS(kind), NUMBER_IS(phase), NUMBER_IS(subject), NUMBER_IS(user_rows), NUMBER_IS(columns);
    NUMBER_IS(n_groups), NUMBER_IS(n_counts), NUMBER_IS(n_sections), NUMBER_IS(n_results);
    NUMBER_IS(n_rows);
    LIST_IS(see), LIST_IS(asks);
    for (unsigned i = 0; i < x->n_groups; i++) {
        TEXT_IS(groups[i].id), TEXT_IS(groups[i].title), TEXT_IS(groups[i].meaning);
        NUMBER_IS(groups[i].added);
    }
    for (unsigned i = 0; i < x->n_counts; i++) {
        TEXT_IS(counts[i].tool), TEXT_IS(counts[i].what), TEXT_IS(counts[i].part);
        TEXT_IS(counts[i].like), NUMBER_IS(counts[i].of), NUMBER_IS(counts[i].unit);
    }
    for (unsigned i = 0; i < x->n_sections; i++) {
        TEXT_IS(sections[i].id), TEXT_IS(sections[i].title), TEXT_IS(sections[i].printed);
        TEXT_IS(sections[i].source), TEXT_IS(sections[i].help);
    }
    for (unsigned i = 0; i < x->n_results; i++) {
        TEXT_IS(results[i].id), TEXT_IS(results[i].title);
    }
    for (unsigned i = 0; i < x->n_rows; i++) {
        row_is(&x->rows[i], &y->rows[i]);
    }
}

// ---- writing ------------------------------------------------------------------------------------

static struct pack_tool *again(const struct pack_tool *t)
{
    const char *text = pack_draft_write(arena, t);
    struct pack_tool *read = pack_draft_read(arena, text, strlen(text));
    if (read == NULL) {
        fail_msg("%s is written so that it cannot be read:\n%s", t->id, text);
    }
    return read;
}

static void every_tool_written_and_read_again_is_equal(void **state)
{
    (void)state;
    size_t n_packs, n_tools = 0;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        const struct pack_inner *inner = packs[p]->inner;
        for (size_t i = 0; i < inner->n_slots; i++, n_tools++) {
            const struct folder_file *f = &inner->files[inner->slots[i].file];
            const struct pack_tool *t = pack_draft_read(arena, f->bytes, f->len);
            assert_non_null(t);
            const struct pack_tool *back = again(t);
            tool_is(t, back);
            // and what was written once is written the same again
            assert_string_equal(pack_draft_write(arena, t), pack_draft_write(arena, back));
        }
    }
    assert_true(n_tools > 40);
}

static void every_head_written_and_read_again_is_equal(void **state)
{
    (void)state;
    size_t n_packs;
    const struct pack *const *packs = pack_all(&n_packs);
    for (size_t p = 0; p < n_packs; p++) {
        const char *why = "", *where = packs[p]->id;
        const char *text = yaml_write(arena, &pack_shape_head, packs[p]);
        const struct pack *x = packs[p], *y = yaml_map(arena, text, strlen(text), &pack_shape_head, &why);
        assert_non_null(y);
        TEXT_IS(id), TEXT_IS(version), TEXT_IS(title), TEXT_IS(licence), TEXT_IS(source.note);
        LIST_IS(languages), LIST_IS(needs);
        NUMBER_IS(n_scales), NUMBER_IS(n_grids), NUMBER_IS(n_data), NUMBER_IS(n_records);
        for (unsigned i = 0; i < x->n_scales; i++) {
            TEXT_IS(scales[i].id), TEXT_IS(scales[i].title), NUMBER_IS(scales[i].n_levels);
            for (unsigned k = 0; k < x->scales[i].n_levels; k++) {
                TEXT_IS(scales[i].levels[k].id), TEXT_IS(scales[i].levels[k].meaning);
            }
        }
        for (unsigned i = 0; i < x->n_grids; i++) {
            NUMBER_IS(grids[i].n_cells);
            for (unsigned k = 0; k < x->grids[i].n_cells; k++) {
                TEXT_IS(grids[i].cells[k].level), NUMBER_IS(grids[i].cells[k].mitigation);
            }
        }
    }
}

static void texts_that_mean_something_in_yaml_stay_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "yes", "No", "~", "null", "3.1", "1.0.0", "2026-11-22", "1e5", "-", "- a list", "a: b",
        "a # no comment", "# a sign", "'", "\"", "\\n", "{a}", "[a]", "*a", "&a", "!a", "|", ">", "%a", "@a",
        "one\ntwo", "one\n\ntwo\n", "  leading", "trailing  ", "one \n two", "\n\nbegins late", "tab\there",
        "Ünïcödé 中文 عربى", "a\nb: c\n- d", "100 %", "?", "? a", "a\r\nb", "---", "...",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const struct pack_row row = {.id = "r", .text = texts[i], .help = texts[i]};
        const struct pack_tool t = {.id = "t", .kind = PACK_KIND_GUIDANCE, .title = "T", .purpose = "P",
                                    .phase = PACK_PHASE_PLAN, .subject = PACK_SUBJECT_PROGRAMME,
                                    .source = "S", .rows = &row, .n_rows = 1};
        tool_is(&t, again(&t));
    }
    // and other programs do not take them for something else
    const struct pack_row row = {.id = "3.1", .text = "no"};
    const struct pack_tool t = {.id = "t", .kind = PACK_KIND_GUIDANCE, .title = "T", .purpose = "P",
                                .phase = PACK_PHASE_PLAN, .subject = PACK_SUBJECT_PROGRAMME,
                                .source = "S", .rows = &row, .n_rows = 1};
    assert_non_null(strstr(pack_draft_write(arena, &t), "id: \"3.1\""));
    assert_non_null(strstr(pack_draft_write(arena, &t), "text: \"no\""));
}

// ---- copies -------------------------------------------------------------------------------------

static void a_copy_says_where_each_row_comes_from(void **state)
{
    (void)state;
    const struct pack_tool *from = pack_tool_anywhere("2.3");
    struct pack_tool *copy = pack_adapt(arena, from, "office-2.3", "Our law");
    assert_string_equal(copy->origin.tool, "2.3");
    assert_int_equal(copy->n_rows, from->n_rows);
    for (unsigned i = 0; i < copy->n_rows; i++) {
        const struct pack_row *row = &copy->rows[i];
        assert_string_equal(row->id, arena_printf(arena, "office-%s", from->rows[i].id));
        assert_string_equal(row->origin, from->rows[i].id);
        if (from->rows[i].parent != NULL) {
            assert_string_equal(row->parent, arena_printf(arena, "office-%s", from->rows[i].parent));
        }
    }
    size_t n;
    const struct pack_row_compare *rows = pack_compare(arena, again(copy), from, &n);
    assert_int_equal(n, from->n_rows);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].change, PACK_SAME);
    }
}

static void every_tool_can_be_copied(void **state)
{
    (void)state;
    size_t n_tools, n;
    const struct pack_tool *const *tools = pack_tools(pack_find(PACK_DEFAULT), &n_tools);
    for (size_t i = 0; i < n_tools; i++) {
        const struct pack_tool *copy =
            again(pack_adapt(arena, tools[i], arena_printf(arena, "x-%s", tools[i]->id), "X"));
        const struct pack_row_compare *rows = pack_compare(arena, copy, tools[i], &n);
        assert_int_equal(n, tools[i]->n_rows);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(rows[k].change, PACK_SAME);
        }
    }
}

static void what_the_original_said_is_kept_while_ours_differs(void **state)
{
    (void)state;
    struct pack_tool *copy = pack_adapt(arena, pack_tool_anywhere("3.1"), "o", "O");
    struct pack_row *row = draft_row(copy, "o-Q02");
    const char *before = row->text;
    draft_reword(arena, copy, row, &(struct pack_rewording){.text = "  Ours \n"});
    assert_string_equal(row->text, "Ours");
    assert_string_equal(row->was->text, before);
    assert_string_equal(row->was->id, "3.1-Q02");
    draft_reword(arena, copy, row, &(struct pack_rewording){.text = "Ours again"});
    assert_string_equal(row->was->text, before);
    draft_reword(arena, copy, row, &(struct pack_rewording){.text = before});
    assert_null(row->was);
    tool_is(copy, again(copy));
}

// ---- comparing, beside a slow comparison ----------------------------------------------------------

// What is done to a row of ours and of the original; the slow comparison knows only this.
struct done {
    int ours;   // 0: nothing, else the number of its new text
    int theirs; // 0: nothing, -1: taken out, else the number of its new text
};

static enum pack_change slow_change(struct done d)
{
    if (d.theirs == -1) {
        return PACK_GONE_THERE;
    }
    if (d.ours == d.theirs) {
        return PACK_SAME;
    }
    return d.ours == 0 ? PACK_THEIRS : d.theirs == 0 ? PACK_OURS : PACK_BOTH;
}

static const char *numbered(int n)
{
    return arena_printf(arena, "Text number %d", n);
}

// The original with what was done to it, and one new row after every `every`th; version 2.
static struct pack_tool *newer(const struct pack_tool *from, const struct done *done, unsigned every,
                               size_t *n_new)
{
    struct pack *p = ARENA_MAKE(arena, struct pack);
    struct pack_tool *t = ARENA_MAKE(arena, struct pack_tool);
    struct pack_row *rows = ARENA_ARRAY(arena, struct pack_row, (size_t)from->n_rows * 2 + 1);
    *p = (struct pack){.id = from->pack->id, .version = "2.0.0"};
    *t = *from;
    t->pack = p;
    t->n_rows = 0;
    *n_new = 0;
    for (unsigned i = 0; i < from->n_rows; i++) {
        if (done[i].theirs >= 0) {
            rows[t->n_rows] = from->rows[i];
            if (done[i].theirs > 0) {
                rows[t->n_rows].text = numbered(done[i].theirs);
            }
            t->n_rows++;
        }
        if (every > 0 && i % every == 0) {
            rows[t->n_rows++] =
                (struct pack_row){.id = arena_printf(arena, "3.1-N%u", i),
                                  .section = from->rows[i].section, .text = "New there"};
            (*n_new)++;
        }
    }
    t->rows = rows;
    return t;
}

static void one_round(unsigned seed)
{
    const struct pack_tool *from = pack_tool_anywhere("3.1");
    struct pack_tool *copy = pack_adapt(arena, from, "o", "O");
    struct done done[100] = {{0, 0}};
    for (unsigned i = 0; i < from->n_rows; i++) {
        seed = seed * 1103515245u + 12345u;
        done[i].ours = (int)(seed >> 16) % 3;
        done[i].theirs = (int)(seed >> 20) % 4 - 1;
        if (done[i].ours > 0) {
            draft_reword(arena, copy, draft_row(copy, copy->rows[i].id),
                         &(struct pack_rewording){.text = numbered(done[i].ours)});
        }
    }
    size_t n, n_new, seen_new = 0, seen = 0;
    const struct pack_tool *now = newer(from, done, seed % 5, &n_new);
    copy = again(copy);
    const struct pack_row_compare *rows = pack_compare(arena, copy, now, &n);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].ours == NULL) {
            assert_int_equal(rows[i].change, PACK_NEW_THERE);
            seen_new++;
        } else {
            assert_int_equal(rows[i].change, slow_change(done[seen++]));
        }
    }
    assert_int_equal(seen, from->n_rows);
    assert_int_equal(seen_new, n_new);
    // whatever is taken over is the same afterwards; what is gone is hidden and ours
    struct err_info e;
    for (size_t i = 0; i < n; i++) {
        const char *id = rows[i].ours != NULL ? rows[i].ours->id : rows[i].now->id;
        assert_int_equal(draft_take(arena, copy, now, arena_copy(arena, id), &e), ERR_NONE);
    }
    copy = again(copy);
    rows = pack_compare(arena, copy, now, &n);
    for (size_t i = 0; i < n; i++) {
        assert_true(rows[i].change == PACK_SAME ||
                    (rows[i].change == PACK_OWN && rows[i].ours->hidden == PACK_YES));
    }
    assert_string_equal(copy->origin.version, "2.0.0");
    // in the order of the original
    size_t at = 0;
    for (unsigned i = 0; i < copy->n_rows; i++) {
        if (copy->rows[i].origin != NULL) {
            assert_string_equal(copy->rows[i].origin, now->rows[at++].id);
        }
    }
    assert_int_equal(at, now->n_rows);
}

static void the_comparison_agrees_with_a_slow_one(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 40; seed++) {
        one_round(seed);
        arena_reset(arena);
    }
}

static void what_is_kept_counts_as_seen(void **state)
{
    (void)state;
    struct err_info e;
    const struct pack_tool *from = pack_tool_anywhere("3.1");
    struct pack_tool *copy = pack_adapt(arena, from, "o", "O");
    struct done done[100] = {[1] = {1, 2}, [2] = {0, 3}, [4] = {0, -1}};
    size_t n, n_new;
    draft_reword(arena, copy, draft_row(copy, "o-Q02"), &(struct pack_rewording){.text = numbered(1)});
    const struct pack_tool *now = newer(from, done, 10, &n_new);
    assert_int_equal(draft_keep(arena, copy, now, "o-Q02", &e), ERR_NONE);
    assert_int_equal(draft_keep(arena, copy, now, "o-Q03", &e), ERR_NONE);
    assert_int_equal(draft_keep(arena, copy, now, "o-Q05", &e), ERR_NONE);
    assert_int_equal(draft_keep(arena, copy, now, "3.1-N0", &e), ERR_NONE);
    assert_int_equal(draft_keep(arena, copy, now, "3.1-N99", &e), ERR_NOT_FOUND);
    const struct pack_row_compare *rows = pack_compare(arena, again(copy), now, &n);
    for (size_t i = 0; i < n; i++) {
        const char *id = rows[i].ours == NULL ? rows[i].now->id : rows[i].ours->id;
        enum pack_change wanted = strcmp(id, "o-Q02") == 0 || strcmp(id, "o-Q03") == 0 ? PACK_OURS
                                  : strcmp(id, "o-Q05") == 0                          ? PACK_OWN
                                  : rows[i].ours == NULL                              ? PACK_NEW_THERE
                                                                                      : PACK_SAME;
        assert_int_equal(rows[i].change, wanted);
    }
    assert_string_equal(draft_row(copy, "o-Q02")->text, numbered(1));
    assert_int_equal(draft_row(copy, "o-N0")->hidden, PACK_YES);
    assert_null(draft_row(copy, "o-Q05")->origin);
}

// ---- order, adding, hiding ------------------------------------------------------------------------

static const struct pack_row few[] = {
    {.id = "t-1", .section = "a", .text = "1"},
    {.id = "t-1a", .section = "a", .text = "1a", .parent = "t-1"},
    {.id = "t-1b", .section = "a", .text = "1b", .parent = "t-1"},
    {.id = "t-2", .section = "a", .text = "2"},
    {.id = "t-3", .section = "b", .text = "3"},
    {.id = "t-4", .section = "a", .text = "4"},
};
static const struct pack_section two[] = {{.id = "a", .title = "A"}, {.id = "b", .title = "B"}};

static struct pack_tool *small(void)
{
    struct pack_tool *t = ARENA_MAKE(arena, struct pack_tool);
    *t = (struct pack_tool){.id = "t", .kind = PACK_KIND_CHECKLIST, .sections = two, .n_sections = 2};
    struct pack_row *rows = ARENA_ARRAY(arena, struct pack_row, COUNT_OF(few));
    memcpy(rows, few, sizeof few);
    t->rows = rows;
    t->n_rows = COUNT_OF(few);
    return t;
}

static void order_is(const struct pack_tool *t, const char *wanted)
{
    const char *got = "";
    for (unsigned i = 0; i < t->n_rows; i++) {
        got = arena_printf(arena, "%s%s%s", got, i == 0 ? "" : " ", t->rows[i].id + 2);
    }
    assert_string_equal(got, wanted);
}

static void rows_move_among_their_neighbours_with_what_stands_under_them(void **state)
{
    (void)state;
    struct pack_tool *t = small();
    assert_true(draft_move(arena, t, "t-1", false));
    order_is(t, "2 1 1a 1b 3 4");
    assert_true(draft_move(arena, t, "t-1", false)); // over a row of another section
    order_is(t, "2 4 3 1 1a 1b");
    assert_true(draft_move(arena, t, "t-1", true));
    order_is(t, "2 1 1a 1b 3 4");
    assert_true(draft_move(arena, t, "t-1b", true));
    order_is(t, "2 1 1b 1a 3 4");
    assert_false(draft_move(arena, t, "t-1b", true));
    assert_false(draft_move(arena, t, "t-3", true));
    assert_false(draft_move(arena, t, "t-4", false));
    assert_false(draft_move(arena, t, "t-9", false));
    order_is(t, "2 1 1b 1a 3 4");
}

static void new_rows_have_ids_of_their_own(void **state)
{
    (void)state;
    struct pack_tool *t = small();
    assert_string_equal(draft_add(arena, t, "b", &(struct pack_rewording){.text = "x"})->id, "t-own-1");
    assert_string_equal(draft_add(arena, t, "a", &(struct pack_rewording){.text = "y"})->id, "t-own-2");
    order_is(t, "1 1a 1b 2 3 own-1 4 own-2");
    draft_row(t, "t-own-2")->hidden = PACK_YES;
    assert_string_equal(draft_add(arena, t, "a", &(struct pack_rewording){.text = "z"})->id, "t-own-3");
}

static void hidden_rows_take_with_them_what_stands_under_them(void **state)
{
    (void)state;
    struct pack_tool *t = small();
    draft_row(t, "t-1")->hidden = PACK_YES;
    draft_row(t, "t-3")->hidden = PACK_YES;
    pack_tool_hide(arena, t);
    order_is(t, "2 4");
    assert_int_equal(t->n_sections, 1);
    assert_string_equal(t->sections[0].id, "a");
    // what was said about a hidden row still finds it
    assert_null(tool_row(t, "t-1a"));
    assert_non_null(tool_row_ever(t, "t-1a"));
    assert_string_equal(tool_row_ever(t, "t-3")->id, "t-3");
    assert_non_null(tool_row_ever(t, "t-4"));
    assert_null(tool_row_ever(t, "t-5"));
}

static void a_new_treaty_and_a_new_concern_get_what_their_kind_asks(void **state)
{
    (void)state;
    const struct pack_tool *treaties = pack_tool_anywhere("2.2"), *concerns = pack_tool_anywhere("3.7");
    struct pack_tool *t = pack_adapt(arena, treaties, "office-2.2", "Ours");
    struct pack_row *row = draft_add(arena, t, "rights",
                                     &(struct pack_rewording){.text = "Charter", .short_name = " ChR ",
                                                              .adopted = "1981", .in_force = "1986"});
    assert_string_equal(row->short_name, "ChR");
    assert_int_equal(row->adopted, 1981);
    assert_int_equal(row->in_force, 1986);
    draft_reword(arena, t, row, &(struct pack_rewording){.text = "Charter", .in_force = ""});
    assert_int_equal(row->adopted, 1981);
    assert_int_equal(row->in_force, 0);
    assert_string_equal(row->short_name, "ChR");
    t = pack_adapt(arena, concerns, "office-3.7", "Ours");
    row = draft_row(t, "office-3.7-2-01");
    draft_reword(arena, t, row, &(struct pack_rewording){.argument = "Ours"});
    assert_string_equal(row->argument, "Ours");
    assert_string_equal(row->was->argument, tool_row(concerns, "3.7-2-01")->argument);
}

// Says what scale_changes said, one line after the other.
static void changes_are(const struct pack_scale *before, const struct pack_scale *after, const char *wanted)
{
    size_t n;
    const char *all = "";
    const struct pack_done *done = scale_changes(arena, before, after, &n);
    for (size_t i = 0; i < n; i++) {
        all = arena_printf(arena, "%s%s\n", all, pack_done_words(arena, lang_find("en"), &done[i]));
    }
    assert_string_equal(all, wanted);
}

static void what_was_done_to_answers_is_said(void **state)
{
    (void)state;
    const struct pack_level three[] = {{.id = "yes", .title = "Yes"},
                                       {.id = "part", .title = "In part", .meaning = "Half"},
                                       {.id = "no", .title = "No"}};
    const struct pack_level ours[] = {{.id = "part", .title = "Begun", .meaning = "On its way"},
                                      {.id = "yes", .title = "Yes"},
                                      {.id = "own-1", .title = "Planned"}};
    const struct pack_scale before = {.id = "s", .title = "Old", .levels = three, .n_levels = 3};
    const struct pack_scale after = {.id = "s", .title = "New", .levels = ours, .n_levels = 3};
    changes_are(&before, &before, "");
    changes_are(NULL, NULL, "");
    changes_are(NULL, &after, "Answers of the office were put in: Begun, Yes, Planned\n");
    changes_are(&before, NULL, "Answers of the office were taken out: Yes, In part, No\n");
    changes_are(&before, &after,
                "The answers are called “New” now\n"
                "The answer “In part” is “Begun” now\n"
                "What “Begun” means was reworded\n"
                "The answer “Planned” was added\n"
                "The answer “No” was taken away\n"
                "The order of the answers changed\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_tool_written_and_read_again_is_equal),
        ARENA_TEST(every_head_written_and_read_again_is_equal),
        ARENA_TEST(texts_that_mean_something_in_yaml_stay_texts),
        ARENA_TEST(a_copy_says_where_each_row_comes_from),
        ARENA_TEST(every_tool_can_be_copied),
        ARENA_TEST(what_the_original_said_is_kept_while_ours_differs),
        ARENA_TEST(the_comparison_agrees_with_a_slow_one),
        ARENA_TEST(what_is_kept_counts_as_seen),
        ARENA_TEST(rows_move_among_their_neighbours_with_what_stands_under_them),
        ARENA_TEST(new_rows_have_ids_of_their_own),
        ARENA_TEST(hidden_rows_take_with_them_what_stands_under_them),
        ARENA_TEST(a_new_treaty_and_a_new_concern_get_what_their_kind_asks),
        ARENA_TEST(what_was_done_to_answers_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
