// SPDX-License-Identifier: AGPL-3.0-or-later
//
// fuzz_iati.c: any bytes, read as XML and checked as an IATI file: every problem has a line, a place, words
// and no more than the ceiling are kept.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/msg.h"
#include "exchange/iati/iati_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *a = arena_new((size_t)512 * 1024 * 1024);
    struct buf out;
    struct err_info e = {0};
    const struct xml_node *root = NULL;
    buf_init(&out, a, XML_ANSWER_BYTES);
    xml_answer(a, (const char *)bytes, len, &out);
    if (xml_answer_read(a, out.data, out.len, &root, &e) && e.code == ERR_NONE) {
        struct iati_report r = {.arena = a, .lang = &lang_en, .today = "2026-11-22"};
        iati_check(&r, root);
        for (size_t i = 0; i < r.n; i++) {
            if (r.problems[i].line < 1 || r.problems[i].place[0] == '\0' ||
                r.problems[i].what[0] == '\0') {
                abort();
            }
        }
    }
    arena_free(a);
    return 0;
}
