// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bare.c: the yardstick of the list page: libmicrohttpd and SQLite answering the same bytes with nothing
// checked. For each request 50 rows are read from a table (6 columns of ready mark-up) and put between
// a head and a tail that were saved from our own page. No session, right, escaping, language, filter.
//
// Usage: bare PORT DATABASE HEAD-FILE TAIL-FILE      one thread, epoll; ends on SIGTERM

#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define COLUMNS 6
#define PAGE_BYTES (1 << 20)

static sqlite3_stmt *rows;
static char *head, *tail;
static size_t head_len, tail_len;

static char *read_file(const char *name, size_t *len)
{
    FILE *in = fopen(name, "rb");
    char *bytes = malloc(PAGE_BYTES);
    if (in == NULL || bytes == NULL) {
        perror(name);
        exit(1);
    }
    *len = fread(bytes, 1, PAGE_BYTES, in);
    fclose(in);
    return bytes;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_len, void **state)
{
    (void)cls, (void)url, (void)method, (void)version, (void)upload, (void)upload_len;
    static int begun;
    if (*state == NULL) {
        *state = &begun;
        return MHD_YES;
    }
    char *page = malloc(PAGE_BYTES);
    size_t len = head_len;
    memcpy(page, head, head_len);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < COLUMNS; i++) {
            size_t n = (size_t)sqlite3_column_bytes(rows, i);
            memcpy(page + len, sqlite3_column_text(rows, i), n);
            len += n;
        }
    }
    sqlite3_reset(rows);
    memcpy(page + len, tail, tail_len);
    len += tail_len;
    struct MHD_Response *reply = MHD_create_response_from_buffer(len, page, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(reply, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result done = MHD_queue_response(connection, 200, reply);
    MHD_destroy_response(reply);
    return done;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    if (argc != 5 || sqlite3_open(argv[2], &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT a, b, c, d, e, f FROM row ORDER BY id LIMIT 50", -1, &rows,
                           NULL) != SQLITE_OK) {
        fprintf(stderr, "usage: bare PORT DATABASE HEAD-FILE TAIL-FILE\n");
        return 2;
    }
    head = read_file(argv[3], &head_len);
    tail = read_file(argv[4], &tail_len);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtol(argv[1], NULL, 10))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sigset_t end;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, NULL);
    struct MHD_Daemon *d =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL,
                         MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_END);
    if (d == NULL) {
        fprintf(stderr, "bare: cannot listen on %s\n", argv[1]);
        return 1;
    }
    int signal;
    sigwait(&end, &signal);
    MHD_stop_daemon(d);
    return 0;
}
