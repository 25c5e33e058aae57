// SPDX-License-Identifier: AGPL-3.0-or-later
//
// control_wire.c: see control_wire.h.

#include "app/control_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#define SILENCE_S 30

bool wire_send(int fd, const void *bytes, size_t len)
{
    const char *p = bytes;
    while (len > 0) {
        ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        p += n;
        len -= (size_t)n;
    }
    return true;
}

bool wire_receive(int fd, void *bytes, size_t len)
{
    char *p = bytes;
    while (len > 0) {
        ssize_t n = recv(fd, p, len, 0);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        p += n;
        len -= (size_t)n;
    }
    return true;
}

bool wire_send_number(int fd, uint64_t n)
{
    return wire_send(fd, &n, sizeof n);
}

bool wire_receive_number(int fd, uint64_t *n)
{
    return wire_receive(fd, n, sizeof *n);
}

bool wire_send_block(int fd, const void *bytes, size_t len)
{
    return wire_send_number(fd, len) && wire_send(fd, bytes, len);
}

bool wire_receive_block(int fd, struct arena *a, size_t limit_bytes, char **bytes, size_t *len)
{
    uint64_t n;
    if (!wire_receive_number(fd, &n) || n > limit_bytes) {
        return false;
    }
    *bytes = arena_alloc(a, (size_t)n + 1);
    *len = (size_t)n;
    return wire_receive(fd, *bytes, *len);
}

void wire_address(int folder_fd, struct sockaddr_un *out)
{
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/run.sock", folder_fd);
}

int wire_socket(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct timeval silence = {.tv_sec = SILENCE_S};
    if (fd >= 0 && (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
                    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}
