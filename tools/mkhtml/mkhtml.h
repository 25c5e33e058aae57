// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mkhtml.h: what the files of the compiler of templates share. A fault ends the run.

#ifndef MKHTML_H
#define MKHTML_H

#include <stdbool.h>
#include <stddef.h>

#define MAX_DEPTH 64 // of tags and of blocks; real pages stay below 20
#define MAX_NAME 64
#define MAX_ARGS 10 // {0} to {9}
#define LITERAL_WIDTH 88

struct text {
    char *data;
    size_t len;
    size_t cap;
};

// Where the reader stands.
enum state { IN_TEXT, IN_TAG, IN_VALUE };
// What an attribute value is, and whether an address in it has begun.
enum place { PLACE_PLAIN, PLACE_ADDRESS, PLACE_TARGET };
enum start { VALUE_EMPTY, VALUE_BEGUN, VALUE_UNSURE };

struct open_tag {
    char name[MAX_NAME];
    int line;
    bool posts; // a form with method="post"
    bool token; // that holds {csrf}
};

struct block {
    bool loop;
    bool has_else;
    int line;
    enum state state;
    size_t n_tags;
    unsigned tag_serial;
    unsigned value_serial;
    enum start start;     // at its beginning
    enum start end;       // common to the branches so far
    bool has_end;
    bool query;
    bool edge;     // at its beginning
    bool edge_end; // at the end of each branch so far
};

struct message {
    char *one;
    char *many; // NULL: not a plural
    struct text places;
};
struct messages {
    struct message *list;
    size_t n;
    size_t cap;
};

struct compile {
    const char *file; // as errors and #line show it
    char name[MAX_NAME];
    const char *source;
    size_t at;
    int line;
    struct text body;    // C statements
    struct text literal; // HTML not yet written as a statement
    struct text uses;    // #include lines
    char *view;          // members of the view, or NULL
    int view_line;
    enum state state;
    struct open_tag tags[MAX_DEPTH];
    size_t n_tags;
    struct block blocks[MAX_DEPTH];
    size_t n_blocks;
    char *opens; // tags that stay open at the end, or NULL
    // the tag and the attribute being read
    char tag[MAX_NAME];
    bool closing;
    bool posts;
    char attribute[MAX_NAME];
    unsigned tag_serial;   // counts tags and values, so that a block that began in one cannot end
    unsigned value_serial; // in another
    enum place place;
    enum start start;
    bool query; // a '?', '=', '&' or '#' has been seen in an address
    // white space
    bool space;      // a run of it waits for what follows
    bool space_line; // with a line end
    bool edge;       // what came before makes it meaningless
    struct messages *messages;
};

#define refuse(c, ...) refuse_at((c), (c)->line, __VA_ARGS__)

// ---- text.c
// n bytes, all zero.
void *take(size_t n);
char *copy(const char *bytes, size_t n);
void add(struct text *t, const char *bytes, size_t n);
void add_text(struct text *t, const char *text);
__attribute__((format(printf, 2, 3))) void add_format(struct text *t, const char *format,
                                                      ...);
__attribute__((format(printf, 3, 4), noreturn)) void
refuse_at(const struct compile *c, int line, const char *format, ...);

// ---- names.c
// Is name one of the words of a list written " a b c "?
bool listed(const char *list, const char *name);
// Elements without an end tag.
extern const char voids[];
// Elements beside which white space is seen. Beside all others it means nothing and is left out.
extern const char inlines[];
// Elements whose text is no language.
extern const char wordless[];
// Attributes that are read to people.
extern const char spoken[];
// Attributes that hold an address to follow, and to send or load from (only our own).
extern const char addresses[];
extern const char targets[];
// Attributes that hold code or another document.
extern const char refused[];
bool inside(const struct compile *c, const char *list);
const char *innermost(const struct compile *c);

// ---- read.c
char peek(const struct compile *c);
char next(struct compile *c);
bool looks_at(const struct compile *c, const char *text);
void skip_space(struct compile *c);
// A name of letters and what else may stand in it.
void read_name(struct compile *c, const char *more, char out[MAX_NAME], const char *what);
char *trimmed(const char *bytes, size_t n);
// Length of the string or character literal of C that begins at p.
size_t quoted_length(const char *p);
// Reads C up to `end` outside of brackets and quotes; the end is read too. A single '|' also ends
// it when `bar`; *by_bar tells.
char *read_c(struct compile *c, const char *end, bool bar, bool *by_bar);
char *read_expression(struct compile *c, const char *end, const char *what);

// ---- write.c
char *quoted(const char *text, const char *escaped);
char *c_string(const char *text);
void flush(struct compile *c);
void put(struct compile *c, const char *html);
// A statement that came from this line of the template.
__attribute__((format(printf, 3, 4))) void statement(struct compile *c, int line,
                                                     const char *format, ...);
// Before anything that is seen in text: the white space that waited.
void settle(struct compile *c, bool meaningless);
// Before a directive that writes nothing. A run of white space before it means nothing when another
// one follows it, nor does a line end before {elif}, {else} and {end}.
void settle_before_control(struct compile *c, bool ends_branch);

// ---- words.c
// One piece of literal text or of a literal attribute value.
void literal_char(struct compile *c, bool read_by_people);
void plural(struct compile *c, int line);
void message(struct compile *c, int line);

// ---- blocks.c
// Nothing but attributes may stand here, or nothing at all.
void must_be_output_place(const struct compile *c, const char *what);
void must_be_text(const struct compile *c, const char *what);
void put_expression(struct compile *c, int line);
void control(struct compile *c, const char *word, int line);

// ---- directives.c
void directive(struct compile *c);

// ---- tags.c
void in_tag(struct compile *c);
void in_value(struct compile *c);
void in_text(struct compile *c);

#endif
