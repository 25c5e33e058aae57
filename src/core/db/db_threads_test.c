// SPDX-License-Identifier: AGPL-3.0-or-later
//
// db_threads_test.c: readers and the writer in several threads, the same on both engines.

#include "db/db_thing_test_help.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static atomic_int order;

static void *second_writer(void *state)
{
    struct fixture *f = state;
    struct db_tx *tx;
    struct err_info e;
    if (db_tx_begin(f->db, &tx, &e) != ERR_NONE) {
        return (void *)1;
    }
    int mine = atomic_fetch_add(&order, 1);
    db_tx_rollback(tx);
    return mine == 1 ? NULL : (void *)1; // after the first one
}

static void a_writer_waits_for_the_one_before(void **state)
{
    struct fixture *f = *state;
    struct db_tx *tx;
    pthread_t thread;
    void *result;
    atomic_store(&order, 0);
    OK(db_tx_begin(f->db, &tx, &f->e));
    assert_int_equal(pthread_create(&thread, NULL, second_writer, f), 0);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    assert_int_equal(atomic_fetch_add(&order, 1), 0);
    OK(db_tx_commit(tx, &f->e));
    pthread_join(thread, &result);
    assert_null(result);
}

static void *read_once(void *state)
{
    struct fixture *f = state;
    struct db_read *r;
    struct err_info e;
    struct db_query *q;
    bool row;
    if (db_reader(f->db, &r, &e) != ERR_NONE || db_start(r, &list, &q, &e) != ERR_NONE ||
        db_step(q, &row, &e) != ERR_NONE) {
        return NULL;
    }
    return r; // the statement is left open, as by a thread that was careless
}

static void the_reader_of_a_thread_that_ended_is_used_again(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 2 * LIMIT_READERS; i++) {
        pthread_t thread;
        void *reader;
        assert_int_equal(pthread_create(&thread, NULL, read_once, f), 0);
        pthread_join(thread, &reader);
        assert_non_null(reader);
    }
    assert_int_equal(f->db->n_readers, 2);
}

static void a_reader_that_is_given_back_goes_to_another_thread(void **state)
{
    struct fixture *f = *state;
    struct db_read *mine;
    struct err_info e;
    pthread_t thread;
    void *theirs;
    assert_int_equal(db_reader(f->db, &mine, &e), ERR_NONE);
    db_reader_give_back(f->db);
    db_reader_give_back(f->db); // there is none to give any more
    assert_int_equal(pthread_create(&thread, NULL, read_once, f), 0);
    pthread_join(thread, &theirs);
    assert_ptr_equal(theirs, mine);
    assert_int_equal(db_reader(f->db, &mine, &e), ERR_NONE);
}

#define HAMMER_ROWS 300

static void *hammer_read(void *state)
{
    struct fixture *f = state;
    struct db_read *r;
    struct err_info e;
    int64_t last = 0;
    while (last < HAMMER_ROWS) {
        struct db_query *q;
        bool row;
        if (db_reader(f->db, &r, &e) != ERR_NONE || db_start(r, &count_all, &q, &e) != ERR_NONE) {
            return (void *)1;
        }
        enum err code = db_step(q, &row, &e);
        int64_t n = code == ERR_NONE ? db_int(q, 0) : -1;
        db_finish(q);
        if (n < last) {
            return (void *)1;
        }
        last = n;
    }
    return NULL;
}

static void readers_and_a_writer_at_once(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[4];
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, hammer_read, f), 0);
    }
    for (int i = 0; i < HAMMER_ROWS; i++) {
        char id[16];
        snprintf(id, sizeof id, "%04d", i);
        add_committed(f, id, i, NULL);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {
        TEST(a_writer_waits_for_the_one_before),
        TEST(the_reader_of_a_thread_that_ended_is_used_again),
        TEST(a_reader_that_is_given_back_goes_to_another_thread),
        TEST(readers_and_a_writer_at_once),
    };
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
