// SPDX-License-Identifier: AGPL-3.0-or-later
//
// pseudo.mjs: every kind of page in the pseudo-language, which marks each translated text with ⟦ ⟧,
// makes it longer and runs from right to left. A text with letters that is neither marked nor data is
// one that nobody can translate. Data is what stands in the records and packs; what stands in
// <code>, <kbd>, translate="no" or an element of another language is data by its mark-up.

import fs from 'node:fs';
import path from 'node:path';
import { top } from '../lib/workspace.mjs';
import { crawl, routesOf } from './harness.mjs';

export const name = 'pseudo';

const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();

// All values of the records and packs, and one long text of them for parts of sentences.
async function data(stage) {
    const values = new Set();
    const add = (x) => {
        if (typeof x === 'string') {
            values.add(plain(x));
            if (/^[A-Z0-9]+\/\S+$/.test(x)) values.add(plain(x.split('/').pop())); // SAMPLE1/I1 is shown as I1 within SAMPLE1
        }
        else if (Array.isArray(x)) x.forEach(add);
        else if (x && typeof x === 'object') Object.values(x).forEach(add);
    };
    const kinds = (await stage.command('kinds')).out.split('\n').map((l) => l.split(/\s+/)[0]).filter(Boolean);
    for (const kind of kinds) {
        const done = await stage.command('list', kind, '--format', 'json');
        if (done.status !== 0) continue;
        // a notice is said in the language of the reader; only the name of the place is data
        add(kind === 'notice' ? JSON.parse(done.out).map((n) => n.where) : JSON.parse(done.out));
    }
    let raw = '';
    const walk = (folder) => fs.readdirSync(folder, { withFileTypes: true }).forEach((f) => {
        const at = path.join(folder, f.name);
        if (f.isDirectory()) { walk(at); return; }
        const text = fs.readFileSync(at, 'utf8');
        if (f.name.endsWith('.yaml')) raw += plain(text) + ' \n ';
        if (f.name.endsWith('.json')) add(JSON.parse(text));
        else if (f.name.endsWith('.tsv')) text.split('\n').forEach((l) => l.split('\t').forEach(add));
        else if (f.name.endsWith('.yaml')) for (const v of scalars(text)) add(v);
    });
    walk(path.join(top, 'packs'));
    // the code of an indicator is shown without the number of its programme: I1 of SAMPLE1/I1
    for (const v of [...values]) if (/^[\w-]+\/i\d+$/.test(v)) values.add(v.split('/')[1]);
    const long = [...values].filter((v) => v.length > 25).join(' \n ');
    // long texts may be folded in a file or stand inside a sentence; short ones must be a whole value
    return { has: (text) => values.has(text) || (text.length > 12 && raw.includes(text)) || (text.length > 25 && long.includes(text)), size: values.size };
}

// Values of a YAML file, read loosely: plain, quoted, folded, and in { } lists.
export function scalars(text) {
    const list = [];
    let open = null;
    for (const line of text.split('\n')) {
        const entry = /^(\s*)(?:- )?(?:"?[\w.-]+"?):(?: (.*))?$/.exec(line);
        if (entry) {
            if (open) list.push(open.join(' '));
            open = [];
            const value = entry[2] ?? '';
            if (/^[[{]/.test(value)) {
                for (const part of value.replace(/[[\]{}]/g, '').match(/(?:"[^"]*"|[^,])+/g) ?? []) list.push(part.replace(/^[^:"]*:\s*/, '').replace(/^\s*"|"\s*$/g, '').trim());
            } else if (!/^[|>][-+]?$/.test(value)) open.push(value);
        } else if (/^\s*- \{/.test(line)) {
            for (const part of line.replace(/^\s*- |[{}]/g, '').match(/(?:"[^"]*"|[^,])+/g) ?? []) list.push(part.replace(/^\s*[\w-]+:\s*/, '').replace(/^\s*"|"\s*$/g, '').trim());
        } else if (open && line.trim()) {
            const item = /^\s*- (.*)$/.exec(line); // of a list, also one that is written inside a text
            if (item) list.push(item[1].trim());
            open.push(item ? item[1].trim() : line.trim());
        }
    }
    if (open) list.push(open.join(' '));
    return list.map((v) => v.replace(/\s+#.*$/, '').replace(/^["']|["']$/g, '').replace(/\\"/g, '"')).filter(Boolean);
}

// Visible texts with letters that are not marked as translated.
const unmarked = () => {
    const out = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const page = document.documentElement.lang;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.replace(/\s+/g, ' ').trim();
        const at = node.parentElement;
        if (!/\p{L}/u.test(text) || at.closest('script,style,code,kbd,pre,textarea,[translate="no"],template')) continue;
        const other = at.closest('[lang]');
        if (other && other.lang !== page) continue;
        if (at.closest('option') === null && !at.checkVisibility?.()) continue;
        out.push(text);
    }
    for (const e of document.querySelectorAll('[aria-label],[title],[placeholder],img[alt],input[type=submit][value]')) {
        if (e.closest('[translate="no"]')) continue;
        for (const key of ['aria-label', 'title', 'placeholder', 'alt']) if (/\p{L}/u.test(e.getAttribute(key) ?? '')) out.push(e.getAttribute(key).trim());
    }
    return out;
};

export async function go(stage, report) {
    const routes = await routesOf(stage);
    const known = await data(stage);
    report(`there is data to compare with (${known.size} values)`, known.size > 500 ? [] : ['too few']);
    const guest = await stage.guest({ user: 'admin', language: 'qps' });
    guest.faults();
    const date = /^(\d{1,2} )?\p{L}{3,12} \d{4}$/u;
    // marks may stand within marks: a translated sentence with a translated name in it
    const outside = (text) => {
        let depth = 0;
        let rest = '';
        for (const c of text) {
            if (c === '⟦') { depth++; rest += depth === 1 ? ' | ' : ''; } else if (c === '⟧') depth = Math.max(0, depth - 1);
            else if (depth === 0) rest += c;
        }
        return rest;
    };
    const isData = (part) => {
        const t = plain(part).replace(/^[\s.,:;|]+|[\s.,:;|]+$/g, '');
        // before or after data: the id of a tool or row, the code of a result, the article of a treaty, a share
        const bare = t.replace(/^(?:[\d.]+[\w-]*|(?:annex|intro)-\w+|[a-z]\d*(?:\.\d+)*):? /, '').replace(/ (?:\d[\d\w()., %-]*|preamble)$/, '');
        return !/\p{L}/u.test(t) || known.has(t) || known.has(plain(part)) || known.has(bare) || date.test(t)
            || /^[a-z]{3} [\d,.\s]+$|^[\d,.\s]+ [a-z]{3}$/.test(t);
    };
    const fine = (text) => {
        const rest = outside(text);
        const colon = rest.indexOf(': '); // "ICCPR 8: No slavery": the words after it may hold commas
        const halves = colon < 0 ? [] : [rest.slice(0, colon), rest.slice(colon + 2)];
        return isData(rest) || (halves.length > 0 && halves.every(isData)) || rest.split(/ [|·–—→] |^\s*[|·–—→]\s|\s[|·–—→]\s*$|;|“|”/).every((part) => isData(part) || part.split(/[,:] |[()]/).every(isData));
    };
    await crawl(guest, routes, 1, async (g, address, shape) => {
        const wrong = [];
        const where = await g.page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
        if (where.dir !== 'rtl' || where.lang !== 'qps') wrong.push(`the page is ${where.lang}, ${where.dir}`);
        if (/⟦~*⟧/.test(await g.page.locator('body').innerText())) wrong.push('a message without words is translated');
        const texts = [...new Set(await g.page.evaluate(unmarked))].filter((t) => !fine(t));
        if (texts.length) wrong.push(`not translatable: ${texts.slice(0, 12).map((t) => `"${t.slice(0, 60)}"`).join(', ')}${texts.length > 12 ? ` and ${texts.length - 12} more` : ''}`);
        wrong.push(...(await g.overflow()), ...g.faults());
        report(`${shape} (${address})`, wrong);
        if (wrong.length || process.env.MAINSTAY_SHOTS) await g.shot('qps_' + address.replace(/[^a-z0-9]+/gi, '_').slice(0, 80));
    });
    await guest.close();
}
