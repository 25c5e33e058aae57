// SPDX-License-Identifier: AGPL-3.0-or-later
//
// http.h: requests, replies and routes as handlers see them.
//
// A route says what it needs. The dispatcher checks host, session, right, cross-site token and form
// fields before the handler runs; a handler cannot forget. Handlers that change something get their
// transaction from the store; handlers of GET are given only a reading connection.

#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/msg.h"
#include "db/db.h"
#include "model/model.h"
#include "model/rights.h"
#include "store/store.h"

// ---- request and reply --------------------------------------------------------------------------

enum method { METHOD_GET = 1, METHOD_POST = 2 };

struct pair {
    const char *name;
    const char *value;
};
struct upload {
    const char *field;
    const char *file_name; // made safe: no path, no control characters
    const char *media_type;
    const char *bytes;
    size_t len;
};

// What was typed into a form and what was wrong with it.
struct form_error {
    const char *field;
    struct err_info info;
};
struct form {
    const struct entity *entity; // NULL for forms with fields of their own
    const struct field *fields;
    size_t n_fields;
    struct record *record; // parsed values (entity forms)
    struct value *values;  // parsed values of `fields`, in their order (forms of their own)
    const struct pair *typed; // as typed, to show again
    size_t n_typed;
    struct form_error *errors; // an error without field ("") is about the form as a whole
    size_t n_errors;
    int minor_digits; // of money
    const char *const *needed; // fields that this form needs though the kind does not, ended by NULL; or NULL
    bool unmarked; // what may stay empty is said above the form, not beside each field
};
// Can the form not be sent without this field?
bool form_needs(const struct form *f, const struct field *field);
// What to show in a field: what was typed, else the record's value, else "".
const char *form_text(struct arena *a, const struct form *f, const char *field);
// The same for one code of a field of shares, which is sent as "country_shares.NA"; "" when it has none.
const char *form_share(struct arena *a, const struct form *f, const char *field, const char *code);
const struct form_error *form_error_of(const struct form *f, const char *field); // NULL: none
void form_add_error(struct arena *a, struct form *f, const struct err_info *info);
// Fills e for a name that the form does not take, and returns ERR_INPUT. The text names it; e->field does too.
enum err form_no_field(const char *name, struct err_info *e);
// Parsed value of a form with fields of its own; the field must exist.
const struct value *form_value(const struct form *f, const char *field);

struct route;
struct req {
    struct arena *arena;
    const struct route *route;
    enum method method;
    const char *path;
    const struct lang *lang;
    const struct identity *who; // NULL on public routes without session
    const char *csrf;           // token for forms of this session
    struct store *store;
    struct db_read *db;
    const struct record *programme; // of the {programme} in the path, already checked
    const char *country; // of the {country} in a path without {programme}, already checked; or NULL
    unsigned country_verbs; // what the person may do there
    const struct pair *captures;    // of the path: {risk} -> "01h..."
    size_t n_captures;
    const struct pair *query;
    size_t n_query;
    const struct pair *posted;
    size_t n_posted;
    const struct upload *uploads;
    size_t n_uploads;
    struct form *form; // of the route's entity or fields; on GET from an error: with errors
    const char *theme; // "", "dark", "light"
    bool compact;
    bool has_wording; // the workspace holds official wording of packs; who reads it: lang->wording is set
    bool script_wants_part; // a script asked for part of the page only (X-Mainstay-Part: 1)
    const char *flash;      // message of the page before, to show once; NULL: none
    const char *undo;       // versions to offer undo for, a space between, beside the flash; NULL: none
    const char *session;    // hash of the session token (hex), as stored; NULL: none
    const char *address;    // path and query as asked for, to come back to; always local
    bool secure;            // cookies are marked Secure: the public address is https
    const char *client;     // network address of the browser; "" when it is not known
    bool sample;            // the workspace is a demonstration: what it holds is invented
    int minor_digits;       // of money in the programme's currency (USD: 2)
    const struct pair *headers;
    size_t n_headers;
    const char *media_type; // of the body, lower case, without parameters; "" without a body
    bool removes;           // DELETE, under /api/; method is then METHOD_POST
    const char *body;       // of JSON requests to /api/; valid UTF-8, ended by a zero byte
    size_t body_len;
};

const char *req_capture(const struct req *r, const char *name); // "" when absent
const char *req_query(const struct req *r, const char *name);   // "" when absent
const char *req_posted(const struct req *r, const char *name);  // "" when absent
const struct upload *req_upload(const struct req *r, const char *field); // NULL when absent
const char *req_header(const struct req *r, const char *name); // any case; "" when absent
// What stands in the foot of every file out of this workspace: "Sample data: invented"; NULL: nothing.
const char *req_foot(const struct req *r);
struct actor req_actor(const struct req *r);
// May the person do this with what the path is about: the programme, the country, else the organisation?
bool req_may(const struct req *r, enum verb verb);
// Writes into the change log that the person took data out as a file: about is a kind of records or
// the id of one. Only on routes that are slow, since it waits for the writer.
MUST_CHECK enum err req_note_export(const struct req *r, const char *about, struct err_info *e);

struct reply {
    int status; // 200 by default
    const char *type; // "text/html; charset=utf-8" by default
    struct buf body;
    const char *location;  // 303 to here
    const char *file_name; // as an attachment
    const char *flash;     // message shown on the next page, already translated
    const char *undo;      // versions to offer undo for, beside the flash
    const char *session;   // hash of a session that begins with this reply: the flash is for it
    const char *set_cookie[3];
    int n_set_cookies;
    bool cacheable; // assets only
    const char *etag; // of an API reply, without quotes: a GET with If-None-Match gets 304
};
// 303 to an address made from a template: each {0} is percent-encoded as one path segment. What
// would lead to another host leads to "/" instead.
void reply_redirect(struct req *r, struct reply *p, const char *address, ...)
    __attribute__((sentinel));
void reply_flash(struct reply *p, const char *translated, const char *undo_versions);
void reply_file(struct reply *p, const char *media_type, const char *file_name);
// Adds a Set-Cookie line made by http/session.h. At most three.
void reply_cookie(struct reply *p, const char *cookie);
const char *url_make(struct arena *a, const char *address, ...) __attribute__((sentinel));
const char *url_escape(struct arena *a, const char *text);
// A path of this server ("/x?y"), fit to be redirected to; not "//host", not "/\\host".
bool url_is_local(const char *address);

// ---- routes -------------------------------------------------------------------------------------

typedef enum err handler(struct req *r, struct reply *p, struct err_info *e);

enum menu { MENU_NONE, MENU_HOME, MENU_PROGRAMMES, MENU_COUNTRIES, MENU_LIBRARY, MENU_REPORTS,
            MENU_ADMINISTRATION };
// Tab of a programme; TAB_NONE outside one.
enum tab { TAB_NONE, TAB_OVERVIEW, TAB_ANALYSE, TAB_PLAN, TAB_IMPLEMENT, TAB_MONITOR, TAB_EVALUATE,
           TAB_MONEY, TAB_DOCUMENTS, TAB_HISTORY };

// `const struct route NAME = {...}` in any *_web.c or *_api.c is found by the build.
// Path: "/programmes/{programme}/risks/{risk}". {programme} is a number; the dispatcher finds the
// programme, checks `needs` on it and answers 404 when the person may not read it. {country} without a
// programme is a country code: `needs` holds there for whoever may do it in the organisation or in a
// programme that works in that country.
struct route {
    const char *path;
    unsigned needs;      // verb for GET; exactly one
    unsigned post_needs; // verb for POST; 0: as needs
    handler *get;
    handler *post;
    handler *remove; // DELETE, only under /api/; needs the right that POST needs
    // Fields of the form posted here: those of an entity, or a table of its own. When a field is
    // wrong, `get` runs again with req->form holding what was typed and the errors, status 422.
    const struct entity *entity;
    const struct field *fields;
    size_t n_fields;
    // For entity forms: capture that names the record to change; its values fill the form.
    const char *edits;
    // Fields of the entity that this form never takes from the browser, ended by NULL: the program
    // sets them. Every other field that is not read-only can be posted, shown on the page or not.
    const char *const *except;
    // Names that the handlers read themselves (go, about_id), ended by NULL. "more/*" is every name that begins
    // so, "*" every name: the handler says which it does not know (form_no_field). Any other name that is no
    // field of the form is refused.
    const char *const *also;
    // Sets what the program decides (state of a new record, what evidence is about) before the form
    // is drawn, and before what was posted is read and checked. An error ends the request.
    enum err (*prepare)(struct req *r, struct form *f, struct err_info *e);
    const char *title; // catalogue key, used for the page title when the handler gives none
    enum menu menu;
    enum tab tab;
    bool uploads; // accepts multipart files
    bool slow;    // runs in the worker pool even for GET
};

// All routes, sorted by path. (Generated.)
const struct route *const *route_all(size_t *n);
// The one with this path, its {names} and all, among routes that are sorted by path; NULL when there is none.
const struct route *route_at(const struct route *const *routes, size_t n, const char *path);
// Is there a page at this path? So that what is built later is not linked to before.
bool route_has_page(const char *path);

#endif
