// SPDX-License-Identifier: AGPL-3.0-or-later
//
// limits.h: every ceiling of the program, in one place, each with the reason for its value.
//
// A thing that grows is given its ceiling when it is made; nobody invents one elsewhere.

#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

// Memory of one request or one command. A page of 50 rows needs about 100 KB; a report 10 MB.
#define LIMIT_REQUEST_BYTES ((size_t)256 * 1024 * 1024)
// Of that what a server keeps for each thread when a page is done: a dashboard of 7,000 values needs 7 MB.
#define LIMIT_KEPT_BYTES ((size_t)8 * 1024 * 1024)
// Memory that lives as long as the process: configuration, packs, descriptions of records.
#define LIMIT_PROCESS_BYTES ((size_t)64 * 1024 * 1024)
// A page or an API reply. Larger exports are streamed.
#define LIMIT_REPLY_BYTES ((size_t)32 * 1024 * 1024)
// The body of a form without files: a checklist of 60 questions with long answers is 300 KB.
#define LIMIT_FORM_BYTES ((size_t)2 * 1024 * 1024)
// One uploaded file of evidence. Scanned agreements are 1 to 10 MB.
#define LIMIT_UPLOAD_BYTES ((size_t)25 * 1024 * 1024)
// Fields in one form, counted before they are kept.
#define LIMIT_FORM_FIELDS 2000
// A PDF or workbook that we make: a register of 100,000 rows of 20 cells is 12 MB.
#define LIMIT_EXPORT_BYTES ((size_t)64 * 1024 * 1024)
// What one command writes, put aside on the disk: ten million values as JSON are 6 GB.
#define LIMIT_SPOOL_BYTES ((size_t)16 * 1024 * 1024 * 1024)
// Query strings and paths. Browsers stop near 8,000.
#define LIMIT_ADDRESS_BYTES 4096
// Input of `mainstay save`, JSON or CSV.
#define LIMIT_IMPORT_BYTES ((size_t)64 * 1024 * 1024)
// Bodies of all requests being read at one moment: ten large files and a hundred forms.
#define LIMIT_BODIES_BYTES ((size_t)256 * 1024 * 1024)
// Lines of a request's head, together, and their number. Browsers send about 1 KB in 15 lines.
#define LIMIT_HEADER_BYTES ((size_t)16 * 1024)
#define LIMIT_HEADERS 64
// Connections at once; 1,000 slow clients must leave room for people. 32 KB each when in use.
#define LIMIT_CONNECTIONS 2048
// Requests waiting for a worker; beyond that people are told to try again.
#define LIMIT_WAITING_REQUESTS 512
// Parts of a path. The longest of ours has seven.
#define LIMIT_PATH_PARTS 12
// Depth of JSON we read; ours is never deeper than 4.
#define LIMIT_JSON_DEPTH 32
// Values in one JSON text: 50,000 records of 40 fields. Each costs about 100 bytes while it is read.
#define LIMIT_JSON_VALUES 2000000
// A CSV file: the widest spreadsheet we met has 190 columns; a cell holds at most a long text. A row longer than sixty of
// these is a quote that was opened and never closed.
#define LIMIT_CSV_COLUMNS 1000
#define LIMIT_CSV_CELL_BYTES ((size_t)256 * 1024)
#define LIMIT_CSV_ROW_BYTES ((size_t)16 * 1024 * 1024)
// A ZIP package that we read (a workbook): its parts, what they may grow to when unpacked, together, and by
// how much one may grow. A workbook of 200,000 rows of 20 cells is 9 MB and opens to 100 MB; a sheet of one
// repeated word packs 100 to 1. The ratio is asked of a part above the free bytes only.
#define LIMIT_ZIP_PARTS 2000
#define LIMIT_ZIP_EXPANDED_BYTES ((size_t)192 * 1024 * 1024)
#define LIMIT_ZIP_FREE_BYTES ((size_t)4 * 1024 * 1024)
#define LIMIT_ZIP_RATIO 250
// A workbook that we read: sheets, cells of all sheets, and their texts together. The form of a tool with
// 60 questions has 600 cells.
#define LIMIT_XLSX_SHEETS 200
#define LIMIT_XLSX_CELLS 1000000
#define LIMIT_XLSX_TEXT_BYTES ((size_t)40 * 1024 * 1024)
// An XML file that we read (IATI, DHIS2): its elements, how deep they stand in each other, attributes of
// one. The largest IATI files are 20 MB with 300,000 elements; theirs stand at most 10 deep.
#define LIMIT_XML_NODES 500000
#define LIMIT_XML_DEPTH 64
#define LIMIT_XML_ATTRIBUTES 64
// One file of a pack. The longest tool of the Toolkit is 60 KB of YAML.
#define LIMIT_PACK_FILE_BYTES ((size_t)4 * 1024 * 1024)
// Rows of one list page.
#define LIMIT_PAGE_ROWS 200
// Text fields, in bytes of UTF-8: one line, and running text.
#define LIMIT_LINE_BYTES 400
#define LIMIT_TEXT_BYTES 20000

// What may be kept with one record while a transaction asks for it again and again (store_known).
#define LIMIT_KNOWN_BYTES ((size_t)2 * 1024 * 1024)

// Reading connections of one database: one per thread. The server runs at most 32 workers; the rest
// is for reports. Each holds up to 512 KB of pages and its statements.
#define LIMIT_READERS 64
// Prepared statements kept per connection; 3 to 10 KB each. A page uses 5 to 15.
#define LIMIT_STATEMENTS 160
// Memory of one connection for its statements' texts.
#define LIMIT_CONNECTION_BYTES ((size_t)16 * 1024 * 1024)
// One value in the database. Files lie beside it, so the largest is the text of one change.
#define LIMIT_VALUE_BYTES (64 * 1024 * 1024)

#endif
