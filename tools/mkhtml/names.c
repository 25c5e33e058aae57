// SPDX-License-Identifier: AGPL-3.0-or-later
//
// names.c: what is known of the elements and attributes of HTML.

#include "mkhtml.h"

#include <stdio.h>
#include <string.h>

// Is name one of the words of a list written " a b c "?
bool listed(const char *list, const char *name)
{
    char word[MAX_NAME + 2];
    snprintf(word, sizeof word, " %s ", name);
    return strstr(list, word) != NULL;
}

// Elements without an end tag.
const char voids[] =
    " area base br col embed hr img input link meta source track wbr ";
// Elements beside which white space is seen. Beside all others it means nothing and is left out.
const char inlines[] =
    " a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark meter "
    "output progress q s samp select small span strong sub sup svg text textarea time tspan u var "
    "wbr ";
// Elements whose text is no language.
const char wordless[] = " code svg ";
// Attributes that are read to people.
const char spoken[] = " title alt placeholder aria-label aria-description "
                      "aria-roledescription aria-valuetext label ";
// Attributes that hold an address to follow, and to send or load from (only our own).
const char addresses[] = " href cite xlink:href ";
const char targets[] = " src action formaction poster data manifest ";
// Attributes that hold code or another document.
const char refused[] = " style srcdoc srcset ping ";

bool inside(const struct compile *c, const char *list)
{
    for (size_t i = 0; i < c->n_tags; i++) {
        if (listed(list, c->tags[i].name)) {
            return true;
        }
    }
    return false;
}

const char *innermost(const struct compile *c)
{
    return c->n_tags == 0 ? "" : c->tags[c->n_tags - 1].name;
}
