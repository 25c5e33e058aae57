// SPDX-License-Identifier: AGPL-3.0-or-later
//
// html.mjs: a strict little reader of the pages we write: a tree, the faults of the mark-up, the forms.
// It reads only what our templates may produce; anything looser is a fault.

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const RAW = new Set(['script', 'style', 'textarea', 'title']);
const INLINE = new Set(['a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'em', 'i', 'kbd', 'mark', 'q', 's', 'small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'var', undefined]);
const ENTITY = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function decode(text) {
    return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name) => {
        if (name[0] === '#') {
            return String.fromCodePoint(/^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10));
        }
        return ENTITY[name.toLowerCase()] ?? whole;
    });
}

// Returns {root, faults}. A node is {name, attributes, children, parent}; text nodes are {text}.
export function parse(source) {
    const faults = [];
    const root = { name: '#root', attributes: {}, children: [] };
    let at = root;
    let i = 0;
    const line = () => source.slice(0, i).split('\n').length;
    const fault = (text) => faults.push(`line ${line()}: ${text}`);
    if (!/^<!doctype html>/i.test(source)) fault('the page does not begin with <!DOCTYPE html>');
    while (i < source.length) {
        if (source.startsWith('<!--', i)) {
            const end = source.indexOf('-->', i);
            if (end < 0) { fault('a comment without end'); break; }
            i = end + 3;
        } else if (source.startsWith('<!', i)) {
            i = source.indexOf('>', i) + 1 || source.length;
        } else if (source.startsWith('</', i)) {
            const match = /^<\/([a-zA-Z][\w-]*)\s*>/.exec(source.slice(i, i + 80));
            if (!match) { fault('a closing tag that cannot be read'); i += 2; continue; }
            const name = at.svg ? match[1] : match[1].toLowerCase();
            if (at.name !== name) fault(`</${name}> closes <${at.name}>`);
            for (let up = at; up; up = up.parent) {
                if (up.name === name) { at = up.parent; break; }
            }
            i += match[0].length;
        } else if (/^<[a-zA-Z]/.test(source.slice(i, i + 2))) {
            const open = /^<([a-zA-Z][\w-]*)/.exec(source.slice(i, i + 80));
            const node = { name: at.svg ? open[1] : open[1].toLowerCase(), attributes: {}, children: [], parent: at };
            node.svg = node.name === 'svg' || node.name === 'math' || (at.svg && at.name !== 'foreignObject');
            i += open[0].length;
            for (;;) {
                const attribute = /^\s+([^\s=>\/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/.exec(source.slice(i, i + 70000));
                if (!attribute) break;
                const key = attribute[1].toLowerCase();
                const value = attribute[2] ?? attribute[3] ?? attribute[4] ?? '';
                if (key in node.attributes) fault(`<${node.name}> has ${key} twice`);
                if (/<|&(?!(#\d+|#x[0-9a-f]+|[a-z]+);)/i.test(value)) fault(`<${node.name} ${key}> holds an unescaped < or &`);
                node.attributes[key] = decode(value);
                i += attribute[0].length;
            }
            const end = /^\s*(\/?)>/.exec(source.slice(i, i + 20));
            if (!end) { fault(`<${node.name}> has an attribute that cannot be read`); i = source.indexOf('>', i) + 1 || source.length; } else i += end[0].length;
            at.children.push(node);
            if (VOID.has(node.name) || (end?.[1] && node.svg)) continue;
            if (end?.[1]) fault(`<${node.name}/> closes itself`);
            if (RAW.has(node.name) && !node.svg) {
                const stop = source.toLowerCase().indexOf(`</${node.name}`, i);
                if (stop < 0) { fault(`<${node.name}> without end`); break; }
                node.children.push({ text: node.name === 'script' || node.name === 'style' ? source.slice(i, stop) : decode(source.slice(i, stop)), parent: node });
                i = source.indexOf('>', stop) + 1;
            } else {
                at = node;
            }
        } else {
            let end = source.indexOf('<', i + 1);
            if (end < 0) end = source.length;
            const text = source.slice(i, end);
            if (text[0] === '<') fault('a < that opens nothing');
            if (/&(?!(#\d+|#x[0-9a-f]+|[a-z]+);)/i.test(text)) fault(`an unescaped & in "${text.trim().slice(0, 40)}"`);
            at.children.push({ text: decode(text), parent: at });
            i = end;
        }
    }
    if (at !== root) fault(`<${at.name}> is never closed`);
    return { root, faults };
}

export function* all(node, name) {
    for (const child of node.children ?? []) {
        if (child.name && (!name || child.name === name)) yield child;
        yield* all(child, name);
    }
}

export function textOf(node) {
    if (node.text !== undefined) return node.text;
    if (node.name === 'script' || node.name === 'style') return '';
    const text = (node.children ?? []).map(textOf).join('');
    return INLINE.has(node.name) ? text : ` ${text} `;
}

// What we require of every page beyond well-formed mark-up.
export function pageFaults(source) {
    const { root, faults } = parse(source);
    const nodes = [...all(root)];
    const ids = new Map();
    for (const node of nodes) {
        const a = node.attributes;
        if (a.id !== undefined) {
            if (ids.has(a.id)) faults.push(`the id "${a.id}" stands twice`);
            if (a.id === '' || /\s/.test(a.id)) faults.push(`<${node.name}> has a bad id "${a.id}"`);
            ids.set(a.id, node);
        }
        for (const key of Object.keys(a)) {
            if (key.startsWith('on')) faults.push(`<${node.name}> has the inline script ${key}`);
            if (key === 'style') faults.push(`<${node.name}> has an inline style`);
        }
        if (node.name === 'script' && (a.src === undefined || textOf({ children: node.children }).trim() !== '') && !/json/.test(a.type ?? '')) faults.push('a script stands in the page');
        if (node.name === 'style') faults.push('a style sheet stands in the page');
        if (node.name === 'img' && a.alt === undefined) faults.push(`<img src="${a.src}"> has no alt`);
        if (node.name === 'a' && /^javascript:/i.test(a.href ?? '')) faults.push('a javascript: address');
        if (node.name === 'form' && !/^(get|post)$/i.test(a.method ?? 'get')) faults.push(`a form with the method ${a.method}`);
        if (node.name === 'button' && a.type === undefined && !closest(node, 'form') && a.form === undefined) faults.push('a button outside a form has no type');
    }
    for (const node of nodes) {
        const a = node.attributes;
        for (const key of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'list', 'form']) {
            if (a[key] === undefined || (key === 'for' && node.name === 'output')) continue;
            for (const id of a[key].split(/\s+/)) if (!ids.has(id)) faults.push(`<${node.name} ${key}="${id}"> points to nothing`);
        }
        if (node.name === 'a' && /^#./.test(a.href ?? '') && !ids.has(decodeURIComponent(a.href.slice(1)))) faults.push(`the link ${a.href} points to nothing`);
        if (node.name === 'form' && /^post$/i.test(a.method ?? '') && ![...all(node, 'input')].some((input) => input.attributes.name === '_csrf')) faults.push(`the form to ${a.action} has no form token`);
    }
    const html = nodes.find((node) => node.name === 'html');
    if (!html?.attributes.lang) faults.push('<html> has no lang');
    if (!html?.attributes.dir) faults.push('<html> has no dir');
    const title = nodes.find((node) => node.name === 'title');
    if (!title || textOf({ children: title.children }).trim() === '') faults.push('the page has no title');
    const h1 = nodes.filter((node) => node.name === 'h1').length;
    if (h1 !== 1) faults.push(`the page has ${h1} first headings`);
    if (nodes.filter((node) => node.name === 'main').length !== 1) faults.push('the page has not exactly one <main>');
    return faults;
}

export function closest(node, name) {
    for (let up = node; up; up = up.parent) if (up.name === name) return up;
    return null;
}

// Forms of a page: method, action, and the fields with the value that a browser would send untouched.
export function formsOf(source) {
    const { root } = parse(source);
    return [...all(root, 'form')].map((form) => {
        const fields = [];
        for (const node of all(form)) {
            const a = node.attributes;
            if (a.name === undefined || a.disabled !== undefined) continue;
            if (node.name === 'input') {
                const type = (a.type ?? 'text').toLowerCase();
                const sent = !['submit', 'button', 'reset', 'file', 'image'].includes(type) && (!['checkbox', 'radio'].includes(type) || a.checked !== undefined);
                fields.push({ name: a.name, type, value: a.value ?? (type === 'checkbox' ? 'on' : ''), sent });
            } else if (node.name === 'textarea') {
                fields.push({ name: a.name, type: 'textarea', value: textOf({ children: node.children }).replace(/^\n/, ''), sent: true });
            } else if (node.name === 'select') {
                const options = [...all(node, 'option')];
                const chosen = options.filter((option) => option.attributes.selected !== undefined);
                const use = chosen.length ? chosen : a.multiple === undefined ? options.slice(0, 1) : [];
                for (const option of use) fields.push({ name: a.name, type: 'select', value: option.attributes.value ?? textOf(option), sent: true });
            } else if (node.name === 'button') {
                fields.push({ name: a.name, type: 'submit', value: a.value ?? '', sent: false });
            }
        }
        return { method: (form.attributes.method ?? 'get').toLowerCase(), action: form.attributes.action ?? '', enctype: form.attributes.enctype ?? '', fields };
    });
}
