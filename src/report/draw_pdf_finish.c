// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_pdf_finish.c: what a screen reader needs and cairo 1.16 cannot write: the language of the
// document, the alternative text of each chart, and the title in the window's bar (qpdf, C interface).

#include "report/draw_pdf_parts.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#define MOST_DEPTH 40
#define MOST_ITEMS 200000

struct mend {
    qpdf_data q;
    const struct report *r;
    int block; // where to look for the next figure
    int seen;
};

// The words for the next chart, in the order they were drawn.
static const char *next_description(struct mend *m)
{
    while (m->block < m->r->n) {
        const struct report_block *b = m->r->blocks[m->block++];
        if (b->kind == REPORT_FIGURE) {
            const struct chart_shapes *s = b->figure->shapes;
            return s->description != NULL ? s->description : s->title;
        }
    }
    return NULL;
}

static void walk(struct mend *m, qpdf_oh element, int depth)
{
    if (depth > MOST_DEPTH || ++m->seen > MOST_ITEMS) {
        return;
    }
    if (qpdf_oh_is_array(m->q, element)) {
        int n = qpdf_oh_get_array_n_items(m->q, element);
        for (int i = 0; i < n; i++) {
            walk(m, qpdf_oh_get_array_item(m->q, element, i), depth + 1);
        }
        return;
    }
    if (!qpdf_oh_is_dictionary(m->q, element)) {
        return;
    }
    qpdf_oh kind = qpdf_oh_get_key(m->q, element, "/S");
    if (qpdf_oh_is_name(m->q, kind) && strcmp(qpdf_oh_get_name(m->q, kind), "/Figure") == 0) {
        const char *text = next_description(m);
        if (text != NULL) {
            qpdf_oh_replace_key(m->q, element, "/Alt", qpdf_oh_new_unicode_string(m->q, text));
        }
    }
    if (qpdf_oh_has_key(m->q, element, "/K")) {
        walk(m, qpdf_oh_get_key(m->q, element, "/K"), depth + 1);
    }
}

static void mend_root(struct mend *m)
{
    qpdf_oh root = qpdf_get_root(m->q);
    qpdf_oh_replace_key(m->q, root, "/Lang",
                        qpdf_oh_new_unicode_string(m->q, m->r->lang->code));
    qpdf_oh preferences = qpdf_oh_new_dictionary(m->q);
    qpdf_oh_replace_key(m->q, preferences, "/DisplayDocTitle", qpdf_oh_new_bool(m->q, QPDF_TRUE));
    if (m->r->lang->right_to_left) {
        qpdf_oh_replace_key(m->q, preferences, "/Direction", qpdf_oh_new_name(m->q, "/R2L"));
    }
    qpdf_oh_replace_key(m->q, root, "/ViewerPreferences", preferences);
    qpdf_oh tree = qpdf_oh_get_key(m->q, root, "/StructTreeRoot");
    if (qpdf_oh_is_dictionary(m->q, tree)) {
        walk(m, tree, 0);
    }
}

bool pdf_finish(struct arena *a, const struct report *r, struct buf *out)
{
    (void)a;
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    bool done = false;
    struct mend m = {.q = q, .r = r};
    if ((qpdf_read_memory(q, "report.pdf", out->data, out->len, NULL) & QPDF_ERRORS) != 0) {
        goto out;
    }
    mend_root(&m);
    if ((qpdf_init_write_memory(q) & QPDF_ERRORS) != 0) {
        goto out;
    }
    qpdf_set_object_stream_mode(q, qpdf_o_generate);
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    if ((qpdf_write(q) & QPDF_ERRORS) != 0 || qpdf_has_error(q)) {
        goto out;
    }
    buf_reset(out);
    buf_add(out, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    done = true;
out:
    qpdf_cleanup(&q);
    return done;
}
