// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_test.c: marks in texts; what is found is what a plain search over the same texts finds; saving,
// changing, deleting and rebuilding keep the index right. Runs on SQLite, and on PostgreSQL when
// MAINSTAY_TEST_POSTGRES names a database.

#define _GNU_SOURCE // setenv, mkdtemp

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena_test_help.h"
#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "db/db_check.h"
#include "os/file.h"
#include "pack/pack_search.h"
#include "search/search.h"
#include "store/search.h"
#include "store/store.h"
#include "words/stem.h"

static const char *marked(const char *text, const char *query, size_t most, bool only_found)
{
    size_t n;
    const struct search_piece *pieces = search_mark(arena, text, query, most, only_found, &n);
    const char *out = "";
    for (size_t i = 0; i < n; i++) {
        out = arena_printf(arena, "%s%s%s%s", out, pieces[i].marked ? "[" : "", pieces[i].text,
                           pieces[i].marked ? "]" : "");
    }
    return out;
}

static void found_words_are_marked_where_they_stand(void **state)
{
    (void)state;
    assert_string_equal(marked("Prisons and prisoners", "prison", 100, true),
                        "[Prisons] and [prisoners]");
    assert_string_equal(marked("Gardens and gardenias", "garden", 100, true),
                        "[Gardens] and [gardenias]");
    assert_string_equal(marked("Gardens and gardenias", "garden beds", 100, true),
                        "[Gardens] and gardenias"); // only the last word may be a beginning
    assert_string_equal(marked("Une réfugiée", "refugie", 100, true), "Une [réfugiée]");
    assert_string_equal(marked("人权与人口", "人权", 100, true), "[人][权]与[人]口");
    assert_string_equal(marked("Nothing here", "garden", 100, true), "");
    assert_string_equal(marked("Nothing here", "garden", 7, false), "Nothing …");
    assert_string_equal(marked("", "garden", 7, false), "");
    const char *shown = marked("one two three four five six seven eight nine ten eleven twelve thirteen "
                               "fourteen fifteen sixteen garden seventeen eighteen",
                               "garden", 90, true);
    assert_non_null(strstr(shown, "[garden]"));
    assert_int_equal(strncmp(shown, "… ", strlen("… ")), 0);
    assert_null(strstr(shown, "five"));
}

// ---- the whole pack against a search that looks at every document ---------------------------------

#define MANY 2100 // more than wait together
#define MAX_DOCS 4000
static const char *docs[MAX_DOCS];
static const char *keys[MAX_DOCS];
static size_t n_docs;

static enum err remember(void *context, const struct pack_found *found, struct err_info *e)
{
    (void)context;
    (void)e;
    struct buf b;
    buf_init(&b, arena, LIMIT_TEXT_BYTES * 10);
    buf_char(&b, ' ');
    stem_tokens(&b, found->title);
    buf_char(&b, ' ');
    stem_tokens(&b, found->body);
    buf_char(&b, ' ');
    assert_true(n_docs < MAX_DOCS);
    docs[n_docs] = b.data;
    keys[n_docs++] = arena_copy(arena, found->key);
    return ERR_NONE;
}

static bool holds(const char *doc, const char *word, bool beginning)
{
    struct buf stem;
    buf_init(&stem, arena, LIMIT_TEXT_BYTES);
    stem_tokens(&stem, word);
    const char *whole = arena_printf(arena, " %s ", stem.data);
    return strstr(doc, whole) != NULL ||
           (beginning && strstr(doc, arena_printf(arena, " %s", word)) != NULL);
}

static const char *server; // NULL: SQLite
static char folder[64];
static char schema[64]; // on the server

static int open_store(void **state)
{
    static int number;
    struct store *s;
    struct err_info e;
    const char *workspace = folder;
    snprintf(folder, sizeof folder, "/tmp/mainstay-test-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    if (server != NULL) {
        snprintf(schema, sizeof schema, "search_%ld_%d", (long)getpid(), number++);
        assert_int_equal(db_schema_make(server, schema, &e), ERR_NONE);
        workspace = db_schema_address(arena, server, schema);
        setenv("MAINSTAY_HOME", folder, 1);
    }
    assert_int_equal(store_init(workspace, &e), ERR_NONE);
    assert_int_equal(store_open(workspace, false, &s, &e), ERR_NONE);
    *state = s;
    return 0;
}

static int close_store(void **state)
{
    struct err_info e;
    store_close(*state);
    return folder_remove(folder, &e) == ERR_NONE &&
                   (server == NULL || db_schema_remove(server, schema, &e) == ERR_NONE)
               ? 0
               : -1;
}

static struct search_results find(struct store *s, const struct identity *who, const char *query,
                                  const char *kind)
{
    struct db_read *db;
    struct err_info e = {0};
    struct search_results out;
    assert_int_equal(db_reader(store_db(s), &db, &e), ERR_NONE);
    enum err err = search_find(s, db, arena, who, query, kind, &out, &e);
    if (err != ERR_NONE) {
        fail_msg("%s: %s", query, e.detail);
    }
    return out;
}

static void the_index_finds_what_a_plain_search_finds(void **state)
{
    (void)state;
    static const char *const words[] = {"traffick", "prison", "child", "rights", "court", "gender",
                                        "interpreter", "data", "labour", "zzqq", "2013", "protect"};
    struct store *s = *state;
    struct err_info e;
    size_t n;
    const struct pack *const *packs = pack_all(&n);
    n_docs = 0;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pack_search_each(packs[i], remember, NULL, &e), ERR_NONE);
    }
    assert_true(n_docs > 100);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        for (size_t k = 0; k < COUNT_OF(words); k++) {
            const char *query =
                i == k ? words[i] : arena_printf(arena, "%s %s", words[i], words[k]);
            int64_t expected = 0;
            for (size_t d = 0; d < n_docs; d++) {
                expected += (i == k || holds(docs[d], words[i], false)) &&
                            holds(docs[d], words[k], true);
            }
            struct search_results found = find(s, NULL, query, NULL);
            if (found.total != expected) {
                fail_msg("%s: %ld instead of %ld", query, (long)found.total, (long)expected);
            }
        }
    }
}

// ---- records ----------------------------------------------------------------------------------------

static struct record *donor(const char *name)
{
    struct record *r = record_new(arena, model_find("donor"));
    record_set_text(r, "name", name);
    if (entity_field(r->entity, "sort") != NULL) {
        record_set_text(r, "sort", "state");
    }
    return r;
}

static void save(struct store *s, struct record *r, bool delete_it)
{
    const struct actor owner = {.name = "owner"};
    struct store_tx *tx;
    struct err_info e = {0};
    assert_int_equal(store_begin(s, &owner, "a test", &tx, &e), ERR_NONE);
    enum err err = delete_it ? store_delete(tx, arena, r->entity, r->id, &e)
                             : store_save(tx, arena, r, &e);
    if (err != ERR_NONE) {
        fail_msg("%s %s", e.text, e.detail);
    }
    assert_int_equal(store_commit(tx, &e), ERR_NONE);
}

static void records_are_found_as_they_are_now(void **state)
{
    struct store *s = *state;
    struct err_info e;
    struct record *r = donor("Xylophone Foundation");
    save(s, r, false); // before the first search: taken in with all others
    assert_int_equal(find(s, NULL, "xylophones", "donor").total, 1);
    record_set_text(r, "name", "Marimba Foundation");
    save(s, r, false);
    assert_int_equal(find(s, NULL, "xylophone", NULL).total, 0);
    assert_int_equal(find(s, NULL, "marimba", NULL).total, 1);
    int64_t differences;
    assert_int_equal(store_rebuild(s, arena, true, &differences, &e), ERR_NONE);
    assert_int_equal(find(s, NULL, "marimba", NULL).total, 1);
    // of the organisation: not for whoever has a role in one programme only
    const struct grant here = {.verbs = MAY_READ, .programme_id = "01"};
    const struct identity somebody = {.user_id = "u", .grants = &here, .n_grants = 1};
    assert_int_equal(find(s, &somebody, "marimba", NULL).total, 0);
    const struct grant everywhere = {.verbs = MAY_READ};
    const struct identity reader = {.user_id = "u", .grants = &everywhere, .n_grants = 1};
    assert_int_equal(find(s, &reader, "marimba", NULL).total, 1);
    save(s, r, true);
    assert_int_equal(find(s, NULL, "marimba", NULL).total, 0);
    r->version = NULL; // brought back with its id
    save(s, r, false);
    assert_int_equal(find(s, NULL, "marimba", NULL).total, 1);
    // wording and sign-ins are not taken in
    assert_false(search_knows(model_find("wording")));
    assert_false(search_knows(model_find("user")));
}

static void find_banks(struct store *s)
{
    for (int i = 0; i < MANY; i += 300) {
        assert_int_equal(find(s, NULL, arena_printf(arena, "bank %d", i + 1000000), "donor").total, 1);
    }
}

// Within a transaction documents wait for their turn, which is not the order in which they were saved.
static void what_a_transaction_changes_twice_is_found_as_it_is_at_its_end(void **state)
{
    struct store *s = *state;
    const struct actor owner = {.name = "owner"};
    struct store_tx *tx;
    struct err_info e = {0};
    struct record *kept = donor("Oboe Fund"), *renamed = donor("Celesta Fund"), *gone = donor("Bassoon Fund");
    struct record *made = donor("Spinet Fund"), *made_and_gone = donor("Viola Fund");
    save(s, kept, false);
    save(s, renamed, false);
    save(s, gone, false);
    assert_int_equal(find(s, NULL, "fund", "donor").total, 3);

    assert_int_equal(store_begin(s, &owner, "a test", &tx, &e), ERR_NONE);
    const char *const names[] = {"Harp Fund", "Lute Fund", "Zither Fund"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        record_set_text(renamed, "name", names[i]);
        record_set_text(made, "name", arena_printf(arena, "New %s", names[i]));
        assert_int_equal(store_save(tx, arena, renamed, &e), ERR_NONE);
        assert_int_equal(store_save(tx, arena, made, &e), ERR_NONE);
    }
    assert_int_equal(store_save(tx, arena, made_and_gone, &e), ERR_NONE);
    assert_int_equal(store_delete(tx, arena, gone->entity, made_and_gone->id, &e), ERR_NONE);
    assert_int_equal(store_delete(tx, arena, gone->entity, gone->id, &e), ERR_NONE);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(store_save(tx, arena, donor(arena_printf(arena, "Bank %d", i + 1000000)), &e), ERR_NONE);
    }
    assert_int_equal(store_commit(tx, &e), ERR_NONE);
    assert_int_equal(find(s, NULL, "zither", "donor").total, 2);
    assert_int_equal(find(s, NULL, "fund", "donor").total, 3);
    find_banks(s);
    static const char *const nowhere[] = {"celesta", "bassoon", "spinet", "viola", "harp", "lute"};
    for (size_t i = 0; i < COUNT_OF(nowhere); i++) {
        assert_int_equal(find(s, NULL, nowhere[i], "donor").total, 0);
    }

    assert_int_equal(store_begin(s, &owner, "a test", &tx, &e), ERR_NONE);
    assert_int_equal(store_save(tx, arena, donor("Theremin Fund"), &e), ERR_NONE);
    store_rollback(tx);
    assert_int_equal(find(s, NULL, "theremin", NULL).total, 0);

    // taken in anew, some hundred at once
    int64_t differences;
    assert_int_equal(store_rebuild(s, arena, true, &differences, &e), ERR_NONE);
    find_banks(s);
    assert_int_equal(find(s, NULL, "fund", "donor").total, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_words_are_marked_where_they_stand),
        cmocka_unit_test_setup_teardown(the_index_finds_what_a_plain_search_finds, open_store,
                                        close_store),
        cmocka_unit_test_setup_teardown(records_are_found_as_they_are_now, open_store, close_store),
        cmocka_unit_test_setup_teardown(what_a_transaction_changes_twice_is_found_as_it_is_at_its_end, open_store,
                                        close_store),
    };
    int failed = cmocka_run_group_tests_name("search on SQLite", tests, set_up_arena, tear_down_arena);
    server = getenv("MAINSTAY_TEST_POSTGRES");
    if (server != NULL) {
        failed += cmocka_run_group_tests_name("search on PostgreSQL", tests, set_up_arena, tear_down_arena);
    }
    return failed;
}
