// SPDX-License-Identifier: AGPL-3.0-or-later
//
// control_forward.c: the other end of the control socket: a command that a running server executes.

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/control.h"
#include "app/control_wire.h"
#include "base/limits.h"

static enum err no_server(struct err_info *e, const char *folder)
{
    enum err err = err_set(
        e, ERR_NOT_FOUND, NULL,
        MSG("The workspace {0} is in use, but no server takes commands for it."),
        MSG("Wait until the other command is done and try again."), folder, NULL);
    err_detail(e, "%s", strerror(errno));
    return err;
}

static enum err lost_server(struct err_info *e, const char *folder)
{
    return err_set(e, ERR_FAILED, NULL, MSG("The server of {0} did not answer."),
                   MSG("It may be of another version. Restart it, then look with “mainstay "
                       "history” whether the command was done."),
                   folder, NULL);
}

static int open_connection(const char *folder)
{
    struct sockaddr_un address;
    int folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = folder_fd < 0 ? -1 : wire_socket();
    if (fd >= 0) {
        wire_address(folder_fd, &address);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
            int why = errno;
            close(fd);
            errno = why;
            fd = -1;
        }
    }
    if (folder_fd >= 0) {
        int why = errno;
        close(folder_fd);
        errno = why;
    }
    return fd;
}

static bool names_person(int argc, char *const *argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--as") == 0 || strncmp(argv[i], "--as=", 5) == 0) {
            return true;
        }
    }
    return false;
}

// The arguments, with --as from the environment where "--" or their end allows it.
static char **with_person(struct arena *a, int *argc, char *const *argv)
{
    const char *as = getenv("MAINSTAY_AS");
    char **list = ARENA_ARRAY(a, char *, (size_t)*argc + 2);
    bool add = as != NULL && *as != '\0' && !names_person(*argc, argv);
    int n = 0;
    for (int i = 0; i < *argc; i++) {
        if (add && strcmp(argv[i], "--") == 0) {
            list[n++] = arena_printf(a, "--as=%s", as);
            add = false;
        }
        list[n++] = argv[i];
    }
    if (add) {
        list[n++] = arena_printf(a, "--as=%s", as);
    }
    *argc = n;
    return list;
}

static bool send_call(int fd, int argc, char *const *argv, const char *input, size_t len)
{
    if (!wire_send(fd, WIRE_HEAD, sizeof WIRE_HEAD - 1) || !wire_send_number(fd, (uint64_t)argc)) {
        return false;
    }
    for (int i = 0; i < argc; i++) {
        if (!wire_send_block(fd, argv[i], strlen(argv[i]))) {
            return false;
        }
    }
    return wire_send_block(fd, input == NULL ? "" : input, len);
}

// Pieces of long output, up to the length of 0. The server waits for nobody, so they are taken as they come. *lost: it
// went away.
static enum err receive_aside(int fd, const struct cli_aside *aside, bool *lost, struct err_info *e)
{
    char piece[65536];
    uint64_t left;
    enum err err = ERR_NONE;
    while ((*lost = !wire_receive_number(fd, &left)) == false && left > 0) {
        for (size_t n; left > 0; left -= n) {
            n = left < sizeof piece ? (size_t)left : sizeof piece;
            *lost = !wire_receive(fd, piece, n);
            err = *lost ? ERR_NONE : aside->add(aside->to, piece, n, e);
            if (*lost || err != ERR_NONE) {
                return err;
            }
        }
    }
    return ERR_NONE;
}

static bool receive_head(int fd)
{
    char head[sizeof WIRE_HEAD] = "";
    return wire_receive(fd, head, sizeof WIRE_HEAD - 1) && strcmp(head, WIRE_HEAD) == 0;
}

static bool receive_rest(int fd, struct arena *a, struct control_answer *answer)
{
    uint64_t status;
    char *text;
    size_t len;
    if (!wire_receive_number(fd, &status) || status > 255 ||
        !wire_receive_block(fd, a, LIMIT_REQUEST_BYTES / 4, &text, &len)) {
        return false;
    }
    buf_add(answer->out, text, len);
    if (!wire_receive_block(fd, a, LIMIT_TEXT_BYTES, &text, &len)) {
        return false;
    }
    buf_add(answer->err, text, len);
    answer->status = (int)status;
    return true;
}

enum err control_forward(struct arena *a, const char *folder, int argc, char *const *argv,
                         const char *input, size_t len, struct control_answer *answer, struct err_info *e)
{
    int fd = open_connection(folder);
    if (fd < 0) {
        return no_server(e, folder);
    }
    char **all = with_person(a, &argc, argv);
    bool lost = !send_call(fd, argc, all, input, len) || !receive_head(fd);
    enum err err = lost ? ERR_NONE : receive_aside(fd, answer->aside, &lost, e);
    lost = lost || (err == ERR_NONE && !receive_rest(fd, a, answer));
    close(fd);
    return lost ? lost_server(e, folder) : err;
}
