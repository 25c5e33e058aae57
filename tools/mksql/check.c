// SPDX-License-Identifier: AGPL-3.0-or-later
//
// check.c: what is wrong with a statement: parameters, fields, limits.

#include "mksql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Passes over one quoted text or comment at p; p itself when there is none.
static const char *skip_quoted(const char *p)
{
    if (*p == '\'' || *p == '"') {
        const char *end = strchr(p + 1, *p);
        return end == NULL ? p + strlen(p) : end + 1;
    }
    if (p[0] == '-' && p[1] == '-') {
        return p + strcspn(p, "\n");
    }
    return p;
}

static void check_parameters(const struct statement *s, const struct text *t)
{
    bool used[MAX_FIELDS + 1] = {false};
    int line = t->line;
    for (const char *p = t->data; *p != '\0';) {
        const char *after = skip_quoted(p);
        if (after != p) {
            for (; p < after; p++) {
                line += *p == '\n';
            }
            continue;
        }
        line += *p == '\n';
        if (*p == '?' || (*p == ';' && p[1] != '\0')) {
            fail_at(line, *p == '?' ? "parameters are written $1, $2, not ?"
                                    : "only one statement each");
        }
        if (*p == '$') {
            int n = atoi(p + 1);
            if (n < 1 || n > s->in.n) {
                fail_at(line, "%s uses $%d, but “-- in:” names %d", s->name, n, s->in.n);
            }
            used[n] = true;
        }
        p++;
    }
    for (int i = 1; i <= s->in.n; i++) {
        if (!used[i]) {
            fail_at(t->line, "%s does not use $%d, which “-- in:” names %s", s->name, i,
                    s->in.all[i - 1].name);
        }
    }
}

static bool word_at(const char *p, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < n; i++) {
        if (toupper((unsigned char)p[i]) != word[i]) {
            return false;
        }
    }
    return !isalnum((unsigned char)p[n]) && p[n] != '_';
}

// The verb decides; after WITH it is the first one outside brackets.
static bool text_writes(const struct statement *s, const struct text *t)
{
    int depth = 0;
    bool begins = true;
    for (const char *p = t->data; *p != '\0';) {
        const char *after = skip_quoted(p);
        if (after != p) {
            p = after;
            continue;
        }
        depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
        if (depth == 0 && begins && isalpha((unsigned char)*p)) {
            if (word_at(p, "SELECT") || word_at(p, "VALUES")) {
                return false;
            }
            if (word_at(p, "INSERT") || word_at(p, "UPDATE") || word_at(p, "DELETE")) {
                return true;
            }
        }
        begins = !isalnum((unsigned char)*p) && *p != '_';
        p++;
    }
    fail_at(t->line, "%s has no SELECT, INSERT, UPDATE or DELETE", s->name);
}

// “LIMIT 1” at the end means at most one row.
static bool ends_with_limit_1(const struct text *t)
{
    static const char end[] = "LIMIT 1";
    size_t n = sizeof end - 1;
    return t->len >= n && word_at(t->data + t->len - n, end);
}

static void check_fields(const struct statement *s, const struct fields *f)
{
    for (int i = 0; i < f->n; i++) {
        char made[MAX_NAME + 8];
        bool number = f->all[i].type == TYPE_INT || f->all[i].type == TYPE_REAL;
        if (f->all[i].type == TYPE_BYTES) {
            snprintf(made, sizeof made, "%s_len", f->all[i].name);
        } else if (number && f->all[i].nullable) {
            snprintf(made, sizeof made, "has_%s", f->all[i].name);
        } else {
            continue;
        }
        for (int j = 0; j < f->n; j++) {
            if (strcmp(f->all[j].name, made) == 0) {
                fail_at(s->line, "%s of %s is also made for %s; rename one", made, s->name,
                        f->all[i].name);
            }
        }
    }
}

void check(struct statement *s)
{
    if (s->does == NULL || *s->does == '\0') {
        fail_at(s->line, "%s lacks “-- does:”: one line saying what it is for", s->name);
    }
    if (s->sql.data == NULL) {
        fail_at(s->line, "%s has no text", s->name);
    }
    if (s->sql_postgres.line != 0 && s->sql_postgres.data == NULL) {
        fail_at(s->sql_postgres.line, "%s has nothing after “-- postgres:”", s->name);
    }
    for (struct text *t = &s->sql; t != NULL; t = t == &s->sql ? &s->sql_postgres : NULL) {
        if (t->data == NULL) {
            continue;
        }
        while (t->len > 0 && strchr("; \n", t->data[t->len - 1]) != NULL) {
            t->data[--t->len] = '\0';
        }
        check_parameters(s, t);
        s->writes = text_writes(s, t) || s->locks || s->writes;
    }
    if (!s->writes && s->out.n == 0) {
        fail_at(s->line, "%s reads, but “-- out:” is missing", s->name);
    }
    if (s->later && (!s->writes || s->out.n > 0)) {
        fail_at(s->line, "%s says later, but only what writes and gives no rows may wait", s->name);
    }
    s->one = s->one || ends_with_limit_1(&s->sql);
    if (s->one && s->out.n == 0) {
        fail_at(s->line, "%s says one row, but “-- out:” is missing", s->name);
    }
    check_fields(s, &s->in);
    check_fields(s, &s->out);
}
