// SPDX-License-Identifier: AGPL-3.0-or-later
//
// child.c: see child.h. Pipes are made close-on-exec in one step, because another thread may start
// a child of its own at any moment (pipe2, hence _GNU_SOURCE). The input goes through a socket, so
// that a child that stops reading gives an error and not a signal. A program from memory is started by
// its name under /proc, which posix_spawn can; it is closed on exec like everything else.

#define _GNU_SOURCE

#include "os/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "os/clock.h"

#define CHUNK_BYTES ((size_t)64 * 1024)
#define MAX_ENVIRONMENT 24
#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U // Linux 6.3; older ones know no memory that may not be run
#endif

extern char **environ;

struct run {
    const struct child_job *job;
    pid_t pid;
    int in; // our ends
    int out;
    int err;
    size_t sent;
    struct buf output;
    struct child_output *result;
    size_t n_errors;
};

// What a child may know of our surroundings.
static int pick_environment(const char *picked[MAX_ENVIRONMENT])
{
    static const char *const names[] = {
        "PATH=",           "HOME=",           "LANG=",           "LC_ALL=",       "TMPDIR=",
        "XDG_CACHE_HOME=", "FONTCONFIG_FILE=", "FONTCONFIG_PATH=", "LD_LIBRARY_PATH=",
        "ASAN_OPTIONS=",   "UBSAN_OPTIONS=",  "LSAN_OPTIONS=",   "MAINSTAY_NOW="};
    int n = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (char **v = environ; *v != NULL; v++) {
            if (strncmp(*v, names[i], strlen(names[i])) == 0) {
                picked[n++] = *v;
                break;
            }
        }
    }
    picked[n] = NULL;
    return n;
}

static enum err cannot_start(const struct child_job *job, int number, struct err_info *e)
{
    bool forbidden = number == EACCES || number == EPERM || number == ENOSYS;
    if (job->program != NULL && forbidden) { // vm.memfd_noexec=2, a filter of system calls
        (void)err_set(e, ERR_FAILED, NULL,
                      MSG("This system does not let a program start from memory ({0})."),
                      MSG("Ask the administrator to allow it (vm.memfd_noexec), or choose another "
                          "format."),
                      job->what, NULL);
        err_detail(e, "%s: %s", job->argv[0], strerror(number));
        return ERR_FAILED;
    }
    (void)err_set(e, ERR_FAILED, NULL, MSG("Starting a helper for {0} failed."),
                  MSG("Try again; if it fails again, ask the administrator to look at the log."),
                  job->what, NULL);
    err_detail(e, "%s: %s", job->argv[0], strerror(number));
    return ERR_FAILED;
}

// The program of the job in sealed memory, or -1 with errno set.
static int put_into_memory(const struct child_job *job)
{
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int fd = memfd_create(job->argv[0], flags | MFD_EXEC);
    if (fd < 0 && errno == EINVAL) {
        fd = memfd_create(job->argv[0], flags);
    }
    size_t done = 0;
    while (fd >= 0 && done < job->program_len) {
        ssize_t n = write(fd, job->program + done, job->program_len - done);
        if (n < 0 && errno != EINTR) {
            break;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    bool whole = fd >= 0 && done == job->program_len &&
                 fcntl(fd, F_ADD_SEALS,
                       F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0;
    if (fd >= 0 && !whole) {
        int number = errno;
        close(fd);
        errno = number;
        return -1;
    }
    return fd;
}

static int spawn(struct run *r, const char *path, int in, int out, int err)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigset_t standard;
    const char *environment[MAX_ENVIRONMENT];
    pick_environment(environment);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGPIPE);
    sigaddset(&standard, SIGTERM);
    sigaddset(&standard, SIGINT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    int failed = posix_spawn(&r->pid, path, &actions, &attributes,
                             (char *const *)r->job->argv, (char *const *)environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

// Starts the program, from its file or from its bytes; 0 or the number of the error.
static int spawn_program(struct run *r, int in, int out, int err)
{
    if (r->job->program == NULL) {
        return spawn(r, r->job->argv[0], in, out, err);
    }
    char path[40];
    int fd = put_into_memory(r->job);
    if (fd < 0) {
        return errno;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int failed = spawn(r, path, in, out, err);
    close(fd);
    return failed;
}

static void close_pair(int pair[2])
{
    if (pair[0] >= 0) {
        close(pair[0]);
        close(pair[1]);
    }
}

static enum err start(struct run *r, struct err_info *e)
{
    int in[2] = {-1, -1};
    int out[2] = {-1, -1};
    int err[2] = {-1, -1};
    int failed = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0 ||
        pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) {
        failed = errno;
    } else {
        failed = spawn_program(r, in[1], out[1], err[1]);
    }
    if (failed != 0) {
        close_pair(in);
        close_pair(out);
        close_pair(err);
        return cannot_start(r->job, failed, e);
    }
    close(in[1]);
    close(out[1]);
    close(err[1]);
    r->in = in[0];
    r->out = out[0];
    r->err = err[0];
    (void)fcntl(r->in, F_SETFL, O_NONBLOCK);
    return ERR_NONE;
}

static void close_end(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static void feed(struct run *r)
{
    size_t left = r->job->input_len - r->sent;
    ssize_t n = left == 0 ? 0 : send(r->in, r->job->input + r->sent, left, MSG_NOSIGNAL);
    if (n > 0) {
        r->sent += (size_t)n;
    }
    bool again = n < 0 && (errno == EAGAIN || errno == EINTR);
    if (r->sent == r->job->input_len || (n <= 0 && !again)) {
        close_end(&r->in);
    }
}

static void collect(struct run *r)
{
    char chunk[CHUNK_BYTES];
    ssize_t n = read(r->out, chunk, sizeof chunk);
    if (n > 0) {
        buf_add(&r->output, chunk, (size_t)n);
    } else if (n == 0 || errno != EINTR) {
        close_end(&r->out);
    }
}

static void collect_errors(struct run *r)
{
    char chunk[1024];
    ssize_t n = read(r->err, chunk, sizeof chunk);
    if (n > 0) {
        size_t room = sizeof r->result->errors - 1 - r->n_errors;
        size_t take = (size_t)n < room ? (size_t)n : room;
        memcpy(r->result->errors + r->n_errors, chunk, take);
        r->n_errors += take;
    } else if (n == 0 || errno != EINTR) {
        close_end(&r->err);
    }
}

enum outcome { ENDED, TOO_LONG, TOO_MUCH };

// Feeds and collects until both outputs are closed or a limit is passed.
static enum outcome talk(struct run *r, int64_t until)
{
    while (r->out >= 0 || r->err >= 0) {
        int64_t left = until - clock_steady_ms();
        if (left <= 0) {
            return TOO_LONG;
        }
        struct pollfd fds[3] = {{.fd = r->in, .events = POLLOUT},
                                {.fd = r->out, .events = POLLIN},
                                {.fd = r->err, .events = POLLIN}};
        int n = poll(fds, 3, left > 60000 ? 60000 : (int)left);
        if (n <= 0) {
            continue;
        }
        if (r->in >= 0 && fds[0].revents != 0) {
            feed(r);
        }
        if (r->out >= 0 && fds[1].revents != 0) {
            collect(r);
        }
        if (r->err >= 0 && fds[2].revents != 0) {
            collect_errors(r);
        }
        if (buf_is_full(&r->output)) {
            return TOO_MUCH;
        }
    }
    return ENDED;
}

// A child may close its outputs and live on; it gets what is left of its time.
static bool ends_in_time(pid_t pid, int64_t until, int *status)
{
    struct timespec nap = {.tv_nsec = 200000};
    for (;;) {
        pid_t got = waitpid(pid, status, WNOHANG);
        if (got == pid) {
            return true;
        }
        if ((got < 0 && errno != EINTR) || clock_steady_ms() >= until) {
            return false;
        }
        nanosleep(&nap, NULL);
        nap.tv_nsec = nap.tv_nsec < 10000000 ? nap.tv_nsec * 2 : nap.tv_nsec;
    }
}

static enum err finish(struct run *r, enum outcome outcome, int64_t until, struct err_info *e)
{
    int status = 0;
    const char *what = r->job->what;
    if (outcome == ENDED && !ends_in_time(r->pid, until, &status)) {
        outcome = TOO_LONG;
    }
    if (outcome != ENDED) {
        kill(r->pid, SIGKILL);
        while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    if (outcome == TOO_LONG) {
        return err_set(e, ERR_FAILED, NULL, MSG("It took too long ({0})."),
                       MSG("Ask for less at once, for example for a shorter period."), what, NULL);
    }
    if (outcome == TOO_MUCH) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The result is too large ({0})."),
                       MSG("Ask for less at once, for example for a shorter period."), what, NULL);
    }
    if (!WIFEXITED(status)) {
        (void)err_set(e, ERR_FAILED, NULL, MSG("A helper stopped before it was done ({0})."),
                      MSG("Try again; if it fails again, ask the administrator to look at the log."),
                      what, NULL);
        err_detail(e, "signal %d: %s", WTERMSIG(status), r->result->errors);
        return ERR_FAILED;
    }
    r->result->exit_status = WEXITSTATUS(status);
    return ERR_NONE;
}

enum err child_run(struct arena *a, const struct child_job *job, struct child_output *out,
                   struct err_info *e)
{
    struct child_output result = {0};
    struct run r = {.job = job, .in = -1, .out = -1, .err = -1, .result = &result};
    buf_init(&r.output, a, job->output_limit_bytes);
    enum err err = start(&r, e);
    if (err != ERR_NONE) {
        return err;
    }
    int64_t until = clock_steady_ms() + job->time_limit_ms;
    enum outcome outcome = talk(&r, until);
    close_end(&r.in);
    close_end(&r.out);
    close_end(&r.err);
    err = finish(&r, outcome, until, e);
    if (err == ERR_NONE) {
        result.bytes = r.output.data;
        result.len = r.output.len;
        *out = result;
    }
    return err;
}

static void limit(int what, size_t most)
{
    struct rlimit l = {.rlim_cur = most, .rlim_max = most};
    (void)setrlimit(what, &l);
}

const char *child_find(struct arena *a, const char *name)
{
    const char *folders = getenv("PATH");
    for (const char *p = folders == NULL ? "/usr/bin" : folders; *p != '\0';) {
        size_t len = strcspn(p, ":");
        const char *path = arena_printf(a, "%.*s/%s", (int)len, p, name);
        if (path[0] == '/' && access(path, X_OK) == 0) {
            return path;
        }
        p += len + (p[len] == ':');
    }
    return NULL;
}

void child_limit_self(int cpu_seconds, size_t memory_bytes)
{
    (void)signal(SIGXFSZ, SIG_IGN); // a write that would make a file grow fails instead
    limit(RLIMIT_CPU, (size_t)cpu_seconds);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, memory_bytes);
#else
    (void)memory_bytes;
#endif
}
