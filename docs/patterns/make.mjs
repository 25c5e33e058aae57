// SPDX-License-Identifier: AGPL-3.0-or-later
//
// make.mjs: puts the samples of this folder into their frame and writes them to build/patterns.
//
// A sample begins with one line, <!-- title | chosen item of the main menu -->, and is what stands
// between head and foot of a page. One that begins with <!DOCTYPE is a page of its own.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url)); // import.meta.dirname needs Node 20; Debian 12 has 18
const out = path.join(here, '../../build/patterns'); // as deep as here: addresses of assets stay
const frame = fs.readFileSync(path.join(here, 'frame.html'), 'utf8');

export function assemble(name, text) {
    if (text.startsWith('<!DOCTYPE')) return text;
    const first = /^<!-- (.+) \| (.*) -->\n/.exec(text);
    if (!first) throw new Error(`${name}: the first line must be <!-- title | item of the menu -->`);
    const [line, title, item] = first;
    const marked = item === '' ? frame : frame.replace(`">${item}</a></li>`, `" aria-current="page">${item}</a></li>`);
    if (item !== '' && marked === frame) throw new Error(`${name}: the main menu has no “${item}”`);
    return marked.replace('{title}', () => title).replace('{body}\n', () => text.slice(line.length));
}

fs.mkdirSync(out, { recursive: true });
for (const name of fs.readdirSync(here).filter((f) => f.endsWith('.html') && f !== 'frame.html')) {
    fs.writeFileSync(path.join(out, name), assemble(name, fs.readFileSync(path.join(here, name), 'utf8')));
}
