// SPDX-License-Identifier: AGPL-3.0-or-later
//
// case.mjs: reads a case file (tests/README.md describes the format) into blocks of steps.

const SECTIONS = ['stdin', 'stdout', 'stderr', 'body', 'file'];
const WORDS = ['as', 'status', 'exit', 'has', 'not', 'match', 'json', 'location', 'header', 'keep', 'send', 'csrf', 'fill', 'upload', 'html', 'encoding'];
const HEADS = ['workspace', 'engines', 'env'];
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) ((?:\/|\$\{)\S*)$/;
const BEGINS = new RegExp(`^(# |\\$ |(${[...SECTIONS, ...WORDS].join('|')}):( |$))`);

// Splits a command line into words: blanks part words, ' and " hold them together, \ takes one
// character as it is.
export function words(line) {
    const list = [];
    let word = null;
    let quote = '';
    for (let i = 0; i < line.length; i++) {
        const c = line[i];
        if (quote) {
            if (c === quote) quote = '';
            else if (c === '\\' && quote === '"' && i + 1 < line.length) word += line[++i];
            else word += c;
        } else if (c === "'" || c === '"') { quote = c; word ??= ''; } else if (c === '\\' && i + 1 < line.length) word = (word ?? '') + line[++i];
        else if (/\s/.test(c)) { if (word !== null) list.push(word); word = null; } else word = (word ?? '') + c;
    }
    if (quote) throw new Error(`a ${quote} is not closed in: ${line}`);
    if (word !== null) list.push(word);
    return list;
}

// Returns {workspace, engines, env, blocks: [{sentence, line, steps}]}. A step is
// {kind: command|request, words | method, path, fields, checks: [{word, text, line}], ...}.
export function parseCase(text, name) {
    const file = { workspace: 'demo', engines: ['sqlite', 'postgres'], env: {}, blocks: [] };
    const lines = text.replace(/\n$/, '').split('\n');
    let block = null;
    let step = null;
    let before = null; // directives that come before their step: as, send, csrf, file ...
    const fail = (i, what) => { throw new Error(`${name}:${i + 1}: ${what}`); };
    const fresh = () => ({ files: [], send: {} });
    before = fresh();
    for (let i = 0; i < lines.length; i++) {
        const line = lines[i];
        if (line.startsWith('## ') || line === '##') continue;
        if (line.startsWith('# ')) {
            block = { sentence: line.slice(2).trim(), line: i + 1, steps: [] };
            file.blocks.push(block);
            step = null;
            before = fresh();
            continue;
        }
        if (line.trim() === '') continue;
        if (!block) {
            const head = /^(\w+): *(.*)$/.exec(line);
            if (!head || !HEADS.includes(head[1])) fail(i, `before the first '# sentence' stand only ${HEADS.join(', ')}`);
            if (head[1] === 'engines') file.engines = head[2].split(/[ ,]+/);
            else if (head[1] === 'env') { const [k, ...v] = head[2].split('='); file.env[k] = v.join('='); } else file[head[1]] = head[2];
            continue;
        }
        const request = REQUEST.exec(line);
        if (request || line.startsWith('$ ')) {
            step = { line: i + 1, checks: [], fields: [], uploads: [], ...before };
            if (request) Object.assign(step, { kind: 'request', method: request[1], path: request[2] });
            else Object.assign(step, { kind: 'command', words: words(line.slice(2)) });
            block.steps.push(step);
            before = fresh();
            continue;
        }
        const section = new RegExp(`^(${SECTIONS.join('|')}):(?: (\\S+))?$`).exec(line);
        if (section) {
            const content = [];
            const indented = /^ {4}/.test(lines[i + 1] ?? '');
            while (i + 1 < lines.length) {
                const next = lines[i + 1];
                if (indented ? next.trim() !== '' && !next.startsWith('    ') : BEGINS.test(next) || REQUEST.test(next)) break;
                content.push(indented ? next.slice(4) : next);
                i++;
            }
            while (content.length && content[content.length - 1].trim() === '') content.pop();
            if (section[1] === 'file') {
                if (!section[2]) fail(i, "'file:' needs a name");
                before.files.push({ name: section[2], text: content.map((l) => l + '\n').join('') });
            } else if (!step) fail(i, `'${section[1]}:' stands before any step`);
            else if (section[1] === 'stdin' || section[1] === 'body') step[section[1]] = content.join('\n') + (section[1] === 'stdin' && content.length ? '\n' : '');
            else step[section[1]] = content;
            continue;
        }
        const directive = new RegExp(`^(${WORDS.join('|')}): ?(.*)$`).exec(line);
        if (directive) {
            const [, word, value] = directive;
            if (word === 'as') { before.as = value.trim(); step = null; } else if (word === 'send') {
                const [k, ...v] = value.split('=');
                (step ?? before).send[k.trim().toLowerCase()] = v.join('=').trim();
            } else if (['csrf', 'fill', 'html', 'encoding'].includes(word)) (step ?? before)[word] = value.trim();
            else if (!step) fail(i, `'${word}:' stands before any step`);
            else if (word === 'upload') step.uploads.push(value);
            else step.checks.push({ word, text: value, line: i + 1 });
            continue;
        }
        if (step?.kind === 'request' && /^[^=\s]+=/.test(line)) {
            const at = line.indexOf('=');
            step.fields.push([line.slice(0, at), line.slice(at + 1).replace(/\\n/g, '\n')]);
            continue;
        }
        fail(i, `this line is not understood: ${line}`);
    }
    for (const b of file.blocks) if (b.steps.length === 0) throw new Error(`${name}:${b.line}: '${b.sentence}' does nothing`);
    for (const e of file.engines) if (!['sqlite', 'postgres'].includes(e)) throw new Error(`${name}: no engine '${e}'`);
    if (!['demo', 'empty', 'none'].includes(file.workspace)) throw new Error(`${name}: no workspace '${file.workspace}'`);
    if (file.blocks.length === 0) throw new Error(`${name}: holds no test`);
    return file;
}

export const isPattern = (text) => text.length > 1 && text.startsWith('/') && text.endsWith('/');
export const matches = (wanted, got) => (isPattern(wanted) ? new RegExp(wanted.slice(1, -1), 'u').test(got) : wanted === got);

// Compares lines: exact, /pattern/, or ... for any number of lines. Returns '' or what differs.
export function compareLines(wanted, text) {
    const got = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    const from = (w, g) => {
        if (w === wanted.length) return g === got.length;
        if (wanted[w] === '...') {
            for (let skip = g; skip <= got.length; skip++) if (from(w + 1, skip)) return true;
            return false;
        }
        return g < got.length && matches(wanted[w], got[g]) && from(w + 1, g + 1);
    };
    if (from(0, 0)) return '';
    let i = 0;
    while (i < wanted.length && i < got.length && wanted[i] !== '...' && matches(wanted[i], got[i])) i++;
    return `line ${i + 1} differs\n  wanted: ${wanted[i] ?? '(the end)'}\n  got:    ${got[i] ?? '(the end)'}\nall of it:\n${got.slice(0, 40).map((l) => '  | ' + l).join('\n')}`;
}

// "a.0.b" in a JSON value; "length" counts.
export function atPath(value, path) {
    for (const key of path === '' || path === '.' ? [] : path.split('.')) {
        if (value === null || value === undefined) return undefined;
        value = key === 'length' && Array.isArray(value) ? value.length : value[key];
    }
    return value;
}
export const asText = (value) => (typeof value === 'string' ? value : value === undefined ? '(nothing)' : JSON.stringify(value));
