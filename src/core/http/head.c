// SPDX-License-Identifier: AGPL-3.0-or-later
//
// head.c: see head.h.

#include "http/head.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#define MAX_HOST 256

// Copies the host without port and brackets; false when it is malformed.
static bool split_host(const char *header, char out[MAX_HOST], bool *is_v6)
{
    *is_v6 = header[0] == '[';
    const char *start = *is_v6 ? header + 1 : header;
    size_t len = strcspn(start, *is_v6 ? "]" : ":");
    if (len == 0 || len >= MAX_HOST) {
        return false;
    }
    const char *rest = start + len;
    if (*is_v6 && *rest++ != ']') {
        return false;
    }
    if (*rest != '\0' && (*rest != ':' || strspn(rest + 1, "0123456789") != strlen(rest + 1))) {
        return false;
    }
    memcpy(out, start, len);
    out[len] = '\0';
    return true;
}

bool head_host_is_ours(const char *header, const char *host, bool only_loopback)
{
    char name[MAX_HOST];
    bool is_v6;
    unsigned char address[16];
    if (!split_host(header, name, &is_v6)) {
        return false;
    }
    if (is_v6) {
        return strcmp(name, "::1") == 0 || (!only_loopback && inet_pton(AF_INET6, name, address) == 1);
    }
    if (strcasecmp(name, "localhost") == 0 || (host != NULL && strcasecmp(name, host) == 0)) {
        return true;
    }
    return inet_pton(AF_INET, name, address) == 1 && (!only_loopback || address[0] == 127);
}

bool head_origin_is_ours(const char *sec_fetch_site, const char *origin, const char *host_header,
                         const char *public_host)
{
    if (*sec_fetch_site != '\0' && strcmp(sec_fetch_site, "same-origin") != 0 &&
        strcmp(sec_fetch_site, "none") != 0) {
        return false;
    }
    if (*origin == '\0') {
        return true;
    }
    const char *host = strncmp(origin, "http://", 7) == 0    ? origin + 7
                       : strncmp(origin, "https://", 8) == 0 ? origin + 8
                                                             : NULL;
    if (host == NULL) {
        return false; // "null" and other schemes
    }
    return strcasecmp(host, host_header) == 0 ||
           (public_host != NULL && strcasecmp(host, public_host) == 0);
}
