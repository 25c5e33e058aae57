// SPDX-License-Identifier: AGPL-3.0-or-later
//
// assets.c: see assets.h.

#include "http/assets.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/limits.h"
#include "os/embedded.h"

#define PREFIX "assets/"
#define HASH_BYTES 16

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct asset *assets;
static size_t n_assets;
static struct arena *arena; // of assets

static const char *media_type_of(const char *name)
{
    static const struct {
        const char *ending;
        const char *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"},   {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},             {".png", "image/png"},
        {".ico", "image/x-icon"},              {".woff2", "font/woff2"},
        {".json", "application/json"},         {".txt", "text/plain; charset=utf-8"},
        {".html", "text/html; charset=utf-8"}, {".webmanifest", "application/manifest+json"},
    };
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < COUNT_OF(types); i++) {
        if (strcmp(ending, types[i].ending) == 0) {
            return types[i].type;
        }
    }
    return "application/octet-stream";
}

static void add(struct arena *a, const struct embedded_file *file)
{
    unsigned char hash[HASH_BYTES];
    char hex[2 * HASH_BYTES + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)file->bytes, file->len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    hex[16] = '\0';
    struct asset *asset = &assets[n_assets++];
    asset->name = file->path + strlen(PREFIX);
    asset->hash = arena_copy(a, hex);
    asset->url = arena_printf(a, "/assets/%s?v=%s", asset->name, hex);
    asset->media_type = media_type_of(asset->name);
    asset->bytes = file->bytes;
    asset->len = file->len;
}

static void free_all(void)
{
    arena_free(arena);
}

static void find_all(void)
{
    arena = arena_new(LIMIT_PROCESS_BYTES);
    (void)atexit(free_all); // else its memory goes with the process
    assets = ARENA_ARRAY(arena, struct asset, embedded_n_files + 1);
    for (size_t i = 0; i < embedded_n_files; i++) {
        if (strncmp(embedded_files[i].path, PREFIX, strlen(PREFIX)) == 0) {
            add(arena, &embedded_files[i]);
        }
    }
}

const struct asset *asset_all(size_t *n)
{
    pthread_once(&once, find_all);
    *n = n_assets;
    return assets;
}

static int compare(const void *name, const void *asset)
{
    return strcmp(name, ((const struct asset *)asset)->name);
}

const struct asset *asset_find(const char *name)
{
    pthread_once(&once, find_all);
    // embedded files are sorted by path, so assets are sorted by name
    return bsearch(name, assets, n_assets, sizeof assets[0], compare);
}

const char *asset_url(const char *name)
{
    const struct asset *asset = asset_find(name);
    if (asset == NULL) {
        bug("a page names an asset that does not exist");
    }
    return asset->url;
}
