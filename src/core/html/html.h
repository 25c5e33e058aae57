// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html.h: what compiled templates call: writing text escaped for the place where it stands.
//
// Templates (docs/core/html.md) choose the right function by place; C code that writes HTML by hand
// has to choose itself, and should be a template instead. Nothing here is cut off or refused: when
// the reply passes its ceiling, the buffer says so once (buf_is_full).

#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/msg.h"

struct req;

struct html {
    struct buf *out;
    const struct lang *lang;
    struct arena *arena; // of the request
    struct req *req;     // NULL where there is none (reports made at the command line)
    const char *currency; // of money in forms and records; page_begin takes the programme's
    const struct form_choices *choices; // of references in the form being drawn (html/form.h)
};

// HTML that was made by a template or by Markdown, and may be written as it is.
struct safe_html {
    const char *bytes;
    size_t len;
};

// Bytes of a template.
static inline void html_lit(struct html *h, const char *bytes, size_t len)
{
    buf_add(h->out, bytes, len);
}

// Text: & < > " ' become entities. NULL writes nothing.
void html_text(struct html *h, const char *text);
// The value of a quoted attribute. Same escapes.
void html_attr(struct html *h, const char *text);
void html_int(struct html *h, int64_t n);
void html_size(struct html *h, uint64_t n);
void html_safe(struct html *h, struct safe_html safe);

// An address at the start of href: local ("/x", "?x", "#x"), http, https or mailto; all else,
// such as "javascript:" or "//other.host", becomes "#". What an address may not hold as it is
// (spaces, quotes, letters beyond ASCII) is percent-encoded.
void html_url(struct html *h, const char *address);
// An address that is loaded or sent to (src, action): only a local one.
void html_target(struct html *h, const char *address);
// A piece inside an address: percent-encoded as one segment of the path, or as a value of the
// query. A segment of "." or ".." is encoded twice, so that no browser steps up with it.
void html_url_segment(struct html *h, const char *text);
void html_url_value(struct html *h, const char *text);

// A text of the catalogue.
void html_tr(struct html *h, const char *key);
void html_tr_n(struct html *h, const char *one, const char *many, int64_t n);
struct html_arg {
    const char *text; // escaped when written, unless `safe`
    size_t len;
    bool safe;
};
// {0} to {9} are replaced by the arguments.
void html_tr_args(struct html *h, const char *key, const struct html_arg *args, int n_args);

// The hidden field with the token of the session; nothing when there is no session.
void html_csrf(struct html *h);

// "22 Nov 2026" as <time>; a partial date stays partial; "" writes a dash for "not known".
void html_date(struct html *h, const char *partial);
// "USD 1,443,686" with the exact amount as title when cents are left out; minor units.
void html_money(struct html *h, const char *currency, int64_t minor, int minor_digits);
// Running text: an empty line begins a paragraph, a line end a new line.
void html_paragraphs(struct html *h, const char *text);
// The same, and lines that begin with "- " become a list.
void html_prose(struct html *h, const char *text);
// The same without paragraphs, where only words may stand: each line on a line of its own.
void html_lines(struct html *h, const char *text);
// A state as word and colour. kind: "none", "progress", "done", "warn", "risk".
void html_state(struct html *h, const char *kind, const char *translated);
// A level as word and shade. kind: "low", "medium", "high", "none".
void html_level(struct html *h, const char *kind, const char *translated);
// An icon of assets/icons.svg; always beside a word.
void html_icon(struct html *h, const char *name);

// A figure that explains itself when it is opened. All texts are translated; NULL leaves one out.
struct html_figure {
    const char *shown; // "24"
    const char *exact; // heading of the panel: "24 States"
    const char *means;
    const char *period;
    const char *rule;
    const char *cut_off;
    const char *state;
    const char *source;
    const char *records; // address of the records behind it
};
void html_number(struct html *h, const struct html_figure *f);

// ---- what templates expand to -------------------------------------------------------------------

// Only these types are printed: a text or a whole number (enum and bool are not texts: choose a
// word for them). A safe_html in an attribute does not compile.
#define HTML_NUMBERS(x)                                                                            \
    int : html_int, long : html_int, long long : html_int, unsigned long : html_size,              \
    unsigned long long : html_size
#define html_put_text(h, x)                                                                        \
    _Generic((x), const char * : html_text, char * : html_text, struct safe_html : html_safe,      \
             HTML_NUMBERS(x))(h, x)
#define html_put_attr(h, x)                                                                        \
    _Generic((x), const char * : html_attr, char * : html_attr, HTML_NUMBERS(x))(h, x)
#define html_put_url(h, x) _Generic((x), const char * : html_url, char * : html_url)(h, x)
#define html_put_target(h, x) _Generic((x), const char * : html_target, char * : html_target)(h, x)
#define html_put_url_segment(h, x)                                                                 \
    _Generic((x), const char * : html_url_segment, char * : html_url_segment, HTML_NUMBERS(x))(h, x)
#define html_put_url_value(h, x)                                                                   \
    _Generic((x), const char * : html_url_value, char * : html_url_value, HTML_NUMBERS(x))(h, x)
#define html_arg_attr(h, x)                                                                        \
    _Generic((x), const char * : html_arg_of_text, char * : html_arg_of_text,                      \
             int : html_arg_of_int, long : html_arg_of_int, long long : html_arg_of_int,           \
             unsigned long : html_arg_of_size, unsigned long long : html_arg_of_size)(h, x)
#define html_arg_text(h, x)                                                                        \
    _Generic((x), const char * : html_arg_of_text, char * : html_arg_of_text,                      \
             struct safe_html : html_arg_of_safe, int : html_arg_of_int, long : html_arg_of_int,   \
             long long : html_arg_of_int, unsigned long : html_arg_of_size,                        \
             unsigned long long : html_arg_of_size)(h, x)

struct html_arg html_arg_of_text(struct html *h, const char *text);
struct html_arg html_arg_of_int(struct html *h, int64_t n);
struct html_arg html_arg_of_size(struct html *h, uint64_t n);
struct html_arg html_arg_of_safe(struct html *h, struct safe_html safe);

#endif
