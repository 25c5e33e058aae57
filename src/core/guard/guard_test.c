// SPDX-License-Identifier: AGPL-3.0-or-later
//
// guard_test.c: a child closes itself down and then tries what it must not be able to do.

#define _GNU_SOURCE

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"
#include "guard/guard.h"
#include "os/child.h"

#define CHILD_WORD "__try-everything"

static void tell(const char *what, bool worked)
{
    char line[80];
    int n = snprintf(line, sizeof line, "%s %s\n", what, worked ? "worked" : "refused");
    if (write(1, line, (size_t)n) != n) {
        _Exit(9);
    }
}

// Each of these works before, so that the test shows the difference.
static void try_everything(void)
{
    int file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    tell("open", file >= 0);
    long net = syscall(SYS_socket, 2, 1, 0);
    tell("socket", net >= 0);
    void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    tell("code", code != MAP_FAILED);
    void *data = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    tell("data", data != MAP_FAILED);
    tell("turn", mprotect(data, 4096, PROT_READ | PROT_EXEC) == 0);
    long other = syscall(SYS_kill, getpid(), 0);
    tell("kill", other == 0);
    tell("unlink", unlink("/nowhere/at/all") == 0 || errno == ENOENT);
}

static const char *said_by_child(struct arena *a, const char *how)
{
    struct err_info e = {0};
    const char *argv[] = {"/proc/self/exe", CHILD_WORD, how, NULL};
    struct child_job job = {.argv = argv,
                            .what = "testing",
                            .input = "",
                            .output_limit_bytes = LIMIT_REPLY_BYTES,
                            .time_limit_ms = 20000};
    struct child_output out;
    assert_int_equal(child_run(a, &job, &out, &e), ERR_NONE);
    assert_int_equal(out.exit_status, 0);
    return out.bytes;
}

static void a_closed_child_can_only_compute(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    assert_string_equal(said_by_child(a, "open"),
                        "open worked\nsocket worked\ncode worked\ndata worked\nturn worked\n"
                        "kill worked\nunlink worked\n");
    assert_string_equal(said_by_child(a, "closed"),
                        "open refused\nsocket refused\ncode refused\ndata worked\nturn refused\n"
                        "kill refused\nunlink refused\n");
    arena_free(a);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], CHILD_WORD) == 0) {
        if (strcmp(argv[2], "closed") == 0 && !guard_close_down()) {
            _Exit(8);
        }
        try_everything();
        _Exit(0);
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_closed_child_can_only_compute)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
