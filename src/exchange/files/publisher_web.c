// SPDX-License-Identifier: AGPL-3.0-or-later
//
// publisher_web.c: who publishes: the settings that every IATI file begins with, for administrators.

#include <string.h>

#include "access/access.h"
#include "base/bug.h"
#include "files/publisher.html.h"
#include "html/page.h"
#include "store/store.h"

// Codes of the list OrganisationType, in our words.
static const struct choice types[] = {
    {"10", MSG("Government")},
    {"11", MSG("Local government")},
    {"15", MSG("Other public body")},
    {"21", MSG("International non-governmental organisation")},
    {"22", MSG("National non-governmental organisation")},
    {"23", MSG("Regional non-governmental organisation")},
    {"40", MSG("Multilateral organisation, such as the United Nations")},
    {"60", MSG("Foundation")},
    {"70", MSG("Private sector")},
    {"80", MSG("University, training or research body")},
    {"90", MSG("Other")},
    {NULL, NULL},
};

static const struct field fields[] = {
    {.name = "name", .label = MSG("Name of the organisation"), .type = FIELD_TEXT,
     .data_class = CLASS_C1, .required = true, .max = 200},
    {.name = "ref", .label = MSG("IATI identifier"),
     .hint = MSG("As it is registered with IATI. It begins every activity identifier and should "
                 "never change again."),
     .example = "XM-DAC-99999", .type = FIELD_TEXT, .data_class = CLASS_C1, .required = true,
     .max = 60},
    {.name = "type", .label = MSG("Kind of organisation"), .type = FIELD_CODE,
     .data_class = CLASS_C1, .required = true, .choices = types},
};
static const char *const settings[] = {"organisation", "iati-ref", "iati-type"};

static enum err publisher_get(struct req *r, struct reply *p, struct err_info *e)
{
    struct html h;
    for (size_t i = 0; r->form->n_typed == 0 && i < COUNT_OF(settings); i++) {
        const char *value;
        enum err err = access_setting(r->db, r->arena, settings[i], &value, e);
        if (err != ERR_NONE) {
            return err;
        }
        r->form->values[i] = (struct value){.set = value != NULL, .text = value};
    }
    page_begin(&h, r, p,
               &(struct page){.title = tr(r->lang, MSG("Who publishes")),
                              .about = tr(r->lang, MSG("Files for IATI begin with who reports.")),
                              .crumbs = (struct crumb[]){{tr(r->lang, MSG("Administration")),
                                                          "/administration"}},
                              .n_crumbs = 1,
                              .width = PAGE_NARROW});
    publisher_html(&h, &(struct publisher_view){.form = r->form});
    return page_end(&h, e);
}

static enum err publisher_post(struct req *r, struct reply *p, struct err_info *e)
{
    struct store_tx *tx;
    struct actor who = req_actor(r);
    const char *ref = form_value(r->form, "ref")->text;
    enum err err = access_iati_ref_check(ref, "ref", e);
    if (err == ERR_NONE) {
        err = store_begin(r->store, &who, NULL, &tx, e);
    }
    if (err != ERR_NONE) {
        return err;
    }
    for (size_t i = 0; err == ERR_NONE && i < COUNT_OF(settings); i++) {
        err = access_setting_set(tx, settings[i], r->form->values[i].text, e);
        if (err == ERR_NONE) {
            err = store_event(tx, "setting", settings[i], e);
        }
    }
    if (err != ERR_NONE) {
        store_rollback(tx);
        return err;
    }
    err = store_commit(tx, e);
    if (err == ERR_NONE) {
        reply_flash(p, tr(r->lang, MSG("Saved.")), NULL);
        reply_redirect(r, p, "/administration", NULL);
    }
    return err;
}

const struct route route_publisher = {
    .path = "/administration/publisher",
    .needs = MAY_ADMINISTER,
    .get = publisher_get,
    .post = publisher_post,
    .fields = fields,
    .n_fields = COUNT_OF(fields),
    .title = MSG("Who publishes"),
    .menu = MENU_ADMINISTRATION,
};
