// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_listen.c: the socket the server listens on.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/server_parts.h"

#define BACKLOG 511

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static enum err wrong(const char *text, struct err_info *e)
{
    return err_set(e, ERR_INPUT, "--listen", MSG("{0} is not an address to listen on."),
                   MSG("Write it as 127.0.0.1:8080 or [::1]:8080; port 0 takes any free one."),
                   text, NULL);
}

static enum err parse(const char *text, union address *out, struct err_info *e)
{
    char host[64];
    bool v6 = text[0] == '[';
    const char *start = v6 ? text + 1 : text;
    size_t len = strcspn(start, v6 ? "]" : ":");
    const char *rest = start + len + (v6 && start[len] == ']');
    if (len == 0 || len >= sizeof host || rest[0] != ':' || rest[1] == '\0' ||
        strlen(rest + 1) > 5 || strspn(rest + 1, "0123456789") != strlen(rest + 1)) {
        return wrong(text, e);
    }
    memcpy(host, start, len);
    host[len] = '\0';
    if (strcmp(host, "localhost") == 0) {
        memcpy(host, "127.0.0.1", sizeof "127.0.0.1");
    }
    long port = strtol(rest + 1, NULL, 10);
    *out = (union address){0};
    bool good;
    if (v6) {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons((uint16_t)port);
        good = inet_pton(AF_INET6, host, &out->v6.sin6_addr) == 1;
    } else {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons((uint16_t)port);
        good = inet_pton(AF_INET, host, &out->v4.sin_addr) == 1;
    }
    return good && port <= 65535 ? ERR_NONE : wrong(text, e);
}

static const char *to_url(struct arena *a, const union address *address)
{
    char host[INET6_ADDRSTRLEN];
    if (address->any.sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &address->v6.sin6_addr, host, sizeof host);
        return arena_printf(a, "http://[%s]:%d", host, ntohs(address->v6.sin6_port));
    }
    inet_ntop(AF_INET, &address->v4.sin_addr, host, sizeof host);
    return arena_printf(a, "http://%s:%d", host, ntohs(address->v4.sin_port));
}

static bool is_loopback(const union address *address)
{
    if (address->any.sa_family == AF_INET6) {
        return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr);
    }
    return ntohl(address->v4.sin_addr.s_addr) >> 24 == 127;
}

enum err listen_open(struct arena *a, const char *address, int *fd, const char **url,
                     bool *only_loopback, struct err_info *e)
{
    union address at;
    enum err err = parse(address, &at, e);
    if (err != ERR_NONE) {
        return err;
    }
    socklen_t len = at.any.sa_family == AF_INET6 ? sizeof at.v6 : sizeof at.v4;
    int on = 1;
    int s = socket(at.any.sa_family, SOCK_STREAM, 0);
    if (s < 0 || setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        (at.any.sa_family == AF_INET6 &&
         setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) ||
        bind(s, &at.any, len) != 0 || listen(s, BACKLOG) != 0 ||
        getsockname(s, &at.any, &len) != 0 || fcntl(s, F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(s, F_SETFL, O_NONBLOCK) != 0) {
        int why = errno;
        if (s >= 0) {
            close(s);
        }
        err = err_set(e, ERR_FAILED, "--listen", MSG("Cannot listen on {0}: {1}."),
                      why == EADDRINUSE
                          ? MSG("Another program uses this port. Choose another one.")
                          : MSG("Choose another address with --listen."),
                      address, strerror(why), NULL);
        return err;
    }
    *fd = s;
    *url = to_url(a, &at);
    *only_loopback = is_loopback(&at);
    return ERR_NONE;
}
