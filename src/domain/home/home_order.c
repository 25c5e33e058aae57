// SPDX-License-Identifier: AGPL-3.0-or-later
//
// home_order.c: which of the things that wait comes first, and which changes are told together.

#include <string.h>

#include "base/date.h"
#include "base/sort.h"
#include "home/home.h"

// 0 late, 1 came back, 2 has a day, 3 the rest.
static int rank(const struct home_item *i)
{
    if (i->due_on != NULL && i->days_late > 0) {
        return 0;
    }
    if (i->waits == HOME_RETURNED || i->waits == HOME_RETURNED_VALUES) {
        return 1;
    }
    return i->due_on != NULL ? 2 : 3;
}

static int by_urgency(const void *x, const void *y)
{
    const struct home_item *a = x, *b = y;
    int ra = rank(a), rb = rank(b);
    if (ra != rb) {
        return ra - rb;
    }
    if ((ra == 0 || ra == 2) && a->days_late != b->days_late) {
        return a->days_late > b->days_late ? -1 : 1;
    }
    if (a->waits != b->waits) {
        return (int)a->waits - (int)b->waits;
    }
    return strcmp(a->id == NULL ? "" : a->id, b->id == NULL ? "" : b->id);
}

void home_order(struct home_item *items, size_t n)
{
    sort_items(items, n, sizeof items[0], by_urgency);
}

// Minutes since 1970 of "2026-11-22T10:20:30.123Z".
static int64_t minutes_of(const char *wall)
{
    char day[11] = {0};
    if (strlen(wall) < 16) {
        return 0;
    }
    memcpy(day, wall, 10);
    int hour = (wall[11] - '0') * 10 + (wall[12] - '0');
    int minute = (wall[14] - '0') * 10 + (wall[15] - '0');
    return date_is_valid(day) ? (date_to_days(day) * 24 + hour) * 60 + minute : 0;
}

size_t home_gather(struct home_change *changes, size_t n)
{
    size_t kept = 0;
    int64_t newest = 0; // of the line that is being gathered: its last member so far
    for (size_t i = 0; i < n; i++) {
        struct home_change *c = &changes[i];
        struct home_change *line = kept == 0 ? NULL : &changes[kept - 1];
        int64_t at = minutes_of(c->wall);
        bool alike = line != NULL && strcmp(line->actor, c->actor) == 0 &&
                     strcmp(line->kind, c->kind) == 0 && strcmp(line->op, c->op) == 0 &&
                     strcmp(line->number, c->number) == 0 && newest - at <= 60;
        if (alike) {
            line->n += c->n;
        } else {
            changes[kept++] = *c;
        }
        newest = at;
    }
    return kept;
}
