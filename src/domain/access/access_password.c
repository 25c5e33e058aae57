// SPDX-License-Identifier: AGPL-3.0-or-later
//
// access_password.c: which passwords are taken. Hashing is os/password.h.

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "access/access.h"
#include "base/bug.h"
#include "base/utf8.h"

// The commonest of at least 12 characters in published lists of leaked passwords, and what people
// type here. Compared without regard to case, spaces and hyphens.
static const char *const commonest[] = {
    "123456789012", "1234567890123", "12345678901234", "123456789123", "123123123123",
    "012345678912", "111111111111", "000000000000", "abcdefghijkl", "qwertyuiop12",
    "qwertyuiop123", "qwertyuiopasdf", "qwerty123456", "qwerty1234567", "1qaz2wsx3edc",
    "1q2w3e4r5t6y", "q1w2e3r4t5y6", "asdfghjkl123", "zxcvbnm12345", "password1234",
    "password12345", "password123456", "passwordpassword", "passw0rd1234", "p@ssw0rd1234",
    "changemeplease", "changeme1234", "welcome12345", "welcome123456", "letmeinplease",
    "iloveyou1234", "iloveyouforever", "administrator", "administrator1", "correcthorsebatterystaple",
    "mainstaymainstay", "mainstay1234", "mainstay12345", "trustno1trustno1", "footballfootball",
    "unitednations", "unitednations1",
};

static bool same_text(const char *password, const char *other)
{
    for (; *password != '\0'; password++) {
        if (*password == ' ' || *password == '-') {
            continue;
        }
        if (tolower((unsigned char)*password) != tolower((unsigned char)*other)) {
            return false;
        }
        other++;
    }
    return *other == '\0';
}

// "aaaaaaaaaaaa": one character again and again.
static bool is_one_character(const char *password)
{
    return strspn(password, (char[]){password[0], '\0'}) == strlen(password);
}

// Characters that are not part of the sign-in name, wherever it stands in the password.
static size_t beside_name(const char *password, const char *name_key)
{
    size_t n = strlen(name_key), beside = 0;
    for (const char *p = password; *p != '\0';) {
        bool is_name = n >= 3 && strncasecmp(p, name_key, n) == 0;
        beside += !is_name;
        p += is_name ? n : 1;
    }
    return beside;
}

enum err access_password_check(const char *password, const char *name_key, const char *field,
                               struct err_info *e)
{
    if (strlen(password) > ACCESS_PASSWORD_MAX) {
        return err_set(e, ERR_INPUT, field, MSG("The password is too long."),
                       MSG("Up to 1,000 characters are enough."), NULL);
    }
    if (utf8_count(password) < ACCESS_PASSWORD_MIN) {
        return err_set(e, ERR_INPUT, field, MSG("The password is too short."),
                       MSG("At least 12 characters. Four words that do not belong together are good."),
                       NULL);
    }
    bool common = is_one_character(password);
    for (size_t i = 0; i < COUNT_OF(commonest); i++) {
        common = common || same_text(password, commonest[i]);
    }
    if (common) {
        return err_set(e, ERR_INPUT, field, MSG("Many people use this password; it is guessed first."),
                       MSG("Take four words that do not belong together."), NULL);
    }
    if (strcasecmp(password, name_key) == 0 || beside_name(password, name_key) < 8) {
        return err_set(e, ERR_INPUT, field, MSG("The password is little more than the sign-in name."),
                       MSG("Take four words that do not belong together."), NULL);
    }
    return ERR_NONE;
}
