// SPDX-License-Identifier: AGPL-3.0-or-later
//
// programme_evidence_web.c: adding evidence to a record, and fetching its file.
//
// A file is kept by the hash of its content and always handed out as an attachment, so that nothing
// that was uploaded ever runs as a page of this site.

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "html/form.h"
#include "programme/programme.h"
#include "programme/programme_evidence_add.html.h"
#include "programme/programme_web.h"

// The fields a person fills; what the evidence is about comes in hidden fields and is checked.
static const struct field evidence_form[] = {
    {.name = "title", .label = MSG("Title"),
     .hint = MSG("For example: minutes of the meeting of 3 May 2026."), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 200},
    {.name = "link", .label = MSG("Link"), .example = "https://example.org/report",
     .type = FIELD_TEXT, .data_class = CLASS_C1, .max = 1000},
    {.name = "note", .label = MSG("Note"), .type = FIELD_LONG, .data_class = CLASS_C3},
};

// What was sent along with a page or a form: about_kind, about_id.
static const char *sent(const struct req *r, const char *name)
{
    const char *posted = req_posted(r, name);
    return posted[0] != '\0' ? posted : req_query(r, name);
}

// Where one goes when nothing else was said. A country has no list of documents.
static const char *evidence_home(const struct req *r)
{
    return programme_address(r, r->programme == NULL ? "" : "/documents");
}

static enum err evidence_form_page(struct req *r, struct reply *p, struct err_info *e)
{
    size_t n;
    const struct crumb *crumbs = programme_crumbs(r, &n);
    struct html h;
    page_begin(&h, r, p, &(struct page){
        .title = tr_f(r->arena, r->lang, MSG("Add evidence to {0}"), programme_place(r), NULL),
        .about = tr(r->lang, MSG("A document, a link or a note that others can look at later.")),
        .crumbs = crumbs, .n_crumbs = n, .width = PAGE_NARROW});
    programme_evidence_add_html(&h, &(struct programme_evidence_add_view){
        .form = r->form,
        .action = programme_address(r, "/evidence"),
        .about_kind = sent(r, "about_kind"),
        .about_id = sent(r, "about_id"),
        .back = programme_back(r, evidence_home(r)),
        .file_error = form_error_of(r->form, "file"),
    });
    return page_end(&h, e);
}

// The record that evidence is added to: by default the programme itself.
static enum err find_about(struct req *r, const struct record **about, struct err_info *e)
{
    const char *kind = req_posted(r, "about_kind");
    struct record *found;
    if (kind[0] == '\0' && r->programme != NULL) {
        *about = r->programme;
        return ERR_NONE;
    }
    enum err err = programme_load_record(r, kind, req_posted(r, "about_id"), &found, e);
    *about = found;
    return err;
}

static enum err keep_file(struct req *r, struct record *record, struct err_info *e)
{
    const struct upload *file = req_upload(r, "file");
    if (file == NULL || file->len == 0) {
        if (record_is_set(record, "link") || record_is_set(record, "note")) {
            return ERR_NONE;
        }
        return err_set(e, ERR_INPUT, "file", MSG("There is nothing to look at yet."),
                       MSG("Choose a file, paste a link, or write a note."), NULL);
    }
    if (file->len > LIMIT_UPLOAD_BYTES) {
        return err_set(e, ERR_INPUT, "file", MSG("The file is larger than 25 MB."),
                       MSG("Make it smaller, or give a link to it."), NULL);
    }
    const char *hash;
    enum err err = store_file_put(r->store, r->arena, file->bytes, file->len, &hash, e);
    if (err == ERR_NONE) {
        record_set_text(record, "file_hash", hash);
        record_set_text(record, "file_name", file->file_name);
        record_set_int(record, "file_size", (int64_t)file->len);
        record_set_text(record, "media_type", file->media_type);
    }
    return err;
}

static enum err evidence_post(struct req *r, struct reply *p, struct err_info *e)
{
    const struct record *about = NULL;
    enum err err = find_about(r, &about, e);
    if (err != ERR_NONE) {
        return err;
    }
    struct record *record = record_new(r->arena, &entity_evidence);
    record_set_text(record, "about_kind", about->entity->kind);
    record_set_text(record, "about_id", about->id);
    record_set_text(record, "programme_id", r->programme == NULL ? NULL : r->programme->id);
    for (size_t i = 0; i < COUNT_OF(evidence_form); i++) {
        const struct value *v = form_value(r->form, evidence_form[i].name);
        record_set_text(record, evidence_form[i].name, v->set ? v->text : NULL);
    }
    err = record_check(record, e);
    if (err == ERR_NONE) {
        err = keep_file(r, record, e);
    }
    if (err == ERR_NONE) {
        err = programme_save_one(r, record, NULL, e);
    }
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Evidence added.")), record->version);
        reply_redirect(r, p, programme_back(r, evidence_home(r)), NULL);
    }
    return err;
}

// ---- the file -----------------------------------------------------------------------------------

// Types that people open with a program of their own; everything else is sent as plain bytes.
static const char *safe_media_type(const char *type)
{
    static const char *const known[] = {
        "application/pdf", "image/png", "image/jpeg", "text/csv",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strcmp(known[i], type) == 0) {
            return known[i];
        }
    }
    return "application/octet-stream";
}

static enum err file_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct record *evidence;
    struct err_info missing;
    const char *programme_id = NULL, *country = "";
    unsigned verbs = 0;
    enum err err = store_get(r->db, r->arena, &entity_evidence, req_capture(r, "evidence"),
                             &evidence, &missing);
    if (err == ERR_NONE) {
        err = store_programme_of(r->db, r->arena, evidence, &programme_id, &missing);
    }
    if (err == ERR_NONE && programme_id == NULL) {
        err = store_country_of(r->db, r->arena, evidence, &country, &missing);
    }
    if (err == ERR_NONE && country[0] != '\0') { // whoever may read the answer that it supports
        err = programme_country_rights(r->db, r->arena, r->who, country, &verbs, &missing);
    }
    bool may_read = (verbs & MAY_READ) != 0 || identity_may(r->who, MAY_READ, programme_id);
    if (err == ERR_NOT_FOUND ||
        (err == ERR_NONE && (!may_read || !record_is_set(evidence, "file_hash")))) {
        return programme_not_found(e);
    }
    if (err != ERR_NONE) {
        *e = missing;
        return err;
    }
    const char *bytes;
    size_t len;
    err = store_file_get(r->store, r->arena, record_text(evidence, "file_hash"), &bytes, &len, e);
    if (err != ERR_NONE) {
        return err;
    }
    reply_file(p, safe_media_type(record_text(evidence, "media_type")),
               record_text(evidence, "file_name"));
    buf_add(&p->body, bytes, len);
    return ERR_NONE;
}

const struct route programme_evidence_page = {
    .path = "/programmes/{programme}/evidence",
    .needs = MAY_WRITE,
    .get = evidence_form_page,
    .post = evidence_post,
    .fields = evidence_form,
    .n_fields = COUNT_OF(evidence_form),
    .also = (const char *const[]){"about_kind", "about_id", "file", NULL},
    .title = MSG("Add evidence"),
    .menu = MENU_PROGRAMMES, // no tab: a tab leads to the shortest address that carries it
    .uploads = true,
};

// Evidence of records about a country that belong to no programme: answers, ratings, due diligence.
const struct route country_evidence_page = {
    .path = "/countries/{country}/evidence",
    .needs = MAY_WRITE,
    .get = evidence_form_page,
    .post = evidence_post,
    .fields = evidence_form,
    .n_fields = COUNT_OF(evidence_form),
    .also = (const char *const[]){"about_kind", "about_id", "file", NULL},
    .title = MSG("Add evidence"),
    .menu = MENU_COUNTRIES,
    .uploads = true,
};

const struct route programme_evidence_file = {
    .path = "/evidence/{evidence}/file",
    .needs = MAY_SIGNED_IN, // the right is asked on the programme or country of the evidence
    .get = file_get,
    .title = MSG("File of evidence"),
    .slow = true,
};
