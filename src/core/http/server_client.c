// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_client.c: the network address a request comes from. Only counted, hashed, for waiting after
// failures to sign in; never written to a log.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "http/server_parts.h"

const char *client_address(struct arena *a, struct MHD_Connection *mhd, bool behind_proxy)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (behind_proxy) {
        const char *list = MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, "X-Forwarded-For");
        if (list != NULL) {
            const char *comma = strrchr(list, ',');
            const char *last = comma == NULL ? list : comma + 1;
            return arena_copy(a, last + strspn(last, " \t"));
        }
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == NULL || info->client_addr == NULL) {
        return "";
    }
    const struct sockaddr *address = info->client_addr;
    const void *bytes = NULL;
    if (address->sa_family == AF_INET) {
        bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
    } else if (address->sa_family == AF_INET6) {
        bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    }
    if (bytes == NULL || inet_ntop(address->sa_family, bytes, text, sizeof text) == NULL) {
        return "";
    }
    return arena_copy(a, text);
}
