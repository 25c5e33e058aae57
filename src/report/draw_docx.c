// SPDX-License-Identifier: AGPL-3.0-or-later
//
// draw_docx.c: a report as a word-processor file (Office Open XML, ECMA-376), with styles that an
// office can change in one place, real headings, lists, tables with repeated heads, page numbers and
// right-to-left paragraphs. Charts are left out: their finding and description stand in their place.

#include "report/draw.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "format/xml/xml_text.h"
#include "format/zip/zip_write.h"
#include "report/draw_parts.h"

#define W_SPACE "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R_SPACE "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

struct docx {
    struct arena *arena;
    const struct report *r;
    struct buf body;
    struct buf links; // relationships of the document
    int n_links;
    int n_tables;
    size_t *widths; // of the columns of the table that is being written
    int n_numbered; // numbered lists so far, so that each begins at 1
};

// Width of the text on each paper, in twentieths of a point: the page less its margins.
static const size_t text_twips[] = {[REPORT_A4] = 9638,
                                    [REPORT_A4_LANDSCAPE] = 14570,
                                    [REPORT_A3_LANDSCAPE] = 21543};

static void say(struct docx *d, const char *xml)
{
    buf_str(&d->body, xml);
}

static bool rtl(const struct docx *d)
{
    return d->r->lang->right_to_left;
}

// A run of text; line breaks become breaks. properties are the inside of w:rPr.
static void run(struct docx *d, const char *text, const char *properties)
{
    say(d, "<w:r><w:rPr>");
    say(d, properties);
    say(d, rtl(d) ? "<w:rtl/></w:rPr>" : "</w:rPr>");
    while (*text != '\0') {
        size_t n = strcspn(text, "\r\n");
        say(d, "<w:t xml:space=\"preserve\">");
        xml_text(&d->body, arena_copy_n(d->arena, text, n));
        say(d, "</w:t>");
        text += n;
        if (*text == '\0') {
            break;
        }
        say(d, "<w:br/>");
        text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
    }
    say(d, "</w:r>");
}

// The order of the properties is fixed by the format: numbering, direction, then the place (indent,
// alignment), in which left means the start of the line and right its end.
static void begin_paragraph(struct docx *d, const char *style, const char *numbering,
                            const char *place)
{
    say(d, "<w:p><w:pPr><w:pStyle w:val=\"");
    say(d, style);
    say(d, "\"/>");
    say(d, numbering);
    say(d, rtl(d) ? "<w:bidi/>" : "");
    say(d, place);
    say(d, "</w:pPr>");
}

static void paragraph(struct docx *d, const char *style, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        begin_paragraph(d, style, "", "");
        run(d, text, "");
        say(d, "</w:p>\n");
    }
}

static void mark(struct docx *d, int explanation)
{
    if (explanation != 0) {
        run(d, arena_printf(d->arena, "[%d]", explanation),
            "<w:color w:val=\"0B6E6E\"/><w:vertAlign w:val=\"superscript\"/>");
    }
}

static bool is_web(const char *address)
{
    return address != NULL && (strncmp(address, "https://", 8) == 0 ||
                               strncmp(address, "http://", 7) == 0);
}

static void link_to(struct docx *d, const char *text, const char *address)
{
    if (!is_web(address)) {
        run(d, text, "");
        return;
    }
    buf_printf(&d->links,
               "<Relationship Id=\"link%d\" Type=\"" OFFICE "relationships/hyperlink\" "
               "TargetMode=\"External\"",
               ++d->n_links);
    xml_attribute(&d->links, "Target", address);
    buf_str(&d->links, "/>");
    buf_printf(&d->body, "<w:hyperlink r:id=\"link%d\">", d->n_links);
    run(d, text, "<w:color w:val=\"0B6E6E\"/><w:u w:val=\"single\"/>");
    say(d, "</w:hyperlink>");
}

static void runs(struct docx *d, const struct report_runs *all)
{
    for (int i = 0; i < all->n; i++) {
        const struct report_run *one = &all->items[i];
        switch (one->kind) {
        case REPORT_RUN_TEXT:
            run(d, one->text, "");
            break;
        case REPORT_RUN_STRONG:
            run(d, one->text, "<w:b/><w:bCs/>");
            break;
        case REPORT_RUN_NUMBER:
            run(d, one->text, "");
            mark(d, one->explanation);
            break;
        case REPORT_RUN_LINK:
            link_to(d, one->text, one->address);
            break;
        }
    }
}

static void paragraph_of(struct docx *d, const char *style, const char *numbering,
                         const struct report_runs *all)
{
    begin_paragraph(d, style, numbering, "");
    runs(d, all);
    say(d, "</w:p>\n");
}

static void list(struct docx *d, const struct report_block *b)
{
    // Number 1 is the bullets; every numbered list has a number of its own.
    int number = b->numbered ? 2 + d->n_numbered++ : 1;
    const char *numbering =
        arena_printf(d->arena, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"%d\"/></w:numPr>",
                     number);
    for (int i = 0; i < b->n; i++) {
        paragraph_of(d, "ListItem", numbering, &b->items[i].runs);
    }
}

static void cell(struct docx *d, const struct report_table *t, int column,
                 const struct report_cell *c, const char *style, int indent, int span)
{
    size_t width = 0;
    for (int i = column; i < column + span; i++) {
        width += d->widths[i];
    }
    buf_printf(&d->body, "<w:tc><w:tcPr><w:tcW w:w=\"%zu\" w:type=\"dxa\"/>", width);
    if (span > 1) {
        buf_printf(&d->body, "<w:gridSpan w:val=\"%d\"/>", span);
    }
    say(d, "</w:tcPr>");
    const char *place = report_column_is_number(&t->columns[column]) && span == 1
                            ? "<w:jc w:val=\"right\"/>"
                            : "";
    if (indent > 0) {
        place = arena_printf(d->arena, "<w:ind w:left=\"%d\"/>", indent * 200);
    }
    begin_paragraph(d, style, "", place);
    if (c->text[0] != '\0') {
        link_to(d, c->text, c->address);
        mark(d, c->explanation);
    }
    say(d, "</w:p></w:tc>");
}

static void row(struct docx *d, const struct report_table *t, const struct report_row *r)
{
    const char *style = r->kind == REPORT_ROW_BODY ? "TableCell" : "TableStrong";
    say(d, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    if (r->kind == REPORT_ROW_GROUP) {
        cell(d, t, 0, &r->cells[0], style, 0, t->n_columns);
    } else {
        for (int i = 0; i < t->n_columns; i++) {
            cell(d, t, i, &r->cells[i], style, i == 0 ? r->indent : 0, 1);
        }
    }
    say(d, "</w:tr>\n");
}

// A column gets a share of the width by its longest text, counted up to a line of a third of the page;
// one without any, which is there to be written into, gets a fair one.
static size_t column_share(const struct report_table *t, int column)
{
    size_t head = utf8_count(t->columns[column].name), most = 0;
    for (int i = 0; i < t->n_rows; i++) {
        size_t length = t->rows[i].kind == REPORT_ROW_GROUP
                            ? 0
                            : utf8_count(t->rows[i].cells[column].text);
        most = length > most ? length : most;
    }
    most = most == 0 ? 18 : most;
    most = most < head ? head : most;
    return (most > 40 ? 40 : most) + 5; // the margins of a cell take the room of five signs
}

static void table(struct docx *d, const struct report_table *t)
{
    size_t whole = 0;
    d->widths = ARENA_ARRAY(d->arena, size_t, (size_t)t->n_columns);
    const char *name = report_table_name(d->arena, d->r, ++d->n_tables);
    paragraph(d, "TableCaption",
              t->caption == NULL ? name : arena_printf(d->arena, "%s. %s", name, t->caption));
    say(d, "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/>");
    say(d, rtl(d) ? "<w:bidiVisual/>" : "");
    say(d, "<w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
    for (int i = 0; i < t->n_columns; i++) {
        d->widths[i] = column_share(t, i);
        whole += d->widths[i];
    }
    for (int i = 0; i < t->n_columns; i++) {
        d->widths[i] = d->widths[i] * text_twips[d->r->paper] / whole;
        buf_printf(&d->body, "<w:gridCol w:w=\"%zu\"/>", d->widths[i]);
    }
    say(d, "</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (int i = 0; i < t->n_columns; i++) {
        struct report_cell head = {.text = t->columns[i].name};
        cell(d, t, i, &head, "TableStrong", 0, 1);
    }
    say(d, "</w:tr>\n");
    for (int i = 0; i < t->n_rows; i++) {
        row(d, t, &t->rows[i]);
    }
    say(d, "</w:tbl>\n");
    paragraph(d, "Source", t->rule);
    paragraph(d, "Source", t->note);
    // Two tables without a paragraph between them would become one.
    say(d, "<w:p/>\n");
}

static void numbers(struct docx *d, const struct report_block *b)
{
    for (int i = 0; i < b->n; i++) {
        begin_paragraph(d, "BodyText", "", "");
        run(d, b->numbers[i].text, "<w:b/><w:bCs/>");
        mark(d, b->numbers[i].explanation);
        run(d, arena_printf(d->arena, "  %s", b->numbers[i].name), "");
        say(d, "</w:p>\n");
    }
}

static void block(struct docx *d, const struct report_block *b)
{
    static const char *const headings[] = {"Heading1", "Heading2", "Heading3"};
    switch (b->kind) {
    case REPORT_HEADING:
        paragraph_of(d, headings[b->level - 1], "", &b->runs);
        break;
    case REPORT_PARAGRAPH:
        paragraph_of(d, "BodyText", "", &b->runs);
        break;
    case REPORT_NOTE:
        paragraph_of(d, "NoteBox", "", &b->runs);
        break;
    case REPORT_SOURCE:
        paragraph_of(d, "Source", "", &b->runs);
        break;
    case REPORT_LIST:
        list(d, b);
        break;
    case REPORT_NUMBERS:
        numbers(d, b);
        break;
    case REPORT_TABLE:
        table(d, b->table);
        break;
    case REPORT_FIGURE:
        paragraph(d, "TableCaption", b->figure->finding);
        paragraph(d, "Source", b->figure->meta);
        paragraph(d, "BodyText", b->figure->shapes->description);
        paragraph(d, "Source", b->figure->note);
        break;
    }
}

static void notes(struct docx *d)
{
    const struct report *r = d->r;
    if (r->n_explanations == 0) {
        return;
    }
    paragraph(d, "Heading1", tr(r->lang, MSG("Where each number comes from")));
    for (int i = 0; i < r->n_explanations; i++) {
        const struct report_explanation *x = &r->explanations[i];
        struct report_fact facts[REPORT_FACTS];
        int n = report_facts_of(r->lang, x, facts);
        begin_paragraph(d, "Source", "", "");
        run(d, arena_printf(d->arena, "[%d] ", x->number), "<w:color w:val=\"0B6E6E\"/>");
        if (x->of != NULL) {
            run(d, arena_printf(d->arena, "%s. ", x->of), "<w:b/><w:bCs/>");
        }
        for (int k = 0; k < n; k++) {
            run(d, arena_printf(d->arena, "%s: %s%s", facts[k].name, facts[k].text,
                                k + 1 < n ? "  ·  " : ""),
                "");
        }
        say(d, "</w:p>\n");
    }
}

static void document(struct docx *d)
{
    const struct report *r = d->r;
    say(d, DECLARATION "<w:document " W_SPACE " " R_SPACE "><w:body>\n");
    paragraph(d, "Source", r->organisation);
    paragraph(d, "Title", r->title);
    paragraph(d, "Subtitle", r->subtitle);
    paragraph(d, "Source", r->made_at);
    paragraph(d, "Source", r->classification);
    paragraph(d, "Source", r->sample);
    for (int i = 0; i < r->n; i++) {
        block(d, r->blocks[i]);
    }
    notes(d);
    static const char *const papers[] = {
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
        "<w:pgSz w:w=\"23811\" w:h=\"16838\" w:orient=\"landscape\"/>",
    };
    say(d, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/>");
    say(d, papers[r->paper]);
    say(d, "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" "
           "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>");
    say(d, rtl(d) ? "<w:bidi/></w:sectPr></w:body></w:document>\n"
                  : "</w:sectPr></w:body></w:document>\n");
}

// ---- the other parts ----------------------------------------------------------------------------

struct style {
    const char *id;
    const char *name; // the names of headings and title are those a word processor knows
    const char *paragraph;
    const char *run;
};

#define SMALL "<w:color w:val=\"4A5957\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>"
#define BOLD(size) "<w:b/><w:bCs/><w:sz w:val=\"" size "\"/><w:szCs w:val=\"" size "\"/>"

static const struct style styles[] = {
    {"Title", "Title", "<w:spacing w:after=\"60\"/>", BOLD("44")},
    {"Subtitle", "Subtitle", "<w:spacing w:after=\"120\"/>",
     "<w:color w:val=\"4A5957\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>"},
    {"Heading1", "heading 1",
     "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
     BOLD("30")},
    {"Heading2", "heading 2",
     "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
     BOLD("24")},
    {"Heading3", "heading 3",
     "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>",
     BOLD("20")},
    {"BodyText", "Body Text", "<w:spacing w:after=\"140\"/>", ""},
    {"ListItem", "List Paragraph", "<w:spacing w:after=\"50\"/>", ""},
    {"NoteBox", "Note box",
     "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"0B6E6E\"/></w:pBdr>"
     "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F1F5F4\"/><w:spacing w:after=\"200\"/>",
     ""},
    {"Source", "Source", "<w:spacing w:after=\"60\"/>", SMALL},
    {"TableCaption", "Table caption", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>",
     BOLD("19")},
    {"TableCell", "Table cell", "<w:spacing w:before=\"40\" w:after=\"40\"/>",
     "<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>"},
    {"TableStrong", "Table strong", "<w:spacing w:before=\"40\" w:after=\"40\"/>", BOLD("17")},
};

static const char table_style[] =
    "<w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"Report table\"/><w:tblPr>"
    "<w:tblBorders><w:top w:val=\"single\" w:sz=\"6\" w:color=\"4A5957\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"6\" w:color=\"4A5957\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"D0D8D7\"/></w:tblBorders>"
    "<w:tblCellMar><w:left w:w=\"90\" w:type=\"dxa\"/><w:right w:w=\"90\" w:type=\"dxa\"/>"
    "</w:tblCellMar></w:tblPr></w:style>";

static void add_styles(struct docx *d, struct zip_out *z)
{
    struct buf b;
    buf_init(&b, d->arena, LIMIT_REPLY_BYTES);
    buf_str(&b, DECLARATION "<w:styles " W_SPACE "><w:docDefaults><w:rPrDefault><w:rPr>"
                            "<w:rFonts w:ascii=\"Noto Sans\" w:hAnsi=\"Noto Sans\" "
                            "w:cs=\"Noto Sans Arabic\" w:eastAsia=\"Noto Sans CJK SC\"/>"
                            "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/><w:lang");
    xml_attribute(&b, rtl(d) ? "w:bidi" : "w:val", d->r->lang->code);
    buf_str(&b, "/></w:rPr></w:rPrDefault></w:docDefaults>\n");
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        buf_printf(&b,
                   "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:pPr>%s"
                   "</w:pPr><w:rPr>%s</w:rPr></w:style>\n",
                   styles[i].id, styles[i].name, styles[i].paragraph, styles[i].run);
    }
    buf_str(&b, table_style);
    buf_str(&b, "</w:styles>\n");
    zip_add(z, "word/styles.xml", b.data, b.len);
}

static void add_numbering(struct docx *d, struct zip_out *z)
{
    static const char *const kinds[] = {
        "<w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/>",
        "<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/>",
    };
    struct buf b;
    buf_init(&b, d->arena, LIMIT_REPLY_BYTES);
    buf_str(&b, DECLARATION "<w:numbering " W_SPACE ">");
    for (int i = 0; i < 2; i++) {
        buf_printf(&b,
                   "<w:abstractNum w:abstractNumId=\"%d\"><w:lvl w:ilvl=\"0\"><w:start "
                   "w:val=\"1\"/>%s<w:pPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr>"
                   "</w:lvl></w:abstractNum>",
                   i, kinds[i]);
    }
    buf_str(&b, "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
    for (int i = 0; i < d->n_numbered; i++) {
        buf_printf(&b,
                   "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride "
                   "w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                   i + 2);
    }
    buf_str(&b, "</w:numbering>\n");
    zip_add(z, "word/numbering.xml", b.data, b.len);
}

// "Page 3 of 12" with the numbers as fields, in the order of the language's own sentence.
static void add_footer(struct docx *d, struct zip_out *z)
{
    struct buf b;
    buf_init(&b, d->arena, LIMIT_REPLY_BYTES);
    buf_str(&b, DECLARATION "<w:ftr " W_SPACE "><w:p><w:pPr><w:pStyle w:val=\"Source\"/>");
    buf_str(&b, rtl(d) ? "<w:bidi/><w:jc w:val=\"right\"/></w:pPr>" : "<w:jc w:val=\"right\"/></w:pPr>");
    const char *text = tr_f(d->arena, d->r->lang, MSG("Page {0} of {1}"), "\x01", "\x02", NULL);
    if (d->r->sample != NULL) {
        text = arena_printf(d->arena, "%s  ·  %s", d->r->sample, text);
    }
    while (*text != '\0') {
        size_t n = strcspn(text, "\x01\x02");
        buf_str(&b, "<w:r><w:t xml:space=\"preserve\">");
        xml_text(&b, arena_copy_n(d->arena, text, n));
        buf_str(&b, "</w:t></w:r>");
        text += n;
        if (*text != '\0') {
            buf_printf(&b, "<w:fldSimple w:instr=\" %s \"><w:r><w:t>1</w:t></w:r></w:fldSimple>",
                       *text == '\x01' ? "PAGE" : "NUMPAGES");
            text++;
        }
    }
    buf_str(&b, "</w:p></w:ftr>\n");
    zip_add(z, "word/footer1.xml", b.data, b.len);
}

static void add_properties(struct docx *d, struct zip_out *z)
{
    struct buf b;
    buf_init(&b, d->arena, LIMIT_REPLY_BYTES);
    buf_str(&b, DECLARATION "<cp:coreProperties xmlns:cp=\"" PACKAGE
                            "metadata/core-properties\" "
                            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                            "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    xml_text(&b, d->r->title);
    buf_str(&b, "</dc:title><dc:creator></dc:creator>");
    if (d->r->made_at_iso != NULL) {
        buf_str(&b, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">");
        xml_text(&b, d->r->made_at_iso);
        buf_str(&b, "</dcterms:created>");
    }
    buf_str(&b, "<dc:language>");
    xml_text(&b, d->r->lang->code);
    buf_str(&b, "</dc:language></cp:coreProperties>\n");
    zip_add(z, "docProps/core.xml", b.data, b.len);
}

static const char content_types[] =
    DECLARATION
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/numbering.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>"
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/"
    "vnd.openxmlformats-package.core-properties+xml\"/></Types>\n";

static const char package_parts[] =
    DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">"
                "<Relationship Id=\"document\" Type=\"" OFFICE
                "relationships/officeDocument\" Target=\"word/document.xml\"/>"
                "<Relationship Id=\"core\" Type=\"" PACKAGE
                "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                "</Relationships>\n";

static const char document_parts[] =
    "<Relationship Id=\"styles\" Type=\"" OFFICE "relationships/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"numbering\" Type=\"" OFFICE
    "relationships/numbering\" Target=\"numbering.xml\"/>"
    "<Relationship Id=\"footer\" Type=\"" OFFICE
    "relationships/footer\" Target=\"footer1.xml\"/></Relationships>\n";

enum err report_docx(struct arena *a, const struct report *r, const char **bytes, size_t *len,
                     struct err_info *e)
{
    struct docx d = {.arena = a, .r = r};
    struct buf out;
    struct zip_out z;
    buf_init(&out, a, LIMIT_REPLY_BYTES);
    buf_init(&d.body, a, LIMIT_REPLY_BYTES);
    buf_init(&d.links, a, LIMIT_REPLY_BYTES);
    buf_str(&d.links, DECLARATION "<Relationships xmlns=\"" PACKAGE "relationships\">");
    document(&d);
    buf_str(&d.links, document_parts);
    if (!buf_is_full(&d.body) && !buf_is_full(&d.links)) {
        zip_begin(&z, &out);
        zip_add(&z, "[Content_Types].xml", content_types, strlen(content_types));
        zip_add(&z, "_rels/.rels", package_parts, strlen(package_parts));
        zip_add(&z, "word/document.xml", d.body.data, d.body.len);
        zip_add(&z, "word/_rels/document.xml.rels", d.links.data, d.links.len);
        add_styles(&d, &z);
        add_numbering(&d, &z);
        add_footer(&d, &z);
        add_properties(&d, &z);
        zip_end(&z);
    }
    if (buf_is_full(&out) || buf_is_full(&d.body) || buf_is_full(&d.links)) {
        return err_set(e, ERR_TOO_LARGE, NULL, MSG("The report is too large for a document."),
                       MSG("Choose a shorter period, or take XLSX."), NULL);
    }
    *bytes = out.data;
    *len = out.len;
    return ERR_NONE;
}
