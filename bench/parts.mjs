// SPDX-License-Identifier: AGPL-3.0-or-later
//
// parts.mjs: takes the saved list page apart for bench/bare: head, tail, and SQL that fills a table with
// its rows, six columns of mark-up each. Put together again they are the same bytes.
//
//   node bench/parts.mjs PAGE HEAD TAIL SQL

import fs from 'node:fs';

const [page, head, tail, sql] = process.argv.slice(2);
const text = fs.readFileSync(page, 'latin1'); // bytes as they are
const first = text.indexOf('<tr', text.indexOf('<tbody'));
const last = text.lastIndexOf('</tr>') + '</tr>'.length;
const rows = text.slice(first, last).split(/(?<=<\/tr>)/);
const body = rows.filter((r) => r.includes('<tr'));
if (first < 0 || body.length !== 50) throw new Error(`the page has ${body.length} rows, not 50`);
const bytes = (t) => `CAST(x'${Buffer.from(t, 'latin1').toString('hex')}' AS TEXT)`;
let out = 'CREATE TABLE row (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT);\nBEGIN;\n';
rows.forEach((row, n) => {
    const cells = row.split(/(?<=<\/td>)/);
    while (cells.length > 6) cells.splice(5, 2, cells[5] + cells[6]);
    while (cells.length < 6) cells.push('');
    out += `INSERT INTO row VALUES (${n}, ${cells.map(bytes).join(', ')});\n`;
});
fs.writeFileSync(head, text.slice(0, first), 'latin1');
fs.writeFileSync(tail, text.slice(last), 'latin1');
fs.writeFileSync(sql, out + 'COMMIT;\n');
