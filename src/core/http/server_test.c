// SPDX-License-Identifier: AGPL-3.0-or-later
//
// server_test.c: the server over real sockets: workers, large and cut bodies, slow clients, stopping.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/limits.h"
#include "http/server.h"
#include "http/session.h"
#include "os/clock.h"

static struct http_server *server;
static struct arena *a;
static int port;

// ---- a small program ----------------------------------------------------------------------------

static enum err page(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    buf_str(&p->body, "<!doctype html>");
    for (long i = 0; i < strtol(req_query(r, "rows"), NULL, 10); i++) {
        buf_printf(&p->body, "<tr><td>%ld</td><td>a row of the table</td></tr>\n", i);
    }
    return ERR_NONE;
}
static enum err slow(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    (void)r;
    nanosleep(&(struct timespec){.tv_nsec = 700 * 1000000L}, NULL);
    buf_str(&p->body, "slept");
    return ERR_NONE;
}
static enum err form(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    buf_printf(&p->body, "[%s]", r->csrf);
    return ERR_NONE;
}
static enum err take(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    const struct upload *u = req_upload(r, "scan");
    unsigned sum = 0;
    for (size_t i = 0; u != NULL && i < u->len; i++) {
        sum = sum * 31 + (unsigned char)u->bytes[i];
    }
    buf_printf(&p->body, "got %zu bytes, sum %u, title %s", u == NULL ? 0 : u->len, sum,
               req_posted(r, "title"));
    return ERR_NONE;
}

static const struct route routes[] = {
    {.path = "/page", .needs = MAY_PUBLIC, .get = page},
    {.path = "/slow", .needs = MAY_PUBLIC, .get = slow, .slow = true},
    {.path = "/form", .needs = MAY_PUBLIC, .get = form, .post = take, .uploads = true,
     .also = (const char *const[]){"title", "scan", NULL}},
    {.path = "/small", .needs = MAY_PUBLIC, .get = form, .post = take},
};
static const struct http_hooks hooks = {.identify = NULL};

// ---- a plain client -----------------------------------------------------------------------------

static int dial(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct timeval patience = {.tv_sec = 15};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void say(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n <= 0) {
            return; // the server may refuse early
        }
        bytes += n;
        len -= (size_t)n;
    }
}

static char answer[1 << 20];

// Reads one whole reply (by its Content-Length); gives its status, 0 when the connection ended.
static int hear(int fd)
{
    size_t len = 0;
    for (;;) {
        answer[len] = '\0';
        char *body = strstr(answer, "\r\n\r\n");
        char *length = strstr(answer, "Content-Length: ");
        if (body != NULL && length != NULL) {
            size_t want = (size_t)(body + 4 - answer) + strtoul(length + 16, NULL, 10);
            if (len >= want) {
                return (int)strtol(answer + 9, NULL, 10);
            }
        }
        ssize_t n = recv(fd, answer + len, sizeof answer - 1 - len, 0);
        if (n <= 0) {
            return 0;
        }
        len += (size_t)n;
    }
}

static int get(int fd, const char *path, const char *more)
{
    const char *text =
        arena_printf(a, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", path, more);
    say(fd, text, strlen(text));
    return hear(fd);
}

static const char *body_of_answer(void)
{
    return strstr(answer, "\r\n\r\n") + 4;
}

// Cookie and token of the form at this path.
static void open_form(int fd, const char *path, const char **cookie, const char **token)
{
    assert_int_equal(get(fd, path, ""), 200);
    const char *c = strstr(answer, "Set-Cookie: mainstay_form=");
    assert_non_null(c);
    *cookie = arena_printf(a, "Cookie: %.*s\r\n", (int)strcspn(c + 12, ";"), c + 12);
    const char *t = body_of_answer();
    *token = arena_printf(a, "%.*s", (int)strcspn(t + 1, "]"), t + 1);
}

static size_t multipart(char *out, const char *token, size_t file_bytes)
{
    size_t n = (size_t)snprintf(
        out, 1000,
        "--xx\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n"
        "--xx\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nReport\r\n"
        "--xx\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"a.bin\"\r\n\r\n",
        token);
    for (size_t i = 0; i < file_bytes; i++) {
        out[n++] = (char)(i * 7);
    }
    return n + (size_t)snprintf(out + n, 100, "\r\n--xx--\r\n");
}

static void start_post(int fd, const char *path, const char *cookie, size_t len)
{
    const char *head = arena_printf(a,
                                    "POST %s HTTP/1.1\r\nHost: localhost\r\n%s"
                                    "Content-Type: multipart/form-data; boundary=xx\r\n"
                                    "Content-Length: %zu\r\n\r\n",
                                    path, cookie, len);
    say(fd, head, strlen(head));
}

// ---- tests --------------------------------------------------------------------------------------

static void every_reply_carries_the_protecting_lines(void **state)
{
    (void)state;
    static const char *const paths[] = {"/page", "/nowhere", "/healthz", "/form", "/%zz", NULL};
    int fd = dial();
    for (int i = 0; paths[i] != NULL; i++) {
        assert_true(get(fd, paths[i], "") != 0);
        assert_non_null(strstr(answer, "Content-Security-Policy: default-src 'none';"));
        assert_non_null(strstr(answer, "X-Content-Type-Options: nosniff"));
        assert_non_null(strstr(answer, "Referrer-Policy: same-origin"));
        assert_non_null(strstr(answer, "Cross-Origin-Opener-Policy: same-origin"));
        assert_non_null(strstr(answer, "Cross-Origin-Resource-Policy: same-origin"));
        assert_non_null(strstr(answer, "Permissions-Policy: "));
        assert_non_null(strstr(answer, "Cache-Control: no-store"));
    }
    close(fd);
}

static void health_is_asked_without_a_host(void **state)
{
    (void)state;
    int fd = dial();
    const char *text = "GET /healthz HTTP/1.1\r\nHost: balancer.internal\r\n\r\n";
    say(fd, text, strlen(text));
    assert_int_equal(hear(fd), 200);
    assert_string_equal(body_of_answer(), "ok\n");
    text = "GET /page HTTP/1.1\r\nHost: balancer.internal\r\n\r\n";
    say(fd, text, strlen(text));
    assert_int_equal(hear(fd), 421);
    close(fd);
}

static void pages_are_compressed_when_asked(void **state)
{
    (void)state;
    int fd = dial();
    assert_int_equal(get(fd, "/page?rows=500", ""), 200);
    assert_null(strstr(answer, "Content-Encoding"));
    assert_true(strtoul(strstr(answer, "Content-Length: ") + 16, NULL, 10) > 20000);
    assert_int_equal(get(fd, "/page?rows=500", "Accept-Encoding: gzip\r\n"), 200);
    assert_non_null(strstr(answer, "Content-Encoding: gzip"));
    assert_true(strtoul(strstr(answer, "Content-Length: ") + 16, NULL, 10) < 5000);
    close(fd);
}

static void a_slow_page_does_not_hold_up_others(void **state)
{
    (void)state;
    int waiting[4];
    const char *text = "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (int i = 0; i < 4; i++) {
        waiting[i] = dial();
        say(waiting[i], text, strlen(text));
    }
    int64_t begun = clock_steady_ms();
    int fd = dial();
    for (int i = 0; i < 50; i++) {
        assert_int_equal(get(fd, "/page", ""), 200);
    }
    assert_true(clock_steady_ms() - begun < 500);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(hear(waiting[i]), 200);
        assert_string_equal(body_of_answer(), "slept");
        close(waiting[i]);
    }
    close(fd);
}

static void files_arrive_whole_or_not_at_all(void **state)
{
    (void)state;
    const char *cookie, *token;
    size_t file_bytes = 3 * 1000 * 1000;
    char *body = arena_alloc(a, file_bytes + 1000);
    int fd = dial();
    open_form(fd, "/form", &cookie, &token);
    size_t len = multipart(body, token, file_bytes);
    unsigned sum = 0;
    for (size_t i = 0; i < file_bytes; i++) {
        sum = sum * 31 + (unsigned char)(i * 7);
    }
    start_post(fd, "/form", cookie, len);
    say(fd, body, len);
    assert_int_equal(hear(fd), 200);
    assert_string_equal(body_of_answer(),
                        arena_printf(a, "got %zu bytes, sum %u, title Report", file_bytes, sum));
    // a multipart body whose own end is missing, in a request of the right length
    start_post(fd, "/form", cookie, len - 10);
    say(fd, body, len - 10);
    assert_int_equal(hear(fd), 400);
    // a client that goes away in the middle
    int gone = dial();
    start_post(gone, "/form", cookie, len);
    say(gone, body, len / 2);
    close(gone);
    assert_int_equal(get(fd, "/page", ""), 200);
    close(fd);
}

static void too_large_is_said_before_it_is_sent(void **state)
{
    (void)state;
    int fd = dial();
    start_post(fd, "/form", "", LIMIT_UPLOAD_BYTES + LIMIT_FORM_BYTES + 1);
    assert_int_equal(hear(fd), 413);
    close(fd);
    fd = dial();
    start_post(fd, "/small", "", 100);
    assert_int_equal(hear(fd), 415); // this page takes no files
    close(fd);
}

static void an_address_or_head_too_long_is_refused(void **state)
{
    (void)state;
    char *wide = arena_alloc(a, LIMIT_HEADER_BYTES + 100);
    memset(wide, 'x', LIMIT_ADDRESS_BYTES + 10);
    wide[0] = '/';
    int fd = dial();
    assert_int_equal(get(fd, wide, ""), 414);
    close(fd);
    memset(wide, 'x', LIMIT_HEADER_BYTES + 10);
    memcpy(wide, "X-Y: ", 5);
    memcpy(wide + LIMIT_HEADER_BYTES, "\r\n", 3);
    fd = dial();
    assert_int_equal(get(fd, "/page", wide), 431);
    close(fd);
    assert_non_null(strstr(answer, "Content-Security-Policy"));
}

static void a_slow_head_is_shut_and_people_are_served(void **state)
{
    (void)state;
    int slow_fds[20];
    int64_t begun = clock_steady_ms();
    for (size_t i = 0; i < COUNT_OF(slow_fds); i++) {
        slow_fds[i] = dial();
        say(slow_fds[i], "GET / HT", 8);
    }
    // one byte a second keeps a connection from being silent
    for (int second = 0; second < 7; second++) {
        nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
        for (size_t i = 0; i < COUNT_OF(slow_fds); i++) {
            say(slow_fds[i], "X", 1);
        }
        int fd = dial();
        assert_int_equal(get(fd, "/page", ""), 200);
        close(fd);
    }
    for (size_t i = 0; i < COUNT_OF(slow_fds); i++) {
        assert_int_equal(hear(slow_fds[i]), 0);
        close(slow_fds[i]);
    }
    assert_true(clock_steady_ms() - begun < 9000);
}

static void *stop(void *s)
{
    http_server_stop(s);
    return NULL;
}

static void stopping_finishes_what_was_begun(void **state)
{
    (void)state;
    int idle = dial(), busy = dial();
    assert_int_equal(get(idle, "/page", ""), 200);
    const char *text = "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n";
    say(busy, text, strlen(text));
    nanosleep(&(struct timespec){.tv_nsec = 100 * 1000000L}, NULL);
    pthread_t thread;
    int64_t begun = clock_steady_ms();
    assert_int_equal(pthread_create(&thread, NULL, stop, server), 0);
    assert_int_equal(hear(busy), 200);
    assert_string_equal(body_of_answer(), "slept");
    assert_non_null(strstr(answer, "Connection: close"));
    pthread_join(thread, NULL);
    server = NULL;
    assert_true(clock_steady_ms() - begun < 3000);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    assert_int_not_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    close(fd);
    close(idle);
    close(busy);
}

static void wrong_addresses_are_explained(void **state)
{
    (void)state;
    static const char *const wrong[] = {"8080", "127.0.0.1", "127.0.0.1:99999", "[::1:80",
                                        "example.org:80", "127.0.0.1:", NULL};
    const struct route *table[] = {&routes[0]};
    for (int i = 0; wrong[i] != NULL; i++) {
        struct err_info e;
        struct http_server *none;
        struct http_config c = {.listen = wrong[i], .hooks = &hooks, .routes = table,
                                .n_routes = 1};
        assert_int_equal(http_server_start(&c, &none, &e), ERR_INPUT);
        assert_string_equal(e.args[0], wrong[i]);
    }
    struct err_info e;
    struct http_server *none;
    struct http_config c = {.listen = arena_printf(a, "127.0.0.1:%d", port), .hooks = &hooks,
                            .routes = table, .n_routes = 1};
    assert_int_equal(http_server_start(&c, &none, &e), ERR_FAILED);
    c.public_url = "mainstay.example.org";
    assert_int_equal(http_server_start(&c, &none, &e), ERR_INPUT);
}

static int set_up(void **state)
{
    (void)state;
    static const struct route *table[COUNT_OF(routes)];
    a = arena_new(LIMIT_REQUEST_BYTES);
    for (size_t i = 0; i < COUNT_OF(routes); i++) {
        table[i] = &routes[i];
    }
    struct err_info e;
    struct http_config c = {.listen = "127.0.0.1:0", .hooks = &hooks, .routes = table,
                            .n_routes = COUNT_OF(table),
                            .log = getenv("MAINSTAY_TEST_LOG") != NULL};
    if (http_server_start(&c, &server, &e) != ERR_NONE) {
        return -1;
    }
    port = (int)strtol(strrchr(http_server_address(server), ':') + 1, NULL, 10);
    const char *stay = getenv("MAINSTAY_TEST_STAY"); // to look at it, or measure it
    if (stay != NULL) {
        printf("%s\n", http_server_address(server));
        fflush(stdout);
        nanosleep(&(struct timespec){.tv_sec = strtol(stay, NULL, 10)}, NULL);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (server != NULL) {
        http_server_stop(server);
    }
    arena_free(a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reply_carries_the_protecting_lines),
        cmocka_unit_test(health_is_asked_without_a_host),
        cmocka_unit_test(pages_are_compressed_when_asked),
        cmocka_unit_test(a_slow_page_does_not_hold_up_others),
        cmocka_unit_test(files_arrive_whole_or_not_at_all),
        cmocka_unit_test(too_large_is_said_before_it_is_sent),
        cmocka_unit_test(an_address_or_head_too_long_is_refused),
        cmocka_unit_test(a_slow_head_is_shut_and_people_are_served),
        cmocka_unit_test(wrong_addresses_are_explained),
        cmocka_unit_test(stopping_finishes_what_was_begun),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
