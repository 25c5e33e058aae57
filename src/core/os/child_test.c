// SPDX-License-Identifier: AGPL-3.0-or-later
//
// child_test.c: children that answer, that talk too much, that never end, that die.

#include <stdio.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena_test_help.h"
#include "base/limits.h"
#include "os/child.h"
#include "os/clock.h"
#include "os/file.h"

static enum err run(const char *script, const char *input, size_t len, int ms,
                    struct child_output *out, struct err_info *e)
{
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    struct child_job job = {.argv = argv,
                            .what = "testing",
                            .input = input,
                            .input_len = len,
                            .output_limit_bytes = 4 * 1024 * 1024,
                            .time_limit_ms = ms};
    return child_run(arena, &job, out, e);
}

static void a_large_input_goes_through(void **state)
{
    (void)state;
    size_t len = 3 * 1024 * 1024;
    char *input = arena_alloc(arena, len);
    for (size_t i = 0; i < len; i++) {
        input[i] = (char)(i * 7 + i / 251);
    }
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(run("cat; echo problem >&2; exit 7", input, len, 20000, &out, &e), ERR_NONE);
    assert_int_equal(out.exit_status, 7);
    assert_int_equal(out.len, len);
    assert_memory_equal(out.bytes, input, len);
    assert_string_equal(out.errors, "problem\n");
}

static void a_child_that_does_not_read_is_no_trouble(void **state)
{
    (void)state;
    size_t len = 3 * 1024 * 1024;
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(run("exec 0<&-; echo done", arena_alloc(arena, len), len, 20000, &out, &e),
                     ERR_NONE);
    assert_string_equal(out.bytes, "done\n");
}

static void limits_end_a_child(void **state)
{
    (void)state;
    struct child_output out;
    struct err_info e = {0};
    int64_t start = clock_steady_ms();
    assert_int_equal(run("sleep 30 & sleep 30", "", 0, 300, &out, &e), ERR_FAILED);
    assert_non_null(strstr(e.text, "too long"));
    assert_int_equal(run("exec >&- 2>&-; sleep 30", "", 0, 300, &out, &e), ERR_FAILED);
    assert_int_equal(run("yes", "", 0, 20000, &out, &e), ERR_TOO_LARGE);
    assert_true(clock_steady_ms() - start < 10000);
}

static void a_dead_child_is_an_error(void **state)
{
    (void)state;
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(run("kill -9 $$", "", 0, 20000, &out, &e), ERR_FAILED);
    assert_string_equal(e.args[0], "testing");
    const char *argv[] = {"/no/such/program", NULL};
    struct child_job job = {
        .argv = argv, .what = "testing", .output_limit_bytes = 1000, .time_limit_ms = 1000};
    assert_int_equal(child_run(arena, &job, &out, &e), ERR_FAILED);
}

static void secrets_in_the_environment_stay_here(void **state)
{
    (void)state;
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(setenv("MAINSTAY_SECRET", "x", 1), 0);
    assert_int_equal(run("echo [$MAINSTAY_SECRET][${PATH:+path}]", "", 0, 20000, &out, &e),
                     ERR_NONE);
    assert_string_equal(out.bytes, "[][path]\n");
}

static enum err run_bytes(const char *program, size_t len, struct child_output *out,
                          struct err_info *e)
{
    const char *argv[] = {"copied", NULL};
    struct child_job job = {.argv = argv,
                            .what = "testing",
                            .input = "from memory",
                            .input_len = 11,
                            .output_limit_bytes = 1000,
                            .time_limit_ms = 20000,
                            .program = program,
                            .program_len = len};
    return child_run(arena, &job, out, e);
}

static void a_program_runs_from_memory(void **state)
{
    (void)state;
    const char *cat;
    size_t len;
    struct child_output out;
    struct err_info e = {0};
    assert_int_equal(file_read(arena, "/bin/cat", LIMIT_UPLOAD_BYTES, &cat, &len, &e), ERR_NONE);
    assert_int_equal(run_bytes(cat, len, &out, &e), ERR_NONE);
    assert_int_equal(out.exit_status, 0);
    assert_string_equal(out.bytes, "from memory");
    assert_int_equal(run_bytes("no program", 10, &out, &e), ERR_FAILED);
    assert_non_null(strstr(e.detail, "copied"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_large_input_goes_through),
        ARENA_TEST(a_child_that_does_not_read_is_no_trouble),
        ARENA_TEST(limits_end_a_child),
        ARENA_TEST(a_dead_child_is_an_error),
        ARENA_TEST(a_program_runs_from_memory),
        ARENA_TEST(secrets_in_the_environment_stay_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
