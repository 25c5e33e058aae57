// SPDX-License-Identifier: AGPL-3.0-or-later
//
// xlsx.mjs: a workbook with one sheet out of lines of comma-separated cells, for case files that send
// one back (cells with commas stand in double quotes; nothing is compressed), and the words of one that
// the program made. It is written as LibreOffice writes it: texts are shared, numbers are numbers, and a
// day (2026-11-22) is a number that is shown as a date.

import zlib from 'node:zlib';

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const cells = (line) => [...`,${line}`.matchAll(/,(?:"([^"]*)"|([^,]*))/g)].map((m) => m[1] ?? m[2]);

const DAY = /^\d{4}-\d\d-\d\d$/;
const NUMBER = /^-?(0|[1-9]\d{0,13})(\.\d+)?$/;

function cell(text, shared) {
    if (text === '') return '<c/>';
    if (DAY.test(text)) return `<c s="1"><v>${Math.round((Date.parse(text) - Date.UTC(1899, 11, 30)) / 86400000)}</v></c>`;
    if (NUMBER.test(text)) return `<c><v>${Number(text)}</v></c>`;
    const at = shared.indexOf(text);
    return `<c t="s"><v>${at < 0 ? shared.push(text) - 1 : at}</v></c>`;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

const sheet = (text, shared) => `${head}<worksheet ${main}><sheetData>`
    + text.trimEnd().split('\n').map((line, i) => `<row r="${i + 1}">${cells(line).map((c) => cell(c, shared)).join('')}</row>`).join('')
    + '</sheetData></worksheet>';

const relations = (all) => `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
    + all.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`).join('')
    + '</Relationships>';

// ZIP (PKWARE APPNOTE 4.3): local headers with their bytes, the central directory, its end.
function zip(parts) {
    const local = [];
    const central = [];
    let at = 0;
    for (const [name, text] of parts) {
        const bytes = Buffer.from(text);
        const fixed = Buffer.alloc(26); // from the version needed to the length of the extra field
        fixed.writeUInt16LE(20, 0);
        fixed.writeUInt32LE(crc32(bytes), 10);
        fixed.writeUInt32LE(bytes.length, 14);
        fixed.writeUInt32LE(bytes.length, 18);
        fixed.writeUInt16LE(name.length, 22);
        const where = Buffer.alloc(14);
        where.writeUInt32LE(at, 10);
        local.push(Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), bytes);
        central.push(Buffer.from('PK\x01\x02\x14\x00'), fixed, where, Buffer.from(name));
        at += 30 + name.length + bytes.length;
    }
    const size = Buffer.concat(central).length;
    const end = Buffer.alloc(18);
    end.writeUInt16LE(parts.length, 4);
    end.writeUInt16LE(parts.length, 6);
    end.writeUInt32LE(size, 8);
    end.writeUInt32LE(at, 12);
    return Buffer.concat([...local, ...central, Buffer.from('PK\x05\x06'), end]);
}

function crc32(bytes) {
    let crc = 0xffffffff;
    for (const b of bytes) {
        crc ^= b;
        for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return (crc ^ 0xffffffff) >>> 0;
}

export function workbook(text) {
    const shared = [];
    const first = sheet(text, shared);
    const type = (part, what) => `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${what}+xml"/>`;
    return zip([
        ['[Content_Types].xml', `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
            + '<Default Extension="xml" ContentType="application/xml"/>'
            + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + type('workbook.xml', 'sheet.main') + type('sheet1.xml', 'worksheet') + type('styles.xml', 'styles') + type('sharedStrings.xml', 'sharedStrings') + '</Types>'],
        ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
        ['xl/workbook.xml', `${head}<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
            + '<sheets><sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>'],
        ['xl/_rels/workbook.xml.rels', relations([['worksheet', 'sheet1.xml'], ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']])],
        ['xl/styles.xml', `${head}<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>`
            + '<cellXfs count="2"><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'],
        ['xl/sharedStrings.xml', `${head}<sst ${main}>${shared.map((x) => `<si><t xml:space="preserve">${escaped(x)}</t></si>`).join('')}</sst>`],
        ['xl/sheet1.xml', first],
    ]);
}

// The XML of all parts, one after the other, by the central directory.
export function words(bytes) {
    let text = '';
    let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16);
    while (bytes.readUInt32LE(at) === 0x02014b50) {
        const packed = bytes.readUInt16LE(at + 10) === 8;
        const size = bytes.readUInt32LE(at + 20);
        const local = bytes.readUInt32LE(at + 42);
        const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const part = bytes.subarray(begin, begin + size);
        text += (packed ? zlib.inflateRawSync(part) : part).toString('utf8') + '\n';
        at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return text;
}
