// SPDX-License-Identifier: AGPL-3.0-or-later
//
// openapi_api.c: GET /api/v1/openapi.json: the API described for programs (OpenAPI 3.1.0), made from
// the registry of kinds, so that it never says anything else than the program does.

#include <string.h>

#include "exchange/api/api.h"

static void put_ref(struct json_out *j, const char *to)
{
    json_put_object(j);
    json_member_text(j, "$ref", to);
    json_put_object_end(j);
}

static void put_type(struct json_out *j, const char *type, bool may_be_empty)
{
    json_put_name(j, "type");
    if (!may_be_empty) {
        json_put_text(j, type);
        return;
    }
    json_put_array(j);
    json_put_text(j, type);
    json_put_text(j, "null");
    json_put_array_end(j);
}

static void put_codes(struct json_out *j, const struct field *f, bool may_be_empty)
{
    const struct choice *choices = field_choices(f);
    json_put_name(j, "enum");
    json_put_array(j);
    for (; choices != NULL && choices->code != NULL; choices++) {
        json_put_text(j, choices->code);
    }
    if (may_be_empty) {
        json_put_null(j);
    }
    json_put_array_end(j);
}

static void put_field_type(struct json_out *j, const struct field *f)
{
    bool empty = !f->required;
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_LONG:
        put_type(j, "string", empty);
        break;
    case FIELD_INT:
        put_type(j, "integer", empty);
        if (f->max > f->min) {
            json_member_int(j, "minimum", f->min);
            json_member_int(j, "maximum", f->max);
        }
        break;
    case FIELD_BOOL:
        put_type(j, "boolean", empty);
        break;
    case FIELD_DATE:
        put_type(j, "string", empty);
        json_member_text(j, "format", "date");
        break;
    case FIELD_PARTIAL_DATE:
        put_type(j, "string", empty);
        json_member_text(j, "pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
        break;
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        put_type(j, "number", empty);
        break;
    case FIELD_CODE:
        put_type(j, "string", empty);
        put_codes(j, f, empty);
        break;
    case FIELD_CODES:
        put_type(j, "array", empty);
        json_put_name(j, "items");
        json_put_object(j);
        json_member_text(j, "type", "string");
        put_codes(j, f, false);
        json_put_object_end(j);
        break;
    case FIELD_SHARES:
        put_type(j, "string", empty);
        json_member_text(j, "pattern", "^[A-Za-z0-9_]+ [0-9.]+( [A-Za-z0-9_]+ [0-9.]+)*$");
        break;
    case FIELD_REF:
        put_type(j, "string", empty);
        json_member_text(j, "x-refers-to", f->ref);
        break;
    }
}

static void put_field(struct json_out *j, const struct field *f, const struct lang *lang)
{
    static const char *const classes[] = {"", "C0", "C1", "C2", "C3", "C4"};
    json_put_name(j, f->name);
    json_put_object(j);
    json_member_text(j, "title", tr(lang, f->label));
    if (f->hint != NULL) {
        json_member_text(j, "description", tr(lang, f->hint));
    }
    put_field_type(j, f);
    if (f->read_only && !f->required) {
        json_member_bool(j, "readOnly", true);
    }
    json_member_text(j, "x-data-class", classes[f->data_class]);
    json_put_object_end(j);
}

static void put_text_property(struct json_out *j, const char *name, const char *about)
{
    json_put_name(j, name);
    json_put_object(j);
    json_member_text(j, "type", "string");
    json_member_text(j, "description", about);
    json_put_object_end(j);
}

static void put_schema(struct json_out *j, const struct entity *kind, const struct lang *lang)
{
    json_put_name(j, kind->kind);
    json_put_object(j);
    json_member_text(j, "type", "object");
    json_member_text(j, "title", tr(lang, kind->label));
    json_member_text(j, "description", tr(lang, kind->about));
    json_put_name(j, "properties");
    json_put_object(j);
    put_text_property(j, "id", tr(lang, MSG("Id of the record; leave it out to make a new one.")));
    if (kind->compute == NULL) {
        put_text_property(j, "version",
                          tr(lang, MSG("Newest version; when sent, it must still be the newest.")));
        put_text_property(j, "changed_at", tr(lang, MSG("When it was changed, UTC.")));
    }
    for (size_t i = 0; i < kind->n_fields; i++) {
        put_field(j, &kind->fields[i], lang);
    }
    json_put_object_end(j);
    json_put_object_end(j);
}

// ---- paths --------------------------------------------------------------------------------------

static void put_parameter(struct json_out *j, const char *name, const char *in, const char *type,
                          const char *about)
{
    json_put_object(j);
    json_member_text(j, "name", name);
    json_member_text(j, "in", in);
    if (about != NULL) {
        json_member_text(j, "description", about);
    }
    json_member_bool(j, "required", strcmp(in, "path") == 0);
    json_put_name(j, "schema");
    json_put_object(j);
    json_member_text(j, "type", type);
    json_put_object_end(j);
    json_put_object_end(j);
}

static void put_content(struct json_out *j, const char *type, const char *ref)
{
    json_put_name(j, "content");
    json_put_object(j);
    json_put_name(j, type);
    json_put_object(j);
    json_put_name(j, "schema");
    put_ref(j, ref);
    json_put_object_end(j);
    json_put_object_end(j);
}

static void begin_operation(struct json_out *j, const char *method, const char *verb,
                            const struct entity *kind, const char *summary)
{
    json_put_name(j, method);
    json_put_object(j);
    json_member_text(j, "operationId", arena_printf(j->out->arena, "%s%s", verb, kind->kind));
    json_member_text(j, "summary", summary);
}

static void put_responses(struct json_out *j, const char *ref, const char *about,
                          const struct lang *lang)
{
    json_put_name(j, "responses");
    json_put_object(j);
    json_put_name(j, "200");
    json_put_object(j);
    json_member_text(j, "description", about);
    put_content(j, "application/json", ref);
    json_put_object_end(j);
    json_put_name(j, "default");
    json_put_object(j);
    json_member_text(j, "description", tr(lang, MSG("What was wrong (RFC 9457)")));
    put_content(j, "application/problem+json", "#/components/schemas/_problem");
    json_put_object_end(j);
    json_put_object_end(j);
    json_put_object_end(j); // the operation
}

static void put_list_operation(struct json_out *j, const struct entity *kind,
                               const struct lang *lang)
{
    begin_operation(j, "get", "list_", kind, tr(lang, MSG("Lists records, page by page")));
    json_put_name(j, "parameters");
    json_put_array(j);
    put_parameter(j, "limit", "query", "integer", tr(lang, MSG("Records on a page, 1 to 200")));
    put_parameter(j, "after", "query", "string", tr(lang, MSG("Id after which the page begins")));
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (kind->fields[i].data_class <= CLASS_C1) {
            put_parameter(j, kind->fields[i].name, "query", "string", NULL);
        }
    }
    json_put_array_end(j);
    put_responses(j, "#/components/schemas/_list", tr(lang, MSG("A page of records")), lang);
}

// A record, or a list of records.
static void put_one_or_many(struct json_out *j, const char *schema)
{
    json_put_name(j, "content");
    json_put_object(j);
    json_put_name(j, "application/json");
    json_put_object(j);
    json_put_name(j, "schema");
    json_put_object(j);
    json_put_name(j, "oneOf");
    json_put_array(j);
    put_ref(j, schema);
    json_put_object(j);
    json_member_text(j, "type", "array");
    json_put_name(j, "items");
    put_ref(j, schema);
    json_put_object_end(j);
    json_put_array_end(j);
    json_put_object_end(j);
    json_put_object_end(j);
    json_put_object_end(j);
}

static void put_save_operation(struct json_out *j, const struct entity *kind, const char *schema,
                               const struct lang *lang)
{
    begin_operation(j, "post", "save_", kind,
                    tr(lang, MSG("Creates or changes one record or a list, all or none")));
    json_put_name(j, "parameters");
    json_put_array(j);
    put_parameter(j, "dry_run", "query", "integer",
                  tr(lang, MSG("1: says what would happen, saves nothing")));
    put_parameter(j, "If-Match", "header", "string", tr(lang, MSG("Version that must be newest")));
    json_put_array_end(j);
    json_put_name(j, "requestBody");
    json_put_object(j);
    json_member_bool(j, "required", true);
    put_one_or_many(j, schema);
    json_put_object_end(j);
    put_responses(j, "#/components/schemas/_saved", tr(lang, MSG("What was done")), lang);
}

static void put_delete_operation(struct json_out *j, const struct entity *kind,
                                 const struct lang *lang)
{
    begin_operation(j, "delete", "delete_", kind,
                    tr(lang, MSG("Deletes a record; its history stays")));
    json_put_name(j, "requestBody");
    json_put_object(j);
    json_member_bool(j, "required", true);
    put_content(j, "application/json", "#/components/schemas/_reason");
    json_put_object_end(j);
    put_responses(j, "#/components/schemas/_deleted", tr(lang, MSG("Deleted")), lang);
}

static void put_paths(struct json_out *j, struct arena *a, const struct entity *kind,
                      const struct lang *lang)
{
    const char *schema = arena_printf(a, "#/components/schemas/%s", kind->kind);
    json_put_name(j, arena_printf(a, "/api/v1/%s", kind->kind));
    json_put_object(j);
    put_list_operation(j, kind, lang);
    if (kind->compute == NULL) {
        put_save_operation(j, kind, schema, lang);
    }
    json_put_object_end(j);
    json_put_name(j, arena_printf(a, "/api/v1/%s/{record}", kind->kind));
    json_put_object(j);
    json_put_name(j, "parameters");
    json_put_array(j);
    put_parameter(j, "record", "path", "string", tr(lang, MSG("Id or code of the record")));
    json_put_array_end(j);
    begin_operation(j, "get", "show_", kind, tr(lang, MSG("Shows one record")));
    put_responses(j, schema, tr(lang, kind->label), lang);
    if (kind->compute == NULL) {
        put_delete_operation(j, kind, lang);
    }
    json_put_object_end(j);
}

// ---- what is the same for all kinds ---------------------------------------------------------------

struct member {
    const char *name;
    const char *type;
};

static void put_members(struct json_out *j, const char *name, const struct member *members)
{
    json_put_name(j, name);
    json_put_object(j);
    json_member_text(j, "type", "object");
    json_put_name(j, "properties");
    json_put_object(j);
    for (; members->name != NULL; members++) {
        json_put_name(j, members->name);
        json_put_object(j);
        json_member_text(j, "type", members->type);
        if (strcmp(members->type, "array") == 0) {
            json_put_name(j, "items");
            json_put_object(j);
            json_member_text(j, "type", "object");
            json_put_object_end(j);
        }
        json_put_object_end(j);
    }
    json_put_object_end(j);
    json_put_object_end(j);
}

static void put_common(struct json_out *j)
{
    put_members(j, "_problem",
                (const struct member[]){{"type", "string"}, {"title", "string"},
                                        {"status", "integer"}, {"detail", "string"},
                                        {"hint", "string"}, {"field", "string"},
                                        {"code", "string"}, {NULL, NULL}});
    put_members(j, "_list", (const struct member[]){{"items", "array"}, {"next", "string"},
                                                    {NULL, NULL}});
    put_members(j, "_saved",
                (const struct member[]){{"dry_run", "boolean"}, {"created", "integer"},
                                        {"changed", "integer"}, {"same", "integer"},
                                        {"items", "array"}, {NULL, NULL}});
    put_members(j, "_reason", (const struct member[]){{"reason", "string"}, {NULL, NULL}});
    put_members(j, "_deleted", (const struct member[]){{"outcome", "string"}, {"id", "string"},
                                                       {NULL, NULL}});
}

static void put_security(struct json_out *j)
{
    json_put_name(j, "securitySchemes");
    json_put_object(j);
    json_put_name(j, "token");
    json_put_object(j);
    json_member_text(j, "type", "http");
    json_member_text(j, "scheme", "bearer");
    json_put_object_end(j);
    json_put_object_end(j);
}

static enum err openapi_get(struct req *r, struct reply *p, struct err_info *e)
{
    (void)e;
    struct json_out j;
    size_t n;
    const struct entity *const *kinds = model_all(&n);
    api_json(p, &j);
    json_put_object(&j);
    json_member_text(&j, "openapi", "3.1.0");
    json_put_name(&j, "info");
    json_put_object(&j);
    json_member_text(&j, "title", "Mainstay");
    json_member_text(&j, "version", MAINSTAY_VERSION);
    json_put_object_end(&j);
    json_put_name(&j, "security");
    json_put_array(&j);
    json_put_object(&j);
    json_put_name(&j, "token");
    json_put_array(&j);
    json_put_array_end(&j);
    json_put_object_end(&j);
    json_put_array_end(&j);
    json_put_name(&j, "paths");
    json_put_object(&j);
    for (size_t i = 0; i < n; i++) {
        put_paths(&j, r->arena, kinds[i], r->lang);
    }
    json_put_object_end(&j);
    json_put_name(&j, "components");
    json_put_object(&j);
    json_put_name(&j, "schemas");
    json_put_object(&j);
    for (size_t i = 0; i < n; i++) {
        put_schema(&j, kinds[i], r->lang);
    }
    put_common(&j);
    json_put_object_end(&j);
    put_security(&j);
    json_put_object_end(&j);
    json_put_object_end(&j);
    json_end(&j);
    return ERR_NONE;
}

const struct route route_api_openapi = {
    .path = "/api/v1/openapi.json",
    .needs = MAY_PUBLIC, // says what the program can do, nothing about anybody's work
    .get = openapi_get,
    .title = MSG("Description of the API"),
};
