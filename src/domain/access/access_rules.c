// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_rules.c: what makes a person and a role given right.

#include <string.h>

#include "access/access.h"

enum err user_check(const struct record *r, struct err_info *e)
{
    const char *name = record_text(r, "name_key");
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != strlen(name)) {
        return err_set(e, ERR_INPUT, "name_key",
                       MSG("A sign-in name has only small letters, digits, dots and hyphens."),
                       MSG("For example amina or amina.k."), NULL);
    }
    const char *email = record_text(r, "email");
    const char *at = strchr(email, '@');
    if (email[0] != '\0' && (at == NULL || at == email || at[1] == '\0' ||
                             strpbrk(email, " ,;<>") != NULL)) {
        return err_set(e, ERR_INPUT, "email", MSG("This is not an email address."),
                       MSG("For example name@example.org."), NULL);
    }
    return ERR_NONE;
}

enum err role_grant_check(const struct record *r, struct err_info *e)
{
    bool one = strcmp(record_text(r, "scope"), "programme") == 0;
    if (one && !record_is_set(r, "programme_id")) {
        return err_set(e, ERR_INPUT, "programme_id", MSG("The programme is missing."),
                       MSG("Choose the programme this role is for."), NULL);
    }
    if (!one && record_is_set(r, "programme_id")) {
        return err_set(e, ERR_INPUT, "programme_id",
                       MSG("A role in the whole organisation names no programme."),
                       MSG("Clear the programme, or choose “One programme”."), NULL);
    }
    return ERR_NONE;
}
