// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_view.c: see pack_page.h. Translates the texts of a pack and finds where references lead.

#include "pack/pack_page.h"

#include <string.h>

struct making {
    struct arena *arena;
    const struct lang *lang;
    const struct pack *pack;
    const struct pack_tool *tool;
    const struct pack_use *uses; // of the tool and its rows
    size_t n_uses;
    const struct official *official; // NULL: our words
};

static const char *words(const struct making *m, const char *context, const char *english)
{
    return pack_words(m->pack, m->lang, context, english);
}

static const char *join(struct arena *a, const char *const *list, unsigned n)
{
    const char *all = NULL;
    for (unsigned i = 0; i < n; i++) {
        all = i == 0 ? list[0] : arena_printf(a, "%s, %s", all, list[i]);
    }
    return all;
}

static const char *const *words_list(const struct making *m, const char *context,
                                     const char *const *list, unsigned n)
{
    const char **out = ARENA_ARRAY(m->arena, const char *, n + 1);
    for (unsigned i = 0; i < n; i++) {
        out[i] = words(m, context, list[i]);
    }
    return out;
}

// The wording of the document, else ours in the language of the reader.
static const char *either(const struct making *m, const struct pack_row *r, const char *cell,
                          const char *english)
{
    return pack_official(m->official, pack_row_printed(r), cell, words(m, r->id, english));
}

// The same for lists; the wording has an item on each line.
static const char *const *either_list(const struct making *m, const struct pack_row *r, const char *cell,
                                      const char *const *list, unsigned n, size_t *n_out)
{
    const char *text = pack_official(m->official, pack_row_printed(r), cell, NULL);
    *n_out = n;
    if (text == NULL) {
        return words_list(m, r->id, list, n);
    }
    const char **out = ARENA_ARRAY(m->arena, const char *, strlen(text) + 1);
    *n_out = 0;
    for (const char *end; text != NULL; text = end == NULL ? NULL : end + 1) {
        end = strchr(text, '\n');
        size_t len = end == NULL ? strlen(text) : (size_t)(end - text);
        out[(*n_out)++] = arena_copy_n(m->arena, text, len);
    }
    return out;
}

// ---- references ---------------------------------------------------------------------------------

static const struct pack_tool *tool_of(const struct pack *p, const char *id)
{
    const struct pack_tool *found = pack_tool(p, id);
    for (unsigned i = 0; found == NULL && i < p->n_needs; i++) {
        const struct pack *needed = pack_find(p->needs[i]);
        found = needed == NULL ? NULL : pack_tool(needed, id);
    }
    return found;
}

// Copies refer to rows of the pack they were copied from.
static const struct pack_row *row_of(const struct making *m, const char *id, const struct pack_tool **t)
{
    const struct pack_row *row = pack_row(m->pack, id, t);
    return row != NULL ? row : pack_row_anywhere(id, t);
}

// A reference may name a tool or a row.
static struct page_ref make_ref(const struct making *m, const char *id)
{
    struct page_ref ref = {.id = id, .name = id};
    const struct pack_tool *t = tool_of(m->pack, id);
    const struct pack_row *row = t == NULL ? row_of(m, id, &t) : NULL;
    t = t == NULL ? pack_tool_anywhere(id) : t;
    if (t != NULL) {
        ref.name = row != NULL ? words(m, row->id, row->text)
                               : page_entry_make(m->arena, m->lang, t).name;
        ref.address = row != NULL ? arena_printf(m->arena, "/library/%s/%s#%s", t->pack->id, t->id,
                                                 row->id)
                                  : arena_printf(m->arena, "/library/%s/%s", t->pack->id, t->id);
    }
    return ref;
}

static const struct page_ref *make_refs(const struct making *m, const char *const *ids, unsigned n)
{
    struct page_ref *refs = ARENA_ARRAY(m->arena, struct page_ref, n + 1);
    for (unsigned i = 0; i < n; i++) {
        refs[i] = make_ref(m, ids[i]);
    }
    return refs;
}

// ---- rows and sections --------------------------------------------------------------------------

static const char *make_split(const struct making *m, const struct pack_row *r)
{
    const char **labels = ARENA_ARRAY(m->arena, const char *, r->n_disaggregation + 1);
    for (unsigned i = 0; i < r->n_disaggregation; i++) {
        labels[i] = tr(m->lang, pack_split_label(r->disaggregation[i]));
    }
    return join(m->arena, labels, r->n_disaggregation);
}

static const struct page_correction *make_corrections(const struct making *m,
                                                      const struct pack_row *r)
{
    struct page_correction *list = ARENA_ARRAY(m->arena, struct page_correction, r->n_corrections + 1);
    for (unsigned i = 0; i < r->n_corrections; i++) {
        list[i] = (struct page_correction){r->corrections[i].printed,
                                           words(m, r->id, r->corrections[i].read),
                                           words(m, r->id, r->corrections[i].why)};
    }
    return list;
}

static const struct page_article *make_articles(const struct making *m, const struct pack_row *r)
{
    struct page_article *list = ARENA_ARRAY(m->arena, struct page_article, r->n_articles + 1);
    for (unsigned i = 0; i < r->n_articles; i++) {
        const struct pack_article *x = &r->articles[i];
        const struct pack_tool *t = NULL;
        const struct pack_row *treaty =
            x->instrument == NULL ? NULL : row_of(m, x->instrument, &t);
        list[i] = (struct page_article){.name = x->name, .article = x->article};
        if (treaty != NULL) {
            list[i].name = treaty->short_name != NULL ? treaty->short_name
                                                      : words(m, treaty->id, treaty->text);
            list[i].address = make_ref(m, treaty->id).address;
        }
    }
    return list;
}

static const struct page_suggestion *make_links(const struct making *m, const struct pack_row *r)
{
    struct page_suggestion *list = ARENA_ARRAY(m->arena, struct page_suggestion, r->n_suggested_by + 1);
    for (unsigned i = 0; i < r->n_suggested_by; i++) {
        const struct pack_link *x = &r->suggested_by[i];
        const struct pack_tool *t = NULL;
        const struct pack_row *row = row_of(m, x->row, &t);
        while (row != NULL && row->part == PACK_PART_GROUP) {
            row = tool_row(t, row->parent);
        }
        const struct pack_scale *scale = row == NULL ? NULL : row_scale(t, row);
        const struct pack_level *level = scale == NULL ? NULL : scale_level(scale, x->answer);
        list[i] = (struct page_suggestion){make_ref(m, x->row),
                                     level == NULL ? x->answer : words(m, level->id, level->title),
                                     words(m, r->id, x->why)};
    }
    return list;
}

// Rows that use a row.
static const struct page_ref *make_used(const struct making *m, const char *row_id, size_t *n)
{
    struct page_ref *list = ARENA_ARRAY(m->arena, struct page_ref, m->n_uses + 1);
    *n = 0;
    for (size_t i = 0; i < m->n_uses; i++) {
        if (m->uses[i].row != NULL && strcmp(m->uses[i].of, row_id) == 0) {
            list[(*n)++] = make_ref(m, m->uses[i].row->id);
        }
    }
    return list;
}

// Tools that use the tool or any of its rows, each once.
static const struct page_ref *make_used_tools(const struct making *m, size_t *n)
{
    struct page_ref *list = ARENA_ARRAY(m->arena, struct page_ref, m->n_uses + 1);
    *n = 0;
    for (size_t i = 0; i < m->n_uses; i++) {
        const char *id = m->uses[i].tool->id;
        if (*n == 0 || strcmp(list[*n - 1].id, id) != 0) {
            list[(*n)++] = make_ref(m, id);
        }
    }
    return list;
}

static const struct page_level *make_levels(const struct making *m, const struct pack_level *levels,
                                            unsigned n)
{
    struct page_level *out = ARENA_ARRAY(m->arena, struct page_level, n + 1);
    for (unsigned i = 0; i < n; i++) {
        const char *row = levels[i].row == NULL ? "" : levels[i].row;
        out[i] = (struct page_level){
            pack_official(m->official, row, "text", words(m, levels[i].id, levels[i].title)),
            pack_official(m->official, row, "meaning", words(m, levels[i].id, levels[i].meaning))};
    }
    return out;
}

// What the further kinds of tools have.
static void fill_more(const struct making *m, const struct pack_row *r, struct page_row *out)
{
    const struct pack_scale *scale =
        r->scale == NULL ? NULL : pack_scale(m->pack, r->scale);
    out->body = words(m, r->id, r->body);
    out->sub = r->parent != NULL;
    out->corrections = make_corrections(m, r);
    out->n_corrections = r->n_corrections;
    out->sources = (const char *const *)r->sources;
    out->n_sources = r->n_sources;
    out->articles = make_articles(m, r);
    out->n_articles = r->n_articles;
    out->argument = either(m, r, "argument", r->argument);
    out->example = either(m, r, "example", r->example);
    out->consider = either(m, r, "consider", r->consider);
    out->authority = words(m, r->id, r->authority);
    out->rights = either(m, r, "rights", r->rights);
    out->gender = either(m, r, "gender", r->gender);
    out->number = r->number;
    out->year = r->year;
    out->suggested_by = make_links(m, r);
    out->n_suggested_by = r->n_suggested_by;
    out->serves = make_refs(m, r->serves, r->n_serves);
    out->n_serves = r->n_serves;
    out->used = make_used(m, r->id, &out->n_used);
    if (scale != NULL) {
        out->levels = make_levels(m, scale->levels, scale->n_levels);
        out->n_levels = scale->n_levels;
    }
    if (m->tool->kind == PACK_KIND_QUESTION_TABLE) {
        out->gap = r->gap == PACK_GAP_ON_NO    ? tr(m->lang, MSG("“No” is a gap"))
                   : r->gap == PACK_GAP_ON_YES ? tr(m->lang, MSG("“Yes” is a gap"))
                                               : tr(m->lang, MSG("“No” alone is no gap"));
    }
}

static struct page_row make_row(const struct making *m, const struct pack_row *r)
{
    struct page_row row = {0};
    fill_more(m, r, &row);
    row.id = r->id;
    row.short_name = r->short_name;
    row.text = either(m, r, "text", r->text);
    row.help = words(m, r->id, r->help);
    row.note = words(m, r->id, r->note);
    row.refs = make_refs(m, r->refs, r->n_refs);
    row.n_refs = r->n_refs;
    row.printed = join(m->arena, r->refs_printed, r->n_refs_printed);
    row.doubt = r->refs_doubt == PACK_YES;
    row.mitigation =
        either_list(m, r, "mitigation", r->mitigation, r->n_mitigation, &row.n_mitigation);
    row.adopted = r->adopted;
    row.in_force = r->in_force;
    row.ilo = r->ilo;
    row.printed_year = r->printed_year;
    row.unit = tr(m->lang, pack_unit_label(r->unit));
    row.direction = tr(m->lang, pack_direction_label(r->direction));
    row.accumulation = tr(m->lang, pack_accumulation_label(r->accumulation));
    row.split = make_split(m, r);
    row.numerator = words(m, r->id, r->numerator);
    row.denominator = words(m, r->id, r->denominator);
    row.means =
        either_list(m, r, "means", r->means, r->n_means, &row.n_means);
    row.assumptions = words_list(m, r->id, r->assumptions, r->n_assumptions);
    row.n_assumptions = r->n_assumptions;
    row.targets =
        either_list(m, r, "targets", r->targets, r->n_targets, &row.n_targets);
    return row;
}

static bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool is_right(const struct pack_row *row)
{
    return row->part == PACK_PART_RIGHT || row->part == PACK_PART_STANDARD;
}

// Rows whose section or result is `id`; id NULL: all rows.
static struct page_section make_section(const struct making *m, const char *id, const char *title,
                                        const char *printed)
{
    bool rights = true;
    const struct pack_tool *t = m->tool;
    struct page_row *rows = ARENA_ARRAY(m->arena, struct page_row, t->n_rows + 1);
    size_t n = 0;
    for (unsigned i = 0; i < t->n_rows; i++) {
        if (id == NULL || same(t->rows[i].section, id) || same(t->rows[i].result, id)) {
            rows[n++] = make_row(m, &t->rows[i]);
            rights = rights && is_right(&t->rows[i]);
        }
    }
    const char *label = tr_f(m->arena, m->lang, MSG("Rows of: {0}"), title, NULL);
    return (struct page_section){.title = title,
                                 .label = label,
                                 .printed = printed,
                                 .rights = rights && n > 0,
                                 .rows = rows,
                                 .n_rows = n};
}

// The document prints the heading of a section once; the table knows it with each of its rows.
static const char *section_title(const struct making *m, const struct pack_section *s)
{
    const char *ours = words(m, s->id, s->title);
    for (unsigned i = 0; i < m->tool->n_rows; i++) {
        if (same(m->tool->rows[i].section, s->id)) {
            return pack_official(m->official, pack_row_printed(&m->tool->rows[i]), "section", ours);
        }
    }
    return ours;
}

static void make_sections(const struct making *m, struct page_tool *out)
{
    const struct pack_tool *t = m->tool;
    struct page_section *sections =
        ARENA_ARRAY(m->arena, struct page_section, t->n_sections + t->n_results + 1);
    size_t n = 0;
    for (unsigned i = 0; i < t->n_sections; i++) {
        const struct pack_section *s = &t->sections[i];
        bool named = s->printed != NULL && s->printed[0] != '(';
        sections[n] = make_section(m, s->id, section_title(m, s), named ? s->printed : NULL);
        sections[n].source = words(m, s->id, s->source);
        sections[n++].help = words(m, s->id, s->help);
    }
    for (unsigned i = 0; i < t->n_results && t->n_sections == 0; i++) {
        const struct pack_result *r = &t->results[i];
        const char *printed = arena_printf(m->arena, "ER-%s", r->id); // its id in the inventory
        const char *title =
            tr_f(m->arena, m->lang, MSG("Result {0}: {1}"), r->id,
                 pack_official(m->official, printed, "text", words(m, r->id, r->title)), NULL);
        sections[n++] = make_section(m, r->id, title, NULL);
    }
    if (n == 0) {
        sections[n++] = make_section(
            m, NULL, tr_n(m->arena, m->lang, MSG("1 row"), MSG("{0} rows"), t->n_rows), NULL);
    }
    out->sections = sections;
    out->n_sections = n;
}

static bool is_read(enum pack_kind kind)
{
    return kind == PACK_KIND_GUIDANCE || kind == PACK_KIND_REFERENCE_LIST ||
           kind == PACK_KIND_RESPONSE_LADDER || kind == PACK_KIND_ADVOCACY_TABLE ||
           kind == PACK_KIND_DECISION_FLOW;
}

static struct page_ref tool_ref(struct arena *a, const struct lang *lang, const struct pack_tool *t)
{
    return (struct page_ref){t->id, page_entry_make(a, lang, t).name,
                             arena_printf(a, "/library/%s/%s", t->pack->id, t->id)};
}

struct page_tool page_tool_make(struct arena *a, const struct lang *lang, const struct pack_tool *t,
                                const struct official *o)
{
    struct making m = {.arena = a, .lang = lang, .pack = t->pack, .tool = t, .official = o};
    m.n_uses = pack_used_by(a, t, &m.uses);
    const char *goals = arena_printf(a, "G-%s", t->id); // their id in the inventory
    struct page_tool out = {
        .id = t->id,
        .kind = t->kind,
        .is_read = is_read(t->kind),
        .phase = tr(lang, pack_phase_label(t->phase)),
        .subject = tr(lang, pack_subject_label(t->subject)),
        .source = t->source,
        .goal = pack_official(o, goals, "goal", words(&m, t->id, t->goal)),
        .rights_goal = pack_official(o, goals, "rights_goal", words(&m, t->id, t->rights_goal)),
        .official = o != NULL,
        .note = words(&m, t->id, t->note),
        .pack_id = t->pack->id,
        .pack_title = words(&m, t->pack->id, t->pack->title),
        .version = t->pack->version,
        .see = make_refs(&m, t->see, t->n_see),
        .n_see = t->n_see,
    };
    make_sections(&m, &out);
    out.used = make_used_tools(&m, &out.n_used);
    if (t->origin.tool != NULL) {
        struct page_ref *origin = ARENA_MAKE(a, struct page_ref);
        const struct pack_tool *from = pack_tool_origin(t);
        *origin = (struct page_ref){t->origin.tool, t->origin.tool, NULL};
        if (from != NULL) {
            *origin = tool_ref(a, lang, from);
        }
        out.origin = origin;
        out.origin_version = t->origin.version;
    }
    const struct pack_tool **copies;
    out.n_copies = pack_copies(a, t, &copies);
    struct page_ref *shown = ARENA_ARRAY(a, struct page_ref, out.n_copies + 1);
    for (size_t i = 0; i < out.n_copies; i++) {
        shown[i] = tool_ref(a, lang, copies[i]);
    }
    out.copies = shown;
    struct page_level *groups = ARENA_ARRAY(a, struct page_level, t->n_groups + 1);
    for (unsigned i = 0; i < t->n_groups; i++) {
        groups[i] = (struct page_level){words(&m, t->groups[i].id, t->groups[i].title),
                                        words(&m, t->groups[i].id, t->groups[i].meaning)};
    }
    out.groups = groups;
    out.n_groups = t->n_groups;
    const struct pack_scale *scale = t->scale == NULL ? NULL : pack_scale(t->pack, t->scale);
    const struct pack_grid *grid = t->grid == NULL ? NULL : pack_grid(t->pack, t->grid);
    if (grid != NULL) {
        scale = pack_scale(t->pack, grid->likelihood);
    }
    if (scale != NULL) {
        out.levels_title = grid != NULL ? tr(lang, MSG("Likelihood and impact"))
                                        : tr(lang, MSG("Answers"));
        out.levels = make_levels(&m, scale->levels, scale->n_levels);
        out.n_levels = scale->n_levels;
    }
    return out;
}

// ---- lists --------------------------------------------------------------------------------------

struct page_entry page_entry_make(struct arena *a, const struct lang *lang,
                                  const struct pack_tool *t)
{
    return (struct page_entry){
        .pack_id = t->pack->id,
        .id = t->id,
        .name = pack_tool_name(a, lang, t),
        .purpose = pack_words(t->pack, lang, t->id, t->purpose),
        .kind = tr(lang, pack_kind_label(t->kind)),
    };
}

struct page_pack page_pack_make(struct arena *a, const struct lang *lang, const struct pack *p)
{
    const struct making m = {.arena = a, .lang = lang, .pack = p};
    size_t n_tools;
    pack_tools(p, &n_tools);
    const char *what =
        n_tools > 0 || (p->n_data == 0 && p->n_records == 0)
            ? tr_n(a, lang, MSG("1 tool"), MSG("{0} tools"), (int64_t)n_tools)
        : p->n_data > 0 ? tr_n(a, lang, MSG("1 table"), MSG("{0} tables"), p->n_data)
                        : tr_n(a, lang, MSG("Records of 1 kind"), MSG("Records of {0} kinds"),
                               p->n_records);
    return (struct page_pack){
        .id = p->id,
        .title = words(&m, p->id, p->title),
        .version = p->version,
        .what = what,
        .published = p->published,
        .publisher = p->publisher,
        .licence = p->licence,
        .languages = join(a, p->languages, p->n_languages),
        .needs = join(a, p->needs, p->n_needs),
        .source = p->source.title,
        .source_note = words(&m, p->id, p->source.note),
    };
}

// The three looks of html_level, spread over the levels of a grid, lowest first.
static const char *level_look(const struct pack_grid *g, const struct pack_level *level)
{
    size_t at = (size_t)(level - g->levels);
    return at == 0 ? "low" : at + 1 == g->n_levels ? "high" : "medium";
}

struct page_grid page_grid_make(struct arena *a, const struct lang *lang, const struct pack *p,
                                const struct pack_grid *g)
{
    const struct making m = {.arena = a, .lang = lang, .pack = p};
    const struct pack_scale *x = pack_scale(p, g->likelihood);
    const struct pack_scale *y = pack_scale(p, g->impact);
    struct page_grid out = {.title = words(&m, g->id, g->title), .note = words(&m, g->id, g->note)};
    if (x == NULL || y == NULL) {
        return out;
    }
    const char **impacts = ARENA_ARRAY(a, const char *, y->n_levels);
    struct page_grid_row *rows = ARENA_ARRAY(a, struct page_grid_row, x->n_levels);
    for (unsigned i = 0; i < y->n_levels; i++) {
        impacts[i] = words(&m, y->levels[i].id, y->levels[i].title);
    }
    for (unsigned k = 0; k < x->n_levels; k++) {
        struct page_grid_cell *cells = ARENA_ARRAY(a, struct page_grid_cell, y->n_levels);
        for (unsigned i = 0; i < y->n_levels; i++) {
            const char *likelihood = x->levels[k].id, *impact = y->levels[i].id;
            const struct pack_level *level = grid_level(g, likelihood, impact);
            cells[i] = (struct page_grid_cell){
                level == NULL ? "none" : level_look(g, level),
                level == NULL ? "" : words(&m, level->id, level->title),
                grid_mitigation_required(g, likelihood, impact)};
        }
        rows[k] = (struct page_grid_row){words(&m, x->levels[k].id, x->levels[k].title), cells,
                                         y->n_levels};
    }
    out.impacts = impacts;
    out.n_impacts = y->n_levels;
    out.rows = rows;
    out.n_rows = x->n_levels;
    out.levels = make_levels(&m, g->levels, g->n_levels);
    out.n_levels = g->n_levels;
    return out;
}
