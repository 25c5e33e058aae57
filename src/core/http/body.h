// SPDX-License-Identifier: AGPL-3.0-or-later
//
// body.h: bodies of forms, taken apart. Strict: a body that ends too early or breaks its own rules is
// refused whole, because half a form saved is worse than an error.
//
// Both readers work in place: texts and files point into the body, which must live as long as they.

#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"

struct body {
    struct pair *pairs;
    // Beside each pair: the value held bytes that are no clean text. They were replaced by a space
    // (control characters) or '?' (bytes that are no UTF-8).
    bool *mended;
    size_t n_pairs;
    struct upload *uploads;
    size_t n_uploads;
};

// application/x-www-form-urlencoded (WHATWG URL, section 5.1). bytes[len] must be writable.
// ERR_USAGE: wrong escapes or field names; ERR_TOO_LARGE: more than LIMIT_FORM_FIELDS.
MUST_CHECK enum err body_read_urlencoded(struct arena *a, char *bytes, size_t len, struct body *out,
                                         struct err_info *e);
// multipart/form-data (RFC 7578). content_type is the whole header. Files without name and content
// (nothing chosen) are left out. ERR_TOO_LARGE also for a file above LIMIT_UPLOAD_BYTES.
MUST_CHECK enum err body_read_multipart(struct arena *a, const char *content_type, char *bytes,
                                        size_t len, struct body *out, struct err_info *e);

// Boundary named by a Content-Type header, or NULL.
const char *body_boundary(struct arena *a, const char *content_type);
// File name without folders, control characters and leading dots, at most 200 bytes; "file" if
// nothing is left.
const char *body_safe_file_name(struct arena *a, const char *name);

#endif
