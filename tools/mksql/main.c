// SPDX-License-Identifier: AGPL-3.0-or-later
//
// main.c: mksql turns the named statements of one .sql file into typed C functions, so that nobody writes
// a parameter or column number by hand. docs/core/db.md has the format and what is made.
//
// Usage: mksql IN.sql OUT.c OUT.h       statements of one file
//        mksql --list OUT.c IN.sql...   table of the statement lists of all files, for tools/sqlcheck
//
// The folder of IN.sql is its noun. Errors are FILE:LINE: what, and how to mend it.

#include "mksql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// src/domain/risk/risk.sql: noun "risk", base "risk". Other letters become _.
static void split(const char *path, char noun[MAX_NAME], char base[MAX_NAME])
{
    const char *slash = strrchr(path, '/');
    const char *file = slash == NULL ? path : slash + 1;
    const char *folder = slash;
    while (folder != NULL && folder > path && folder[-1] != '/') {
        folder--;
    }
    size_t folder_len = folder == NULL ? 0 : (size_t)(slash - folder);
    snprintf(noun, MAX_NAME, "%.*s", (int)folder_len, folder == NULL ? "" : folder);
    snprintf(base, MAX_NAME, "%s", file);
    base[strcspn(base, ".")] = '\0';
    for (char *p = noun; *p != '\0'; p++) {
        *p = isalnum((unsigned char)*p) ? *p : '_';
    }
    for (char *p = base; *p != '\0'; p++) {
        *p = isalnum((unsigned char)*p) ? *p : '_';
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int write_list(const char *path, int n, char **files)
{
    qsort(files, (size_t)n, sizeof *files, by_text);
    open_out(path);
    put("// Made by tools/mksql from all .sql files. Do not edit.\n\n#include \"db/db_check.h\"\n\n");
    char noun[MAX_NAME], base[MAX_NAME];
    for (int i = 0; i < n; i++) {
        split(files[i], noun, base);
        put("extern const struct db_statement *const %s_%s_statements[];\n", noun, base);
    }
    put("\nconst struct db_statement *const *const db_all_statements[] = {\n");
    for (int i = 0; i < n; i++) {
        split(files[i], noun, base);
        put("    %s_%s_statements,\n", noun, base);
    }
    put("    NULL,\n};\n");
    close_out(path);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--list") == 0) {
        return write_list(argv[2], argc - 3, argv + 3);
    }
    if (argc != 4) {
        fprintf(stderr, "usage: mksql IN.sql OUT.c OUT.h | mksql --list OUT.c IN.sql...\n");
        return 2;
    }
    char noun[MAX_NAME], base[MAX_NAME];
    split(argv[1], noun, base);
    file_name = argv[1];
    struct statement *first = read_file(argv[1]);
    if (first == NULL) {
        fail_at(1, "there is no statement; each begins with “-- name:”");
    }
    for (struct statement *s = first; s != NULL; s = s->next) {
        check(s);
    }
    open_out(argv[2]);
    put_source(first, noun, base);
    close_out(argv[2]);
    open_out(argv[3]);
    put_header(first, noun, base);
    close_out(argv[3]);
    return 0;
}
