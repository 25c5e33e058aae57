// SPDX-License-Identifier: AGPL-3.0-or-later
//
// libxlsxwriter.h: the library that writes workbooks, loaded only when one is written: it brings OpenSSL
// for its one checksum, a fifth of what a start of the program would load.

#ifndef FORMAT_XLSX_LIBXLSXWRITER_H
#define FORMAT_XLSX_LIBXLSXWRITER_H

#include <xlsxwriter.h>

#include "base/err.h"
#include "os/library.h"

#define LIBXLSXWRITER_FUNCTIONS(F)                                                                 \
    F(format_set_align)                                                                            \
    F(format_set_bg_color)                                                                         \
    F(format_set_bold)                                                                             \
    F(format_set_bottom)                                                                           \
    F(format_set_font_color)                                                                       \
    F(format_set_indent)                                                                           \
    F(format_set_italic)                                                                           \
    F(format_set_num_format)                                                                       \
    F(format_set_text_wrap)                                                                        \
    F(format_set_top)                                                                              \
    F(format_set_underline)                                                                        \
    F(lxw_strerror)                                                                                \
    F(lxw_workbook_free)                                                                           \
    F(workbook_add_format)                                                                         \
    F(workbook_add_worksheet)                                                                      \
    F(workbook_close)                                                                              \
    F(workbook_new_opt)                                                                            \
    F(workbook_set_properties)                                                                     \
    F(worksheet_fit_to_pages)                                                                      \
    F(worksheet_freeze_panes)                                                                      \
    F(worksheet_repeat_rows)                                                                       \
    F(worksheet_right_to_left)                                                                     \
    F(worksheet_set_column)                                                                        \
    F(worksheet_set_footer)                                                                        \
    F(worksheet_set_landscape)                                                                     \
    F(worksheet_set_paper)                                                                         \
    F(worksheet_write_blank)                                                                       \
    F(worksheet_write_number)                                                                      \
    F(worksheet_write_string)                                                                      \
    F(worksheet_write_url_opt)

struct libxlsxwriter {
    LIBRARY_TABLE(LIBXLSXWRITER_FUNCTIONS)
};

// Loads it; ERR_FAILED when it is not installed.
enum err libxlsxwriter_load(struct err_info *e) MUST_CHECK;
// Its functions, once libxlsxwriter_load has succeeded. They live as long as the process.
const struct libxlsxwriter *lxw(void);

#endif
