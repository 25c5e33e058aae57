// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html_parts.c: small pieces that many pages share: dates, money, states, icons, figures. See
// html.h.

#include "html/html.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "html/number.html.h"
#include "http/assets.h"
#include "http/http.h"

#define LIT(h, text) html_lit((h), (text), sizeof(text) - 1)

void html_csrf(struct html *h)
{
    if (h->req == NULL || h->req->csrf == NULL || h->req->csrf[0] == '\0') {
        return;
    }
    LIT(h, "<input type=\"hidden\" name=\"_csrf\" value=\"");
    html_attr(h, h->req->csrf);
    LIT(h, "\">");
}

void html_date(struct html *h, const char *partial)
{
    if (partial == NULL || partial[0] == '\0') {
        LIT(h, "–");
        return;
    }
    LIT(h, "<time datetime=\"");
    html_attr(h, partial);
    LIT(h, "\">");
    html_text(h, date_for_people(h->arena, h->lang, partial));
    LIT(h, "</time>");
}

void html_money(struct html *h, const char *currency, int64_t minor, int minor_digits)
{
    LIT(h, "<bdi class=\"money\" title=\"");
    html_attr(h, currency);
    LIT(h, " ");
    buf_str(h->out, money_text(h->arena, minor, minor_digits)); // digits: nothing to escape
    LIT(h, "\">");
    html_text(h, money_for_people(h->arena, currency, minor, minor_digits));
    LIT(h, "</bdi>");
}

void html_lines(struct html *h, const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        html_text(h, arena_copy_n(h->arena, text, n));
        text += n + strspn(text + n, "\n");
        if (n > 0 && *text != '\0') {
            LIT(h, "<br>");
        }
    }
}

void html_paragraphs(struct html *h, const char *text)
{
    text += strspn(text, "\n");
    while (*text != '\0') {
        const char *gap = strstr(text, "\n\n");
        size_t n = gap == NULL ? strlen(text) : (size_t)(gap - text);
        LIT(h, "<p>");
        html_lines(h, arena_copy_n(h->arena, text, n));
        LIT(h, "</p>");
        text += n;
        text += strspn(text, "\n");
    }
}

// One line of prose: opens and closes the paragraph or list it belongs to.
static void prose_line(struct html *h, const char *line, const char **open)
{
    bool item = strncmp(line, "- ", 2) == 0;
    const char *wanted = line[0] == '\0' ? "" : item ? "ul" : "p";
    if (strcmp(*open, wanted) != 0) {
        if (strcmp(*open, "ul") == 0) {
            LIT(h, "</ul>");
        } else if (strcmp(*open, "p") == 0) {
            LIT(h, "</p>");
        }
        if (item) {
            LIT(h, "<ul class=\"list\">");
        } else if (wanted[0] != '\0') {
            LIT(h, "<p>");
        }
    } else if (!item && wanted[0] != '\0') {
        LIT(h, " "); // the next line of the same paragraph
    }
    if (item) {
        LIT(h, "<li>");
        html_text(h, line + 2);
        LIT(h, "</li>");
    } else {
        html_text(h, line);
    }
    *open = wanted;
}

void html_prose(struct html *h, const char *text)
{
    const char *open = "";
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        prose_line(h, arena_copy_n(h->arena, text, n), &open);
        text += n + (text[n] == '\n');
    }
    prose_line(h, "", &open);
}

static void kind_and_word(struct html *h, const char *kind, const char *translated)
{
    html_attr(h, kind);
    LIT(h, "\">");
    html_text(h, translated);
    LIT(h, "</span>");
}

void html_state(struct html *h, const char *kind, const char *translated)
{
    LIT(h, "<span class=\"state state--");
    kind_and_word(h, kind, translated);
}

void html_level(struct html *h, const char *kind, const char *translated)
{
    LIT(h, "<span class=\"level level--");
    kind_and_word(h, kind, translated);
}

void html_icon(struct html *h, const char *name)
{
    LIT(h, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"");
    html_url(h, asset_url("icons.svg"));
    LIT(h, "#");
    html_attr(h, name);
    LIT(h, "\"/></svg>");
}

void html_number(struct html *h, const struct html_figure *f)
{
    number_html(h, &(struct number_view){.f = f});
}
