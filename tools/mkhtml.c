// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mkhtml.c: compiles a page template to one C function. The language is described in
// docs/core/html.md.
//
// It follows the HTML as a browser would (text, tag, attribute value), so that each expression is
// escaped for the place where it stands, and so that a template whose tags do not match, which
// holds script, or which says something that is not in the catalogue, does not compile. The first
// thing that is wrong ends the run with "file:line: what is wrong, and how to mend it".
//
// Usage: mkhtml TEMPLATE.html OUT.c OUT.h
//        mkhtml --messages TEMPLATE.html...   the texts of the catalogue, as a .pot file

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

// ---- memory and errors --------------------------------------------------------------------------

// Memory is kept until the end of the run, in blocks that stay reachable.
struct block_of_memory {
    struct block_of_memory *before;
    char bytes[];
};
static struct block_of_memory *memory;

// n bytes, all zero.
static void *take(size_t n)
{
    struct block_of_memory *block = calloc(1, sizeof *block + n);
    if (block == NULL) {
        fprintf(stderr, "mkhtml: out of memory\n");
        exit(1);
    }
    block->before = memory;
    memory = block;
    return block->bytes;
}

static char *copy(const char *bytes, size_t n)
{
    return memcpy(take(n + 1), bytes, n);
}

static void add(struct text *t, const char *bytes, size_t n)
{
    if (t->len + n + 1 > t->cap) {
        t->cap = (t->len + n + 1) * 2;
        char *data = take(t->cap);
        memcpy(data, t->data == NULL ? "" : t->data, t->len);
        t->data = data;
    }
    memcpy(t->data + t->len, bytes, n);
    t->len += n;
    t->data[t->len] = '\0';
}

static void add_text(struct text *t, const char *text)
{
    add(t, text, strlen(text));
}

__attribute__((format(printf, 2, 3))) static void add_format(struct text *t, const char *format,
                                                             ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *line = take((size_t)n + 1);
    vsnprintf(line, (size_t)n + 1, format, again);
    add(t, line, (size_t)n);
    va_end(again);
    va_end(args);
}

__attribute__((format(printf, 3, 4), noreturn)) static void
refuse_at(const struct compile *c, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", c->file, line);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(1);
}
#define refuse(c, ...) refuse_at((c), (c)->line, __VA_ARGS__)

// ---- lists of names -----------------------------------------------------------------------------

// Is name one of the words of a list written " a b c "?
static bool listed(const char *list, const char *name)
{
    char word[MAX_NAME + 2];
    snprintf(word, sizeof word, " %s ", name);
    return strstr(list, word) != NULL;
}

// Elements without an end tag.
static const char voids[] =
    " area base br col embed hr img input link meta source track wbr ";
// Elements beside which white space is seen. Beside all others it means nothing and is left out.
static const char inlines[] =
    " a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark meter "
    "output progress q s samp select small span strong sub sup svg text textarea time tspan u var "
    "wbr ";
// Elements whose text is no language.
static const char wordless[] = " code svg ";
// Attributes that are read to people.
static const char spoken[] = " title alt placeholder aria-label aria-description "
                             "aria-roledescription aria-valuetext label ";
// Attributes that hold an address to follow, and to send or load from (only our own).
static const char addresses[] = " href cite xlink:href ";
static const char targets[] = " src action formaction poster data manifest ";
// Attributes that hold code or another document.
static const char refused[] = " style srcdoc srcset ping ";

static bool inside(const struct compile *c, const char *list)
{
    for (size_t i = 0; i < c->n_tags; i++) {
        if (listed(list, c->tags[i].name)) {
            return true;
        }
    }
    return false;
}

static const char *innermost(const struct compile *c)
{
    return c->n_tags == 0 ? "" : c->tags[c->n_tags - 1].name;
}

// ---- reading ------------------------------------------------------------------------------------

static char peek(const struct compile *c)
{
    return c->source[c->at];
}

static char next(struct compile *c)
{
    char ch = c->source[c->at++];
    c->line += ch == '\n';
    return ch;
}

static bool looks_at(const struct compile *c, const char *text)
{
    return strncmp(c->source + c->at, text, strlen(text)) == 0;
}

static void skip_space(struct compile *c)
{
    while (isspace((unsigned char)peek(c))) {
        next(c);
    }
}

// A name of letters and what else may stand in it.
static void read_name(struct compile *c, const char *more, char out[MAX_NAME], const char *what)
{
    size_t n = 0;
    while (isalnum((unsigned char)peek(c)) || (peek(c) != '\0' && strchr(more, peek(c)) != NULL)) {
        if (n == MAX_NAME - 1) {
            refuse(c, "the name of this %s is too long", what);
        }
        out[n++] = next(c);
    }
    out[n] = '\0';
    if (n == 0) {
        refuse(c, "here a name of %s must stand", what);
    }
}

static char *trimmed(const char *bytes, size_t n)
{
    while (n > 0 && isspace((unsigned char)bytes[n - 1])) {
        n--;
    }
    while (n > 0 && isspace((unsigned char)bytes[0])) {
        bytes++;
        n--;
    }
    return copy(bytes, n);
}

// Length of the string or character literal of C that begins at p.
static size_t quoted_length(const char *p)
{
    size_t n = 1;
    while (p[n] != '\0' && p[n] != p[0]) {
        n += p[n] == '\\' && p[n + 1] != '\0' ? 2 : 1;
    }
    return p[n] == '\0' ? n : n + 1;
}

// Reads C up to `end` outside of brackets and quotes; the end is read too. A single '|' also ends
// it when `bar`; *by_bar tells.
static char *read_c(struct compile *c, const char *end, bool bar, bool *by_bar)
{
    int line = c->line;
    size_t from = c->at;
    int depth = 0;
    if (by_bar != NULL) {
        *by_bar = false;
    }
    for (;;) {
        char ch = peek(c);
        if (ch == '\0') {
            refuse_at(c, line, "what begins here with { is never closed with %s", end);
        }
        if (depth == 0 && looks_at(c, end)) {
            break;
        }
        if (bar && depth == 0 && ch == '|' && !looks_at(c, "||")) {
            *by_bar = true;
            break;
        }
        size_t n = ch == '"' || ch == '\'' ? quoted_length(c->source + c->at)
                   : looks_at(c, "//")     ? strcspn(c->source + c->at, "\n")
                   : looks_at(c, "||")     ? 2
                                           : 1;
        depth += strchr("([{", ch) != NULL ? 1 : strchr(")]}", ch) != NULL ? -1 : 0;
        if (depth < 0) {
            refuse_at(c, line, "a bracket is closed here that was not opened");
        }
        while (n-- > 0) {
            next(c);
        }
    }
    char *text = trimmed(c->source + from, c->at - from);
    c->at += by_bar != NULL && *by_bar ? 1 : strlen(end);
    return text;
}

static char *read_expression(struct compile *c, const char *end, const char *what)
{
    int line = c->line;
    char *text = read_c(c, end, false, NULL);
    if (text[0] == '\0') {
        refuse_at(c, line, "%s needs an expression", what);
    }
    return text;
}

// ---- writing ------------------------------------------------------------------------------------

// The text between quotes of a C string or a .pot. Octal, since it takes at most three digits.
static void add_quoted(struct text *out, char ch, const char *escaped)
{
    unsigned char u = (unsigned char)ch;
    if (ch != '\0' && strchr(escaped, ch) != NULL) {
        add_format(out, "\\%c", ch);
    } else if (ch == '\n') {
        add_text(out, "\\n");
    } else if (u < ' ' || u == 0x7f) {
        add_format(out, "\\%03o", u);
    } else {
        add(out, &ch, 1);
    }
}

static char *quoted(const char *text, const char *escaped)
{
    struct text out = {0};
    add_text(&out, "\"");
    for (const char *p = text; *p != '\0'; p++) {
        add_quoted(&out, *p, escaped);
    }
    add_text(&out, "\"");
    return out.data;
}

// With the question mark, so that no trigraph comes to be.
static const char c_escaped[] = "\"\\?";

static char *c_string(const char *text)
{
    return quoted(text, c_escaped);
}

static void flush(struct compile *c)
{
    if (c->literal.len == 0) {
        return;
    }
    add_text(&c->body, "    html_lit(h, \"");
    size_t width = 16;
    for (size_t i = 0; i < c->literal.len; i++) {
        // not within a character of UTF-8
        if (width >= LITERAL_WIDTH && ((unsigned char)c->literal.data[i] & 0xC0) != 0x80) {
            add_text(&c->body, "\"\n                \"");
            width = 16;
        }
        add_quoted(&c->body, c->literal.data[i], c_escaped);
        width++;
    }
    add_format(&c->body, "\", %zu);\n", c->literal.len);
    c->literal.len = 0;
}

static void put(struct compile *c, const char *html)
{
    add_text(&c->literal, html);
}

// A statement that came from this line of the template.
__attribute__((format(printf, 3, 4))) static void statement(struct compile *c, int line,
                                                            const char *format, ...)
{
    flush(c);
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = take((size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    add_format(&c->body, "#line %d \"%s\"\n    %s\n", line, c->file, text);
    va_end(again);
    va_end(args);
}

// Before anything that is seen in text: the white space that waited.
static void settle(struct compile *c, bool meaningless)
{
    if (c->space && !meaningless) {
        put(c, " ");
    }
    c->space = false;
    c->edge = meaningless;
}

// Before a directive that writes nothing. A run of white space before it means nothing when another
// one follows it, nor does a line end before {elif}, {else} and {end}.
static void settle_before_control(struct compile *c, bool ends_branch)
{
    bool meaningless = isspace((unsigned char)peek(c)) || (ends_branch && c->space_line);
    if (c->space && !meaningless) {
        put(c, " ");
        c->edge = true; // the space that stands there is enough
    }
    c->space = false;
}

// ---- words --------------------------------------------------------------------------------------

// Length of an entity such as &nbsp; or &#8211; at p, 0 when it is none.
static size_t entity_length(const char *p)
{
    size_t n = 1;
    n += p[n] == '#';
    size_t first = n;
    while (isalnum((unsigned char)p[n])) {
        n++;
    }
    return n > first && p[n] == ';' ? n + 1 : 0;
}

// ASCII, Latin, Greek, Cyrillic, Hebrew, Arabic and so on (U+00C0 to U+1FFF), CJK and above.
static bool is_letter(const char *p)
{
    unsigned char u = (unsigned char)*p;
    if (strncmp(p, "×", 2) == 0 || strncmp(p, "÷", 2) == 0) {
        return false;
    }
    return isalpha(u) || (u >= 0xC3 && u <= 0xE1) || (u >= 0xE3 && u <= 0xED);
}

static void refuse_words(const struct compile *c, const char *p)
{
    size_t n = strcspn(p, "<{\"\n");
    while (n > 0 && isspace((unsigned char)p[n - 1])) {
        n--;
    }
    refuse(c, "“%.*s” is not in the catalogue: write {_ %.*s}", (int)n, p, (int)n, p);
}

// One piece of literal text or of a literal attribute value.
static void literal_char(struct compile *c, bool read_by_people)
{
    const char *p = c->source + c->at;
    if (*p == '&') {
        size_t n = entity_length(p);
        if (n == 0) {
            refuse(c, "a single & must be written &amp;");
        }
        add(&c->literal, p, n);
        c->at += n;
        return;
    }
    if (read_by_people && is_letter(p)) {
        refuse_words(c, p);
    }
    char ch = next(c);
    add(&c->literal, &ch, 1);
}

static void note_message(struct compile *c, int line, const char *one, const char *many)
{
    struct messages *all = c->messages;
    size_t i = 0;
    while (i < all->n && (strcmp(all->list[i].one, one) != 0 ||
                          (all->list[i].many == NULL) != (many == NULL))) {
        i++;
    }
    if (i == all->n) {
        if (all->n == all->cap) {
            all->cap = all->cap * 2 + 64;
            struct message *list = take(all->cap * sizeof *list);
            memcpy(list, all->n == 0 ? (void *)list : all->list, all->n * sizeof *list);
            all->list = list;
        }
        all->list[all->n++] = (struct message){
            .one = copy(one, strlen(one)), .many = many == NULL ? NULL : copy(many, strlen(many))};
    }
    add_format(&all->list[i].places, "#: %s:%d\n", c->file, line);
}

// The text of a message up to '|' or '}', white space as single spaces.
static char *read_message_text(struct compile *c, bool *by_bar)
{
    int line = c->line;
    struct text out = {0};
    add_text(&out, "");
    while (peek(c) != '|' && peek(c) != '}') {
        const char *p = c->source + c->at;
        if (*p == '\0') {
            refuse_at(c, line, "what begins here with { is never closed with }");
        }
        if (*p == '{') {
            if (!isdigit((unsigned char)p[1]) || p[2] != '}') {
                refuse(c, "a text may hold {0} to {9}, no other braces");
            }
            add(&out, p, 3);
            c->at += 3;
        } else if (*p == '&' && entity_length(p) > 0) {
            refuse(c, "in a text of the catalogue write the character itself, not %.*s",
                   (int)entity_length(p), p);
        } else if (isspace((unsigned char)*p)) {
            skip_space(c);
            if (out.len > 0 && peek(c) != '|' && peek(c) != '}') {
                add_text(&out, " ");
            }
        } else {
            next(c);
            add(&out, p, 1);
        }
    }
    *by_bar = next(c) == '|';
    if (out.len == 0) {
        refuse_at(c, line, "a text for the catalogue is missing here");
    }
    return out.data;
}

static void check_placeholders(const struct compile *c, int line, const char *text, int n_args)
{
    bool used[MAX_ARGS] = {false};
    for (const char *p = text; (p = strchr(p, '{')) != NULL; p++) {
        int i = p[1] - '0';
        used[i] = true;
        if (i >= n_args) {
            refuse_at(c, line, "the text has {%d}, but there is no expression for it", i);
        }
    }
    for (int i = 0; i < n_args; i++) {
        if (!used[i]) {
            refuse_at(c, line, "the text has no {%d} for its expression", i);
        }
    }
}

static void plural(struct compile *c, int line)
{
    bool by_bar;
    char *one = read_message_text(c, &by_bar);
    char *many = by_bar ? read_message_text(c, &by_bar) : NULL;
    if (many == NULL || !by_bar) {
        refuse_at(c, line, "a plural is written {n_ One thing | {0} things | how many}");
    }
    char *count = read_expression(c, "}", "a plural");
    if (strchr(one, '{') != NULL && strstr(one, "{0}") == NULL) {
        refuse_at(c, line, "a plural has only {0}, the number");
    }
    check_placeholders(c, line, many, 1);
    note_message(c, line, one, many);
    statement(c, line, "html_tr_n(h, %s, %s, (%s));", c_string(one), c_string(many), count);
}

static void message(struct compile *c, int line)
{
    bool by_bar;
    char *key = read_message_text(c, &by_bar);
    struct text args = {0};
    int n_args = 0;
    while (by_bar) {
        char *arg = read_c(c, "}", true, &by_bar);
        if (arg[0] == '\0' || n_args == MAX_ARGS) {
            refuse_at(c, line, "between | and | an expression must stand, at most %d", MAX_ARGS);
        }
        add_format(&args, "%s%s(h, %s)", n_args++ == 0 ? "" : ", ",
                   c->state == IN_TEXT ? "html_arg_text" : "html_arg_attr", arg);
    }
    check_placeholders(c, line, key, n_args);
    note_message(c, line, key, NULL);
    if (n_args == 0) {
        statement(c, line, "html_tr(h, %s);", c_string(key));
    } else {
        statement(c, line, "html_tr_args(h, %s, (const struct html_arg[]){%s}, %d);", c_string(key),
                  args.data, n_args);
    }
}

// ---- expressions --------------------------------------------------------------------------------

// Nothing but attributes may stand here, or nothing at all.
static void must_be_output_place(const struct compile *c, const char *what)
{
    if (c->state == IN_TAG) {
        refuse(c, "%s cannot stand between attributes: write name=\"{{ ... }}\"", what);
    }
    if (c->state == IN_TEXT && strcmp(innermost(c), "script") == 0) {
        refuse(c, "a script element must be empty: put the script into assets/");
    }
}

static void must_be_text(const struct compile *c, const char *what)
{
    must_be_output_place(c, what);
    if (c->state == IN_VALUE) {
        refuse(c, "%s cannot stand in an attribute", what);
    }
}

static void put_expression(struct compile *c, int line)
{
    char *text = read_expression(c, "}}", "{{ }}");
    if (c->state == IN_TEXT) {
        statement(c, line, "html_put_text(h, %s);", text);
        return;
    }
    if (c->place == PLACE_PLAIN) {
        statement(c, line, "html_put_attr(h, %s);", text);
        return;
    }
    if (c->start == VALUE_UNSURE) {
        refuse_at(c, line, "it depends on an {if} whether the address begins here: write the whole "
                           "address in each branch");
    }
    const char *how = c->start == VALUE_EMPTY
                          ? (c->place == PLACE_TARGET ? "html_put_target" : "html_put_url")
                      : c->query ? "html_put_url_value"
                                 : "html_put_url_segment";
    statement(c, line, "%s(h, %s);", how, text);
    c->start = VALUE_BEGUN;
}

// ---- blocks -------------------------------------------------------------------------------------

static void open_block(struct compile *c, bool loop, int line)
{
    if (c->n_blocks == MAX_DEPTH) {
        refuse_at(c, line, "blocks stand too deep in one another");
    }
    if (c->state == IN_TEXT) {
        settle_before_control(c, false);
    }
    c->blocks[c->n_blocks++] = (struct block){.loop = loop, .line = line, .state = c->state,
                                              .n_tags = c->n_tags,
                                              .tag_serial = c->tag_serial,
                                              .value_serial = c->value_serial,
                                              .start = c->start, .query = c->query,
                                              .edge = c->edge};
    c->edge = c->edge && !loop; // the second turn of a loop begins where the first ended
}

// The end of a branch must be where the branch began.
static struct block *end_branch(struct compile *c, const char *word, int line)
{
    if (c->n_blocks == 0) {
        refuse_at(c, line, "{%s} without an {if} or a {for} before it", word);
    }
    struct block *b = &c->blocks[c->n_blocks - 1];
    if (c->state == IN_TEXT && b->state == IN_TEXT && c->n_tags > b->n_tags) {
        struct open_tag *tag = &c->tags[c->n_tags - 1];
        refuse_at(c, line, "<%s> of line %d is not closed before {%s}", tag->name, tag->line, word);
    }
    if (c->state != b->state || (c->state != IN_TEXT && c->tag_serial != b->tag_serial) ||
        (c->state == IN_VALUE && c->value_serial != b->value_serial)) {
        refuse_at(c, line, "{%s} does not stand where its block began in line %d: between the same "
                           "tags, or in the same attribute", word, b->line);
    }
    if (c->state == IN_TEXT) {
        settle_before_control(c, true);
    }
    b->edge_end = c->edge && (b->edge_end || !b->has_end);
    c->edge = b->edge;
    b->end = b->has_end && b->end != c->start ? VALUE_UNSURE : c->start;
    b->has_end = true;
    c->start = b->start;
    c->query = b->query;
    return b;
}

static void begin_for(struct compile *c, int line)
{
    char item[MAX_NAME], word[MAX_NAME];
    skip_space(c);
    read_name(c, "_", item, "the item");
    skip_space(c);
    read_name(c, "", word, "\"in\"");
    char *rest = read_c(c, "}", false, NULL);
    int depth = 0;
    const char *comma = NULL;
    for (const char *p = rest; *p != '\0'; p++) {
        depth += strchr("([{", *p) != NULL ? 1 : strchr(")]}", *p) != NULL ? -1 : 0;
        comma = *p == ',' && depth == 0 ? p : comma;
        p += *p == '"' || *p == '\'' ? quoted_length(p) - 1 : 0;
    }
    if (strcmp(word, "in") != 0 || comma == NULL || comma == rest || comma[1] == '\0') {
        refuse_at(c, line, "a loop is written {for item in array, number_of_items}");
    }
    char *array = trimmed(rest, (size_t)(comma - rest));
    open_block(c, true, line);
    statement(c, line,
              "for (size_t %s_i = 0, %s_n = (size_t)(%s); %s_i < %s_n; %s_i++) { "
              "const __typeof__((%s)[0]) *%s = &(%s)[%s_i]; (void)%s;",
              item, item, trimmed(comma + 1, strlen(comma + 1)), item, item, item, array, item,
              array, item, item);
}

static void control(struct compile *c, const char *word, int line)
{
    if (strcmp(word, "if") == 0) {
        char *condition = read_expression(c, "}", "{if}");
        open_block(c, false, line);
        statement(c, line, "if (%s) {", condition);
    } else if (strcmp(word, "for") == 0) {
        begin_for(c, line);
    } else if (strcmp(word, "end") == 0) {
        read_c(c, "}", false, NULL);
        struct block *b = end_branch(c, word, line);
        bool all = b->has_else && !b->loop; // else nothing may have been written
        c->start = all || b->end == b->start ? b->end : VALUE_UNSURE;
        c->edge = b->edge_end && (all || b->edge);
        c->n_blocks--;
        statement(c, line, "}");
    } else {
        char *condition = read_c(c, "}", false, NULL);
        struct block *b = end_branch(c, word, line);
        if (b->loop || b->has_else) {
            refuse_at(c, line, "{%s} belongs to an {if}, before its {else}", word);
        }
        b->has_else = strcmp(word, "else") == 0;
        if (b->has_else != (condition[0] == '\0')) {
            refuse_at(c, line, "write {elif condition} or {else}");
        }
        statement(c, line, b->has_else ? "} else {%s" : "} else if (%s) {", condition);
    }
}

// ---- directives ---------------------------------------------------------------------------------

static void boolean_attribute(struct compile *c, int line)
{
    char name[MAX_NAME], word[MAX_NAME];
    if (c->state != IN_TAG || c->closing) {
        refuse_at(c, line, "{attr} stands between the attributes of a tag");
    }
    skip_space(c);
    read_name(c, "-", name, "the attribute");
    skip_space(c);
    read_name(c, "", word, "\"if\"");
    if (strcmp(word, "if") != 0) {
        refuse_at(c, line, "a boolean attribute is written {attr checked if condition}");
    }
    char *condition = read_expression(c, "}", "{attr}");
    statement(c, line, "if (%s) { html_lit(h, \" %s\", %zu); }", condition, name,
              strlen(name) + 1);
}

static void include(struct compile *c, int line)
{
    char name[MAX_NAME];
    skip_space(c);
    read_name(c, "_", name, "the part");
    char *args = read_c(c, "}", false, NULL);
    size_t n = strlen(args);
    if (n < 2 || args[0] != '(' || args[n - 1] != ')') {
        refuse_at(c, line, "a part is included with {include name(arguments)}");
    }
    char *inner = trimmed(args + 1, n - 2);
    statement(c, line, "%s_html(h%s%s);", name, inner[0] == '\0' ? "" : ", ", inner);
}

static void view(struct compile *c, int line)
{
    if (c->view != NULL) {
        refuse_at(c, line, "a template has one {view}, and this is the second");
    }
    c->view_line = line;
    size_t from = c->at;
    read_c(c, "}", false, NULL);
    c->view = copy(c->source + from, c->at - 1 - from);
}

static void use(struct compile *c, int line)
{
    char *header = read_c(c, "}", false, NULL);
    size_t n = strlen(header);
    if (n < 3 || strchr("\"<", header[0]) == NULL) {
        refuse_at(c, line, "a header is named with {use \"model/model.h\"}");
    }
    add_format(&c->uses, "#include %s\n", header);
}

// {closes main body html}: tags that another template opened. {opens ...}: the other side.
static void closes(struct compile *c, int line)
{
    char *names = read_expression(c, "}", "{closes}");
    if (c->n_tags > 0) {
        refuse_at(c, line, "{closes} stands at the beginning of a template");
    }
    char *list[MAX_DEPTH];
    size_t n = 0;
    for (char *p = strtok(names, " \n"); p != NULL && n < MAX_DEPTH; p = strtok(NULL, " \n")) {
        list[n++] = p;
    }
    while (n-- > 0) { // the first named is closed first, so it is the innermost
        struct open_tag *tag = &c->tags[c->n_tags++];
        *tag = (struct open_tag){.line = line};
        snprintf(tag->name, sizeof tag->name, "%s", list[n]);
    }
}

static void token(struct compile *c, int line)
{
    read_c(c, "}", false, NULL);
    for (size_t i = 0; i < c->n_tags; i++) {
        c->tags[i].token = true;
    }
    statement(c, line, "html_csrf(h);");
}

// Directives that write something.
static void output(struct compile *c, const char *word, int line)
{
    char what[MAX_NAME + 2];
    snprintf(what, sizeof what, "{%s}", word);
    if (strcmp(word, "_") == 0 || strcmp(word, "n_") == 0) {
        must_be_output_place(c, what);
        if (c->state == IN_VALUE && c->place != PLACE_PLAIN) {
            refuse_at(c, line, "an address is not translated: take {%s} out of %s", word,
                      c->attribute);
        }
    } else {
        must_be_text(c, what);
    }
    if (c->state == IN_TEXT) {
        settle(c, false);
    }
    if (strcmp(word, "_") == 0) {
        message(c, line);
    } else if (strcmp(word, "n_") == 0) {
        plural(c, line);
    } else if (strcmp(word, "include") == 0) {
        include(c, line);
    } else if (strcmp(word, "call") == 0) {
        statement(c, line, "%s;", read_expression(c, "}", what));
    } else if (strcmp(word, "raw") == 0) {
        statement(c, line, "html_safe(h, %s);", read_expression(c, "}", what));
    } else {
        token(c, line);
    }
}

static void directive(struct compile *c)
{
    int line = c->line;
    next(c);
    if (peek(c) == '#') {
        const char *end = strstr(c->source + c->at, "#}");
        if (end == NULL) {
            refuse_at(c, line, "the remark that begins here is never closed with #}");
        }
        while (c->source + c->at < end + 2) {
            next(c);
        }
        return;
    }
    if (peek(c) == '{') {
        next(c);
        must_be_output_place(c, "{{ }}");
        if (c->state == IN_TEXT) {
            settle(c, false);
        }
        put_expression(c, line);
        return;
    }
    char word[MAX_NAME] = "";
    if (isalpha((unsigned char)peek(c)) || peek(c) == '_') {
        read_name(c, "_", word, "a directive");
    }
    if (listed(" if elif else end for ", word)) {
        if (c->state == IN_TEXT && strcmp(innermost(c), "script") == 0) {
            must_be_output_place(c, word);
        }
        control(c, word, line);
    } else if (listed(" _ n_ include call raw csrf ", word)) {
        output(c, word, line);
    } else if (strcmp(word, "attr") == 0) {
        boolean_attribute(c, line);
    } else if (strcmp(word, "view") == 0) {
        view(c, line);
    } else if (strcmp(word, "use") == 0) {
        use(c, line);
    } else if (strcmp(word, "closes") == 0) {
        closes(c, line);
    } else if (strcmp(word, "opens") == 0) {
        c->opens = read_expression(c, "}", "{opens}");
    } else {
        refuse_at(c, line, "{%s is no directive; a brace that is seen is written {{ \"{\" }}",
                  word);
    }
}

// ---- tags ---------------------------------------------------------------------------------------

static void push(struct compile *c)
{
    if (c->n_tags == MAX_DEPTH) {
        refuse(c, "tags stand too deep in one another");
    }
    struct open_tag *tag = &c->tags[c->n_tags++];
    *tag = (struct open_tag){.line = c->line, .posts = c->posts};
    memcpy(tag->name, c->tag, sizeof tag->name);
}

static void pop(struct compile *c)
{
    size_t floor = c->n_blocks == 0 ? 0 : c->blocks[c->n_blocks - 1].n_tags;
    if (c->n_tags == 0) {
        refuse(c, "</%s> closes nothing", c->tag);
    }
    struct open_tag *tag = &c->tags[c->n_tags - 1];
    if (strcmp(tag->name, c->tag) != 0) {
        refuse(c, "</%s> closes nothing here: <%s> of line %d is still open", c->tag, tag->name,
               tag->line);
    }
    if (c->n_tags <= floor) {
        refuse(c, "</%s> closes a tag from outside of the block that began in line %d", c->tag,
               c->blocks[c->n_blocks - 1].line);
    }
    if (tag->posts && !tag->token) {
        refuse_at(c, tag->line, "a form with method=\"post\" must hold {csrf}");
    }
    c->n_tags--;
}

static void begin_tag(struct compile *c)
{
    if (looks_at(c, "<!--")) {
        refuse(c, "a remark is written {# ... #}, so that it is not sent to people");
    }
    if (looks_at(c, "<!DOCTYPE html>")) {
        settle(c, true);
        put(c, "<!DOCTYPE html>");
        c->at += strlen("<!DOCTYPE html>");
        return;
    }
    next(c);
    c->closing = peek(c) == '/';
    if (c->closing) {
        next(c);
    }
    if (!isalpha((unsigned char)peek(c))) {
        refuse(c, "a single < must be written &lt;");
    }
    read_name(c, "-", c->tag, "an element");
    if (strcmp(c->tag, "style") == 0) {
        refuse(c, "a style element is not sent: put the rule into assets/mainstay.css");
    }
    if (strcmp(innermost(c), "script") == 0 && !c->closing) {
        refuse(c, "a script element must be empty: put the script into assets/");
    }
    settle(c, !listed(inlines, c->tag));
    put(c, c->closing ? "</" : "<");
    put(c, c->tag);
    c->tag_serial++;
    c->posts = false;
    c->state = IN_TAG;
}

static void end_tag(struct compile *c, bool slash)
{
    bool empty = listed(voids, c->tag);
    c->state = IN_TEXT;
    if (c->closing) {
        put(c, ">");
        if (empty) {
            refuse(c, "<%s> has no end tag", c->tag);
        }
        pop(c);
        return;
    }
    if (slash && !empty && !inside(c, " svg ")) {
        refuse(c, "<%s/> must be written <%s></%s>", c->tag, c->tag, c->tag);
    }
    put(c, slash && !empty ? "/>" : ">");
    if (!slash && !empty) {
        push(c);
    }
    if (strcmp(c->tag, "textarea") == 0) {
        put(c, "\n"); // a browser leaves out the first line end, so it must not be the text's own
    }
}

static void begin_attribute(struct compile *c)
{
    if (c->closing) {
        refuse(c, "an end tag has no attributes");
    }
    read_name(c, "-_:", c->attribute, "an attribute");
    const char *name = c->attribute;
    if (strncmp(name, "on", 2) == 0) {
        refuse(c, "%s: event handlers are not written into pages: put the script into assets/",
               name);
    }
    if (listed(refused, name)) {
        refuse(c, "%s is not allowed: use a class, or a plain address", name);
    }
    put(c, " ");
    put(c, name);
    if (peek(c) != '=') {
        return;
    }
    next(c);
    if (peek(c) != '"') {
        refuse(c, "the value of %s must stand in double quotes", name);
    }
    next(c);
    c->value_serial++;
    c->place = listed(targets, name)     ? PLACE_TARGET
               : listed(addresses, name) ? PLACE_ADDRESS
                                         : PLACE_PLAIN;
    c->start = VALUE_EMPTY;
    c->query = false;
    c->state = IN_VALUE;
    c->posts = c->posts || (strcmp(c->tag, "form") == 0 && strcmp(name, "method") == 0 &&
                            (looks_at(c, "post\"") || looks_at(c, "POST\"")));
    put(c, "=\"");
}

static void in_tag(struct compile *c)
{
    char ch = peek(c);
    if (isspace((unsigned char)ch)) {
        next(c);
    } else if (ch == '>') {
        next(c);
        end_tag(c, false);
    } else if (looks_at(c, "/>")) {
        c->at += 2;
        end_tag(c, true);
    } else if (ch == '{') {
        directive(c);
    } else {
        begin_attribute(c);
    }
}

// An address written out must be one that a browser only follows.
static void check_literal_address(const struct compile *c)
{
    const char *p = c->source + c->at;
    size_t n = strcspn(p, ":/?#\"'{");
    if (p[n] == ':' && strncmp(p, "https:", 6) != 0 && strncmp(p, "http:", 5) != 0 &&
        strncmp(p, "mailto:", 7) != 0) {
        refuse(c, "%.*s: only http, https and mailto addresses may be written here", (int)n, p);
    }
}

static void in_value(struct compile *c)
{
    char ch = peek(c);
    if (ch == '"') {
        next(c);
        put(c, "\"");
        c->state = IN_TAG;
    } else if (ch == '{') {
        directive(c);
    } else if (isspace((unsigned char)ch)) {
        skip_space(c);
        put(c, " ");
        c->start = VALUE_BEGUN;
    } else {
        if (c->place != PLACE_PLAIN && c->start != VALUE_BEGUN) {
            check_literal_address(c);
        }
        c->query = c->query || strchr("?=&#", ch) != NULL;
        c->start = VALUE_BEGUN;
        literal_char(c, listed(spoken, c->attribute));
    }
}

static void in_text(struct compile *c)
{
    char ch = peek(c);
    bool kept = inside(c, " pre textarea ");
    if (ch == '<') {
        begin_tag(c);
    } else if (ch == '{') {
        directive(c);
    } else if (isspace((unsigned char)ch) && !kept) {
        int line = c->line;
        skip_space(c);
        c->space = !c->edge;
        c->space_line = c->line > line;
    } else {
        if (strcmp(innermost(c), "script") == 0) {
            refuse(c, "a script element must be empty: put the script into assets/");
        }
        settle(c, false);
        literal_char(c, !inside(c, wordless));
    }
}

// ---- a template ---------------------------------------------------------------------------------

static void check_end(struct compile *c)
{
    if (c->n_blocks > 0) {
        refuse_at(c, c->blocks[c->n_blocks - 1].line, "the block that begins here has no {end}");
    }
    if (c->state != IN_TEXT) {
        refuse(c, "the tag <%s> is not complete at the end of the file", c->tag);
    }
    size_t i = 0;
    for (char *p = c->opens == NULL ? NULL : strtok(c->opens, " \n"); p; p = strtok(NULL, " \n")) {
        if (i == c->n_tags || strcmp(c->tags[i].name, p) != 0) {
            refuse(c, "{opens} names <%s>, which is not open at the end of the file", p);
        }
        i++;
    }
    if (i < c->n_tags) {
        refuse_at(c, c->tags[i].line, "<%s> is never closed", c->tags[i].name);
    }
}

static void compile(struct compile *c)
{
    c->edge = true;
    c->line = 1;
    while (peek(c) != '\0') {
        if (c->state == IN_TEXT) {
            in_text(c);
        } else if (c->state == IN_TAG) {
            in_tag(c);
        } else {
            in_value(c);
        }
    }
    check_end(c);
    flush(c);
}

static char *read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        perror(path);
        exit(1);
    }
    struct text t = {0};
    char block[4096];
    add_text(&t, "");
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;) {
        add(&t, block, n);
    }
    fclose(in);
    if (strlen(t.data) != t.len) {
        fprintf(stderr, "%s: holds a zero byte\n", path);
        exit(1);
    }
    return t.data;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

// The path from src/ on: the same on every machine.
static const char *shown_path(const char *path)
{
    const char *found = path;
    for (const char *p = path; (p = strstr(p, "/src/")) != NULL; p++) {
        found = p + 1;
    }
    return found;
}

static void begin(struct compile *c, const char *path, struct messages *messages)
{
    memset(c, 0, sizeof *c);
    c->file = shown_path(path);
    c->messages = messages;
    const char *base = base_name(path);
    size_t n = strspn(base, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (n == 0 || n >= MAX_NAME || !islower((unsigned char)base[0]) ||
        strcmp(base + n, ".html") != 0) {
        refuse_at(c, 1, "a template is named with a to z, 0 to 9 and _, and ends in .html");
    }
    memcpy(c->name, base, n);
    c->source = read_file(path);
}

static void save(const char *path, const struct text *t)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(t->data, 1, t->len, out) != t->len || fclose(out) != 0) {
        perror(path);
        exit(1);
    }
}

static void write_c(const struct compile *c, const char *out_c, const char *out_h)
{
    char guard[MAX_NAME];
    for (size_t i = 0; i < sizeof guard; i++) {
        guard[i] = (char)toupper((unsigned char)c->name[i]);
    }
    struct text head = {0}, body = {0}, signature = {0};
    add_format(&signature, "void %s_html(struct html *h", c->name);
    add_format(&signature, c->view == NULL ? ")" : ", const struct %s_view *v)", c->name);
    add_format(&head, "// Made by tools/mkhtml from %s.html. Do not edit.\n", c->name);
    add(&body, head.data, head.len);
    add_format(&head, "#ifndef %s_HTML_H\n#define %s_HTML_H\n#include \"html/html.h\"\n", guard,
               guard);
    add_text(&head, c->uses.data == NULL ? "" : c->uses.data);
    if (c->view != NULL) {
        add_format(&head, "struct %s_view {\n#line %d \"%s\"\n%s\n};\n", c->name, c->view_line,
                   c->file, c->view);
    }
    add_format(&head, "%s;\n#endif\n", signature.data);
    add_format(&body, "#include \"%s\"\n\n%s\n{\n%s%s}\n", base_name(out_h), signature.data,
               c->view == NULL ? "    (void)h;\n" : "    (void)h;\n    (void)v;\n",
               c->body.data == NULL ? "" : c->body.data);
    save(out_h, &head);
    save(out_c, &body);
}

static void print_messages(const struct messages *all)
{
    printf("# Texts of the templates. Made by tools/mkhtml --messages.\n"
           "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
    for (size_t i = 0; i < all->n; i++) {
        const struct message *m = &all->list[i];
        printf("\n%smsgid %s\n", m->places.data, quoted(m->one, "\"\\"));
        if (m->many == NULL) {
            printf("msgstr \"\"\n");
        } else {
            printf("msgid_plural %s\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n", quoted(m->many, "\"\\"));
        }
    }
}

int main(int argc, char **argv)
{
    struct messages messages = {0};
    static struct compile c;
    if (argc >= 3 && strcmp(argv[1], "--messages") == 0) {
        for (int i = 2; i < argc; i++) {
            begin(&c, argv[i], &messages);
            compile(&c);
        }
        print_messages(&messages);
        return 0;
    }
    if (argc != 4) {
        fprintf(stderr, "usage: mkhtml TEMPLATE.html OUT.c OUT.h\n"
                        "       mkhtml --messages TEMPLATE.html...\n");
        return 2;
    }
    begin(&c, argv[1], &messages);
    compile(&c);
    write_c(&c, argv[2], argv[3]);
    return 0;
}
