// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_chart_web.c: see result_chart_web.h.

#include <string.h>

#include "base/date.h"
#include "format/svg/chart.h"
#include "result/result_chart_web.h"
#include "result/result_words.h"

// The days of the axis in order, each once.
struct axis {
    const char **days;
    int n;
};

// Looked for from the end: values come oldest first.
static void axis_add(struct axis *x, const char *day)
{
    int at = x->n;
    while (at > 0 && strcmp(x->days[at - 1], day) > 0) {
        at--;
    }
    if (at > 0 && strcmp(x->days[at - 1], day) == 0) {
        return;
    }
    for (int i = x->n; i > at; i--) {
        x->days[i] = x->days[i - 1];
    }
    x->days[at] = day;
    x->n++;
}

static int axis_find(const struct axis *x, const char *day)
{
    int at = 0;
    while (strcmp(x->days[at], day) != 0) {
        at++;
    }
    return at;
}

static struct chart_value value_of(struct arena *a, const struct lang *lang,
                                   const struct result_line *line, const struct result_figure *f)
{
    return (struct chart_value){
        .known = f->known,
        .scaled = f->scaled,
        .label = f->known ? result_number(a, lang, line->rule.unit, f->scaled) : NULL,
    };
}

static bool counts(const struct result_line *line, size_t i)
{
    return line->values[i].figure.known && line->entries[i].state != STATE_RETURNED;
}

// Another value that ends on the same day comes after it and tells the same with more in it.
static bool is_followed(const struct result_line *line, size_t i)
{
    for (size_t k = i + 1; k < line->n_values && strcmp(line->entries[k].to, line->entries[i].to) == 0; k++) {
        if (counts(line, k)) {
            return true;
        }
    }
    return false;
}

// More points than these are not told apart: of many values each second, third ... is drawn.
#define MOST_POINTS 400

static void fill_series(struct arena *a, const struct lang *lang, const struct result_line *line,
                        const struct axis *x, struct chart_value *values, struct chart_value *least)
{
    bool *used = ARENA_ARRAY(a, bool, line->n_values + 1);
    size_t step = line->n_values / MOST_POINTS + 1, pass = 0;
    for (size_t i = line->n_values; i-- > 0;) { // the newest is always among them
        if (!counts(line, i) || is_followed(line, i) || pass++ % step != 0) {
            continue;
        }
        const struct result_total t = result_total_until(line, i, used);
        struct result_figure f = t.figure;
        int at = axis_find(x, line->entries[i].to);
        values[at] = value_of(a, lang, line, &f);
        f.scaled = t.has_least ? t.least : f.scaled;
        least[at] = value_of(a, lang, line, &f);
    }
}

// The days as parts of the time between the first and the last, so that the line is as steep as it was; NULL for one.
static const double *places_in_time(struct arena *a, const struct axis *x)
{
    double all = (double)date_days_between(x->days[0], x->days[x->n - 1]);
    double *at = ARENA_ARRAY(a, double, (size_t)x->n);
    for (int i = 0; all > 0 && i < x->n; i++) {
        at[i] = (double)date_days_between(x->days[0], x->days[i]) / all;
    }
    return all > 0 ? at : NULL;
}

static const char *month(struct arena *a, const struct lang *lang, const char *day)
{
    return date_for_people(a, lang, arena_copy_n(a, day, 7));
}

// A small chart has the target alone that counts, the one its sentence speaks of.
static bool is_drawn(const struct result_line *line, const struct result_target *t, bool small)
{
    return small ? t == line->target : !t->replaced;
}

// The day on which the straight line begins by which the indicator is judged; NULL: there is none.
static const char *line_begins(const struct result_line *line)
{
    const char *on = record_text(line->record, "baseline_on");
    bool judged = line->has_baseline && on[0] != '\0' && line->target != NULL &&
                  line->direction != BETTER_NEITHER && line->rule.unit != UNIT_YES_NO;
    return judged && strcmp(on, line->target->due_on) < 0 ? on : NULL;
}

#define SMALL_WIDTH 360
#define SMALL_HEIGHT 110

// width, height 0: as large as charts are.
static bool draw(struct arena *a, const struct lang *lang, const struct result_line *line, double width,
                 double height, struct chart_shapes *out)
{
    struct axis x = {.days = ARENA_ARRAY(a, const char *, line->n_values + line->n_targets + 2)};
    const char *begins = line_begins(line);
    struct chart_target *targets = ARENA_ARRAY(a, struct chart_target, line->n_targets + 1);
    int n_targets = 0, start_to = 0;
    for (size_t i = 0; i < line->n_values; i++) {
        axis_add(&x, line->entries[i].to);
    }
    if (x.n == 0 || !line->total.figure.known) {
        return false;
    }
    for (size_t i = 0; i < line->n_targets; i++) {
        if (is_drawn(line, &line->targets[i], height > 0)) {
            axis_add(&x, line->targets[i].due_on);
        }
    }
    if (begins != NULL) {
        axis_add(&x, begins);
    }
    struct chart_value *values = ARENA_ARRAY(a, struct chart_value, (size_t)x.n);
    struct chart_value *least = ARENA_ARRAY(a, struct chart_value, (size_t)x.n);
    fill_series(a, lang, line, &x, values, least);
    const char **periods = ARENA_ARRAY(a, const char *, (size_t)x.n);
    for (int i = 0; i < x.n; i++) {
        periods[i] = month(a, lang, x.days[i]);
    }
    for (size_t i = 0; i < line->n_targets; i++) {
        if (is_drawn(line, &line->targets[i], height > 0)) {
            struct result_figure f = {.known = true, .scaled = line->targets[i].value};
            start_to = &line->targets[i] == line->target ? n_targets : start_to;
            targets[n_targets++] = (struct chart_target){axis_find(&x, line->targets[i].due_on),
                                                         value_of(a, lang, line, &f)};
        }
    }
    const struct chart_series one[] = {{.name = "", .values = values}};
    const struct chart_series bounds[] = {{.name = tr(lang, MSG("at most")), .values = values},
                                          {.name = tr(lang, MSG("at least")), .values = least}};
    const struct result_figure base = {.known = line->has_baseline, .scaled = line->baseline};
    const char *title = record_text(line->record, "title");
    const struct chart_target start = {begins == NULL ? 0 : axis_find(&x, begins), value_of(a, lang, line, &base)};
    const struct chart_line chart = {
        .head = {.title = title,
                 .description =
                     tr_f(a, lang, MSG("Line over {0} periods; the newest value is {1}, up to {2}."),
                          arena_printf(a, "%zu", line->n_values),
                          result_total_words(a, lang, line->rule.unit, &line->total),
                          date_for_people(a, lang, line->total.to), NULL),
                 .unit = line->rule.unit == UNIT_PERCENTAGE ? "%" : NULL,
                 .right_to_left = lang->right_to_left,
                 .width = width},
        .plot_height = height,
        .periods = periods,
        .n_periods = x.n,
        .at = places_in_time(a, &x),
        .series = line->total.has_least ? bounds : one,
        .n_series = line->total.has_least ? 2 : 1,
        .baseline = value_of(a, lang, line, &base),
        .baseline_name = tr(lang, MSG("Baseline")),
        .targets = targets,
        .n_targets = n_targets,
        .target_name = tr(lang, MSG("Target")),
        .start = begins == NULL ? NULL : &start,
        .start_to = start_to,
    };
    chart_draw_line(a, &chart, out);
    return true;
}

bool result_chart(struct arena *a, const struct lang *lang, const struct result_line *line,
                  struct chart_shapes *out)
{
    return draw(a, lang, line, 0, 0, out);
}

bool result_chart_small(struct arena *a, const struct lang *lang, const struct result_line *line,
                        struct chart_shapes *out)
{
    return draw(a, lang, line, SMALL_WIDTH, SMALL_HEIGHT, out);
}

const char *result_chart_source(struct arena *a, const struct lang *lang, const struct result_line *line)
{
    if (line->total.to == NULL) {
        return NULL;
    }
    const char *source = record_text(line->record, "source");
    const char *state = result_state_words(lang, line->total.state), *day = date_for_people(a, lang, line->total.to);
    return source[0] == '\0' ? tr_f(a, lang, MSG("Source: not said yet. {0}. Cut-off {1}."), state, day, NULL)
                             : tr_f(a, lang, MSG("Source: {0}. {1}. Cut-off {2}."), source, state, day, NULL);
}

const char *result_chart_finding(struct arena *a, const struct lang *lang, const struct result_line *line)
{
    const char *standing = result_standing_words(lang, line->progress.standing);
    const char *now = result_total_words(a, lang, line->rule.unit, &line->total);
    if (line->total.to == NULL) {
        return standing;
    }
    if (line->target == NULL) {
        return tr_f(a, lang, MSG("{0}: {1} up to {2}"), standing, now, date_for_people(a, lang, line->total.to),
                    NULL);
    }
    return tr_f(a, lang, MSG("{0}: {1}, the target is {2}"), standing, now,
                tr_f(a, lang, MSG("{0} by {1}"), result_number(a, lang, line->rule.unit, line->target->value),
                     date_for_people(a, lang, line->target->due_on), NULL),
                NULL);
}

const char *result_why_standing(struct arena *a, const struct lang *lang, const struct result_line *line)
{
    switch (line->progress.standing) {
    case STANDING_BEHIND:
    case STANDING_ON_THE_WAY:
        return line->progress.has_expected
                   ? tr_f(a, lang, MSG("A straight line from the baseline to the target gives {0} on {1}."),
                          result_rough(a, lang, line->rule.unit, line->progress.expected),
                          date_for_people(a, lang, line->total.to), NULL)
                   : NULL;
    case STANDING_NOT_JUDGED:
        return line->direction == BETTER_NEITHER ? tr(lang, MSG("Neither more nor less is better."))
               : line->rule.unit == UNIT_YES_NO
                   ? tr(lang, MSG("A yes comes all at once: it is judged on the day of the target."))
                   : tr(lang, MSG("There is no baseline with a date to judge the way by."));
    case STANDING_REACHED:
    case STANDING_NO_VALUE:
    case STANDING_NO_TARGET:
    case STANDING_COUNT:
        break;
    }
    return NULL;
}
