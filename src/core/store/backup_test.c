// SPDX-License-Identifier: AGPL-3.0-or-later
//
// backup_test.c: what comes back is what was there, also when others write meanwhile; nothing else is
// replaced. Damaged and forged backups: backup_damage_test.c.

#include "store/backup_test_help.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/stat.h>

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
    if (test_server != NULL) {
        p->workspace = new_workspace(p, "office"); // the same folder, an empty database
    }
    const char *aside;
    ok(store_restore(p->workspace, p->backup, p->arena, &aside, &e));
    assert_non_null(aside);
    assert_true(file_exists(arena_printf(p->arena, "%s/keys/node.key", aside)));
    check_workspace(p, p->workspace, 30);
    if (test_server == NULL) {
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
    if (test_server == NULL) {
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

// ---- the group -----------------------------------------------------------------------------------

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(what_comes_back_is_what_was_there),
        TEST(the_old_workspace_is_kept_aside),
        TEST(a_backup_replaces_only_a_backup),
        TEST(a_workspace_in_use_is_not_replaced),
        TEST(a_database_that_is_not_empty_is_not_filled),
        TEST(a_backup_is_one_state_while_others_write),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
