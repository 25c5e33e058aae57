// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_json.c: see pack_json.h.

#include "pack/pack_json.h"

#include <string.h>

#include "base/bug.h"

static void text_of(struct json_out *j, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        json_member_text(j, name, text);
    }
}

static void number_of(struct json_out *j, const char *name, int number)
{
    if (number != 0) {
        json_member_int(j, name, number);
    }
}

static void list_of(struct json_out *j, const char *name, const char *const *list, unsigned n,
                    bool always)
{
    if (n == 0 && !always) {
        return;
    }
    json_put_name(j, name);
    json_put_array(j);
    for (unsigned i = 0; i < n; i++) {
        json_put_text(j, list[i]);
    }
    json_put_array_end(j);
}

void pack_json_official(struct json_out *j, const struct official *o, const char *row)
{
    bool any = false;
    for (size_t i = 0; o != NULL && i < o->n; i++) {
        if (strcmp(o->texts[i].row, row) == 0) {
            if (!any) {
                json_put_object(j);
            }
            any = true;
            json_member_text(j, o->texts[i].cell, o->texts[i].text);
        }
    }
    if (any) {
        json_put_object_end(j);
    } else {
        json_put_null(j);
    }
}

// ---- lists of small things ------------------------------------------------------------------------

static void correction_of(struct json_out *j, const struct pack_correction *x)
{
    json_put_object(j);
    text_of(j, "fault", x->fault);
    text_of(j, "printed", x->printed);
    json_member_text(j, "read", x->read);
    json_member_text(j, "why", x->why);
    list_of(j, "levels", x->levels, x->n_levels, false);
    json_put_object_end(j);
}

static void corrections_of(struct json_out *j, const struct pack_row *r)
{
    json_put_name(j, "corrections");
    json_put_array(j);
    for (unsigned i = 0; i < r->n_corrections; i++) {
        correction_of(j, &r->corrections[i]);
    }
    json_put_array_end(j);
}

// Those of any row that are in a level.
static void corrections_of_level(struct json_out *j, const struct pack *p, const char *level)
{
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    json_put_name(j, "corrections");
    json_put_array(j);
    for (size_t i = 0; i < n; i++) {
        for (unsigned k = 0; k < tools[i]->n_rows; k++) {
            const struct pack_row *r = &tools[i]->rows[k];
            for (unsigned c = 0; c < r->n_corrections; c++) {
                for (unsigned l = 0; l < r->corrections[c].n_levels; l++) {
                    if (strcmp(r->corrections[c].levels[l], level) == 0) {
                        correction_of(j, &r->corrections[c]);
                    }
                }
            }
        }
    }
    json_put_array_end(j);
}

static void articles_of(struct json_out *j, const struct pack_row *r)
{
    json_put_name(j, "articles");
    json_put_array(j);
    for (unsigned i = 0; i < r->n_articles; i++) {
        json_put_object(j);
        text_of(j, "instrument", r->articles[i].instrument);
        text_of(j, "name", r->articles[i].name);
        text_of(j, "article", r->articles[i].article);
        json_put_object_end(j);
    }
    json_put_array_end(j);
}

static void links_of(struct json_out *j, const struct pack_row *r)
{
    json_put_name(j, "suggested_by");
    json_put_array(j);
    for (unsigned i = 0; i < r->n_suggested_by; i++) {
        json_put_object(j);
        json_member_text(j, "row", r->suggested_by[i].row);
        json_member_text(j, "answer", r->suggested_by[i].answer);
        text_of(j, "why", r->suggested_by[i].why);
        json_put_object_end(j);
    }
    json_put_array_end(j);
}

// ---- rows -----------------------------------------------------------------------------------------

static const char *const gaps[] = {[PACK_GAP_ON_NO] = "no", [PACK_GAP_ON_YES] = "yes",
                                   [PACK_GAP_NEVER] = "none"};

static void texts_of(struct json_out *j, const struct pack_tool *t, const struct pack_row *r)
{
    const struct {
        const char *name, *text;
    } texts[] = {
        {"part", r->part_word},
        {"parent", r->parent},
        {"same_as", r->same_as},
        {"short", r->short_name},
        {"text", r->text},
        {"help", r->help},
        {"body", r->body},
        {"argument", r->argument},
        {"example", r->example},
        {"consider", r->consider},
        {"authority", r->authority},
        {"rights", r->rights},
        {"gender", r->gender},
        {"scale", r->scale},
        {"gap", t->kind == PACK_KIND_QUESTION_TABLE ? gaps[r->gap] : NULL},
        {"group", r->group},
        {"note", r->note},
        {"number", r->number},
        {"result", r->result},
        {"unit", pack_unit_word(r->unit)},
        {"direction", pack_direction_word(r->direction)},
        {"accumulation", pack_accumulation_word(r->accumulation)},
        {"numerator", r->numerator},
        {"denominator", r->denominator},
        {"printed_year", r->printed_year},
        {"split_printed", r->split_printed},
    };
    const struct {
        const char *name;
        int number;
    } numbers[] = {{"adopted", r->adopted}, {"in_force", r->in_force}, {"ilo", r->ilo},
                   {"year", r->year}, {"slots", r->slots}};
    const struct {
        const char *name;
        const char *const *list;
        unsigned n;
    } lists[] = {
        {"mitigation", r->mitigation, r->n_mitigation},
        {"disaggregation", r->disaggregation, r->n_disaggregation},
        {"means", r->means, r->n_means},
        {"assumptions", r->assumptions, r->n_assumptions},
        {"targets", r->targets, r->n_targets},
        {"serves", r->serves, r->n_serves},
        {"sources", r->sources, r->n_sources},
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        text_of(j, texts[i].name, texts[i].text);
    }
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        number_of(j, numbers[i].name, numbers[i].number);
    }
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        list_of(j, lists[i].name, lists[i].list, lists[i].n, false);
    }
}

static void place_of(struct json_out *j, const struct pack_tool *t, const struct pack_row *r, bool whole)
{
    const struct pack_section *s = r->section == NULL ? NULL : tool_section(t, r->section);
    if (whole) {
        json_member_text(j, "tool", t->id);
        json_member_text(j, "source", t->source);
    }
    text_of(j, "section", r->section);
    if (whole && s != NULL) {
        json_member_text(j, "section_title", s->title);
        text_of(j, "section_printed", s->printed);
        text_of(j, "section_source", s->source);
    }
}

void pack_json_row(struct json_out *j, const struct pack_tool *t, const struct pack_row *r,
                   const struct official *o, bool whole)
{
    json_put_object(j);
    json_member_text(j, "id", r->id);
    place_of(j, t, r, whole);
    texts_of(j, t, r);
    list_of(j, "refs", r->refs, r->n_refs, whole);
    if (whole || r->n_refs_printed > 0) {
        bool differ = r->n_refs_printed > 0;
        list_of(j, "refs_printed", differ ? r->refs_printed : r->refs,
                differ ? r->n_refs_printed : r->n_refs, whole);
    }
    if (r->refs_doubt == PACK_YES) {
        json_member_bool(j, "refs_doubt", true);
    }
    if (whole || r->n_corrections > 0) {
        corrections_of(j, r);
    }
    if (whole || r->n_articles > 0) {
        articles_of(j, r);
    }
    if (whole || r->n_suggested_by > 0) {
        links_of(j, r);
    }
    if (whole || (o != NULL && o->n > 0)) {
        json_put_name(j, "official");
        pack_json_official(j, o, r->id);
    }
    json_put_object_end(j);
}

void pack_json_level(struct json_out *j, const struct pack *p, const struct pack_scale *s,
                     const struct pack_level *level, const struct official *o)
{
    json_put_object(j);
    json_member_text(j, "id", level->row);
    json_member_text(j, "scale", s->id);
    json_member_text(j, "level", level->id);
    json_member_text(j, "text", level->title);
    text_of(j, "meaning", level->meaning);
    json_member_text(j, "source", p->source.title);
    list_of(j, "refs", NULL, 0, true);
    corrections_of_level(j, p, level->row);
    json_put_name(j, "official");
    pack_json_official(j, o, level->row);
    json_put_object_end(j);
}

void pack_json_part(struct json_out *j, const struct pack_tool *t, const char *id, const char *text,
                    const struct official *o)
{
    json_put_object(j);
    json_member_text(j, "id", id);
    json_member_text(j, "tool", t->id);
    json_member_text(j, "source", t->source);
    json_member_text(j, "text", text);
    list_of(j, "refs", NULL, 0, true);
    corrections_of_level(j, t->pack, id); // none names a part: an empty list
    json_put_name(j, "official");
    pack_json_official(j, o, id);
    json_put_object_end(j);
}

// ---- tools and packs --------------------------------------------------------------------------------

void pack_json_tool(struct json_out *j, const struct pack_tool *t, const struct official *o, bool rows)
{
    json_put_object(j);
    json_member_text(j, "id", t->id);
    json_member_text(j, "kind", pack_kind_word(t->kind));
    json_member_text(j, "title", t->title);
    json_member_text(j, "purpose", t->purpose);
    json_member_text(j, "phase", pack_phase_word(t->phase));
    json_member_text(j, "subject", pack_subject_word(t->subject));
    json_member_text(j, "source", t->source);
    if (rows) {
        text_of(j, "goal", t->goal);
        text_of(j, "rights_goal", t->rights_goal);
        text_of(j, "note", t->note);
        json_put_name(j, "official");
        pack_json_official(j, o, t->id);
        json_put_name(j, "rows");
        json_put_array(j);
        for (unsigned i = 0; i < t->n_rows; i++) {
            pack_json_row(j, t, &t->rows[i], o, false);
        }
        json_put_array_end(j);
    } else {
        json_member_int(j, "rows", t->n_rows);
    }
    json_put_object_end(j);
}

void pack_json_pack(struct json_out *j, const struct pack *p)
{
    json_put_object(j);
    json_member_text(j, "id", p->id);
    json_member_text(j, "version", p->version);
    json_member_text(j, "title", p->title);
    json_member_text(j, "publisher", p->publisher);
    json_member_text(j, "licence", p->licence);
    json_member_text(j, "published", p->published);
    list_of(j, "languages", p->languages, p->n_languages, true);
    list_of(j, "needs", p->needs, p->n_needs, true);
    size_t n;
    const struct pack_tool *const *tools = pack_tools(p, &n);
    json_put_name(j, "tools");
    json_put_array(j);
    for (size_t i = 0; i < n; i++) {
        pack_json_tool(j, tools[i], NULL, false);
    }
    json_put_array_end(j);
    json_put_object_end(j);
}
