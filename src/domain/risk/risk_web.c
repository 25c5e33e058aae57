// SPDX-License-Identifier: AGPL-3.0-or-later
//
// risk_web.c: see risk_web.h.

#include "risk/risk_web.h"

#include <string.h>

#include "programme/programme.h"
#include "programme/programme_web.h"

const char *risk_list_address(const struct req *r, const char *below)
{
    return arena_printf(r->arena, "%s%s", programme_address(r, "/risks"), below);
}

const char *risk_words(const struct req *r, const struct pack_tool *tool, const char *context,
                       const char *english)
{
    return pack_words(tool->pack, r->lang, context, english);
}

struct record *risk_from_row(struct req *r, const struct pack_row *row)
{
    struct record *risk = record_new(r->arena, &entity_risk);
    record_set_text(risk, "programme_id", r->programme->id);
    record_set_text(risk, "row", row->id);
    record_set_text(risk, "statement", row->text);
    record_set_text(risk, "state", "open");
    return risk;
}

const char *risk_area_label(const struct req *r, const char *area)
{
    return tr(r->lang, field_choice_label(entity_field(&entity_programme, "areas"), area));
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool risk_text_holds(const char *text, const char *wanted)
{
    for (;; text++) {
        size_t i = 0;
        while (wanted[i] != '\0' && fold(text[i]) == fold(wanted[i])) {
            i++;
        }
        if (wanted[i] == '\0' || *text == '\0') {
            return wanted[i] == '\0';
        }
    }
}
