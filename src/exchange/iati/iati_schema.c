// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_schema.c: elements and attributes against the tables of the pack "iati": what the schema of 2.03 and
// the lists of codes allow. Says what it finds in plain words. See iati_check.h.

#include <pthread.h>
#include <string.h>

#include "base/bug.h"
#include "base/date.h"
#include "base/limits.h"
#include "base/msg.h"
#include "exchange/iati/iati_check.h"
#include "exchange/iati/iati_parts.h"
#include "pack/pack.h"

// One attribute of an element, and the list its codes come from.
struct attribute_rule {
    const char *name;
    bool required;
    const char *type;
};

struct element_rule {
    const char *path;
    const char *name; // last part of the path
    bool required;
    bool repeats;
    const char *content;
    bool other_attributes;
    bool other_elements;
    struct element_rule *first; // children in the order of the schema
    struct element_rule *next;
    struct attribute_rule *attributes;
    size_t n_attributes;
};

#define MANY_RULES 400

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct element_rule rules[MANY_RULES]; // the first is the root
static size_t n_rules;
static const struct tsv *coded;
static struct arena *kept; // as long as the process

static const struct tsv *table(const char *id)
{
    const struct tsv *found = pack_table(pack_find("iati"), id);
    ensure(found != NULL);
    return found;
}

static struct element_rule *rule_of(const char *path, size_t len)
{
    for (size_t i = n_rules; i-- > 0;) {
        if (strncmp(rules[i].path, path, len) == 0 && rules[i].path[len] == '\0') {
            return &rules[i];
        }
    }
    return NULL;
}

static void hang_up(struct element_rule *rule)
{
    const char *cut = strrchr(rule->path, '/');
    struct element_rule *up = cut == NULL ? NULL : rule_of(rule->path, (size_t)(cut - rule->path));
    rule->name = cut == NULL ? rule->path : cut + 1;
    if (up == NULL) {
        return;
    }
    struct element_rule **end = &up->first;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = rule;
}

static void read_rules(void)
{
    kept = arena_new(LIMIT_PROCESS_BYTES);
    const struct tsv *elements = table("element");
    const struct tsv *attributes = table("attribute");
    coded = table("coded");
    ensure(elements->n_rows <= MANY_RULES);
    for (size_t i = 0; i < elements->n_rows; i++) {
        const char *others = tsv_cell(elements, i, "others");
        rules[i] = (struct element_rule){
            .path = tsv_cell(elements, i, "path"),
            .required = strcmp(tsv_cell(elements, i, "at_least"), "1") == 0,
            .repeats = strcmp(tsv_cell(elements, i, "at_most"), "n") == 0,
            .content = tsv_cell(elements, i, "content"),
            .other_attributes = strstr(others, "attributes") != NULL,
            .other_elements = strstr(others, "elements") != NULL,
        };
        n_rules = i + 1;
        hang_up(&rules[i]);
    }
    for (size_t i = 0; i < attributes->n_rows; i++) {
        const char *path = tsv_cell(attributes, i, "path");
        struct element_rule *rule = rule_of(path, strlen(path));
        ensure(rule != NULL);
        if (rule->attributes == NULL) {
            rule->attributes = ARENA_ARRAY(kept, struct attribute_rule, 16);
        }
        ensure(rule->n_attributes < 16);
        rule->attributes[rule->n_attributes++] = (struct attribute_rule){
            tsv_cell(attributes, i, "attribute"),
            strcmp(tsv_cell(attributes, i, "required"), "1") == 0, tsv_cell(attributes, i, "type")};
    }
}

// ---- forms of values ------------------------------------------------------------------------------------

static bool is_digits(const char *text, size_t len)
{
    return len > 0 && strspn(text, "0123456789") >= len;
}

static bool is_number(const char *t, bool whole)
{
    t += *t == '-' || *t == '+';
    size_t before = strspn(t, "0123456789");
    size_t after = t[before] == '.' ? strspn(t + before + 1, "0123456789") : 0;
    size_t len = before + (t[before] == '.' ? 1 + after : 0);
    return before + after > 0 && t[len] == '\0' && !(whole && t[before] == '.');
}

// "Z", "+02:00" or nothing.
static bool is_zone(const char *t)
{
    return t[0] == '\0' || strcmp(t, "Z") == 0 ||
           ((t[0] == '+' || t[0] == '-') && strlen(t) == 6 && is_digits(t + 1, 2) && t[3] == ':' &&
            is_digits(t + 4, 2));
}

static bool is_day(const char *t)
{
    char day[11] = "";
    if (strlen(t) < 10) {
        return false;
    }
    memcpy(day, t, 10);
    return date_is_valid(day);
}

static bool is_moment(const char *t)
{
    if (!is_day(t) || t[10] != 'T' || strlen(t) < 19 || !is_digits(t + 11, 2) || t[13] != ':' ||
        !is_digits(t + 14, 2) || t[16] != ':' || !is_digits(t + 17, 2)) {
        return false;
    }
    t += 19;
    return is_zone(t[0] == '.' ? t + 1 + strspn(t + 1, "0123456789") : t);
}

static bool is_language(const char *t)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t first = strspn(t, letters);
    return t[0] == '\0' || (first >= 1 && first <= 8 && t[strspn(t, signs)] == '\0' &&
                            (t[first] == '\0' || t[first] == '-'));
}

static bool is_truth(const char *t)
{
    return strcmp(t, "1") == 0 || strcmp(t, "0") == 0 || strcmp(t, "true") == 0 ||
           strcmp(t, "false") == 0;
}

static bool is_token(const char *t)
{
    return t[0] != '\0' && t[strcspn(t, " \t\r\n")] == '\0';
}

static bool is_day_with_zone(const char *t)
{
    return is_day(t) && is_zone(t + 10);
}
static bool is_decimal(const char *t)
{
    return is_number(t, false);
}
static bool is_integer(const char *t)
{
    return is_number(t, true);
}
static bool is_integer0(const char *t)
{
    return is_number(t, true) && (t[0] != '-' || strspn(t + 1, "0") == strlen(t + 1));
}
static bool is_count(const char *t)
{
    return is_number(t, true) && t[0] != '-' && t[strspn(t, "+0")] != '\0';
}

static const struct form {
    const char *type;
    bool (*fits)(const char *text);
    const char *wanted;
} forms[] = {
    {"date", is_day_with_zone, MSG("Write a day of the calendar as 2026-11-22.")},
    {"moment", is_moment, MSG("Write day and time as 2026-11-22T10:20:30Z.")},
    {"number", is_decimal, MSG("Write digits, with a point before decimals: 1250.50. No spaces, no "
                               "separators, no currency.")},
    {"integer", is_integer, MSG("Write a whole number.")},
    {"integer0", is_integer0, MSG("Write a whole number, 0 or more.")},
    {"count", is_count, MSG("Write a whole number, 1 or more.")},
    {"truth", is_truth, MSG("Write 1 for yes, 0 for no.")},
    {"token", is_token, MSG("Write one word without spaces.")},
    {"language", is_language, MSG("Write a language code such as en or fr.")},
};

static const struct form *form_of(const char *type)
{
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        if (strcmp(forms[i].type, type) == 0) {
            return &forms[i];
        }
    }
    return NULL;
}

static const char *trimmed(struct arena *a, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) {
        len--;
    }
    return arena_copy_n(a, text, len);
}

// ---- codes ------------------------------------------------------------------------------------------------

// "1 -" fits vocabulary 1 and none at all.
static bool vocabulary_fits(const char *wanted, const struct xml_node *n)
{
    const char *given = xml_attribute_of(n, "vocabulary");
    if (wanted[0] == '\0') {
        return true;
    }
    if (strcmp(wanted, "1 -") == 0) {
        return given == NULL || strcmp(given, "1") == 0;
    }
    return given != NULL && strcmp(given, wanted) == 0;
}

static void check_code(struct iati_report *r, const struct xml_node *n,
                       const struct element_rule *rule, const char *attribute, const char *value)
{
    for (size_t i = 0; i < coded->n_rows; i++) {
        if (strcmp(tsv_cell(coded, i, "path"), rule->path) == 0 &&
            strcmp(tsv_cell(coded, i, "attribute"), attribute) == 0 &&
            vocabulary_fits(tsv_cell(coded, i, "vocabulary"), n)) {
            const char *list = tsv_cell(coded, i, "list");
            if (!iati_code_known(list, value)) {
                iati_blame(r, IATI_CODE, n, MSG("“{0}” is no code of the list {1}."),
                           MSG("Choose a code at iatistandard.org/codelists, list {1}."), value,
                           list, NULL);
            }
            return;
        }
    }
}

// ---- one element ------------------------------------------------------------------------------------------

static const struct attribute_rule *attribute_rule_of(const struct element_rule *rule,
                                                      const struct xml_attribute *given)
{
    bool xml = strcmp(given->space, XML_SPACE) == 0;
    for (size_t i = 0; i < rule->n_attributes; i++) {
        const char *name = rule->attributes[i].name;
        if (xml ? strncmp(name, "xml:", 4) == 0 && strcmp(name + 4, given->name) == 0
                : strcmp(name, given->name) == 0) {
            return &rule->attributes[i];
        }
    }
    return NULL;
}

static void check_attribute(struct iati_report *r, const struct xml_node *n,
                            const struct element_rule *rule, const struct xml_attribute *given)
{
    bool other = given->space[0] != '\0' && strcmp(given->space, XML_SPACE) != 0;
    const struct attribute_rule *known = other ? NULL : attribute_rule_of(rule, given);
    if (known == NULL) {
        if (given->space[0] == '\0' || !rule->other_attributes) {
            iati_blame(r, IATI_SCHEMA, n, MSG("The element <{0}> has no attribute “{1}”."),
                       MSG("Delete it, or correct its name."), n->name, given->name, NULL);
        }
        return;
    }
    const struct form *form = form_of(known->type);
    const char *value = trimmed(r->arena, given->value);
    if (form != NULL && !form->fits(value)) {
        iati_blame(r, IATI_SCHEMA, n, MSG("The attribute “{0}” is not written as it must be."),
                   form->wanted, given->name, NULL);
    } else if (given->space[0] == '\0') {
        check_code(r, n, rule, given->name, value);
    }
}

static void check_attributes(struct iati_report *r, const struct xml_node *n,
                             const struct element_rule *rule)
{
    for (int i = 0; i < n->n_attributes; i++) {
        check_attribute(r, n, rule, &n->attributes[i]);
    }
    for (size_t i = 0; i < rule->n_attributes; i++) {
        const struct attribute_rule *wanted = &rule->attributes[i];
        if (wanted->required && xml_attribute_of(n, wanted->name) == NULL) {
            iati_blame(r, IATI_SCHEMA, n, MSG("The element <{0}> needs the attribute “{1}”."),
                       MSG("Write <{0} {1}=\"…\">."), n->name, wanted->name, NULL);
        }
    }
}

static void check_text(struct iati_report *r, const struct xml_node *n,
                       const struct element_rule *rule)
{
    if (strcmp(rule->content, "elements") == 0) {
        if (n->text[0] != '\0') {
            iati_blame(r, IATI_SCHEMA, n, MSG("Text stands directly in <{0}>."),
                       rule->first == NULL ? MSG("Delete it; the value belongs into an attribute.")
                                           : MSG("Put it into an element, such as <narrative>."),
                       n->name, NULL);
        }
        return;
    }
    const struct form *form = form_of(rule->content);
    if (form != NULL && !form->fits(n->text)) {
        iati_blame(r, IATI_SCHEMA, n, MSG("The text of <{0}> is not written as it must be."),
                   form->wanted, n->name, NULL);
    } else {
        check_code(r, n, rule, ".", n->text);
    }
}

static void check_element(struct iati_report *r, const struct xml_node *n,
                          const struct element_rule *rule);

static const struct element_rule *child_rule(const struct element_rule *rule, const char *name)
{
    const struct element_rule *c = rule->first;
    while (c != NULL && strcmp(c->name, name) != 0) {
        c = c->next;
    }
    return c;
}

// Is the child rule b after a?
static bool is_after(const struct element_rule *a, const struct element_rule *b)
{
    return a != NULL && b > a; // rules stand in the order of the schema
}

static void check_missing(struct iati_report *r, const struct xml_node *n,
                          const struct element_rule *rule)
{
    for (const struct element_rule *c = rule->first; c != NULL; c = c->next) {
        if (!c->required || xml_child(n, c->name) != NULL) {
            continue;
        }
        if (strcmp(c->name, "indicator") == 0) {
            iati_blame(r, IATI_SCHEMA, n, MSG("The result has no indicator."),
                       MSG("Add an <indicator>, or leave the whole result out."), NULL);
        } else if (strcmp(c->name, "narrative") == 0) {
            iati_blame(r, IATI_SCHEMA, n, MSG("<{0}> has no text."),
                       MSG("Write <{0}><narrative>…</narrative></{0}>."), n->name, NULL);
        } else {
            iati_blame(r, IATI_SCHEMA, n, MSG("The element <{0}> is missing in <{1}>."),
                       MSG("Add it. Elements must stand in the order of the standard."), c->name,
                       n->name, NULL);
        }
    }
}

static void check_children(struct iati_report *r, const struct xml_node *n,
                           const struct element_rule *rule)
{
    const struct element_rule *last = NULL;
    const struct xml_node *other = NULL; // of another name space; they come last
    for (const struct xml_node *c = n->first; c != NULL; c = c->next) {
        if (c->space[0] != '\0') {
            other = c;
            if (!rule->other_elements) {
                iati_blame(r, IATI_SCHEMA, c, MSG("Elements of others may not stand in <{0}>."),
                           MSG("Move <{1}> up, or delete it."), n->name, c->name, NULL);
            }
            continue;
        }
        const struct element_rule *known = child_rule(rule, c->name);
        if (known == NULL) {
            iati_blame(r, IATI_SCHEMA, c, MSG("The element <{0}> does not belong into <{1}>."),
                       MSG("Delete it, correct its name, or move it to where it belongs."), c->name,
                       n->name, NULL);
            continue;
        }
        if (is_after(known, last)) {
            iati_blame(r, IATI_SCHEMA, c, MSG("The element <{0}> comes too late: after <{1}>."),
                       MSG("Move it before <{1}>. The standard asks for a fixed order."), c->name,
                       last->name, NULL);
        } else if (other != NULL) {
            iati_blame(r, IATI_SCHEMA, c, MSG("The element <{0}> comes after elements of others."),
                       MSG("Move those to the end of <{1}>."), c->name, n->name, NULL);
        } else if (known == last && !known->repeats) {
            iati_blame(r, IATI_SCHEMA, c, MSG("The element <{0}> stands twice."),
                       MSG("Keep one. Several languages are several <narrative> in one element."),
                       c->name, NULL);
        }
        last = known > last || last == NULL ? known : last;
        check_element(r, c, known);
    }
    check_missing(r, n, rule);
}

static void check_element(struct iati_report *r, const struct xml_node *n,
                          const struct element_rule *rule)
{
    check_attributes(r, n, rule);
    check_text(r, n, rule);
    check_children(r, n, rule);
}

void iati_check_schema(struct iati_report *r, const struct xml_node *root)
{
    pthread_once(&once, read_rules);
    check_element(r, root, &rules[0]);
}
