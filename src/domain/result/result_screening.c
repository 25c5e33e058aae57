// SPDX-License-Identifier: AGPL-3.0-or-later
//
// result_screening.c: see result_screening.h. RIGHTS: OHCHR, Human Rights Indicators (2012), as tool intro
// of the Toolkit gives it.

#include "result/result_screening.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "result/result.h"

#define LIMIT_LETTERS 128

const struct screening_question screening_questions[SCREENING_QUESTIONS] = {
    {"rights_r", "rights_r_why", "RIGHTS-R", "R", true},
    {"rights_i", "rights_i_why", "RIGHTS-I", "I", true},
    {"rights_g", "rights_g_why", "RIGHTS-G", "G", true},
    {"rights_h", "rights_h_why", "RIGHTS-H", "H", true},
    {"rights_t", "rights_t_why", "RIGHTS-T", "T", true},
    {"rights_s", "rights_s_why", "RIGHTS-S", "S", true},
    {"smart_s", "smart_s_why", NULL, "S", false},
    {"smart_m", "smart_m_why", NULL, "M", false},
    {"smart_a", "smart_a_why", NULL, "A", false},
    {"smart_r", "smart_r_why", NULL, "R", false},
    {"smart_t", "smart_t_why", NULL, "T", false},
};

enum err screening_check(const struct record *r, struct err_info *e)
{
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        const struct screening_question *q = &screening_questions[i];
        if (strcmp(record_text(r, q->field), "yes") != 0 && !record_is_set(r, q->why)) {
            return err_set(e, ERR_INPUT, q->why, MSG("“In part” and “no” need a word why."),
                           MSG("Say what is missing, so that somebody can mend it."), NULL);
        }
    }
    return ERR_NONE;
}

static int count(const struct record *screening, const char *answer)
{
    int n = 0;
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        n += strcmp(record_text(screening, screening_questions[i].field), answer) == 0;
    }
    return n;
}

enum screening_verdict screening_verdict_of(const struct record *screening)
{
    if (screening == NULL) {
        return SCREENING_NONE;
    }
    if (count(screening, "no") > 0) {
        return SCREENING_FAILS;
    }
    return count(screening, "yes") == SCREENING_QUESTIONS ? SCREENING_GOOD : SCREENING_PART;
}

static void add_letters(struct buf *b, const struct record *screening, const char *answer, bool rights)
{
    const char *before = rights ? "RIGHTS: " : b->len > 0 ? "; SMART: " : "SMART: ";
    for (int i = 0; i < SCREENING_QUESTIONS; i++) {
        const struct screening_question *q = &screening_questions[i];
        if (q->rights == rights && strcmp(record_text(screening, q->field), answer) == 0) {
            buf_printf(b, "%s%s", before, q->letter);
            before = ", ";
        }
    }
}

const char *screening_letters(struct arena *a, const struct record *screening, const char *answer)
{
    struct buf b;
    buf_init(&b, a, LIMIT_LETTERS);
    add_letters(&b, screening, answer, true);
    add_letters(&b, screening, answer, false);
    return b.len == 0 ? NULL : b.data;
}

const char *screening_words(const struct lang *lang, enum screening_verdict verdict)
{
    static const char *const words[SCREENING_COUNT] = {
        [SCREENING_NONE] = MSG("Not screened"), [SCREENING_FAILS] = MSG("Fails"),
        [SCREENING_PART] = MSG("Good in part"), [SCREENING_GOOD] = MSG("Good")};
    return tr(lang, words[verdict]);
}

const char *screening_look(enum screening_verdict verdict)
{
    static const char *const looks[SCREENING_COUNT] = {[SCREENING_NONE] = "none",
                                                       [SCREENING_FAILS] = "risk",
                                                       [SCREENING_PART] = "warn",
                                                       [SCREENING_GOOD] = "done"};
    return looks[verdict];
}

const char *screening_age(struct arena *a, const struct lang *lang, const char *day,
                          const char *today)
{
    int64_t days = date_days_between(day, today);
    if (days <= 0) {
        return tr(lang, MSG("today"));
    }
    if (days < 60) {
        return tr_n(a, lang, MSG("1 day ago"), MSG("{0} days ago"), days);
    }
    if (days < 730) {
        return tr_n(a, lang, MSG("1 month ago"), MSG("{0} months ago"), days / 30);
    }
    return tr_n(a, lang, MSG("1 year ago"), MSG("{0} years ago"), days / 365);
}

const struct record *screening_newest(struct record *const *all, size_t n, const char *indicator_id)
{
    const struct record *newest = NULL;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(record_text(all[i], "indicator_id"), indicator_id) != 0) {
            continue;
        }
        int order = newest == NULL ? 1
                                   : strcmp(record_text(all[i], "screened_on"),
                                            record_text(newest, "screened_on"));
        if (order > 0 || (order == 0 && strcmp(all[i]->id, newest->id) > 0)) {
            newest = all[i];
        }
    }
    return newest;
}
