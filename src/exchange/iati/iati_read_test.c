// SPDX-License-Identifier: AGPL-3.0-or-later
//
// iati_read_test.c: a file that names very many countries and tags is read, and takes little more memory than itself.

#include "store/store_test_help.h"

#include "base/buf.h"
#include "base/msg.h"
#include "exchange/iati/iati_parts.h"
#include "exchange/partner/partner.h"

#define MANY 8000 // texts that are copied for each of them would pass the ceiling of a request

static const char *file_of(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, LIMIT_IMPORT_BYTES);
    buf_str(&b, "<iati-activities version=\"2.03\"><iati-activity xml:lang=\"en\"><iati-identifier>XX-1-P1</iati-identifier>"
                "<title><narrative>Courts</narrative></title>");
    for (int i = 0; i < MANY; i++) {
        buf_str(&b, "<recipient-country code=\"NA\" percentage=\"60\"/><tag vocabulary=\"99\" code=\"justice\"/>");
    }
    buf_str(&b, "</iati-activity></iati-activities>");
    return b.data;
}

static void very_many_countries_and_tags_are_read(void **state)
{
    struct place *p = *state;
    static const struct actor owner = {.name = "owner"};
    struct partner_import im;
    struct iati_file file = {.crime = "tip"};
    const char *text = file_of(p->arena);
    struct buf answer; // as the child gives it that reads files of others
    buf_init(&answer, p->arena, XML_ANSWER_BYTES);
    xml_answer(p->arena, text, strlen(text), &answer);
    assert_true(xml_answer_read(p->arena, answer.data, answer.len, &file.root, &e));
    assert_non_null(file.root);
    const struct partner_job job = {.store = p->store, .actor = &owner, .arena = p->arena, .lang = &lang_en,
                                    .reason = "test", .read = iati_read, .of = &file};
    bool saved;
    ok(partner_do(&job, &im, &saved, &e));
    assert_false(saved); // a trial
    assert_true(im.n_lines > 0);
}

static int group(const char *engine)
{
    const struct CMUnitTest tests[] = {TEST(very_many_countries_and_tags_are_read)};
    return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
    return run_on_both(group);
}
