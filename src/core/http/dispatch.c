// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch.c: see dispatch.h. First half: the head of the request.

#include "http/dispatch.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bug.h"
#include "base/utf8.h"
#include "http/head.h"
#include "http/problem.h"
#include "http/url.h"

// A form with one file: the file, and what else is on the form.
#define UPLOAD_FORM_BYTES (LIMIT_UPLOAD_BYTES + LIMIT_FORM_BYTES)

bool exchange_is_api(const struct exchange *x)
{
    return strncmp(x->path, "/api/", 5) == 0;
}

bool exchange_is_slow(const struct exchange *x)
{
    return x->req.method == METHOD_POST || (x->req.route != NULL && x->req.route->slow) ||
           (x->site->store != NULL && db_engine_of(store_db(x->site->store)) == DB_POSTGRES);
}

static void answer_with(struct exchange *x, int status, const struct err_info *e)
{
    problem_reply(&x->req, &x->reply, x->site->hooks, exchange_is_api(x), status, e);
    x->answered = true;
}

static void refuse(struct exchange *x, int status, enum err code, const char *text,
                   const char *hint)
{
    struct err_info e;
    (void)err_set(&e, code, NULL, text, hint, NULL);
    answer_with(x, status, &e);
}

void exchange_busy(struct exchange *x)
{
    refuse(x, 0, ERR_BUSY, MSG("Too many people use this at the moment."),
           MSG("Wait a little and send it again."));
}

// ---- language and taste -------------------------------------------------------------------------

static const struct lang *accepted_language(const char *header)
{
    for (const char *p = header; *p != '\0';) {
        p += strspn(p, " \t,");
        char code[16] = "";
        size_t len = strcspn(p, "-;, \t");
        if (len > 0 && len < sizeof code) {
            memcpy(code, p, len);
            const struct lang *found = lang_find(code);
            if (found != NULL && found != &lang_pseudo) {
                return found;
            }
        }
        p += strcspn(p, ",");
    }
    return &lang_en;
}

static void read_preferences(struct exchange *x)
{
    const char *cookies = req_header(&x->req, "Cookie");
    const char *code = NULL, *theme = NULL, *density = NULL;
    if (*cookies != '\0') {
        bool secure = x->site->secure;
        code = cookie_find(x->arena, cookies, secure ? "__Host-mainstay_lang" : "mainstay_lang");
        theme = cookie_find(x->arena, cookies, secure ? "__Host-mainstay_theme" : "mainstay_theme");
        density =
            cookie_find(x->arena, cookies, secure ? "__Host-mainstay_density" : "mainstay_density");
    }
    x->req.lang = code == NULL ? NULL : lang_find(code);
    if (x->req.lang == NULL) {
        x->req.lang = accepted_language(req_header(&x->req, "Accept-Language"));
    }
    x->req.theme = theme != NULL && strcmp(theme, "dark") == 0    ? "dark"
                   : theme != NULL && strcmp(theme, "light") == 0 ? "light"
                                                                  : "";
    x->req.compact = density != NULL && strcmp(density, "compact") == 0;
    x->req.script_wants_part = *req_header(&x->req, "X-Mainstay-Part") != '\0';
}

// ---- address ------------------------------------------------------------------------------------

static bool check_sizes(struct exchange *x)
{
    size_t address = strlen(x->path), head = 0;
    for (size_t i = 0; i < x->n_query; i++) {
        address += strlen(x->query[i].name) + strlen(x->query[i].value) + 2;
    }
    for (size_t i = 0; i < x->n_headers; i++) {
        head += strlen(x->headers[i].name) + strlen(x->headers[i].value) + 4;
    }
    if (address > LIMIT_ADDRESS_BYTES) {
        refuse(x, 414, ERR_USAGE, MSG("This address is too long."),
               MSG("Remove some of the filters."));
        return false;
    }
    if (head > LIMIT_HEADER_BYTES || x->n_headers > LIMIT_HEADERS) {
        refuse(x, 431, ERR_USAGE, MSG("Your browser sent too much with this request."),
               MSG("Delete the cookies of this site and try again."));
        return false;
    }
    return true;
}

static bool has_twice(const struct exchange *x, const char *name)
{
    int n = 0;
    for (size_t i = 0; i < x->n_headers; i++) {
        n += strcasecmp(x->headers[i].name, name) == 0;
    }
    return n > 1;
}

static bool check_host(struct exchange *x)
{
    if (has_twice(x, "Host") || has_twice(x, "Content-Length") ||
        !head_host_is_ours(req_header(&x->req, "Host"), x->site->host, x->site->only_loopback)) {
        refuse(x, 421, ERR_USAGE, MSG("This is not the address of this server."),
               MSG("Use the address that was given to you."));
        return false;
    }
    return true;
}

// Parts of the path, decoded; false when it cannot be a path of ours.
static bool split_path(struct exchange *x, const char **parts, size_t *n, bool *slash_at_end)
{
    *n = 0;
    *slash_at_end = false;
    if (x->path[0] != '/') {
        return false;
    }
    for (const char *p = x->path; *p == '/';) {
        size_t len = strcspn(++p, "/");
        if (len == 0) {
            *slash_at_end = *p == '\0' && *n > 0;
            return *p == '\0';
        }
        if (*n == LIMIT_PATH_PARTS || (parts[*n] = url_decode(x->arena, p, len)) == NULL) {
            return false;
        }
        (*n)++;
        p += len;
    }
    return true;
}

static bool read_query(struct exchange *x)
{
    struct pair *query = ARENA_ARRAY(x->arena, struct pair, x->n_query);
    for (size_t i = 0; i < x->n_query; i++) {
        char *name = arena_copy(x->arena, x->query[i].name);
        char *value = arena_copy(x->arena, x->query[i].value);
        size_t name_len = url_decode_in_place(name, strlen(name), false);
        size_t value_len = url_decode_in_place(value, strlen(value), false);
        size_t at;
        if (name_len == (size_t)-1 || value_len == (size_t)-1 ||
            !utf8_is_clean(name, name_len, &at) || !utf8_is_clean(value, value_len, &at)) {
            return false;
        }
        name[name_len] = '\0';
        value[value_len] = '\0';
        query[i] = (struct pair){name, value};
    }
    x->req.query = query;
    x->req.n_query = x->n_query;
    return true;
}

// Path and query as asked for, encoded anew so that it is fit for a Location header.
static const char *full_address(struct exchange *x, size_t path_len)
{
    if (x->n_query == 0) {
        return arena_copy_n(x->arena, x->path, path_len);
    }
    struct buf b;
    buf_init(&b, x->arena, (size_t)4 * LIMIT_ADDRESS_BYTES);
    buf_add(&b, x->path, path_len);
    for (size_t i = 0; i < x->req.n_query; i++) {
        buf_char(&b, i == 0 ? '?' : '&');
        buf_str(&b, url_escape(x->arena, x->req.query[i].name));
        buf_char(&b, '=');
        buf_str(&b, url_escape(x->arena, x->req.query[i].value));
    }
    return b.data;
}

static bool find_route(struct exchange *x)
{
    const char *parts[LIMIT_PATH_PARTS];
    struct pair *captures = ARENA_ARRAY(x->arena, struct pair, LIMIT_PATH_PARTS);
    size_t n;
    bool slash;
    if (!split_path(x, parts, &n, &slash) || !read_query(x)) {
        x->req.address = "/";
        return true; // no such address; answered with the rest, so that it looks the same
    }
    const struct route *route =
        route_match(x->site->routes, parts, n, captures, &x->req.n_captures);
    x->req.captures = captures;
    size_t path_len = strlen(x->path) - slash;
    x->req.address = full_address(x, path_len);
    if (!url_is_local(x->req.address)) {
        x->req.address = "/";
        return true;
    }
    if (slash && route != NULL && x->req.method == METHOD_GET) {
        x->reply.status = 301;
        x->reply.location = x->req.address;
        x->answered = true;
        return false;
    }
    x->req.route = slash ? NULL : route;
    return true;
}

// ---- method and size of the body ----------------------------------------------------------------

static bool check_method(struct exchange *x)
{
    const struct route *route = x->req.route;
    bool known = strcmp(x->method, "GET") == 0 || strcmp(x->method, "HEAD") == 0 ||
                 strcmp(x->method, "POST") == 0 || x->req.removes;
    bool handled = route == NULL ||
                   (x->req.removes                ? route->remove != NULL
                    : x->req.method == METHOD_POST ? route->post != NULL
                                                  : route->get != NULL);
    if (known && handled) {
        return true;
    }
    x->allow = route == NULL              ? "GET, HEAD, POST"
               : route->remove != NULL    ? "GET, HEAD, DELETE"
               : route->post == NULL      ? "GET, HEAD"
               : route->get == NULL       ? "POST"
                                          : "GET, HEAD, POST";
    struct err_info e;
    (void)err_set(&e, ERR_METHOD, NULL, MSG("This address cannot be used in this way."), MSG("It takes {0}."),
                  x->allow, NULL);
    answer_with(x, 405, &e);
    return false;
}

static bool check_origin(struct exchange *x)
{
    if (x->req.method == METHOD_GET ||
        head_origin_is_ours(req_header(&x->req, "Sec-Fetch-Site"), req_header(&x->req, "Origin"),
                            req_header(&x->req, "Host"), x->site->host)) {
        return true;
    }
    x->refused = "refused: foreign origin";
    refuse(x, 403, ERR_NOT_ALLOWED, MSG("This form was sent from another site."),
           MSG("Open the page here and send it again."));
    return false;
}

static void read_media_type(struct exchange *x)
{
    const char *header = req_header(&x->req, "Content-Type");
    char *type = arena_copy_n(x->arena, header, strcspn(header, "; \t"));
    for (char *p = type; *p != '\0'; p++) {
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    }
    x->req.media_type = type;
}

static bool media_type_is_known(const struct exchange *x)
{
    const char *type = x->req.media_type;
    return strcmp(type, "application/x-www-form-urlencoded") == 0 ||
           (x->req.route->uploads && strcmp(type, "multipart/form-data") == 0) ||
           (exchange_is_api(x) && strcmp(type, "application/json") == 0);
}

static bool check_body(struct exchange *x)
{
    const char *length = req_header(&x->req, "Content-Length");
    bool chunked = *req_header(&x->req, "Transfer-Encoding") != '\0';
    if (strlen(length) > 15 || strspn(length, "0123456789") != strlen(length)) {
        refuse(x, 400, ERR_USAGE, MSG("The length of this request is no number."),
               MSG("Send the number of bytes of the body as Content-Length."));
        return false;
    }
    unsigned long long len = *length == '\0' ? 0 : strtoull(length, NULL, 10);
    if (x->req.method == METHOD_GET) {
        if (len > 0 || chunked) {
            refuse(x, 400, ERR_USAGE, MSG("A request to read cannot have a body."),
                   MSG("Send it as POST, or without a body."));
        }
        return !x->answered;
    }
    if (chunked || (*length == '\0' && !x->req.removes)) { // to delete takes no body
        refuse(x, 411, ERR_USAGE, MSG("This request does not say how long it is."),
               MSG("Send a Content-Length."));
        return false;
    }
    if (x->req.route == NULL) {
        refuse(x, 404, ERR_NOT_FOUND, MSG("This page does not exist."),
               MSG("Check the address, or start from the list."));
        return false;
    }
    read_media_type(x);
    if (len > 0 && !media_type_is_known(x)) {
        refuse(x, 415, ERR_USAGE, MSG("This kind of content is not taken here."),
               MSG("Send the head line Content-Type: application/json to /api/, and what a form of the page sends "
                   "elsewhere."));
        return false;
    }
    if (len > (x->req.route->uploads ? UPLOAD_FORM_BYTES : LIMIT_FORM_BYTES)) {
        refuse(x, 413, ERR_TOO_LARGE, MSG("This is too large to be taken."),
               x->req.route->uploads ? MSG("Choose a file of at most 25 MB.")
                                     : MSG("Send it in parts."));
        return false;
    }
    x->body_len = (size_t)len;
    return true;
}

void exchange_open(struct exchange *x)
{
    x->req.arena = x->arena;
    x->req.store = x->site->store;
    x->req.secure = x->site->secure;
    x->req.sample = x->site->sample;
    x->req.headers = x->headers;
    x->req.n_headers = x->n_headers;
    x->req.media_type = "";
    x->req.csrf = "";
    x->req.theme = "";
    x->req.minor_digits = 2;
    x->req.lang = &lang_en;
    x->req.removes = strcmp(x->method, "DELETE") == 0 && exchange_is_api(x);
    x->req.method =
        strcmp(x->method, "POST") == 0 || x->req.removes ? METHOD_POST : METHOD_GET;
    x->req.client = x->client == NULL ? "" : x->client;
    x->req.address = "/";
    x->req.path = x->path;
    x->req.client = x->client == NULL ? "" : x->client;
    if (!check_sizes(x)) {
        return;
    }
    read_preferences(x);
    (void)(check_host(x) && find_route(x) && check_method(x) && check_origin(x) && check_body(x));
}
