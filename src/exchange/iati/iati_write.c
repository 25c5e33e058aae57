// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_write.c: a programme as an activity of the IATI Standard 2.03.
//
// Elements stand in the order that the schema asks for. Method and reasons: docs/exchange.md.

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "base/decimal.h"
#include "base/msg.h"
#include "base/sort.h"
#include "exchange/iati/iati_parts.h"
#include "exchange/observation/parts.h"
#include "finance/finance.h"
#include "place/place.h"
#include "programme/programme.h"
#include "store/store.h"

// Facilitation of orderly, safe and regular migration: the list of the OECD names the response to
// smuggling of migrants and to trafficking in persons there, and nowhere else.
#define SECTOR_DAC "15190"
#define MANY_COUNTRIES 300

static enum err setting(struct db_read *db, struct arena *a, const char *given, const char *name,
                        const char **out, struct err_info *e)
{
    *out = given;
    return given != NULL && given[0] != '\0' ? ERR_NONE : access_setting(db, a, name, out, e);
}

static bool is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

enum err iati_publisher_find(struct db_read *db, struct arena *a, const char *ref,
                             const char *type, const char *name, struct iati_publisher *out,
                             struct err_info *e)
{
    enum err err = setting(db, a, ref, "iati-ref", &out->ref, e);
    if (err == ERR_NONE) {
        err = setting(db, a, type, "iati-type", &out->type, e);
    }
    if (err == ERR_NONE) {
        err = setting(db, a, name, "organisation", &out->name, e);
    }
    if (err == ERR_NONE) {
        err = setting(db, a, NULL, "language", &out->language, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    out->language = out->language == NULL ? "en" : out->language;
    int missing = is_empty(out->ref) + is_empty(out->type) + is_empty(out->name);
    if (missing > 1) {
        return err_set(e, ERR_INPUT, "--reporting-org",
                       MSG("Which organisation reports? Its IATI identifier, kind and name are needed."),
                       MSG("Set them for good under Administration, “Who publishes”, or with “mainstay setting "
                           "iati-ref XM-DAC-99999”, “iati-type 40” and “organisation NAME”; or add "
                           "--reporting-org, --reporting-type and --reporting-name."),
                       NULL);
    }
    if (is_empty(out->ref)) {
        return err_set(e, ERR_INPUT, "--reporting-org",
                       MSG("Which organisation reports? Its IATI identifier is not known."),
                       MSG("Add --reporting-org XM-DAC-99999, or keep it for good with “mainstay "
                           "setting iati-ref XM-DAC-99999”."),
                       NULL);
    }
    err = access_iati_ref_check(out->ref, "--reporting-org", e);
    if (err != ERR_NONE) {
        return err;
    }
    if (out->type == NULL || !iati_code_known("OrganisationType", out->type)) {
        return err_set(e, ERR_INPUT, "--reporting-type",
                       MSG("What kind of organisation reports? A code of the IATI list "
                           "OrganisationType is needed."),
                       MSG("Add --reporting-type 40 (multilateral), 10 (government) or 21 "
                           "(international NGO), or keep it with “mainstay setting iati-type 40”."),
                       NULL);
    }
    if (is_empty(out->name)) {
        return err_set(e, ERR_INPUT, "--reporting-name",
                       MSG("What is the name of the organisation that reports?"),
                       MSG("Add --reporting-name NAME, or keep it with “mainstay setting "
                           "organisation NAME”."),
                       NULL);
    }
    return ERR_NONE;
}

// ---- who ------------------------------------------------------------------------------------------------

static void put_organisation(struct iati_work *w, const char *role, const char *type,
                             const char *ref, const char *does, const char *name)
{
    xml_open(w->x, "participating-org");
    xml_put(w->x, "role", role);
    xml_put(w->x, "type", type);
    xml_put(w->x, "ref", ref);
    xml_put(w->x, "mainstay:does", does);
    xml_element(w->x, "narrative", name);
    xml_close(w->x);
}

static int by_name(const void *x, const void *y)
{
    const struct record *a = *(struct record *const *)x;
    const struct record *b = *(struct record *const *)y;
    return strcmp(record_text(a, "name"), record_text(b, "name"));
}

static enum err put_donors(struct iati_work *w, struct err_info *e)
{
    struct record **pledges;
    struct record **donors;
    size_t n;
    size_t n_donors = 0;
    enum err err = store_list_by(w->db, w->arena, &entity_pledge, "programme_id", w->programme->id,
                                 &pledges, &n, e);
    if (err != ERR_NONE || n == 0) {
        return err;
    }
    const char **ids = ARENA_ARRAY(w->arena, const char *, n);
    size_t n_ids = 0;
    for (size_t i = 0; i < n; i++) {
        const char *id = record_text(pledges[i], "donor_id");
        size_t k = 0;
        while (k < n_ids && strcmp(ids[k], id) != 0) {
            k++;
        }
        ids[k] = id;
        n_ids += k == n_ids;
    }
    err = store_get_many(w->db, w->arena, &entity_donor, ids, n_ids, &donors, &n_donors, e);
    if (err != ERR_NONE) {
        return err;
    }
    sort_items(donors, n_donors, sizeof *donors, by_name);
    for (size_t i = 0; i < n_donors; i++) {
        put_organisation(w, "1", iati_code(IATI_DONOR, record_text(donors[i], "sort")), NULL, NULL,
                         record_text(donors[i], "name"));
    }
    return ERR_NONE;
}

static enum err put_partners(struct iati_work *w, struct err_info *e)
{
    struct record **partners;
    size_t n;
    enum err err = store_list_by(w->db, w->arena, &entity_partner, "programme_id",
                                 w->programme->id, &partners, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    sort_items(partners, n, sizeof *partners, by_name);
    for (size_t i = 0; i < n; i++) {
        put_organisation(w, "4", NULL, NULL,
                         record_is_set(partners[i], "role") ? record_text(partners[i], "role")
                                                            : NULL,
                         record_text(partners[i], "name"));
    }
    return ERR_NONE;
}

// ---- what, when, where ------------------------------------------------------------------------------

static void put_coded(struct xml_out *x, const char *name, const char *code)
{
    xml_open(x, name);
    xml_put(x, "code", code);
    xml_close(x);
}

static void put_date(struct xml_out *x, const char *type, const char *date)
{
    xml_open(x, "activity-date");
    xml_put(x, "iso-date", date);
    xml_put(x, "type", type);
    xml_close(x);
}

// A day that has not come is planned, whatever the state says.
static void put_dates(struct iati_work *w)
{
    const char *state = record_text(w->programme, "state");
    const char *starts = record_text(w->programme, "starts_on");
    const char *ends = record_text(w->programme, "ends_on");
    bool begun = strcmp(state, "planned") != 0 && strcmp(starts, w->today) <= 0;
    bool ended = strcmp(state, "closed") == 0 && strcmp(ends, w->today) <= 0;
    put_date(w->x, begun ? "2" : "1", starts);
    put_date(w->x, ended ? "4" : "3", ends);
}

// Shares of n countries that come to exactly 100: the first ones get a hundredth more.
static const char *share(struct arena *a, size_t n, size_t i)
{
    int64_t hundredths = 10000 / (int64_t)n + ((int64_t)i < 10000 % (int64_t)n ? 1 : 0);
    return decimal_short(a, hundredths * (DECIMAL_ONE / 100));
}

static void put_country(struct iati_work *w, const char *code, const char *percentage)
{
    xml_open(w->x, "recipient-country");
    xml_put(w->x, "code", code);
    xml_put(w->x, "percentage", percentage);
    xml_close(w->x);
}

static void put_no_country(struct iati_work *w, const char *percentage)
{
    xml_open(w->x, "recipient-region");
    xml_put(w->x, "code", PLACE_NO_COUNTRY);
    xml_put(w->x, "vocabulary", "1");
    xml_put(w->x, "percentage", percentage);
    xml_close(w->x);
}

static void put_shares(struct iati_work *w, const struct share *parts, size_t n)
{
    const char *more = NULL;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(parts[i].code, PLACE_NO_COUNTRY) == 0) {
            more = parts[i].percent;
        } else {
            put_country(w, parts[i].code, parts[i].percent);
        }
    }
    if (more != NULL) {
        put_no_country(w, more); // regions come after all countries
    }
}

// Shares as they are known; one country has all of it; several without known shares are equal when asked so.
static void put_countries(struct iati_work *w)
{
    const char *codes[MANY_COUNTRIES];
    struct share *parts;
    size_t n_shares = shares_of(w->arena, record_text(w->programme, "country_shares"), &parts);
    size_t n = 0;
    char *state = NULL;
    char *copy = arena_copy(w->arena, record_text(w->programme, "countries"));
    for (char *c = strtok_r(copy, " ", &state); c != NULL && n < MANY_COUNTRIES;
         c = strtok_r(NULL, " ", &state)) {
        codes[n++] = c;
    }
    put_coded(w->x, "activity-scope", n == 0 ? "1" : n == 1 ? "4" : "3");
    if (n_shares > 0) {
        put_shares(w, parts, n_shares);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        put_country(w, codes[i], n == 1 ? "100" : w->o->equal_shares ? share(w->arena, n, i) : NULL);
    }
    if (n == 0) {
        put_no_country(w, "100");
    } else if (n > 1 && !w->o->equal_shares) {
        iati_note(w, MSG("The share of each country is not known, and IATI asks for it. Write the "
                         "shares of the budget into the programme, or add --equal-shares if the "
                         "countries share equally."),
                  NULL);
    }
}

static const char *crime_name(const char *crime)
{
    return strcmp(crime, "both") == 0
               ? "Trafficking in persons and smuggling of migrants"
               : field_choice_label(entity_field(&entity_programme, "crime"), crime);
}

static void put_sectors(struct iati_work *w)
{
    const struct field *areas = entity_field(&entity_programme, "areas");
    xml_open(w->x, "sector");
    xml_put(w->x, "vocabulary", "1");
    xml_put(w->x, "code", SECTOR_DAC);
    xml_close(w->x);
    xml_open(w->x, "sector");
    xml_put(w->x, "vocabulary", "99");
    xml_put(w->x, "code", record_text(w->programme, "crime"));
    xml_element(w->x, "narrative", crime_name(record_text(w->programme, "crime")));
    xml_close(w->x);
    for (const struct choice *c = field_choices(areas); c->code != NULL; c++) {
        if (record_has_code(w->programme, "areas", c->code)) {
            xml_open(w->x, "tag");
            xml_put(w->x, "vocabulary", "99");
            xml_put(w->x, "code", c->code);
            xml_element(w->x, "narrative", c->label);
            xml_close(w->x);
        }
    }
}

// ---- money ------------------------------------------------------------------------------------------------

static void put_amount(struct iati_work *w, const char *date, int64_t minor)
{
    int digits = currency_minor_digits(record_text(w->programme, "currency"));
    xml_open(w->x, "value");
    xml_put(w->x, "currency", record_text(w->programme, "currency"));
    xml_put(w->x, "value-date", date);
    xml_put_text(w->x, money_text(w->arena, minor, digits < 0 ? 2 : digits));
    xml_close(w->x);
}

static int by_year(const void *x, const void *y)
{
    const struct record *a = *(struct record *const *)x;
    const struct record *b = *(struct record *const *)y;
    int64_t years = record_int(a, "from_year") - record_int(b, "from_year");
    return years < 0 ? -1 : years > 0;
}

static const char *day_of(struct arena *a, const struct record *row, const char *day)
{
    return arena_printf(a, "%lld%s", (long long)record_int(row, "from_year"), day);
}

static bool is_year(const struct record *row)
{
    return strcmp(record_text(row, "row"), "year") == 0;
}

static void put_budget(struct iati_work *w, const struct record *row)
{
    const char *from = day_of(w->arena, row, "-01-01");
    xml_open(w->x, "budget");
    iati_date(w->x, "period-start", from);
    iati_date(w->x, "period-end", day_of(w->arena, row, "-12-31"));
    put_amount(w, from, record_int(row, "approved"));
    xml_close(w->x);
}

// What was spent in a year, as one payment on its last day, or today while it runs.
static void put_spent(struct iati_work *w, const struct record *row)
{
    const char *day = day_of(w->arena, row, "-12-31");
    day = strcmp(day, w->today) > 0 ? w->today : day;
    xml_open(w->x, "transaction");
    put_coded(w->x, "transaction-type", "4");
    iati_date(w->x, "transaction-date", day);
    put_amount(w, day, record_int(row, "spent"));
    xml_close(w->x);
}

static enum err put_money(struct iati_work *w, struct err_info *e)
{
    struct record **rows;
    size_t n;
    size_t n_years = 0;
    enum err err = store_list_by(w->db, w->arena, &entity_budget, "programme_id", w->programme->id,
                                 &rows, &n, e);
    if (err != ERR_NONE) {
        return err;
    }
    sort_items(rows, n, sizeof *rows, by_year);
    for (size_t i = 0; i < n; i++) {
        if (is_year(rows[i]) && record_is_set(rows[i], "approved")) {
            put_budget(w, rows[i]);
            n_years++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const char *first = day_of(w->arena, rows[i], "-01-01");
        if (!is_year(rows[i]) || !record_is_set(rows[i], "spent")) {
            continue;
        }
        if (strcmp(first, w->today) > 0) {
            iati_note(w, MSG("The expenditure of {0} is left out because the year has not begun."),
                      arena_copy_n(w->arena, first, 4), NULL);
            continue;
        }
        put_spent(w, rows[i]);
    }
    if (n_years == 0 && record_is_set(w->programme, "approved_total")) {
        iati_note(w, MSG("The budget is left out because it is not known for single years."), NULL);
    }
    return ERR_NONE;
}

// ---- the activity -------------------------------------------------------------------------------------

static void put_head(struct iati_work *w)
{
    const struct iati_publisher *p = w->o->publisher;
    const char *number = record_text(w->programme, "number");
    const char *title = record_text(w->programme, "title");
    xml_open(w->x, "iati-activity");
    xml_put(w->x, "xml:lang", p->language);
    xml_put(w->x, "default-currency", record_text(w->programme, "currency"));
    xml_element(w->x, "iati-identifier", arena_printf(w->arena, "%s-%s", p->ref, number));
    xml_open(w->x, "reporting-org");
    xml_put(w->x, "ref", p->ref);
    xml_put(w->x, "type", p->type);
    xml_element(w->x, "narrative", p->name);
    xml_close(w->x);
    iati_narrative(w->x, "title", title);
    xml_open(w->x, "description");
    if (record_is_set(w->programme, "objective")) {
        xml_put(w->x, "type", "2");
        xml_element(w->x, "narrative", record_text(w->programme, "objective"));
    } else {
        xml_put(w->x, "type", "1");
        xml_element(w->x, "narrative", title);
    }
    xml_close(w->x);
}

static void put_status(struct iati_work *w)
{
    xml_open(w->x, "other-identifier");
    xml_put(w->x, "ref", record_text(w->programme, "number"));
    xml_put(w->x, "type", "A1");
    xml_close(w->x);
    put_coded(w->x, "activity-status", iati_code(IATI_STATUS, record_text(w->programme, "state")));
    put_dates(w);
    put_countries(w);
    put_sectors(w);
}

enum err iati_activity(struct db_read *db, struct arena *a, struct xml_out *x,
                       const struct record *programme, const struct iati_options *o,
                       struct buf *notes, struct err_info *e)
{
    struct iati_work w = {.db = db, .arena = a, .x = x, .programme = programme, .o = o,
                          .notes = notes, .today = arena_copy_n(a, o->now, 10)};
    const struct iati_publisher *p = o->publisher;
    put_head(&w);
    enum err err = put_donors(&w, e);
    if (err == ERR_NONE) {
        put_organisation(&w, "2", p->type, p->ref, NULL, p->name);
        err = put_partners(&w, e);
    }
    if (err == ERR_NONE) {
        put_status(&w);
        err = put_money(&w, e);
    }
    if (err == ERR_NONE) {
        err = iati_results(&w, e);
    }
    if (err == ERR_NONE) {
        xml_close(x);
    }
    return err;
}

void iati_begin(struct xml_out *x, struct buf *out, const struct iati_options *o)
{
    xml_begin(x, out);
    if (o->parts) {
        xml_comment(x, tr(o->lang, PARTS_NOT_PUBLIC));
    }
    xml_open(x, "iati-activities");
    xml_put(x, "version", "2.03");
    xml_put(x, "generated-datetime", o->now);
    xml_put(x, "xmlns:mainstay", IATI_OURS);
}

void iati_finish(struct xml_out *x)
{
    xml_close(x);
    xml_end(x);
}
