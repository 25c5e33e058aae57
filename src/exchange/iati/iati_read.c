// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_read.c: activities of an IATI file as programmes, with donors, partners and money.
//
// A programme is found by its number: the identifier of type A1, else what follows the identifier of the
// organisation. What the file does not say keeps its value. Method and reasons: docs/exchange.md.

#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/msg.h"
#include "exchange/iati/iati_parts.h"
#include "finance/finance.h"
#include "place/place.h"
#include "programme/programme.h"
#include "store/store.h"

#define NUMBER_BYTES 24 // of entity_programme, number

const char *iati_own(const struct xml_node *n, const char *name)
{
    return xml_attribute_in(n, IATI_OURS, name);
}

const char *iati_words_of(const struct xml_node *n)
{
    const char *first = NULL;
    for (const struct xml_node *c = n == NULL ? NULL : xml_child(n, "narrative"); c != NULL;
         c = xml_again(c)) {
        const char *lang = xml_attribute_in(c, XML_SPACE, "lang");
        bool english = lang == NULL || lang[0] == '\0' || ((lang[0] | 32) == 'e' && (lang[1] | 32) == 'n');
        if (c->text[0] != '\0' && english) {
            return c->text;
        }
        first = first == NULL && c->text[0] != '\0' ? c->text : first;
    }
    return first;
}

const char *iati_words(const struct xml_node *parent, const char *name)
{
    return iati_words_of(xml_child(parent, name));
}

const char *iati_day(struct arena *a, const struct xml_node *n, const char *attribute)
{
    const char *text = n == NULL ? NULL : xml_attribute_of(n, attribute);
    return text == NULL ? NULL : arena_copy_n(a, text, strlen(text) < 10 ? strlen(text) : 10);
}

// ---- the programme ------------------------------------------------------------------------------------------

static bool is_number_sign(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

// A number of ours made of an identifier: other signs become hyphens. NULL: too long, or nothing.
static const char *as_number(struct arena *a, const char *text)
{
    char *number = arena_copy(a, text);
    for (char *p = number; *p != '\0'; p++) {
        *p = is_number_sign(*p) ? *p : '-';
    }
    return number[0] == '\0' || strlen(number) > NUMBER_BYTES ? NULL : number;
}

static const char *number_of(struct arena *a, const struct xml_node *activity)
{
    for (const struct xml_node *o = xml_child(activity, "other-identifier"); o != NULL;
         o = xml_again(o)) {
        const char *number = xml_attribute_is(o, "type", "A1") ? as_number(a, xml_attribute_text(o, "ref"))
                                                 : NULL;
        if (number != NULL) {
            return number;
        }
    }
    const struct xml_node *id = xml_child(activity, "iati-identifier");
    const struct xml_node *org = xml_child(activity, "reporting-org");
    const char *text = id == NULL ? "" : id->text;
    const char *ref = org == NULL ? "" : xml_attribute_text(org, "ref");
    size_t len = strlen(ref);
    bool own = len > 0 && strncmp(text, ref, len) == 0 && text[len] == '-';
    return as_number(a, own ? text + len + 1 : text);
}

static const struct xml_node *with(const struct xml_node *activity, const char *name,
                                   const char *attribute, const char *value)
{
    const struct xml_node *n = xml_child(activity, name);
    while (n != NULL && !xml_attribute_is(n, attribute, value)) {
        n = xml_again(n);
    }
    return n;
}

static const char *date_of(struct arena *a, const struct xml_node *activity, const char *actual,
                           const char *planned)
{
    const char *day = iati_day(a, with(activity, "activity-date", "type", actual), "iso-date");
    return day != NULL ? day
                       : iati_day(a, with(activity, "activity-date", "type", planned), "iso-date");
}

static const char *crime_of(const struct xml_node *activity, const char *otherwise)
{
    const struct field *f = entity_field(&entity_programme, "crime");
    for (const struct xml_node *n = xml_child(activity, "sector"); n != NULL; n = xml_again(n)) {
        const char *code = xml_attribute_text(n, "code");
        if (xml_attribute_is(n, "vocabulary", "99") && field_choice_label(f, code)[0] != '\0') {
            return code;
        }
    }
    return otherwise;
}

// Codes of the elements that our field knows, as "a b"; NULL when the file has no such element.
static const char *codes_of(struct iati_in *in, const char *name, const char *vocabulary,
                            const char *field)
{
    const struct field *f = entity_field(&entity_programme, field);
    struct buf codes;
    buf_init(&codes, in->p->arena, LIMIT_IMPORT_BYTES); // no longer than the file
    for (const struct xml_node *n = xml_child(in->activity, name); n != NULL; n = xml_again(n)) {
        const char *code = xml_attribute_text(n, "code");
        if (vocabulary != NULL && !xml_attribute_is(n, "vocabulary", vocabulary)) {
            continue;
        }
        if (field_choice_label(f, code)[0] == '\0') {
            partner_left_out(in->p, n->line, MSG("{0}: “{1}” is not known here."), name, code, NULL);
            continue;
        }
        buf_printf(&codes, "%s%s", codes.len == 0 ? "" : " ", code);
    }
    return codes.len == 0 ? NULL : codes.data;
}

// Adds "NA 60, " for each place of one kind; false when one has no percentage.
static bool add_shares(struct buf *shares, const struct xml_node *n, size_t *places)
{
    bool each = true;
    for (; n != NULL; n = xml_again(n)) {
        const char *vocabulary = xml_attribute_of(n, "vocabulary");
        const char *share = xml_attribute_text(n, "percentage");
        if (vocabulary == NULL || strcmp(vocabulary, "1") == 0) { // else regions once more, by another list
            each = each && share[0] != '\0';
            buf_printf(shares, "%s %s, ", xml_attribute_text(n, "code"), share);
            (*places)++;
        }
    }
    return each;
}

// Are these the countries of a programme, in whatever order?
static bool same_countries(struct arena *a, const struct record *programme, const char *codes)
{
    struct value v;
    struct err_info ignored;
    return field_parse(a, entity_field(&entity_programme, "countries"), codes, 0, &v, &ignored) == ERR_NONE &&
           value_same(&v, record_value(programme, "countries"));
}

// NULL: shares that are there already stay; "" when they are of other countries than the file names, and a line says so.
static const char *shares_kept(struct iati_in *in, const char *countries, int line)
{
    struct record *there;
    struct err_info new;
    if (store_get(in->p->db, in->p->arena, &entity_programme, in->number, &there, &new) != ERR_NONE ||
        !record_is_set(there, "country_shares") || same_countries(in->p->arena, there, countries)) {
        return NULL;
    }
    partner_left_out(in->p, line, MSG("The file names other countries and not how they share the budget, so the shares that "
                                      "stood here go. Write new ones into the programme."), NULL);
    return "";
}

// How the countries, and what is for none of them alone, share the money; "" when a country has all of it. What is
// there already when the file does not say a percentage at each, or says what is not kept here: then a line tells it.
static const char *shares_in(struct iati_in *in, const char *countries)
{
    const struct field *f = entity_field(&entity_programme, "country_shares");
    const struct xml_node *country = xml_child(in->activity, "recipient-country");
    struct arena *a = in->p->arena;
    struct buf shares;
    size_t places = 0;
    struct value v;
    struct err_info e;
    buf_init(&shares, a, LIMIT_IMPORT_BYTES); // no longer than the file
    bool each = add_shares(&shares, country, &places);
    each = add_shares(&shares, xml_child(in->activity, "recipient-region"), &places) && each;
    if (country != NULL && places == 1) { // not kept from before, when there were more
        return field_choice_label(f, xml_attribute_text(country, "code"))[0] == '\0' ? NULL : "";
    }
    if (country == NULL || countries == NULL) {
        return NULL;
    }
    if (!each) {
        return shares_kept(in, countries, country->line);
    }
    if (shares_parse(a, f, shares.len == 0 ? "" : shares.data, &v, &e) != ERR_NONE) {
        partner_left_out(in->p, country->line, MSG("The shares of the countries are left out. {0}"),
                         err_text(a, in->p->lang, &e), NULL);
        return shares_kept(in, countries, country->line);
    }
    return v.text;
}

// The objective; a description that only repeats the title is none.
static const char *objective_of(const struct xml_node *activity)
{
    const char *title = iati_words(activity, "title");
    const struct xml_node *n = with(activity, "description", "type", "2");
    n = n == NULL ? with(activity, "description", "type", "1") : n;
    n = n == NULL ? xml_child(activity, "description") : n;
    const char *text = iati_words_of(n);
    return text == NULL || (title != NULL && strcmp(text, title) == 0) ? NULL : text;
}

static const char *currency_of(const struct xml_node *activity)
{
    const char *currency = xml_attribute_of(activity, "default-currency");
    const struct xml_node *budget = xml_child(activity, "budget");
    const struct xml_node *value = budget == NULL ? NULL : xml_child(budget, "value");
    return currency != NULL || value == NULL ? currency : xml_attribute_of(value, "currency");
}

static enum err read_programme(struct iati_in *in, const char *crime, struct err_info *e)
{
    const struct xml_node *n = in->activity;
    struct arena *a = in->p->arena;
    const struct xml_node *status = xml_child(n, "activity-status");
    struct partner_record r = {.kind = &entity_programme, .line = n->line, .shown = in->number};
    struct record *saved;
    const char *id;
    partner_put(&r, "number", in->number);
    partner_put(&r, "title", iati_words(n, "title"));
    partner_put(&r, "objective", objective_of(n));
    partner_put(&r, "crime", crime_of(n, crime));
    partner_put(&r, "starts_on", date_of(a, n, "2", "1"));
    partner_put(&r, "ends_on", date_of(a, n, "4", "3"));
    partner_put(&r, "state",
                status == NULL ? NULL
                               : iati_ours(IATI_STATUS, xml_attribute_text(status, "code")));
    partner_put(&r, "areas", codes_of(in, "tag", "99", "areas"));
    const char *countries = codes_of(in, "recipient-country", NULL, "countries");
    partner_put(&r, "countries", countries);
    partner_put(&r, "country_shares", shares_in(in, countries));
    enum err err = partner_find(in->p, &entity_programme, &saved, e, "number", in->number, NULL);
    if (err != ERR_NONE) {
        return err;
    }
    partner_put(&r, "currency", saved == NULL ? in->currency : NULL); // else what is there would be worth something else
    err = partner_save(in->p, &r, &id, e);
    if (err == ERR_NONE && id != NULL) {
        err = store_get(in->p->db, a, &entity_programme, id, &saved, e);
        in->programme = err == ERR_NONE ? saved : NULL;
    }
    return err;
}

// ---- donors and partners --------------------------------------------------------------------------------------

static enum err read_donor(struct iati_in *in, const struct xml_node *n, const char *name,
                           struct err_info *e)
{
    struct record *donor;
    struct record *pledge;
    const char *sort = iati_ours(IATI_DONOR, xml_attribute_text(n, "type"));
    const char *id;
    enum err err = partner_find(in->p, &entity_donor, &donor, e, "name", name, NULL);
    if (err != ERR_NONE) {
        return err;
    }
    if (donor == NULL) {
        struct partner_record r = {.kind = &entity_donor, .line = n->line, .shown = name};
        partner_put(&r, "name", name);
        partner_put(&r, "sort", sort == NULL ? "other" : sort);
        err = partner_save(in->p, &r, &id, e);
    } else {
        id = donor->id;
    }
    if (err != ERR_NONE || id == NULL) {
        return err;
    }
    err = partner_find(in->p, &entity_pledge, &pledge, e, "programme_id", in->programme->id,
                       "donor_id", id, NULL);
    if (err == ERR_NONE && pledge == NULL) {
        struct partner_record r = {.kind = &entity_pledge, .line = n->line, .shown = name};
        partner_put(&r, "programme_id", in->programme->id);
        partner_put(&r, "donor_id", id);
        partner_put(&r, "earmark", "not_known");
        err = partner_save(in->p, &r, &id, e);
    }
    return err;
}

static enum err read_partner(struct iati_in *in, const struct xml_node *n, const char *name,
                             struct err_info *e)
{
    struct record *before;
    const char *id;
    enum err err = partner_find(in->p, &entity_partner, &before, e, "programme_id",
                                in->programme->id, "name", name, NULL);
    if (err != ERR_NONE) {
        return err;
    }
    struct partner_record r = {.kind = &entity_partner, .line = n->line, .shown = name};
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "programme_id", in->programme->id);
    partner_put(&r, "name", name);
    partner_put(&r, "role", iati_own(n, "does"));
    return partner_save(in->p, &r, &id, e);
}

static enum err read_organisations(struct iati_in *in, struct err_info *e)
{
    const struct xml_node *us = xml_child(in->activity, "reporting-org");
    const char *our_ref = us == NULL ? "" : xml_attribute_text(us, "ref");
    enum err err = ERR_NONE;
    for (const struct xml_node *n = xml_child(in->activity, "participating-org");
         err == ERR_NONE && n != NULL; n = xml_again(n)) {
        const char *ref = xml_attribute_text(n, "ref");
        const char *name = iati_words_of(n);
        name = name == NULL ? ref : name;
        if (xml_attribute_is(n, "role", "1")) {
            err = read_donor(in, n, name, e);
        } else if (our_ref[0] == '\0' || strcmp(ref, our_ref) != 0) {
            err = read_partner(in, n, name, e);
        }
    }
    return err;
}

// ---- money ------------------------------------------------------------------------------------------------------

#define MANY_YEARS 111
#define FIRST_YEAR 1990

// What the budgets and payments of a year come to, in minor units.
struct year {
    int line;
    bool has_budget;
    bool revised; // the budget is the sum of revised ones, which count before original ones
    int64_t budget;
    bool has_spent;
    int64_t spent;
};

static int year_at(const char *day)
{
    int year = 0;
    for (int i = 0; i < 4 && day != NULL && day[i] >= '0' && day[i] <= '9'; i++) {
        year = year * 10 + (day[i] - '0');
    }
    return year < FIRST_YEAR || year >= FIRST_YEAR + MANY_YEARS ? -1 : year - FIRST_YEAR;
}

static bool add(int64_t *sum, int64_t more)
{
    return !__builtin_add_overflow(*sum, more, sum);
}

// The amount of a <value> in the currency of the programme; false: said why not.
static bool amount_of(struct iati_in *in, const struct xml_node *n, int64_t *minor)
{
    const struct xml_node *value = xml_child(n, "value");
    const char *ours = record_text(in->programme, "currency");
    const char *currency = value == NULL ? NULL : xml_attribute_of(value, "currency");
    int digits = currency_minor_digits(ours);
    if (value == NULL) {
        return false;
    }
    currency = currency == NULL ? in->currency : currency;
    if (currency != NULL && strcmp(currency, ours) != 0) {
        partner_left_out(in->p, n->line, MSG("The amount is in {0}, the programme counts in {1}."),
                         currency, ours, NULL);
        return false;
    }
    if (!money_parse(value->text, digits < 0 ? 2 : digits, minor)) {
        partner_refuse(in->p, n->line, MSG("“{0}” is no amount in {1}."), value->text, ours, NULL);
        return false;
    }
    return true;
}

static void read_budgets(struct iati_in *in, struct year *years)
{
    for (const struct xml_node *n = xml_child(in->activity, "budget"); n != NULL; n = xml_again(n)) {
        int from = year_at(iati_day(in->p->arena, xml_child(n, "period-start"), "iso-date"));
        int to = year_at(iati_day(in->p->arena, xml_child(n, "period-end"), "iso-date"));
        bool revised = xml_attribute_is(n, "type", "2");
        int64_t minor;
        if (from < 0 || from != to) {
            partner_left_out(in->p, n->line, MSG("A budget does not lie in one calendar year."),
                             NULL);
            continue;
        }
        if (!amount_of(in, n, &minor)) {
            continue;
        }
        struct year *y = &years[from];
        if (y->has_budget && y->revised && !revised) {
            continue;
        }
        if (revised && !y->revised) {
            *y = (struct year){.revised = true};
        }
        y->line = y->line == 0 ? n->line : y->line;
        y->has_budget = true;
        if (!add(&y->budget, minor)) {
            partner_refuse(in->p, n->line, MSG("The sum of the year is too large."), NULL);
        }
    }
}

static void read_payments(struct iati_in *in, struct year *years)
{
    for (const struct xml_node *n = xml_child(in->activity, "transaction"); n != NULL;
         n = xml_again(n)) {
        const struct xml_node *type = xml_child(n, "transaction-type");
        int at = year_at(iati_day(in->p->arena, xml_child(n, "transaction-date"), "iso-date"));
        int64_t minor;
        bool spent = type != NULL && (xml_attribute_is(type, "code", "4") || xml_attribute_is(type, "code", "3"));
        if (!spent) {
            continue;
        }
        if (at < 0) {
            partner_left_out(in->p, n->line, MSG("A payment has no day."), NULL);
        } else if (amount_of(in, n, &minor)) {
            years[at].line = years[at].line == 0 ? n->line : years[at].line;
            years[at].has_spent = true;
            if (!add(&years[at].spent, minor)) {
                partner_refuse(in->p, n->line, MSG("The sum of the year is too large."), NULL);
            }
        }
    }
}

static enum err save_year(struct iati_in *in, int year, const struct year *y, struct err_info *e)
{
    struct record *before;
    struct arena *a = in->p->arena;
    const char *number = arena_printf(a, "%d", year);
    int digits = currency_minor_digits(record_text(in->programme, "currency"));
    const char *id;
    digits = digits < 0 ? 2 : digits;
    enum err err = partner_find(in->p, &entity_budget, &before, e, "programme_id",
                                in->programme->id, "row", "year", "from_year", number, NULL);
    if (err != ERR_NONE) {
        return err;
    }
    struct partner_record r = {.kind = &entity_budget, .line = y->line, .shown = number};
    partner_put(&r, "id", before == NULL ? NULL : before->id);
    partner_put(&r, "programme_id", in->programme->id);
    partner_put(&r, "row", "year");
    partner_put(&r, "from_year", number);
    partner_put(&r, "to_year", number);
    partner_put(&r, "approved", y->has_budget ? money_text(a, y->budget, digits) : NULL);
    partner_put(&r, "spent", y->has_spent ? money_text(a, y->spent, digits) : NULL);
    return partner_save(in->p, &r, &id, e);
}

static enum err read_money(struct iati_in *in, struct err_info *e)
{
    struct year *years = ARENA_ARRAY(in->p->arena, struct year, MANY_YEARS);
    enum err err = ERR_NONE;
    read_budgets(in, years);
    read_payments(in, years);
    for (int i = 0; err == ERR_NONE && i < MANY_YEARS; i++) {
        if (years[i].has_budget || years[i].has_spent) {
            err = save_year(in, FIRST_YEAR + i, &years[i], e);
        }
    }
    return err;
}

// ---- the file ---------------------------------------------------------------------------------------------------

static enum err read_activity(struct partner_import *p, const struct xml_node *activity,
                              const char *crime, struct map *seen, struct err_info *e)
{
    struct iati_in in = {.p = p, .activity = activity, .number = number_of(p->arena, activity),
                         .currency = currency_of(activity)};
    map_init(&in.used, p->arena);
    map_init(&in.values, p->arena);
    if (in.number == NULL) {
        partner_refuse(p, activity->line,
                       MSG("The identifier of the activity gives no number of at most 24 signs. Add "
                           "an <other-identifier> of type A1 with the number it should have here."),
                       NULL);
        return ERR_NONE;
    }
    void **other = map_at(seen, arena_copy(p->kept, in.number));
    if (*other != NULL) {
        partner_refuse(p, activity->line, MSG("The activity of line {0} has the same number."),
                       decimal_int_text(p->arena, ((const struct xml_node *)*other)->line), NULL);
        return ERR_NONE;
    }
    *other = (void *)activity;
    enum err err = read_programme(&in, crime, e);
    if (err != ERR_NONE || in.programme == NULL) {
        return err;
    }
    err = read_organisations(&in, e);
    if (err == ERR_NONE) {
        err = read_money(&in, e);
    }
    return err != ERR_NONE ? err : iati_read_results(&in, e);
}

enum err iati_read(struct partner_import *p, void *of, struct err_info *e)
{
    const struct iati_file *file = of;
    struct map seen; // activities by number
    enum err err = ERR_NONE;
    map_init(&seen, p->kept);
    if (strcmp(file->root->name, "iati-activities") != 0) {
        return err_set(e, ERR_INPUT, NULL, MSG("This is no IATI activity file."),
                       MSG("It begins with <iati-activities>."), NULL);
    }
    for (const struct xml_node *n = xml_child(file->root, "iati-activity");
         err == ERR_NONE && n != NULL; n = xml_again(n)) {
        err = read_activity(p, n, file->crime, &seen, e);
        partner_forget(p);
    }
    return err;
}
