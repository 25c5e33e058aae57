// SPDX-License-Identifier: AGPL-3.0-or-later
//
// bare.c: the least a C program must do to answer the list of programmes: libmicrohttpd, one SQLite
// statement, fifty rows written with escaping. Nothing is checked: no session, no right, no host, no
// limit, no query. bench/run compares the server with it.
//
//   bare PORT PAGE DATABASE
//
// PAGE is a page saved from the server; its head and foot are sent as they are, the rows between
// <tbody data-rows> and </tbody> are made from the table programme of DATABASE (a copy). bench/run
// checks that the answer has the bytes of the saved page.

#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOPS 2 // as the server
#define MAX_PAGE (256 * 1024)

static char page[MAX_PAGE];
static size_t head_len;
static const char *foot;
static size_t foot_len;
static const char *database;

static void die(const char *what)
{
    fprintf(stderr, "bare: %s\n", what);
    exit(1);
}

struct out {
    char *at;
    char *end;
};

static void put(struct out *o, const char *bytes, size_t len)
{
    if ((size_t)(o->end - o->at) < len) {
        die("the page is too large");
    }
    memcpy(o->at, bytes, len);
    o->at += len;
}

static void raw(struct out *o, const char *text)
{
    put(o, text, strlen(text));
}

static void escaped(struct out *o, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "&<>\"'");
        put(o, text, plain);
        text += plain;
        switch (*text++) {
        case '\0': return;
        case '&': raw(o, "&amp;"); break;
        case '<': raw(o, "&lt;"); break;
        case '>': raw(o, "&gt;"); break;
        case '"': raw(o, "&quot;"); break;
        default: raw(o, "&#39;"); break;
        }
    }
}

static void date(struct out *o, const char *iso)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year = 0;
    int month = 1;
    int day = 1;
    char text[40];
    sscanf(iso, "%d-%d-%d", &year, &month, &day);
    put(o, text, (size_t)snprintf(text, sizeof text, "%d %s %d", day, months[month - 1], year));
}

static void grouped(struct out *o, long long n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", n);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            raw(o, ",");
        }
        put(o, digits + i, 1);
    }
}

static int words(const char *text)
{
    int n = 0;
    for (char before = ' '; *text != '\0'; before = *text++) {
        n += *text != ' ' && before == ' ';
    }
    return n;
}

static const char *text_of(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text == NULL ? "" : text;
}

static void row(struct out *o, sqlite3_stmt *s)
{
    const char *number = text_of(s, 0);
    const char *crime = text_of(s, 2);
    long long minor = sqlite3_column_int64(s, 8);
    char amount[48];
    raw(o, "<tr><td class=\"nowrap\" data-label=\"Number\"><span class=\"tag\">");
    escaped(o, number);
    raw(o, "</span></td><th scope=\"row\" class=\"main\"><a href=\"/programmes/");
    escaped(o, number);
    raw(o, "\">");
    escaped(o, text_of(s, 1));
    raw(o, "</a> <a class=\"vh\" data-edit href=\"/programmes/");
    escaped(o, number);
    raw(o, "/change\">Change</a></th><td data-label=\"Crime addressed\">");
    raw(o, strcmp(crime, "both") == 0  ? "Both"
           : strcmp(crime, "tip") == 0 ? "Trafficking in persons"
                                       : "Smuggling of migrants");
    raw(o, strcmp(text_of(s, 3), "running") == 0
               ? "</td><td class=\"nowrap\" data-label=\"State\"><span class=\"state state--done\">Running"
               : "</td><td class=\"nowrap\" data-label=\"State\"><span class=\"state state--progress\">Planned");
    raw(o, "</span></td><td class=\"nowrap\" data-label=\"Until\"><time datetime=\"");
    escaped(o, text_of(s, 5));
    raw(o, "\">");
    date(o, text_of(s, 5));
    raw(o, "</time> <span class=\"meta\">from ");
    date(o, text_of(s, 4));
    raw(o, "</span></td><td class=\"num\" data-label=\"Countries\">");
    grouped(o, words(text_of(s, 6)));
    raw(o, "</td><td class=\"num\" data-label=\"Approved budget\"><bdi class=\"money\" title=\"");
    escaped(o, text_of(s, 7));
    put(o, amount, (size_t)snprintf(amount, sizeof amount, " %lld.%02lld\">", minor / 100,
                                    minor % 100));
    escaped(o, text_of(s, 7));
    raw(o, " ");
    grouped(o, minor / 100);
    raw(o, "</bdi></td></tr>");
}

// One connection and one prepared statement for each loop.
static sqlite3_stmt *statement(void)
{
    static _Thread_local sqlite3_stmt *kept;
    sqlite3 *db;
    if (kept == NULL &&
        (sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != 0 ||
         sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) != 0 ||
         sqlite3_prepare_v3(db,
                            "SELECT number, title, crime, state, starts_on, ends_on, countries,"
                            " currency, approved_total_minor FROM programme ORDER BY number"
                            " LIMIT 50",
                            -1, SQLITE_PREPARE_PERSISTENT, &kept, NULL) != 0)) {
        die("cannot read the database");
    }
    return kept;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_len, void **request)
{
    (void)cls, (void)url, (void)method, (void)version, (void)upload, (void)upload_len;
    if (*request == NULL) {
        *request = page;
        return MHD_YES;
    }
    char *bytes = malloc(MAX_PAGE);
    if (bytes == NULL) {
        die("no memory");
    }
    struct out o = {bytes, bytes + MAX_PAGE};
    sqlite3_stmt *s = statement();
    put(&o, page, head_len);
    while (sqlite3_step(s) == SQLITE_ROW) {
        row(&o, s);
    }
    sqlite3_reset(s);
    put(&o, foot, foot_len);
    struct MHD_Response *r = MHD_create_response_from_buffer((size_t)(o.at - bytes), bytes,
                                                             MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result result = MHD_queue_response(c, 200, r);
    MHD_destroy_response(r);
    return result;
}

static void read_page(const char *name)
{
    static const char before[] = "<tbody data-rows>";
    FILE *f = fopen(name, "r");
    size_t len = f == NULL ? 0 : fread(page, 1, sizeof page - 1, f);
    const char *rows = strstr(page, before);
    foot = strstr(page, "</tbody>");
    if (f == NULL || len == sizeof page - 1 || rows == NULL || foot == NULL) {
        die("the saved page has no rows");
    }
    fclose(f);
    head_len = (size_t)(rows - page) + sizeof before - 1;
    foot_len = len - (size_t)(foot - page);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        die("say port, saved page and database");
    }
    read_page(argv[2]);
    database = argv[3];
    struct MHD_Daemon *d =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, (unsigned short)atoi(argv[1]), NULL, NULL,
                         answer, NULL, MHD_OPTION_THREAD_POOL_SIZE, LOOPS, MHD_OPTION_END);
    if (d == NULL) {
        die("cannot listen");
    }
    sigset_t end;
    int which;
    sigemptyset(&end);
    sigaddset(&end, SIGTERM);
    sigprocmask(SIG_BLOCK, &end, NULL);
    sigwait(&end, &which);
    MHD_stop_daemon(d);
    return 0;
}
