// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_yaml.c: reading of YAML in two steps.
//
// yaml_scan walks the events of libyaml beside the shape that libcyaml will map onto. It is there
// because libcyaml (1.3.1, tried) stops at the first fault, names the place of the key before an unknown
// one, keeps no line numbers for later checks, and takes anchors, tags, a second document, "12x" for a
// number and a zero byte in a text. yaml_map then lets libcyaml fill the structures.

#include "pack/pack_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/limits.h"
#include "base/utf8.h"

#define MAX_KEYS 64 // of one mapping in our shapes; checked when a mapping opens

// One open mapping or list. `shape` is NULL below something that was refused already: nothing more
// is said about what is in it.
struct frame {
    const cyaml_schema_value_t *shape;
    bool mapping;
    const cyaml_schema_field_t *field; // whose value comes next
    const char *key;                   // its key, or NULL when a key comes next
    bool seen[MAX_KEYS];
    size_t index; // of the next entry of a list
    const char *path;
    int line;
    int column;
};

struct scan {
    struct arena *arena;
    struct yaml_places *places;
    struct pack_problems *problems;
    struct frame frames[PACK_MAX_DEPTH];
    size_t depth;
    size_t found; // problems of this file
    bool stop;    // nothing sensible can be said about the rest
    int documents;
};

#define FAULT(s, rule, line, column, ...)                                                          \
    do {                                                                                           \
        (s)->found++;                                                                              \
        problem_add((s)->problems, rule, (s)->places->file, line, column, __VA_ARGS__);            \
    } while (0)

static struct yaml_place *note_place(struct scan *s, const char *path, int line, int column)
{
    struct yaml_places *p = s->places;
    if (p->n == p->cap) {
        size_t cap = p->cap == 0 ? 64 : p->cap * 2;
        struct yaml_place *more = ARENA_ARRAY(s->arena, struct yaml_place, cap);
        if (p->n > 0) {
            memcpy(more, p->items, p->n * sizeof *more);
        }
        p->items = more;
        p->cap = cap;
    }
    p->items[p->n] = (struct yaml_place){path, NULL, line, column};
    return &p->items[p->n++];
}

static const char *list_of_words(struct arena *a, const cyaml_schema_value_t *shape)
{
    const char *list = "";
    for (uint32_t i = 0; i < shape->enumeration.count; i++) {
        list = arena_printf(a, "%s%s%s", list, i == 0 ? "" : ", ", shape->enumeration.strings[i].str);
    }
    return list;
}

static const char *list_of_keys(struct arena *a, const cyaml_schema_value_t *shape)
{
    const char *list = "";
    for (const cyaml_schema_field_t *f = shape->mapping.fields; f->key != NULL; f++) {
        list = arena_printf(a, "%s%s%s", list, list[0] == '\0' ? "" : ", ", f->key);
    }
    return list;
}

static bool is_word(const cyaml_schema_value_t *shape, const char *text)
{
    for (uint32_t i = 0; i < shape->enumeration.count; i++) {
        if (strcmp(shape->enumeration.strings[i].str, text) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_whole_number(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n > 0 && n < 10 && text[n] == '\0';
}

// ---- keys ---------------------------------------------------------------------------------------

static void take_key(struct scan *s, struct frame *f, const char *key, int line, int column)
{
    f->key = arena_copy(s->arena, key);
    f->field = NULL;
    if (f->shape == NULL) {
        return;
    }
    for (size_t i = 0; f->shape->mapping.fields[i].key != NULL; i++) {
        const cyaml_schema_field_t *field = &f->shape->mapping.fields[i];
        if (strcmp(field->key, key) != 0) {
            continue;
        }
        if (i < MAX_KEYS && f->seen[i]) {
            FAULT(s, RULE_KEY_TWICE, line, column, key, NULL);
            return;
        }
        if (i < MAX_KEYS) {
            f->seen[i] = true;
        }
        f->field = field;
        const char *dot = f->path[0] == '\0' ? "" : ".";
        note_place(s, arena_printf(s->arena, "%s%s%s", f->path, dot, key), line, column);
        return;
    }
    FAULT(s, RULE_KEY_UNKNOWN, line, column, key, list_of_keys(s->arena, f->shape), NULL);
}

static void close_mapping(struct scan *s, struct frame *f)
{
    if (f->shape == NULL) {
        return;
    }
    for (size_t i = 0; f->shape->mapping.fields[i].key != NULL && i < MAX_KEYS; i++) {
        const cyaml_schema_field_t *field = &f->shape->mapping.fields[i];
        if (!f->seen[i] && (field->value.flags & CYAML_FLAG_OPTIONAL) == 0) {
            FAULT(s, RULE_KEY_MISSING, f->line, f->column, field->key, NULL);
        }
    }
}

// ---- values -------------------------------------------------------------------------------------

// Shape and path of the value that comes now; moves the frame on.
static const cyaml_schema_value_t *next_value(struct scan *s, const char **path)
{
    struct frame *f = &s->frames[s->depth - 1];
    *path = "";
    if (f->mapping) {
        const cyaml_schema_field_t *field = f->field;
        if (field != NULL) {
            *path = s->places->items[s->places->n - 1].path;
        }
        f->key = NULL;
        f->field = NULL;
        return field == NULL ? NULL : &field->value;
    }
    if (f->shape == NULL) {
        return NULL;
    }
    if (f->index == f->shape->sequence.max) {
        FAULT(s, RULE_DEPTH, f->line, f->column, f->path, NULL);
        s->stop = true;
        return NULL;
    }
    *path = arena_printf(s->arena, "%s[%zu]", f->path, f->index++);
    return f->shape->sequence.entry;
}

static void check_scalar(struct scan *s, const cyaml_schema_value_t *shape, const char *text,
                         size_t len, int line, int column)
{
    size_t bad;
    if (!utf8_is_clean(text, len, &bad) || strlen(text) != len) {
        FAULT(s, RULE_UTF8, line, column, NULL);
    } else if (text[0] == '\0') {
        FAULT(s, RULE_EMPTY, line, column, NULL);
    } else if (shape->type == CYAML_ENUM && !is_word(shape, text)) {
        FAULT(s, RULE_WORD, line, column, text, list_of_words(s->arena, shape), NULL);
    } else if (shape->type == CYAML_INT && !is_whole_number(text)) {
        FAULT(s, RULE_NUMBER, line, column, text, NULL);
    } else if (shape->type == CYAML_STRING && len > shape->string.max) {
        FAULT(s, RULE_LENGTH, line, column, arena_printf(s->arena, "%zu", len),
              arena_printf(s->arena, "%u", (unsigned)shape->string.max), NULL);
    }
}

static const char *shape_word(const cyaml_schema_value_t *shape)
{
    return shape->type == CYAML_MAPPING    ? "key: value"
           : shape->type == CYAML_SEQUENCE ? "[a, b]"
                                           : "text";
}

// Records the place of a value and says whether its form fits the shape.
static bool value_fits(struct scan *s, const cyaml_schema_value_t *shape, const char *path,
                       bool fits, int line, int column)
{
    if (shape == NULL) {
        return false;
    }
    if (path[0] != '\0' && path[strlen(path) - 1] == ']') {
        note_place(s, path, line, column);
    }
    if (!fits) {
        FAULT(s, RULE_SHAPE, line, column, shape_word(shape), NULL);
    }
    return fits;
}

static void take_scalar(struct scan *s, const yaml_event_t *event, int line, int column)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    struct frame *f = &s->frames[s->depth - 1];
    if (f->mapping && f->key == NULL) {
        take_key(s, f, text, line, column);
        return;
    }
    const char *path;
    const cyaml_schema_value_t *shape = next_value(s, &path);
    bool fits = shape != NULL && shape->type != CYAML_MAPPING && shape->type != CYAML_SEQUENCE;
    if (value_fits(s, shape, path, fits, line, column)) {
        check_scalar(s, shape, text, len, line, column);
        s->places->items[s->places->n - 1].text = arena_copy(s->arena, text);
    }
}

static void open_frame(struct scan *s, bool mapping, const cyaml_schema_value_t *root, int line,
                       int column)
{
    if (s->depth == PACK_MAX_DEPTH) {
        FAULT(s, RULE_DEPTH, line, column, s->frames[s->depth - 1].path, NULL);
        s->stop = true;
        return;
    }
    const char *path = "";
    const cyaml_schema_value_t *shape = root;
    if (s->depth > 0) {
        struct frame *f = &s->frames[s->depth - 1];
        if (f->mapping && f->key == NULL) { // a mapping or a list where a key belongs
            FAULT(s, RULE_SHAPE, line, column, "text", NULL);
            s->stop = true;
            return;
        }
        shape = next_value(s, &path);
    }
    bool fits = shape != NULL && shape->type == (mapping ? CYAML_MAPPING : CYAML_SEQUENCE);
    if (!value_fits(s, shape, path, fits, line, column)) {
        shape = NULL;
    }
    s->frames[s->depth++] = (struct frame){
        .shape = shape, .mapping = mapping, .path = path, .line = line, .column = column};
}

// ---- events -------------------------------------------------------------------------------------

// Anchors and tags are refused: packs have no use for them, and aliases can blow up.
static bool has_anchor_or_tag(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT: return true;
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
    default: return false;
    }
}

static void take_event(struct scan *s, const yaml_event_t *event, const cyaml_schema_value_t *root)
{
    int line = (int)event->start_mark.line + 1;
    int column = (int)event->start_mark.column + 1;
    if (has_anchor_or_tag(event) ||
        (event->type == YAML_DOCUMENT_START_EVENT && s->documents++ > 0)) {
        FAULT(s, RULE_ALIAS, line, column, NULL);
        s->stop = true;
        return;
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        if (s->depth == 0) {
            FAULT(s, RULE_SHAPE, line, column, shape_word(root), NULL);
        } else {
            take_scalar(s, event, line, column);
        }
        break;
    case YAML_MAPPING_START_EVENT: open_frame(s, true, root, line, column); break;
    case YAML_SEQUENCE_START_EVENT: open_frame(s, false, root, line, column); break;
    case YAML_MAPPING_END_EVENT: close_mapping(s, &s->frames[--s->depth]); break;
    case YAML_SEQUENCE_END_EVENT: s->depth--; break;
    case YAML_STREAM_END_EVENT:
        if (s->documents == 0) {
            FAULT(s, RULE_SYNTAX, 1, 1, "empty", NULL);
        }
        s->stop = true;
        break;
    default: break;
    }
}

static bool bytes_are_clean(struct scan *s, const char *bytes, size_t len)
{
    if (len > LIMIT_PACK_FILE_BYTES) {
        FAULT(s, RULE_SIZE, 0, 0, arena_printf(s->arena, "%zu", (size_t)LIMIT_PACK_FILE_BYTES), NULL);
        return false;
    }
    size_t bad;
    if (!utf8_is_clean(bytes, len, &bad)) {
        int line = 1, column = 1;
        for (size_t i = 0; i < bad; i++) {
            column = bytes[i] == '\n' ? 1 : column + 1;
            line += bytes[i] == '\n';
        }
        FAULT(s, RULE_UTF8, line, column, NULL);
        return false;
    }
    return true;
}

bool yaml_scan(struct arena *a, const char *file, const char *bytes, size_t len,
               const cyaml_schema_value_t *shape, struct yaml_places *out,
               struct pack_problems *problems)
{
    *out = (struct yaml_places){.file = file};
    struct scan s = {.arena = a, .places = out, .problems = problems};
    yaml_parser_t parser;
    if (!bytes_are_clean(&s, bytes, len) || yaml_parser_initialize(&parser) == 0) {
        return false;
    }
    note_place(&s, "", 1, 1);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, len);
    while (!s.stop) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event) == 0) {
            FAULT(&s, RULE_SYNTAX, (int)parser.problem_mark.line + 1,
                  (int)parser.problem_mark.column + 1,
                  parser.problem == NULL ? "unreadable" : parser.problem, NULL);
            break;
        }
        take_event(&s, &event, shape);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return s.found == 0;
}

// ---- places -------------------------------------------------------------------------------------

static const struct yaml_place *find_exactly(const struct yaml_places *p, const char *path,
                                             size_t len)
{
    for (size_t i = 0; i < p->n; i++) {
        if (strlen(p->items[i].path) == len && memcmp(p->items[i].path, path, len) == 0) {
            return &p->items[i];
        }
    }
    return NULL;
}

bool yaml_has(const struct yaml_places *places, const char *path)
{
    return find_exactly(places, path, strlen(path)) != NULL;
}

const struct yaml_place *yaml_find(const struct yaml_places *places, const char *path)
{
    static const struct yaml_place nowhere = {"", NULL, 0, 0};
    size_t len = strlen(path);
    for (;;) {
        const struct yaml_place *found = find_exactly(places, path, len);
        if (found != NULL || len == 0) {
            return found == NULL ? &nowhere : found;
        }
        do {
            len--;
        } while (len > 0 && path[len] != '.' && path[len] != '[');
    }
}

// ---- mapping ------------------------------------------------------------------------------------

// libcyaml grows a list one entry at a time; capacity is doubled here so that an arena, which frees
// nothing, holds at most twice the list.
struct grown {
    size_t capacity;
    _Alignas(max_align_t) unsigned char bytes[];
};

static void *take_memory(void *arena, void *old, size_t size)
{
    if (size == 0) {
        return NULL; // freed with the arena
    }
    struct grown *before =
        old == NULL ? NULL : (struct grown *)((unsigned char *)old - offsetof(struct grown, bytes));
    if (before != NULL && size <= before->capacity) {
        return old;
    }
    size_t capacity = before == NULL ? size : size * 2;
    struct grown *g = arena_alloc(arena, sizeof *g + capacity);
    g->capacity = capacity;
    if (before != NULL) {
        memcpy(g->bytes, before->bytes, before->capacity);
    }
    return g->bytes;
}

struct first_line {
    char text[240];
};

static void keep_first(cyaml_log_t level, void *context, const char *format, va_list args)
{
    struct first_line *kept = context;
    if (level >= CYAML_LOG_ERROR && kept->text[0] == '\0') {
        vsnprintf(kept->text, sizeof kept->text, format, args);
        kept->text[strcspn(kept->text, "\n")] = '\0';
    }
}

void *yaml_map(struct arena *a, const char *bytes, size_t len, const cyaml_schema_value_t *shape,
               const char **why)
{
    struct first_line kept = {""};
    const cyaml_config_t config = {
        .log_fn = keep_first,
        .log_ctx = &kept,
        .mem_fn = take_memory,
        .mem_ctx = a,
        .log_level = CYAML_LOG_ERROR,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    void *out = NULL;
    cyaml_err_t err = cyaml_load_data((const uint8_t *)bytes, len, &config, shape, &out, NULL);
    if (err != CYAML_OK) {
        *why = arena_copy(a, kept.text[0] == '\0' ? cyaml_strerror(err) : kept.text);
        return NULL;
    }
    return out;
}
