// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mkembed.c: writes files of some folders as byte arrays, so that the program is one file to copy.
// Files are sorted by path; the same input gives the same bytes.
//
// Usage: mkembed OUT.c ROOT FOLDER...

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char **paths;
static size_t n_paths;

static void *must(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "mkembed: out of memory\n");
        exit(1);
    }
    return p;
}

static char *join(const char *a, const char *b)
{
    char *text = must(malloc(strlen(a) + strlen(b) + 2));
    sprintf(text, "%s/%s", a, b);
    return text;
}

static void collect(const char *root, const char *path)
{
    char *full = join(root, path);
    struct stat s;
    if (stat(full, &s) == 0 && S_ISREG(s.st_mode)) {
        paths = must(realloc(paths, (n_paths + 1) * sizeof *paths));
        paths[n_paths++] = must(strdup(path));
    } else if (stat(full, &s) == 0 && S_ISDIR(s.st_mode)) {
        DIR *d = must(opendir(full));
        for (struct dirent *e; (e = readdir(d)) != NULL;) {
            if (e->d_name[0] != '.') {
                char *inner = join(path, e->d_name);
                collect(root, inner);
                free(inner);
            }
        }
        closedir(d);
    }
    free(full);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t write_bytes(FILE *out, const char *root, const char *path, size_t i)
{
    char *full = join(root, path);
    FILE *in = fopen(full, "rb");
    if (in == NULL) {
        perror(full);
        exit(1);
    }
    fprintf(out, "static const unsigned char file_%zu[] = {", i);
    size_t n = 0;
    for (int c; (c = getc(in)) != EOF; n++) {
        fprintf(out, n % 24 == 0 ? "\n%d," : "%d,", c);
    }
    fprintf(out, "0};\n");
    fclose(in);
    free(full);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: mkembed OUT.c ROOT FOLDER...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        collect(argv[2], argv[i]);
    }
    qsort(paths, n_paths, sizeof *paths, by_path);
    FILE *out = must(fopen(argv[1], "w"));
    fprintf(out, "// Made by tools/mkembed. Do not edit.\n#include \"os/embedded.h\"\n");
    size_t *sizes = must(calloc(n_paths + 1, sizeof *sizes));
    for (size_t i = 0; i < n_paths; i++) {
        sizes[i] = write_bytes(out, argv[2], paths[i], i);
    }
    fprintf(out, "const struct embedded_file embedded_files[] = {\n");
    for (size_t i = 0; i < n_paths; i++) {
        fprintf(out, "{\"%s\", (const char *)file_%zu, %zu},\n", paths[i], i, sizes[i]);
    }
    fprintf(out, "{0}};\nconst size_t embedded_n_files = %zu;\n", n_paths);
    return fclose(out) == 0 ? 0 : 1;
}
