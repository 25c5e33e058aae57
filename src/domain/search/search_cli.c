// SPDX-License-Identifier: AGPL-3.0-or-later
//
// search_cli.c: mainstay search: the same search for scripts.

#include "search/search.h"

#include <string.h>

#include "cli/cli.h"
#include "format/json/json_write.h"

static const char *plain(struct arena *a, const struct search_piece *pieces, size_t n, const char *open,
                         const char *close)
{
    struct buf b;
    buf_init(&b, a, 64 * 1024);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&b, "%s%s%s", pieces[i].marked ? open : "", pieces[i].text,
                   pieces[i].marked ? close : "");
    }
    return b.len == 0 ? "" : b.data;
}

static void as_json(struct cli *c, const struct search_results *found)
{
    struct json_out j;
    json_begin(&j, &c->out, true);
    json_put_object(&j);
    json_member_int(&j, "total", found->total);
    json_member_bool(&j, "more", found->more);
    json_put_name(&j, "hits");
    json_put_array(&j);
    for (size_t g = 0; g < found->n_groups; g++) {
        for (size_t i = 0; i < found->groups[g].n_hits; i++) {
            const struct search_hit *hit = &found->groups[g].hits[i];
            json_put_object(&j);
            json_member_text(&j, "kind", found->groups[g].kind);
            json_member_text(&j, "id", hit->id);
            json_member_text(&j, "programme", hit->number);
            json_member_text(&j, "title", hit->plain);
            json_member_text(&j, "snippet", plain(c->arena, hit->snippet, hit->n_snippet, "[", "]"));
            json_member_text(&j, "address", hit->address);
            json_put_object_end(&j);
        }
    }
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_end(&j);
}

static void as_text(struct cli *c, const struct search_results *found)
{
    for (size_t g = 0; g < found->n_groups; g++) {
        const struct search_group *group = &found->groups[g];
        buf_printf(&c->out, "%s%s (%lld%s)\n", g == 0 ? "" : "\n", tr(c->lang, group->label),
                   (long long)group->total, group->more ? "+" : "");
        for (size_t i = 0; i < group->n_hits; i++) {
            const struct search_hit *hit = &group->hits[i];
            buf_printf(&c->out, "  %s%s%s\n", hit->number != NULL ? hit->number : hit->id,
                       hit->number != NULL || hit->id[0] != '\0' ? "  " : "",
                       plain(c->arena, hit->title, hit->n_title, "[", "]"));
        }
    }
    if (found->n_groups == 0) {
        buf_printf(&c->out, "%s\n", tr(c->lang, MSG("Nothing fits.")));
    }
}

static enum err search_run(struct cli *c, struct err_info *e)
{
    const char *format = cli_option_of(c, "--format");
    bool json = format != NULL && strcmp(format, "json") == 0;
    if (format != NULL && !json && strcmp(format, "text") != 0) {
        return err_set(e, ERR_USAGE, "--format", MSG("There is no format “{0}”."),
                       MSG("Choose text or json."), format, NULL);
    }
    const char *kind = cli_option_of(c, "--kind");
    struct buf words;
    struct db_read *db;
    struct search_results found;
    buf_init(&words, c->arena, 64 * 1024);
    for (int i = 0; i < c->n_args; i++) {
        buf_str(&words, i == 0 ? "" : " ");
        buf_str(&words, c->args[i]);
    }
    enum err err = ERR_NONE;
    if (words.data == NULL || words.data[strspn(words.data, " ")] == '\0') {
        err = err_set(e, ERR_USAGE, NULL, MSG("There is no word to look for."), MSG("Write one after “search”."), NULL);
    }
    if (err == ERR_NONE && kind != NULL && !search_has_kind(kind)) {
        err = err_set(e, ERR_USAGE, "--kind", MSG("Nothing of the kind “{0}” is searched."),
                      MSG("“mainstay search --help” says which kinds there are."), kind, NULL);
    }
    if (err == ERR_NONE) {
        err = db_reader(store_db(c->store), &db, e);
    }
    if (err == ERR_NONE) {
        err = search_find(c->store, db, c->arena, c->who, words.data, kind,
                          &found, e);
    }
    if (err == ERR_NONE) {
        (json ? as_json : as_text)(c, &found);
    }
    return err;
}

const struct command cmd_search = {
    .name = "search",
    .usage = "search WORD... [--kind KIND] [--format text|json]",
    .about = MSG("finds words in tools, guidance, treaties and records"),
    .help = MSG("All words must be there; endings and accents make no difference, and the last word "
                "may be the beginning of one. A kind is tool, row, chapter, treaty, correction, release or a "
                "kind of record."),
    .options = (const struct cli_option[]){{"--kind", "KIND", MSG("only this kind"), false},
                                           {"--format", "FORMAT", MSG("text or json"), false},
                                           {0}},
    .min_args = 1,
    .max_args = -1,
    .needs_store = true,
    .writes = true,
    .run = search_run,
};
