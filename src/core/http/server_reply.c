// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_reply.c: replies as libmicrohttpd wants them, with the head lines that every reply carries.

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "http/assets.h"
#include "http/gzip.h"
#include "http/server_parts.h"

static const struct pair always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
     "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

static void add(struct MHD_Response *r, const char *name, const char *value)
{
    // Fails only without memory or when a value holds a line break; then the line is missing, which
    // for a protection must not pass silently.
    if (MHD_add_response_header(r, name, value) != MHD_YES) {
        bug("a line could not be added to a reply");
    }
}

static struct MHD_Response *new_response(const char *bytes, size_t len, bool secure)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(
        len, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (r == NULL) {
        bug("out of memory");
    }
    for (size_t i = 0; i < COUNT_OF(always); i++) {
        add(r, always[i].name, always[i].value);
    }
    if (secure) {
        add(r, "Strict-Transport-Security", "max-age=31536000");
    }
    return r;
}

// attachment; filename="plain"; filename*=UTF-8''exact (RFC 6266)
static const char *disposition(struct arena *a, const char *file_name)
{
    char *plain = arena_copy(a, file_name);
    for (char *p = plain; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e || *p == '"' || *p == '\\') {
            *p = '_';
        }
    }
    return arena_printf(a, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain,
                        url_escape(a, file_name));
}

static bool has_no_body(int status)
{
    return status == 304 || status == 204;
}

struct MHD_Response *reply_make(struct http_server *s, const struct exchange *x)
{
    const struct reply *p = &x->reply;
    const char *bytes = p->body.len == 0 ? "" : p->body.data;
    size_t len = p->body.len;
    const char *encoding = NULL;
    if (gzip_is_useful(p->type == NULL ? "" : p->type, len) &&
        gzip_is_accepted(req_header(&x->req, "Accept-Encoding"))) {
        size_t small_len;
        const char *small = gzip_make(x->arena, bytes, len, 1, &small_len);
        if (small != NULL) {
            bytes = small;
            len = small_len;
            encoding = "gzip";
        }
    }
    struct MHD_Response *r = new_response(bytes, len, s->site.secure);
    add(r, "Cache-Control", p->cacheable ? "private, max-age=300" : "no-store");
    if (p->type != NULL && !has_no_body(p->status) && len > 0) {
        add(r, "Content-Type", p->type);
    }
    if (encoding != NULL) {
        add(r, "Content-Encoding", encoding);
    }
    if (p->location != NULL) {
        add(r, "Location", p->location);
    }
    if (x->next != NULL) {
        add(r, "X-Mainstay-Next", x->next);
    }
    if (x->again) {
        add(r, "X-Mainstay-Again", "1");
    }
    if (p->file_name != NULL) {
        add(r, "Content-Disposition", disposition(x->arena, p->file_name));
    }
    if (p->etag != NULL) {
        add(r, "ETag", arena_printf(x->arena, "\"%s\"", p->etag));
    }
    if (p->status == 401) {
        add(r, "WWW-Authenticate", "Bearer");
    }
    if (x->allow != NULL) {
        add(r, "Allow", x->allow);
    }
    for (int i = 0; i < p->n_set_cookies; i++) {
        add(r, "Set-Cookie", p->set_cookie[i]);
    }
    for (int i = 0; i < x->n_cookies; i++) {
        add(r, "Set-Cookie", x->cookies[i]);
    }
    if (atomic_load(&s->stopping)) {
        add(r, "Connection", "close");
    }
    return r;
}

// ---- assets -------------------------------------------------------------------------------------

static struct MHD_Response *make_asset(struct http_server *s, const struct asset *asset, bool gzip,
                                       bool year)
{
    const char *bytes = asset->bytes;
    size_t len = asset->len;
    const char *small = NULL;
    if (gzip && gzip_is_useful(asset->media_type, len)) {
        size_t small_len;
        small = gzip_make(s->arena, bytes, len, 9, &small_len);
        bytes = small != NULL ? small : bytes;
        len = small != NULL ? small_len : len;
    }
    struct MHD_Response *r = new_response(bytes, len, s->site.secure);
    char etag[40];
    snprintf(etag, sizeof etag, "\"%s%s\"", asset->hash, small != NULL ? "z" : "");
    add(r, "ETag", etag);
    add(r, "Content-Type", asset->media_type);
    add(r, "Vary", "Accept-Encoding");
    add(r, "Cache-Control", year ? "public, max-age=31536000, immutable" : "no-cache");
    if (small != NULL) {
        add(r, "Content-Encoding", "gzip");
    }
    return r;
}

static struct MHD_Response *make_unchanged(struct http_server *s)
{
    struct MHD_Response *r = new_response("", 0, s->site.secure);
    add(r, "Cache-Control", "no-cache");
    return r;
}

static const char *header_of(struct MHD_Connection *mhd, const char *name)
{
    const char *value = MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, name);
    return value == NULL ? "" : value;
}

struct MHD_Response *asset_reply(struct http_server *s, struct MHD_Connection *mhd,
                                 const char *path, int *status)
{
    size_t n;
    const struct asset *asset = asset_find(path + strlen("/assets/"));
    if (asset == NULL) {
        return NULL;
    }
    const char *version = MHD_lookup_connection_value(mhd, MHD_GET_ARGUMENT_KIND, "v");
    bool year = version != NULL && strlen(version) == 16; // of this asset, or of all of them
    bool gzip = gzip_is_accepted(header_of(mhd, "Accept-Encoding"));
    bool known = strstr(header_of(mhd, "If-None-Match"), asset->hash) != NULL;
    struct asset_responses *made = &s->assets[asset - asset_all(&n)];
    struct MHD_Response **slot = known ? &made->unchanged : &made->full[gzip][year];
    pthread_mutex_lock(&s->assets_lock);
    if (*slot == NULL) {
        *slot = known ? make_unchanged(s) : make_asset(s, asset, gzip, year);
    }
    pthread_mutex_unlock(&s->assets_lock);
    *status = known ? 304 : 200;
    return *slot;
}

void replies_start(struct http_server *s)
{
    size_t n;
    asset_all(&n);
    s->assets = ARENA_ARRAY(s->arena, struct asset_responses, n + 1);
    pthread_mutex_init(&s->assets_lock, NULL);
    s->health = new_response("ok\n", 3, s->site.secure);
    add(s->health, "Content-Type", "text/plain; charset=utf-8");
    add(s->health, "Cache-Control", "no-store");
}

static void drop(struct MHD_Response *r)
{
    if (r != NULL) {
        MHD_destroy_response(r);
    }
}

void replies_stop(struct http_server *s)
{
    size_t n;
    asset_all(&n);
    for (size_t i = 0; i < n; i++) {
        for (int j = 0; j < 4; j++) {
            drop(s->assets[i].full[j / 2][j % 2]);
        }
        drop(s->assets[i].unchanged);
    }
    drop(s->health);
    pthread_mutex_destroy(&s->assets_lock);
}
