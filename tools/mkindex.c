// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mkindex.c: finds every `const struct route|command|entity|check NAME = {` at the beginning of a
// line and writes one table of each. The structures stay typed C that the compiler checks and editors
// find; this tool only collects their names. Tables are sorted at start by whoever uses them.
//
// Usage: mkindex OUT.c SOURCE.c...

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *type;
    const char *header;
} kinds[] = {
    {"route", "http/http.h"},
    {"command", "cli/cli.h"},
    {"entity", "model/model.h"},
    {"check", "model/check.h"},
};
#define N_KINDS (sizeof kinds / sizeof kinds[0])

struct names {
    char **list;
    size_t n;
};
static struct names found[N_KINDS];

static void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "mkindex: out of memory\n");
        exit(1);
    }
    return p;
}

static void note(const char *line)
{
    for (size_t k = 0; k < N_KINDS; k++) {
        char type[32], name[128], after;
        if (sscanf(line, "const struct %31s %127[a-z0-9_] = %c", type, name, &after) == 3 &&
            strcmp(type, kinds[k].type) == 0 && after == '{') {
            struct names *f = &found[k];
            f->list = must(realloc(f->list, (f->n + 1) * sizeof *f->list));
            f->list[f->n++] = must(strdup(name));
        }
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        FILE *in = fopen(argv[i], "r");
        if (in == NULL) {
            perror(argv[i]);
            return 1;
        }
        static char line[4096];
        while (fgets(line, sizeof line, in) != NULL) {
            note(line);
        }
        fclose(in);
    }
    FILE *out = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (out == NULL) {
        fprintf(stderr, "usage: mkindex OUT.c SOURCE.c...\n");
        return 2;
    }
    fprintf(out, "// Made by tools/mkindex from the sources. Do not edit.\n");
    for (size_t k = 0; k < N_KINDS; k++) {
        fprintf(out, "#include \"%s\"\n", kinds[k].header);
    }
    for (size_t k = 0; k < N_KINDS; k++) {
        struct names *f = &found[k];
        if (f->n > 0) {
            qsort(f->list, f->n, sizeof *f->list, by_name);
        }
        const char *type = kinds[k].type;
        fprintf(out, "\n");
        for (size_t i = 0; i < f->n; i++) {
            fprintf(out, "extern const struct %s %s;\n", type, f->list[i]);
        }
        fprintf(out, "const struct %s *const index_%ss[] = {", type, type);
        for (size_t i = 0; i < f->n; i++) {
            fprintf(out, "&%s, ", f->list[i]);
        }
        fprintf(out, "NULL};\nconst size_t index_n_%ss = %zu;\n", type, f->n);
    }
    return fclose(out) == 0 ? 0 : 1;
}
