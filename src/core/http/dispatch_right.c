// SPDX-License-Identifier: AGPL-3.0-or-later
//
// dispatch_right.c: programme or country of the path, and whether the person may do there what the route
// asks for.

#include <string.h>

#include "http/dispatch_parts.h"

// "May not read" and "does not exist" are one answer, to the letter.
enum err dispatch_not_found(struct err_info *e)
{
    return err_set(e, ERR_NOT_FOUND, NULL, MSG("This page does not exist."),
                   MSG("Check the address, or start from the list."), NULL);
}

static enum err not_allowed(struct exchange *x, struct err_info *e)
{
    x->refused = "refused: right";
    return err_set(e, ERR_NOT_ALLOWED, NULL, MSG("You may not do this."),
                   MSG("Ask the person who manages this programme to give you the role."), NULL);
}

enum verb dispatch_verb(const struct req *r)
{
    return r->method == METHOD_POST && r->route->post_needs != 0 ? r->route->post_needs
                                                                 : r->route->needs;
}

enum err dispatch_check_right(struct exchange *x, const char *programme_id, struct err_info *e)
{
    const struct identity *who = x->req.who;
    enum verb verb = dispatch_verb(&x->req);
    if (identity_may(who, verb, programme_id)) {
        return ERR_NONE;
    }
    bool may_read = programme_id != NULL ? identity_may(who, MAY_READ, programme_id)
                                         : verb != MAY_READ && identity_may_anywhere(who, MAY_READ);
    if (may_read) {
        return not_allowed(x, e);
    }
    x->refused = "refused: right";
    return dispatch_not_found(e);
}

enum err dispatch_find_programme(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    const struct http_hooks *hooks = x->site->hooks;
    struct record *programme = NULL;
    const char *number = req_capture(r, "programme");
    if (*number == '\0') {
        return ERR_NONE;
    }
    if (hooks->find_programme != NULL) {
        enum err err = hooks->find_programme(r->db, x->arena, number, &programme, e);
        if (err != ERR_NONE && err != ERR_NOT_FOUND) {
            return err;
        }
    }
    if (programme == NULL) {
        return dispatch_not_found(e);
    }
    enum err err = dispatch_check_right(x, programme->id, e);
    if (err != ERR_NONE) {
        return err;
    }
    r->programme = programme;
    if (hooks->minor_digits != NULL) {
        r->minor_digits = hooks->minor_digits(programme);
    }
    return ERR_NONE;
}

enum err dispatch_find_country(struct exchange *x, struct err_info *e)
{
    struct req *r = &x->req;
    const struct http_hooks *hooks = x->site->hooks;
    const char *country = req_capture(r, "country");
    enum verb verb = dispatch_verb(r);
    bool known = false;
    if (*country == '\0' || r->programme != NULL || verb == MAY_PUBLIC || verb == MAY_SIGNED_IN) {
        return ERR_NONE;
    }
    if (hooks->country_rights != NULL) {
        enum err err = hooks->country_rights(r->db, x->arena, r->who, country, &r->country_verbs,
                                             &known, e);
        if (err != ERR_NONE) {
            return err;
        }
    }
    if (!known || (r->country_verbs & MAY_READ) == 0) {
        x->refused = known ? "refused: right" : x->refused;
        return dispatch_not_found(e);
    }
    r->country = country;
    return (r->country_verbs & verb) != 0 ? ERR_NONE : not_allowed(x, e);
}
