// SPDX-License-Identifier: AGPL-3.0-or-later
//
// body.c: see body.h.

#include "http/body.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "http/url.h"

#define MAX_BOUNDARY 70 // RFC 2046, section 5.1.1
#define MAX_PART_HEAD 4096
#define MAX_FILE_NAME 200

static enum err refuse(struct err_info *e, const char *why)
{
    enum err err = err_set(e, ERR_USAGE, NULL, MSG("The form did not arrive whole or is damaged."),
                           MSG("Go back and send it again."), NULL);
    err_detail(e, "%s", why);
    return err;
}

static enum err too_many(struct err_info *e)
{
    return err_set(e, ERR_TOO_LARGE, NULL, MSG("The form has too many fields."),
                   MSG("Send it in parts."), NULL);
}

// Makes the text clean in place; true when something had to be replaced.
static bool mend_text(char *text, size_t len)
{
    bool mended = false;
    size_t start = 0, at;
    while (start < len && !utf8_is_clean(text + start, len - start, &at)) {
        unsigned char c = (unsigned char)text[start + at];
        text[start + at] = c < 0x80 ? ' ' : '?';
        start += at;
        mended = true;
    }
    text[len] = '\0';
    return mended;
}

static bool name_is_good(const char *name, size_t len)
{
    size_t at;
    return len > 0 && len <= LIMIT_LINE_BYTES && utf8_is_clean(name, len, &at);
}

// ---- urlencoded ---------------------------------------------------------------------------------

static size_t count_pairs(const char *bytes, size_t len)
{
    size_t n = 1;
    for (const char *p = bytes; (p = memchr(p, '&', len - (size_t)(p - bytes))) != NULL; p++) {
        n++;
    }
    return n;
}

enum err body_read_urlencoded(struct arena *a, char *bytes, size_t len, struct body *out,
                              struct err_info *e)
{
    *out = (struct body){0};
    if (len == 0) {
        return ERR_NONE;
    }
    size_t max = count_pairs(bytes, len);
    if (max > LIMIT_FORM_FIELDS) {
        return too_many(e);
    }
    out->pairs = ARENA_ARRAY(a, struct pair, max);
    out->mended = ARENA_ARRAY(a, bool, max);
    char *end = bytes + len;
    for (char *p = bytes; p <= end;) {
        char *stop = memchr(p, '&', (size_t)(end - p));
        stop = stop == NULL ? end : stop;
        if (stop > p) {
            char *equal = memchr(p, '=', (size_t)(stop - p));
            char *name_end = equal == NULL ? stop : equal;
            char *value = equal == NULL ? stop : equal + 1;
            size_t value_len = url_decode_in_place(value, (size_t)(stop - value), true);
            size_t name_len = url_decode_in_place(p, (size_t)(name_end - p), true);
            if (value_len == SIZE_MAX || name_len == SIZE_MAX || !name_is_good(p, name_len)) {
                return refuse(e, "urlencoded: escapes or name of a field");
            }
            out->mended[out->n_pairs] = mend_text(value, value_len);
            p[name_len] = '\0';
            out->pairs[out->n_pairs++] = (struct pair){p, equal == NULL ? "" : value};
        }
        p = stop + 1;
    }
    return ERR_NONE;
}

// ---- multipart ----------------------------------------------------------------------------------

const char *body_boundary(struct arena *a, const char *content_type)
{
    const char *p = strchr(content_type, ';');
    for (; p != NULL; p = strchr(p, ';')) {
        p += 1 + strspn(p + 1, " \t");
        if (strncasecmp(p, "boundary=", 9) != 0) {
            continue;
        }
        p += 9;
        size_t len = *p == '"' ? strcspn(++p, "\"") : strcspn(p, "; \t");
        return len == 0 || len > MAX_BOUNDARY ? NULL : arena_copy_n(a, p, len);
    }
    return NULL;
}

const char *body_safe_file_name(struct arena *a, const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        if (*p == '/' || *p == '\\') {
            name = p + 1;
        }
    }
    char *copy = arena_copy(a, name);
    mend_text(copy, strlen(copy));
    for (char *p = copy; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == '"') {
            *p = '_';
        }
    }
    char *start = copy + strspn(copy, ". ");
    start[utf8_prefix(start, MAX_FILE_NAME)] = '\0';
    return *start == '\0' ? "file" : start;
}

struct part {
    const char *name;
    const char *file_name; // NULL: a field
    const char *media_type;
};

// Value of a parameter of Content-Disposition, NULL when absent. Browsers write names in quotes and
// escape a quote as %22 (WHATWG HTML, "multipart/form-data encoding algorithm").
static const char *parameter(struct arena *a, const char *line, const char *name)
{
    size_t len = strlen(name);
    const char *p = line;
    while ((p = strchr(p, ';')) != NULL) {
        p += 1 + strspn(p + 1, " \t");
        bool found = strncasecmp(p, name, len) == 0 && p[len] == '=';
        p += strcspn(p, "=;");
        if (*p != '=') {
            continue;
        }
        p++;
        bool quoted = *p == '"';
        const char *value = quoted ? p + 1 : p;
        size_t value_len = strcspn(value, quoted ? "\"" : "; \t");
        if (quoted && value[value_len] == '\0') {
            return NULL;
        }
        if (found) {
            char *copy = arena_copy_n(a, value, value_len);
            for (char *q; (q = strstr(copy, "%22")) != NULL;) {
                *q = '"';
                memmove(q + 1, q + 3, strlen(q + 3) + 1);
            }
            return copy;
        }
        p = value + value_len;
    }
    return NULL;
}

// filename*=UTF-8''na%20me (RFC 5987), or NULL.
static const char *extended_name(struct arena *a, const char *line)
{
    const char *text = parameter(a, line, "filename*");
    if (text == NULL || strncasecmp(text, "utf-8'", 6) != 0) {
        return NULL;
    }
    const char *quote = strchr(text + 6, '\'');
    return quote == NULL ? NULL : url_decode(a, quote + 1, strlen(quote + 1));
}

// Reads the head of a part, ended by a zero byte in place of its empty line.
static bool read_head(struct arena *a, char *head, struct part *out)
{
    *out = (struct part){.media_type = "application/octet-stream"};
    for (char *line = head; *line != '\0';) {
        char *end = strstr(line, "\r\n");
        char *next = end == NULL ? line + strlen(line) : end + 2;
        if (end != NULL) {
            *end = '\0';
        }
        if (strncasecmp(line, "content-disposition:", 20) == 0) {
            const char *value = line + 20 + strspn(line + 20, " \t");
            if (strncasecmp(value, "form-data", 9) != 0) {
                return false;
            }
            out->name = parameter(a, value, "name");
            const char *extended = extended_name(a, value);
            out->file_name = extended != NULL ? extended : parameter(a, value, "filename");
        } else if (strncasecmp(line, "content-type:", 13) == 0) {
            out->media_type = line + 13 + strspn(line + 13, " \t");
        }
        line = next;
    }
    size_t at;
    return out->name != NULL && name_is_good(out->name, strlen(out->name)) &&
           strlen(out->media_type) < 128 &&
           utf8_is_clean(out->media_type, strlen(out->media_type), &at);
}

// First place of needle in bytes, or NULL. The needle begins with CR, which is rare in files.
static char *find(char *bytes, size_t len, const char *needle, size_t needle_len)
{
    char *end = bytes + len;
    for (char *p = bytes; (size_t)(end - p) >= needle_len; p++) {
        p = memchr(p, needle[0], (size_t)(end - p) - needle_len + 1);
        if (p == NULL) {
            return NULL;
        }
        if (memcmp(p, needle, needle_len) == 0) {
            return p;
        }
    }
    return NULL;
}

static enum err add_part(struct arena *a, struct body *out, const struct part *part, char *content,
                         size_t len, struct err_info *e)
{
    if (out->n_pairs + out->n_uploads >= LIMIT_FORM_FIELDS) {
        return too_many(e);
    }
    content[len] = '\0'; // where the CR of the next delimiter was
    if (part->file_name == NULL) {
        out->mended[out->n_pairs] = mend_text(content, len);
        out->pairs[out->n_pairs++] = (struct pair){part->name, content};
        return ERR_NONE;
    }
    if (len == 0 && part->file_name[0] == '\0') {
        return ERR_NONE;
    }
    if (len > LIMIT_UPLOAD_BYTES) {
        return err_set(e, ERR_TOO_LARGE, part->name, MSG("This file is larger than {0} MB."),
                       MSG("Choose a smaller file, or split it."), "25", NULL);
    }
    out->uploads[out->n_uploads++] = (struct upload){
        .field = part->name,
        .file_name = body_safe_file_name(a, part->file_name),
        .media_type = part->media_type,
        .bytes = content,
        .len = len,
    };
    return ERR_NONE;
}

enum err body_read_multipart(struct arena *a, const char *content_type, char *bytes, size_t len,
                             struct body *out, struct err_info *e)
{
    *out = (struct body){0};
    const char *boundary = body_boundary(a, content_type);
    if (boundary == NULL) {
        return refuse(e, "multipart: no boundary");
    }
    const char *delimiter = arena_printf(a, "\r\n--%s", boundary);
    size_t delimiter_len = strlen(delimiter);
    size_t max = 0; // parts there can be at most
    for (char *p = bytes; (p = find(p, len - (size_t)(p - bytes), delimiter, delimiter_len)) != NULL;
         p += delimiter_len) {
        max++;
    }
    if (max > LIMIT_FORM_FIELDS) {
        return too_many(e);
    }
    out->pairs = ARENA_ARRAY(a, struct pair, max + 1);
    out->mended = ARENA_ARRAY(a, bool, max + 1);
    out->uploads = ARENA_ARRAY(a, struct upload, max + 1);
    if (len < delimiter_len - 2 || memcmp(bytes, delimiter + 2, delimiter_len - 2) != 0) {
        return refuse(e, "multipart: does not begin with its boundary");
    }
    char *end = bytes + len;
    char *p = bytes + delimiter_len - 2;
    for (;;) {
        if (end - p >= 2 && memcmp(p, "--", 2) == 0) {
            return ERR_NONE; // the closing delimiter: the body is whole
        }
        if (end - p < 2 || memcmp(p, "\r\n", 2) != 0) {
            return refuse(e, "multipart: a delimiter without line end");
        }
        char *head = p + 2;
        // A part without any head line would begin with the empty line itself: it has no name.
        char *empty = find(head, (size_t)(end - head), "\r\n\r\n", 4);
        if (empty == NULL || empty - head > MAX_PART_HEAD) {
            return refuse(e, "multipart: head of a part");
        }
        char *content = empty + 4;
        char *next = find(empty + 2, (size_t)(end - empty - 2), delimiter, delimiter_len);
        if (next == NULL) {
            return refuse(e, "multipart: ends before its closing delimiter");
        }
        *empty = '\0';
        struct part part;
        if (memchr(head, '\0', (size_t)(empty - head)) != NULL || !read_head(a, head, &part)) {
            return refuse(e, "multipart: head of a part");
        }
        // "\r\n\r\n--boundary": no content; the second CRLF belongs to the delimiter.
        size_t content_len = next < content ? 0 : (size_t)(next - content);
        char *content_at = next < content ? next : content;
        p = next + delimiter_len;
        enum err err = add_part(a, out, &part, content_at, content_len, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
}
