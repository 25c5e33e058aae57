// SPDX-License-Identifier: AGPL-3.0-or-later
//
// control.c: the lock of a workspace, and the end of the control socket inside the server.

#include "app/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "app/control_wire.h"
#include "base/bug.h"
#include "base/limits.h"
#include "cli/run.h"

// ---- the lock -----------------------------------------------------------------------------------

static enum err cannot(struct err_info *e, const char *text, const char *folder)
{
    enum err err = err_set(e, ERR_FAILED, NULL, text,
                           MSG("Check that the folder exists and that you may write into it."),
                           folder, NULL);
    err_detail(e, "%s", strerror(errno));
    return err;
}

struct lock {
    int fd;
};

enum err lock_take(struct arena *a, const char *folder, struct lock **out, bool *taken,
                   struct err_info *e)
{
    *taken = false;
    int folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = folder_fd < 0 ? -1 : openat(folder_fd, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        enum err err = cannot(e, MSG("The workspace {0} cannot be opened."), folder);
        if (folder_fd >= 0) {
            close(folder_fd);
        }
        return err;
    }
    close(folder_fd);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        enum err err = errno == EWOULDBLOCK
                           ? ERR_NONE
                           : cannot(e, MSG("The workspace {0} cannot be locked."), folder);
        close(fd);
        return err;
    }
    *out = ARENA_MAKE(a, struct lock);
    (*out)->fd = fd;
    *taken = true;
    return ERR_NONE;
}

void lock_release(struct lock *l)
{
    close(l->fd);
}

// ---- in the server ------------------------------------------------------------------------------

struct control {
    struct arena *arena; // of this structure
    struct store *store;
    int folder_fd;
    int listen_fd;
    int quit_pipe[2];
    pthread_t thread;
};

static bool receive_call(int fd, struct arena *a, int *argc, char ***argv, char **input,
                         size_t *len)
{
    char head[sizeof WIRE_HEAD] = "";
    uint64_t n;
    if (!wire_receive(fd, head, sizeof WIRE_HEAD - 1) || strcmp(head, WIRE_HEAD) != 0 ||
        !wire_receive_number(fd, &n) || n == 0 || n > WIRE_MAX_ARGS) {
        return false;
    }
    *argc = (int)n;
    *argv = ARENA_ARRAY(a, char *, n + 1);
    for (int i = 0; i < *argc; i++) {
        size_t arg_len;
        if (!wire_receive_block(fd, a, WIRE_MAX_ARG_BYTES, &(*argv)[i], &arg_len)) {
            return false;
        }
    }
    return wire_receive_block(fd, a, LIMIT_IMPORT_BYTES, input, len);
}

static enum err send_aside(void *to, const void *bytes, size_t len, struct err_info *e)
{
    return wire_send_block(*(const int *)to, bytes, len)
               ? ERR_NONE
               : err_set(e, ERR_FAILED, NULL, MSG("Nobody takes the result any more."), NULL, NULL);
}

static void serve_one(struct control *c, struct arena *a, int fd)
{
    int argc;
    char **argv, *input;
    size_t len;
    struct timeval silence = {.tv_sec = 30};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence) != 0 ||
        !receive_call(fd, a, &argc, &argv, &input, &len)) {
        return; // another version or no mainstay at all: it sees the socket close
    }
    const struct cli_aside aside = {send_aside, &fd};
    struct buf out, err;
    buf_init(&out, a, LIMIT_REQUEST_BYTES / 4);
    buf_init(&err, a, LIMIT_TEXT_BYTES);
    if (!wire_send(fd, WIRE_HEAD, sizeof WIRE_HEAD - 1)) {
        return;
    }
    int status = cli_run_in_server(c->store, a, argc, argv, input, len, &aside, &out, &err);
    (void)(wire_send_number(fd, 0) && wire_send_number(fd, (uint64_t)status) && wire_send_block(fd, out.data, out.len) &&
           wire_send_block(fd, err.data, err.len)); // whoever went away gets nothing
}

static void *serve(void *control)
{
    struct control *c = control;
    struct arena *a = arena_new(LIMIT_REQUEST_BYTES);
    struct pollfd wait[2] = {{.fd = c->quit_pipe[0], .events = POLLIN},
                             {.fd = c->listen_fd, .events = POLLIN}};
    for (;;) {
        if (poll(wait, 2, -1) < 0) {
            continue;
        }
        if (wait[0].revents != 0) {
            break;
        }
        int fd = accept(c->listen_fd, NULL, NULL);
        if (fd >= 0) {
            (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
            serve_one(c, a, fd);
            close(fd);
            arena_reset(a);
        }
    }
    arena_free(a);
    return NULL;
}

// Binds so that nobody but the owner may ever connect; what is there from a server that died is
// removed first, which is safe under the lock.
static bool open_socket(struct control *c)
{
    struct sockaddr_un address;
    wire_address(c->folder_fd, &address);
    c->listen_fd = wire_socket();
    if (c->listen_fd < 0 || (unlinkat(c->folder_fd, "run.sock", 0) != 0 && errno != ENOENT)) {
        return false;
    }
    mode_t mask = umask(0177);
    int bound = bind(c->listen_fd, (struct sockaddr *)&address, sizeof address);
    umask(mask);
    return bound == 0 && listen(c->listen_fd, 16) == 0 &&
           fcntl(c->listen_fd, F_SETFL, O_NONBLOCK) == 0;
}

static void close_all(struct control *c)
{
    int fds[] = {c->folder_fd, c->listen_fd, c->quit_pipe[0], c->quit_pipe[1]};
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    arena_free(c->arena);
}

enum err control_serve_start(struct store *s, const char *folder, struct control **out,
                             struct err_info *e)
{
    struct arena *a = arena_new(LIMIT_PROCESS_BYTES);
    struct control *c = ARENA_MAKE(a, struct control);
    *c = (struct control){.arena = a, .store = s, .listen_fd = -1, .quit_pipe = {-1, -1}};
    c->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (c->folder_fd < 0 || !open_socket(c) || pipe(c->quit_pipe) != 0 ||
        fcntl(c->quit_pipe[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(c->quit_pipe[1], F_SETFD, FD_CLOEXEC) != 0 ||
        pthread_create(&c->thread, NULL, serve, c) != 0) {
        enum err err = cannot(e, MSG("Cannot listen for commands in {0}."), folder);
        close_all(c);
        return err;
    }
    *out = c;
    return ERR_NONE;
}

void control_serve_stop(struct control *c)
{
    if (write(c->quit_pipe[1], "q", 1) != 1) {
        bug("the control thread cannot be told to end");
    }
    pthread_join(c->thread, NULL);
    (void)unlinkat(c->folder_fd, "run.sock", 0);
    close_all(c);
}
