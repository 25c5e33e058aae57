// SPDX-License-Identifier: AGPL-3.0-or-later
//
// head.h: questions about the head of a request that need nothing else.

#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include <stdbool.h>

// Does this Host header name us? Loopback names and addresses always; the public name `host` (may be
// NULL); any literal address unless only_loopback. A name that an attacker points at our address
// (DNS rebinding) is none of these.
bool head_host_is_ours(const char *header, const char *host, bool only_loopback);
// May a form be posted with these headers? Sec-Fetch-Site, where sent, must be same-origin or none;
// Origin, where sent, must be the host that was asked. Empty texts: not sent.
bool head_origin_is_ours(const char *sec_fetch_site, const char *origin, const char *host_header,
                         const char *public_host);

#endif
