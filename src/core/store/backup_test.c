// SPDX-License-Identifier: AGPL-3.0-or-later
//
// backup_test.c: what comes back is what was there; anything less is refused and changes nothing. Runs
// on SQLite, and on PostgreSQL when MAINSTAY_TEST_POSTGRES names a database.

#define _GNU_SOURCE // setenv

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/bug.h"
#include "base/limits.h"
#include "db/db_check.h"
#include "os/file.h"
#include "store/container_private.h"
#include "store/store_private.h"

#define FILE_BYTES ((size_t)300 * 1000)

struct place {
    struct arena *arena;
    char home[64];
    const char *folder;    // of keys and files
    const char *workspace; // folder or address
    const char *backup;
    struct store *store;
    const char *file; // hash of one in it
};

static const struct actor tester = {.name = "tester"};
static struct err_info e;
static const char *server; // NULL: SQLite
static int n_schemas;

static void ok(enum err err)
{
    if (err != ERR_NONE) {
        fail_msg("%s: %s (%s, %s) %s", err_name(err), e.text, e.args[0], e.args[1], e.detail);
    }
}

static const char *path(struct place *p, const char *name)
{
    return arena_printf(p->arena, "%s/%s", p->home, name);
}

// A folder, or on the server a new empty schema with a folder for keys and files.
static const char *new_workspace(struct place *p, const char *name)
{
    if (server == NULL) {
        return path(p, name);
    }
    setenv("MAINSTAY_HOME", path(p, name), 1);
    const char *schema = arena_printf(p->arena, "backup_%ld_%d", (long)getpid(), n_schemas++);
    ok(db_schema_make(server, schema, &e));
    return db_schema_address(p->arena, server, schema);
}

static struct record *programme(struct place *p, const char *number)
{
    struct record *r = record_new(p->arena, model_find("programme"));
    record_set_text(r, "number", number);
    record_set_text(r, "title", "It's \"a, programme\"\nin two lines \xd8\xa3");
    record_set_text(r, "crime", "tip");
    record_set_text(r, "starts_on", "2024-01-01");
    record_set_text(r, "ends_on", "2026-12-31");
    record_set_text(r, "state", "running");
    record_set_text(r, "currency", "USD");
    return r;
}

static void save(struct store *s, struct arena *a, struct record *r)
{
    struct store_tx *tx;
    ok(store_begin(s, &tester, NULL, &tx, &e));
    ok(store_save(tx, a, r, &e));
    ok(store_commit(tx, &e));
}

static int set_up(void **state)
{
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct place *p = ARENA_MAKE(a, struct place);
    p->arena = a;
    *state = p;
    snprintf(p->home, sizeof p->home, "/tmp/mainstay-backup-XXXXXX");
    assert_non_null(mkdtemp(p->home));
    p->folder = path(p, "office");
    p->backup = path(p, "office.backup");
    p->workspace = new_workspace(p, "office");
    ok(store_init(p->workspace, &e));
    ok(store_open(p->workspace, false, &p->store, &e));
    for (int i = 0; i < 30; i++) {
        save(p->store, a, programme(p, arena_printf(a, "P%02d", i)));
    }
    struct record *risk = record_new(a, model_find("risk"));
    struct record *owner;
    struct db_read *db;
    ok(db_reader(store_db(p->store), &db, &e));
    ok(store_get(db, a, model_find("programme"), "P00", &owner, &e));
    record_set_text(risk, "programme_id", owner->id);
    record_set_text(risk, "statement", "A risk");
    record_set_text(risk, "state", "open");
    save(p->store, a, risk);
    char *bytes = arena_alloc(a, FILE_BYTES);
    for (size_t i = 0; i < FILE_BYTES; i++) {
        bytes[i] = (char)(i * i >> 3);
    }
    ok(store_file_put(p->store, a, bytes, FILE_BYTES, &p->file, &e));
    ok(store_file_put(p->store, a, "", 0, &(const char *){0}, &e));
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    store_close(p->store);
    ok(folder_remove(p->home, &e));
    for (; server != NULL && n_schemas > 0; n_schemas--) {
        char schema[40];
        snprintf(schema, sizeof schema, "backup_%ld_%d", (long)getpid(), n_schemas - 1);
        ok(db_schema_remove(server, schema, &e));
    }
    arena_free(p->arena);
    return 0;
}

static void close_store(struct place *p)
{
    store_close(p->store);
    p->store = NULL;
}

// The workspace is sound and holds so many programmes.
static void check_workspace(struct place *p, const char *workspace, int64_t programmes)
{
    struct store *s;
    struct db_read *db;
    struct store_fault *faults;
    size_t n_faults, len;
    int64_t n;
    const char *bytes;
    ok(store_open(workspace, false, &s, &e));
    ok(store_verify(s, p->arena, &faults, &n_faults, &n, &e));
    assert_int_equal(n_faults, 0);
    ok(db_reader(store_db(s), &db, &e));
    ok(store_count(db, p->arena, model_find("programme"), &(struct store_query){0}, &n, &e));
    if (programmes >= 0) {
        assert_int_equal(n, programmes);
    }
    ok(store_file_get(s, p->arena, p->file, &bytes, &len, &e));
    assert_int_equal(len, FILE_BYTES);
    save(s, p->arena, programme(p, "AFTER"));
    store_close(s);
}

// ---- there and back ------------------------------------------------------------------------------

static void what_comes_back_is_what_was_there(void **state)
{
    struct place *p = *state;
    char node[STORE_NODE_HEX + 1];
    snprintf(node, sizeof node, "%s", store_node(p->store));
    ok(store_backup(p->store, p->backup, &e));
    struct stat s;
    assert_int_equal(stat(p->backup, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_false(file_exists(path(p, "office.backup.tmp")));
    assert_false(file_exists(path(p, "office.backup.tmp.db")));
    const char *there = new_workspace(p, "new");
    const char *aside = "?";
    ok(store_restore(there, p->backup, p->arena, &aside, &e));
    assert_null(aside);
    check_workspace(p, there, 30);
    struct store *again;
    ok(store_open(there, false, &again, &e));
    assert_string_equal(store_node(again), node);
    store_close(again);
    assert_int_equal(stat(path(p, "new/keys/node.key"), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_false(file_exists(path(p, "new.restoring")));
    assert_false(file_exists(path(p, "new/tables")));
}

static void the_old_workspace_is_kept_aside(void **state)
{
    struct place *p = *state;
    ok(store_backup(p->store, p->backup, &e));
    save(p->store, p->arena, programme(p, "LATER"));
    close_store(p);
    ok(folder_make(path(p, "office.restoring/keys"), 0700, &e)); // as a killed restore leaves it
    if (server != NULL) {
        p->workspace = new_workspace(p, "office"); // the same folder, an empty database
    }
    const char *aside;
    ok(store_restore(p->workspace, p->backup, p->arena, &aside, &e));
    assert_non_null(aside);
    assert_true(file_exists(arena_printf(p->arena, "%s/keys/node.key", aside)));
    check_workspace(p, p->workspace, 30);
    if (server == NULL) {
        check_workspace(p, aside, 31);
    }
}

static void a_backup_replaces_only_a_backup(void **state)
{
    struct place *p = *state;
    ok(store_backup(p->store, p->backup, &e));
    ok(store_backup(p->store, p->backup, &e));
    ok(file_write(path(p, "letter"), "Dear", 4, 0600, &e));
    assert_int_equal(store_backup(p->store, path(p, "letter"), &e), ERR_CONFLICT);
    const char *bytes;
    size_t len;
    ok(file_read(p->arena, path(p, "letter"), 100, &bytes, &len, &e));
    assert_string_equal(bytes, "Dear");
    assert_int_equal(store_backup(p->store, path(p, "nowhere/x"), &e), ERR_FAILED);
}

static void a_workspace_in_use_is_not_replaced(void **state)
{
    struct place *p = *state;
    ok(store_backup(p->store, p->backup, &e));
    int fd = open(arena_printf(p->arena, "%s/lock", p->folder), O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    const char *aside;
    assert_int_equal(store_restore(p->workspace, p->backup, p->arena, &aside, &e), ERR_BUSY);
    close(fd);
    check_workspace(p, p->workspace, 30);
}

static void a_database_that_is_not_empty_is_not_filled(void **state)
{
    struct place *p = *state;
    if (server == NULL) {
        return; // a folder is replaced whole
    }
    ok(store_backup(p->store, p->backup, &e));
    close_store(p);
    const char *aside;
    assert_int_equal(store_restore(p->workspace, p->backup, p->arena, &aside, &e), ERR_CONFLICT);
    check_workspace(p, p->workspace, 30);
}

// ---- while others write --------------------------------------------------------------------------

static atomic_bool stop;
static atomic_int written;

static void *write_on(void *place)
{
    struct place *p = place;
    struct err_info mine;
    while (!atomic_load(&stop)) {
        struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
        struct place in = {.arena = a};
        struct store_tx *tx;
        struct record *r = programme(&in, arena_printf(a, "W%05d", atomic_load(&written)));
        if (store_begin(p->store, &tester, NULL, &tx, &mine) != ERR_NONE ||
            store_save(tx, a, r, &mine) != ERR_NONE || store_commit(tx, &mine) != ERR_NONE) {
            return (void *)1;
        }
        atomic_fetch_add(&written, 1);
        arena_free(a);
    }
    return NULL;
}

static void a_backup_is_one_state_while_others_write(void **state)
{
    struct place *p = *state;
    pthread_t thread;
    void *result;
    atomic_store(&stop, false);
    atomic_store(&written, 0);
    assert_int_equal(pthread_create(&thread, NULL, write_on, p), 0);
    while (atomic_load(&written) < 5) {
        usleep(1000);
    }
    int before = atomic_load(&written);
    for (int i = 0; i < 5; i++) {
        ok(store_backup(p->store, p->backup, &e));
    }
    int after = atomic_load(&written);
    atomic_store(&stop, true);
    pthread_join(thread, &result);
    assert_null(result);
    assert_true(after > before); // the writer was not held up
    const char *there = new_workspace(p, "new");
    const char *aside;
    ok(store_restore(there, p->backup, p->arena, &aside, &e));
    check_workspace(p, there, -1);
}

// ---- damage --------------------------------------------------------------------------------------

static enum err nothing_begins(void *context, const char *part, struct err_info *e2)
{
    (void)context, (void)part, (void)e2;
    return ERR_NONE;
}

static enum err nothing_added(void *context, const void *bytes, size_t len, struct err_info *e2)
{
    (void)context, (void)bytes, (void)len, (void)e2;
    return ERR_NONE;
}

static enum err read_copy(struct place *p, const char *bytes, size_t len)
{
    const char *copy = path(p, "copy");
    FILE *out = fopen(copy, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    fclose(out);
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    json_t *manifest;
    struct container_visitor visitor = {.begin = nothing_begins, .add = nothing_added};
    enum err err = container_read(a, copy, &visitor, &manifest, &e);
    arena_free(a);
    return err;
}

static char *read_backup(struct place *p, size_t *len)
{
    const char *bytes;
    ok(store_backup(p->store, p->backup, &e));
    ok(file_read(p->arena, p->backup, LIMIT_IMPORT_BYTES, &bytes, len, &e));
    return (char *)bytes;
}

static void any_flipped_bit_is_found(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    ok(read_copy(p, bytes, len));
    int tried = 0;
    // The beginning, the list and the signature byte by byte; the rest in steps.
    for (size_t at = 0; at < len; at += at < 120 || at + 200 > len ? 1 : 1511) {
        for (int bit = 0; bit < 8; bit += at < 120 || at + 200 > len ? 3 : 7) {
            bytes[at] ^= (char)(1 << bit);
            enum err err = read_copy(p, bytes, len);
            if (err != ERR_DAMAGED && !(at < CONTAINER_MAGIC_BYTES && err == ERR_INPUT)) {
                fail_msg("a flipped bit at %zu of %zu gave %s", at, len, err_name(err));
            }
            bytes[at] ^= (char)(1 << bit);
            tried++;
        }
    }
    assert_true(tried > 500);
}

static void a_backup_cut_short_or_long_is_refused(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    for (size_t cut = 1; cut < len; cut += cut < 300 ? 7 : 5003) {
        enum err err = read_copy(p, bytes, len - cut);
        assert_true(err == ERR_DAMAGED || (len - cut < CONTAINER_MAGIC_BYTES && err == ERR_INPUT));
    }
    char *longer = arena_alloc(p->arena, len + 1);
    memcpy(longer, bytes, len);
    assert_int_equal(read_copy(p, longer, len + 1), ERR_DAMAGED);
    assert_int_equal(read_copy(p, "", 0), ERR_INPUT);
}

// Where the n-th chunk of 64 KB begins; 0 when there are fewer.
static size_t large_chunk(const char *bytes, size_t len, int n)
{
    for (size_t at = CONTAINER_MAGIC_BYTES + 32; at + 48 <= len;) {
        const unsigned char *head = (const unsigned char *)bytes + at;
        size_t size = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16;
        if (size == 65536 && n-- == 0) {
            return at;
        }
        at += 48 + size;
    }
    return 0;
}

static void chunks_that_changed_places_are_refused(void **state)
{
    struct place *p = *state;
    size_t len, other_len, chunk = 48 + 65536;
    char *bytes = read_backup(p, &len);
    char *other = read_backup(p, &other_len);
    size_t a = large_chunk(bytes, len, 0), b = large_chunk(bytes, len, 1);
    assert_true(a > 0 && b > 0);
    char *swapped = arena_copy_n(p->arena, bytes, len);
    memcpy(swapped + a, bytes + b, chunk);
    memcpy(swapped + b, bytes + a, chunk);
    assert_int_equal(read_copy(p, swapped, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "moved"));
    // One left out.
    memcpy(swapped, bytes, a);
    memcpy(swapped + a, bytes + a + chunk, len - a - chunk);
    assert_int_equal(read_copy(p, swapped, len - chunk), ERR_DAMAGED);
    // One taken from another backup of the same workspace.
    memcpy(swapped, bytes, len);
    memcpy(swapped + a, other + large_chunk(other, other_len, 0), chunk);
    assert_int_equal(read_copy(p, swapped, len), ERR_DAMAGED);
}

// Changes a byte of the n-th chunk of a kind and makes the hash of the chunk right again, as somebody
// can who knows the form but not the key.
static void rewrite(char *bytes, size_t len, enum container_kind kind, int n, size_t place)
{
    unsigned char *b = (unsigned char *)bytes;
    const unsigned char *id = b + CONTAINER_MAGIC_BYTES;
    for (size_t at = CONTAINER_MAGIC_BYTES + CONTAINER_ID_BYTES; at < len;) {
        size_t size = (size_t)container_take(b + at, 4);
        if (container_take(b + at + 4, 4) == kind && n-- == 0) {
            unsigned char *content = b + at + CONTAINER_HEAD_BYTES;
            content[place % size] ^= 1;
            container_hash(id, b + at, content, size, b + at + 16);
            return;
        }
        at += CONTAINER_HEAD_BYTES + size;
    }
    fail_msg("there is no such chunk");
}

static void a_change_with_the_right_hash_of_its_chunk_is_found(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    char *copy = arena_copy_n(p->arena, bytes, len);
    rewrite(copy, len, CONTAINER_BYTES, 1, 100);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "parts"));
    memcpy(copy, bytes, len);
    rewrite(copy, len, CONTAINER_PART, 1, 3);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "parts"));
    // A digit of the time in the list: "time":"2026-...
    memcpy(copy, bytes, len);
    const char *list = NULL;
    for (size_t i = 0; i + 8 < len; i++) {
        list = memcmp(bytes + i, "\"time\":\"", 8) == 0 ? bytes + i : list;
    }
    assert_non_null(list);
    size_t start = (size_t)(list - bytes);
    while (memcmp(bytes + start, "{\"facts\"", 8) != 0) {
        start--;
    }
    rewrite(copy, len, CONTAINER_LIST, 0, (size_t)(list - bytes) - start + 10);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "signature"));
    memcpy(copy, bytes, len);
    rewrite(copy, len, CONTAINER_SIGN, 0, 5);
    assert_int_equal(read_copy(p, copy, len), ERR_DAMAGED);
    assert_non_null(strstr(e.args[1], "signature"));
}

static void a_damaged_backup_changes_nothing(void **state)
{
    struct place *p = *state;
    size_t len;
    char *bytes = read_backup(p, &len);
    close_store(p);
    bytes[len / 2] ^= 1;
    ok(file_write(p->backup, bytes, len, 0600, &e));
    const char *aside;
    const char *there = server == NULL ? p->workspace : new_workspace(p, "office");
    assert_int_equal(store_restore(there, p->backup, p->arena, &aside, &e), ERR_DAMAGED);
    assert_null(aside);
    assert_false(file_exists(path(p, "office.restoring")));
    check_workspace(p, p->workspace, 30);
}

// ---- forged backups: sound as a file, wrong in what they say -------------------------------------

struct forging {
    struct container_writer *w;
    const char *leave_out; // part
    const char *add;       // part
};

static bool skipping;

static enum err forge_begin(void *context, const char *part, struct err_info *e2)
{
    struct forging *f = context;
    skipping = f->leave_out != NULL && strcmp(part, f->leave_out) == 0;
    return skipping ? ERR_NONE : container_begin(f->w, part, e2);
}

static enum err forge_add(void *context, const void *bytes, size_t len, struct err_info *e2)
{
    return skipping ? ERR_NONE : container_add(((struct forging *)context)->w, bytes, len, e2);
}

// Writes the backup again, changed, and signs it.
static enum err restore_forged(struct place *p, struct forging *f, const unsigned char *secret_key,
                               void (*change)(json_t *manifest))
{
    json_t *manifest;
    const char *aside;
    const char *forged = path(p, "forged");
    struct container_visitor visitor = {.context = f, .begin = forge_begin, .add = forge_add};
    ok(container_create(p->arena, forged, &f->w, &e));
    ok(container_read(p->arena, p->backup, &visitor, &manifest, &e));
    if (f->add != NULL) {
        ok(container_begin(f->w, f->add, &e));
        ok(container_add(f->w, "x", 1, &e));
    }
    if (change != NULL) {
        change(manifest);
    }
    ok(container_finish(f->w, manifest, secret_key, &e));
    return store_restore(new_workspace(p, "new"), forged, p->arena, &aside, &e);
}

static void say_more_rows(json_t *manifest)
{
    json_t *rows = json_object_get(json_object_get(manifest, "facts"), "rows");
    assert_non_null(json_object_get(rows, "risk"));
    json_object_set_new(rows, "risk", json_integer(2));
}

static void say_other_head(json_t *manifest)
{
    json_t *heads = json_object_get(json_object_get(manifest, "facts"), "heads");
    json_object_set_new(json_array_get(heads, 0), "seq", json_integer(99999));
}

static void say_newer_format(json_t *manifest)
{
    json_object_set_new(manifest, "format", json_integer(2));
}

static void a_forged_backup_is_refused(void **state)
{
    struct place *p = *state;
    ok(store_backup(p->store, p->backup, &e));
    const unsigned char *own = p->store->secret_key;
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], foreign[crypto_sign_SECRETKEYBYTES];
    crypto_sign_keypair(public_key, foreign);
    const char *database = server == NULL ? "database" : "tables/risk";
    static const char *const bad_parts[] = {
        "files/../escape", "../escape", "/tmp/escape", "keys/../../escape", "keys/.hidden",
        "files/ab/short", "mainstay.db", "lock"};
    ok(restore_forged(p, &(struct forging){0}, own, NULL)); // unchanged it is good
    ok(folder_remove(path(p, "new"), &e));
    assert_int_equal(restore_forged(p, &(struct forging){0}, foreign, NULL), ERR_DAMAGED);
    assert_int_equal(restore_forged(p, &(struct forging){0}, own, say_more_rows), ERR_DAMAGED);
    assert_int_equal(restore_forged(p, &(struct forging){0}, own, say_other_head), ERR_DAMAGED);
    assert_int_equal(restore_forged(p, &(struct forging){0}, own, say_newer_format), ERR_INPUT);
    assert_int_equal(restore_forged(p, &(struct forging){.leave_out = database}, own, NULL),
                     ERR_DAMAGED);
    assert_int_not_equal(restore_forged(p, &(struct forging){.leave_out = "keys/node.key"}, own,
                                        NULL), ERR_NONE);
    for (size_t i = 0; i < COUNT_OF(bad_parts); i++) {
        assert_int_equal(restore_forged(p, &(struct forging){.add = bad_parts[i]}, own, NULL),
                         ERR_INPUT);
    }
    assert_false(file_exists(path(p, "new")));
    assert_false(file_exists(path(p, "new.restoring")));
    assert_false(file_exists(path(p, "escape")));
}

// ---- the group -----------------------------------------------------------------------------------

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(what_comes_back_is_what_was_there),
        TEST(the_old_workspace_is_kept_aside),
        TEST(a_backup_replaces_only_a_backup),
        TEST(a_workspace_in_use_is_not_replaced),
        TEST(a_database_that_is_not_empty_is_not_filled),
        TEST(a_backup_is_one_state_while_others_write),
        TEST(any_flipped_bit_is_found),
        TEST(a_backup_cut_short_or_long_is_refused),
        TEST(chunks_that_changed_places_are_refused),
        TEST(a_change_with_the_right_hash_of_its_chunk_is_found),
        TEST(a_damaged_backup_changes_nothing),
        TEST(a_forged_backup_is_refused),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    int failed = group("SQLite");
    server = getenv("MAINSTAY_TEST_POSTGRES");
    if (server != NULL && server[0] != '\0') {
        failed += group("PostgreSQL");
    }
    return failed;
}
