// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pack_write.c: structures of a pack as YAML again, for tools that an office edits on pages.
//
// Walks the same shapes that libcyaml reads by, so a new key needs nothing here. libyaml writes the
// signs. libcyaml's own writing (1.3.1, tried) refuses an enum that is not set and quotes nothing, so
// that "3.1" and "no" would be a number and a false for other programs.

#include "pack/pack_inner.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"

#define WIDTH 100

struct writing {
    yaml_emitter_t emitter;
    struct buf out;
};

static int take_bytes(void *out, unsigned char *bytes, size_t n)
{
    buf_add(out, (const char *)bytes, n);
    return 1;
}

// The only failure is lack of memory, which ends the process elsewhere, too.
static void emit(struct writing *w, yaml_event_t *event)
{
    ensure(yaml_emitter_emit(&w->emitter, event) != 0);
}

// What other programs would take for a number, a date, a truth value or nothing.
static bool needs_quotes(const char *text)
{
    static const char *const words[] = {"yes", "no", "true", "false", "on", "off", "y", "n",
                                        "null", "~"};
    char low[8] = "";
    size_t len = strlen(text);
    for (size_t i = 0; len < sizeof low && i < len; i++) {
        low[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
    }
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(words[i], low) == 0) {
            return true;
        }
    }
    return text[strspn(text, "0123456789.-+:_eE ")] == '\0';
}

static void write_text(struct writing *w, const char *text, bool is_word)
{
    yaml_event_t event;
    yaml_scalar_style_t style = strchr(text, '\n') != NULL          ? YAML_LITERAL_SCALAR_STYLE
                                : !is_word && needs_quotes(text) ? YAML_DOUBLE_QUOTED_SCALAR_STYLE
                                                                 : YAML_PLAIN_SCALAR_STYLE;
    ensure(yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text,
                                        (int)strlen(text), 1, 1, style) != 0);
    emit(w, &event);
}

static uint64_t number_at(const void *at, size_t size)
{
    uint64_t n = 0;
    memcpy(&n, at, size); // little endian, as all machines this is built for
    return n;
}

static const void *pointer_at(const void *at)
{
    const void *p;
    memcpy(&p, at, sizeof p);
    return p;
}

static const char *word_at(const cyaml_schema_value_t *shape, const void *at)
{
    int64_t value = (int32_t)number_at(at, shape->data_size);
    for (uint32_t i = 0; i < shape->enumeration.count; i++) {
        if (shape->enumeration.strings[i].val == value) {
            return shape->enumeration.strings[i].str;
        }
    }
    return NULL;
}

// Is there anything to write? What a structure holds where a key was left out is zero.
static bool is_set(const cyaml_schema_field_t *field, const char *base)
{
    const char *at = base + field->data_offset;
    const cyaml_schema_value_t *shape = &field->value;
    switch (shape->type) {
    case CYAML_SEQUENCE: return number_at(base + field->count_offset, field->count_size) > 0;
    case CYAML_STRING: {
        const char *text = pointer_at(at);
        return text != NULL && text[0] != '\0';
    }
    case CYAML_MAPPING:
        if ((shape->flags & CYAML_FLAG_POINTER) != 0) {
            return pointer_at(at) != NULL;
        }
        return is_set(&shape->mapping.fields[0], at); // its first key is one it cannot do without
    default: return number_at(at, shape->data_size) != 0;
    }
}

static void write_value(struct writing *w, const cyaml_schema_value_t *shape, const char *at,
                        uint64_t count);

static void write_mapping(struct writing *w, const cyaml_schema_value_t *shape, const char *base)
{
    yaml_event_t event;
    ensure(yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE) != 0);
    emit(w, &event);
    for (const cyaml_schema_field_t *f = shape->mapping.fields; f->key != NULL; f++) {
        if (is_set(f, base)) {
            uint64_t count =
                f->value.type == CYAML_SEQUENCE ? number_at(base + f->count_offset, f->count_size) : 0;
            write_text(w, f->key, true);
            write_value(w, &f->value, base + f->data_offset, count);
        }
    }
    ensure(yaml_mapping_end_event_initialize(&event) != 0);
    emit(w, &event);
}

static void write_list(struct writing *w, const cyaml_schema_value_t *entry, const char *first,
                       uint64_t count)
{
    yaml_event_t event;
    bool pointers = (entry->flags & CYAML_FLAG_POINTER) != 0;
    size_t size = pointers ? sizeof(void *) : entry->data_size;
    ensure(yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE) !=
           0);
    emit(w, &event);
    for (uint64_t i = 0; i < count; i++) {
        write_value(w, entry, first + i * size, 0);
    }
    ensure(yaml_sequence_end_event_initialize(&event) != 0);
    emit(w, &event);
}

// at: where the structure holds the value, or the pointer to it.
static void write_value(struct writing *w, const cyaml_schema_value_t *shape, const char *at,
                        uint64_t count)
{
    char digits[24];
    const char *value = (shape->flags & CYAML_FLAG_POINTER) != 0 ? pointer_at(at) : at;
    switch (shape->type) {
    case CYAML_MAPPING: write_mapping(w, shape, value); break;
    case CYAML_SEQUENCE: write_list(w, shape->sequence.entry, value, count); break;
    case CYAML_STRING: write_text(w, value, false); break;
    case CYAML_ENUM: {
        const char *word = word_at(shape, value);
        ensure(word != NULL);
        write_text(w, word, strcmp(word, "yes") != 0 && strcmp(word, "no") != 0);
        break;
    }
    case CYAML_INT:
        snprintf(digits, sizeof digits, "%d", (int)number_at(value, shape->data_size));
        write_text(w, digits, true);
        break;
    default: ensure(false); // no other types in our shapes
    }
}

static void begin(struct writing *w, struct arena *a)
{
    yaml_event_t event;
    buf_init(&w->out, a, LIMIT_PACK_FILE_BYTES);
    ensure(yaml_emitter_initialize(&w->emitter) != 0);
    yaml_emitter_set_output(&w->emitter, take_bytes, &w->out);
    yaml_emitter_set_unicode(&w->emitter, 1);
    yaml_emitter_set_width(&w->emitter, WIDTH);
    ensure(yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) != 0);
    emit(w, &event);
    ensure(yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1) != 0);
    emit(w, &event);
}

static const char *end(struct writing *w)
{
    yaml_event_t event;
    ensure(yaml_document_end_event_initialize(&event, 1) != 0);
    emit(w, &event);
    ensure(yaml_stream_end_event_initialize(&event) != 0);
    emit(w, &event);
    yaml_emitter_delete(&w->emitter);
    return w->out.data;
}

const char *yaml_write(struct arena *a, const cyaml_schema_value_t *shape, const void *from)
{
    struct writing w;
    begin(&w, a);
    write_mapping(&w, shape, from);
    return end(&w);
}

const char *yaml_value(struct arena *a, const cyaml_schema_field_t *field, const void *from)
{
    const char *at = (const char *)from + field->data_offset;
    if (!is_set(field, from)) {
        return NULL;
    }
    if (field->value.type == CYAML_STRING) {
        return pointer_at(at);
    }
    if (field->value.type == CYAML_ENUM) {
        return word_at(&field->value, at);
    }
    if (field->value.type == CYAML_INT) {
        return arena_printf(a, "%d", (int)number_at(at, field->value.data_size));
    }
    struct writing w;
    uint64_t count = field->value.type == CYAML_SEQUENCE
                         ? number_at((const char *)from + field->count_offset, field->count_size)
                         : 0;
    if (field->value.type == CYAML_SEQUENCE && field->value.sequence.entry->type == CYAML_STRING) {
        const char *const *list = pointer_at(at);
        buf_init(&w.out, a, LIMIT_PACK_FILE_BYTES);
        for (uint64_t i = 0; i < count; i++) {
            buf_printf(&w.out, "%s- %s", i == 0 ? "" : "\n", list[i]);
        }
        return w.out.data;
    }
    begin(&w, a);
    write_value(&w, &field->value, at, count);
    return end(&w);
}
