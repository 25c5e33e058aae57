// SPDX-License-Identifier: AGPL-3.0-or-later
//
// run.mjs: runs case files against the built program, on SQLite and on PostgreSQL.
//
//   node tests/run.mjs cli|http [PART OF A FILE NAME]...
//
// The format is described in tests/README.md. Every sentence of a file is one test on each engine.

import fs from 'node:fs';
import path from 'node:path';
import { asText, atPath, compareLines, isPattern, matches, parseCase } from './lib/case.mjs';
import { pageFaults, parse, textOf } from './lib/html.mjs';
import { end, found, result } from './lib/results.mjs';
import { Visitor } from './lib/web.mjs';
import { drop, postgres, program, run, scratch, serve, signIns, top, workspace } from './lib/workspace.mjs';
import { words, workbook } from './lib/xlsx.mjs';

const suite = process.argv[2];
const parts = process.argv.slice(3);
const folder = path.join(top, 'tests', suite);
const START = Date.parse('2026-11-22T10:00:00Z');

const collapse = (text) => text.replace(/\s+/g, ' ').trim();

// What a reply or an output says, as a person would read it.
function readable(reply) {
    if (reply.words === undefined) {
        const type = reply.headers?.['content-type'] ?? '';
        reply.words = type.startsWith('text/html') ? collapse(textOf(parse(reply.text).root)) : reply.text;
    }
    return reply.words;
}

class Run {
    constructor(file, engine, w) {
        Object.assign(this, { file, engine, w, visitors: new Map(), as: 'nobody', kept: {}, step: 0 });
        this.folder = fs.mkdtempSync(path.join(scratch, 'd-'));
    }

    fill(text) {
        const given = { workspace: this.w.address, home: this.w.home, scratch: this.folder, program, base: this.server?.base, top, ...this.kept };
        return text.replace(/\$\{([\w.]+)\}/g, (whole, name) => {
            if (given[name] === undefined) throw new Error(`nothing was kept as ${whole}`);
            return given[name];
        });
    }

    env() {
        const now = new Date(START + 60000 * this.step++).toISOString().replace('.000', '');
        return { ...this.w.env, MAINSTAY_NOW: now, ...this.file.env };
    }

    async command(step) {
        const [name, ...args] = step.words.map((w) => this.fill(w));
        const done = await run(name === 'mainstay' ? program : name, args, { input: step.stdin === undefined ? '' : this.fill(step.stdin), env: this.env(), cwd: this.folder });
        const wrong = [];
        if (/Sanitizer|runtime error:/.test(done.err)) wrong.push(`a sanitizer spoke:\n${done.err.slice(0, 4000)}`);
        const exit = Number(step.checks.find((c) => c.word === 'exit')?.text ?? 0);
        if (done.status !== exit) wrong.push(`exit ${done.status}, wanted ${exit}\n${done.err.slice(0, 2000)}${done.err ? '' : done.out.slice(0, 2000)}`);
        if (step.stdout) { const d = compareLines(step.stdout.map((l) => this.fill(l)), done.out); if (d) wrong.push(`stdout: ${d}`); }
        // a command that succeeds says nothing on standard error unless the case expects it
        if (step.stderr || exit === 0) { const d = compareLines((step.stderr ?? []).map((l) => this.fill(l)), done.err); if (d) wrong.push(`stderr: ${d}`); }
        return { reply: { text: done.out, ...done }, wrong };
    }

    async visitor(name) {
        if (!this.visitors.has(name)) {
            const v = new Visitor(this.server.base);
            if (name !== 'nobody') {
                const user = signIns(this.w).find((u) => u.name === name);
                if (!user) throw new Error(`nobody is called ${name}`);
                await v.signIn(user.name, user.password);
            }
            this.visitors.set(name, v);
        }
        return this.visitors.get(name);
    }

    async request(step) {
        if (step.as) this.as = step.as;
        const v = await this.visitor(this.as);
        const where = this.fill(step.path);
        let form = step.fields.map(([k, x]) => [this.fill(k), this.fill(x)]);
        if (step.fill !== undefined) {
            const { formsOf } = await import('./lib/html.mjs');
            const page = await v.visit(this.fill(step.fill || step.path));
            const base = formsOf(page.text).find((f) => f.method === 'post' && (f.action === '' || new URL(f.action, new URL(page.path, v.base)).pathname === where.split('?')[0]));
            if (!base) throw new Error(`${page.path} has no form that posts to ${where}`);
            const typed = new Set(form.map(([k]) => k));
            form = [...base.fields.filter((x) => x.sent && !typed.has(x.name) && x.name !== '_csrf').map((x) => [x.name, x.value]), ...form];
        }
        const options = { headers: Object.fromEntries(Object.entries(step.send).map(([k, x]) => [k, this.fill(x)])) };
        if (step.method === 'POST' && step.body === undefined) {
            if (step.csrf === 'wrong') form.push(['_csrf', 'x'.repeat(43)]);
            else if (step.csrf === undefined && !form.some(([k]) => k === '_csrf')) {
                const token = await v.token();
                if (token !== undefined) form.push(['_csrf', token]);
            }
            options.form = form;
            options.files = step.uploads.map((u) => {
                const m = /^([^=]+)=@(\S+)(?: (\S+))?$/.exec(this.fill(u));
                if (!m) throw new Error(`write 'upload: field=@file media/type', not '${u}'`);
                return { name: m[1], file: path.basename(m[2]), type: m[3] ?? 'application/octet-stream', bytes: fs.readFileSync(path.resolve(this.folder, m[2])) };
            });
        } else if (step.body !== undefined) {
            options.body = Buffer.from(this.fill(step.body), step.encoding ?? 'utf8');
            options.headers['content-type'] ??= 'application/json';
        }
        const reply = await v.request(step.method, where, options);
        if (/spreadsheetml/.test(reply.headers['content-type'] ?? '')) reply.text = words(reply.bytes);
        const wrong = [];
        const status = Number(step.checks.find((c) => c.word === 'status')?.text ?? (step.method === 'POST' && step.body === undefined ? 303 : 200));
        if (/^\/api\//.test(where) && reply.text !== '' && !(reply.headers['content-type'] ?? '').startsWith(status < 400 ? 'application/json' : 'application/problem+json')) wrong.push(`the API answered with ${reply.headers['content-type']}`);
        if (reply.status !== status) wrong.push(`status ${reply.status}, wanted ${status}\n${readable(reply).slice(0, 1500)}`);
        const type = reply.headers['content-type'] ?? '';
        if (type.startsWith('text/html') && reply.text !== '' && step.html !== 'part') {
            const faults = pageFaults(reply.text);
            if (faults.length) wrong.push(`the page is not sound:\n  ${faults.slice(0, 8).join('\n  ')}`);
            if (!/default-src/.test(reply.headers['content-security-policy'] ?? '') || /unsafe/.test(reply.headers['content-security-policy'])) wrong.push('the page has no strict Content-Security-Policy');
        }
        if (reply.headers['x-content-type-options'] !== 'nosniff') wrong.push('the header X-Content-Type-Options is missing');
        return { reply, wrong };
    }

    check(step, reply, c) {
        const text = this.fill(c.text);
        const json = () => JSON.parse(reply.text);
        switch (c.word) {
        case 'has': return reply.text.includes(text) || readable(reply).includes(collapse(text)) ? '' : `'${text}' is not there:\n${readable(reply).slice(0, 1500)}`;
        // mark-up is looked for as written only: a person may well read a <
        case 'not': return reply.text.includes(text) || (!text.includes('<') && readable(reply).includes(collapse(text))) ? `'${text}' is there, and should not be` : '';
        case 'match': return new RegExp(text.slice(1, -1), 'u').test(readable(reply)) || new RegExp(text.slice(1, -1), 'u').test(reply.text) ? '' : `${text} matches nothing in:\n${readable(reply).slice(0, 1500)}`;
        case 'json': {
            const at = text.indexOf('=');
            let got;
            try { got = asText(atPath(json(), text.slice(0, at).trim())); } catch (error) { return `no JSON: ${error.message}\n${reply.text.slice(0, 500)}`; }
            return matches(text.slice(at + 1).trim(), got) ? '' : `json ${text.slice(0, at)} is ${got}, wanted ${text.slice(at + 1)}`;
        }
        case 'location': return matches(text, reply.headers.location ?? '') ? '' : `location is ${reply.headers.location}, wanted ${text}`;
        case 'header': {
            const at = text.indexOf('=');
            const got = reply.headers[text.slice(0, at).trim().toLowerCase()];
            return got !== undefined && matches(text.slice(at + 1).trim(), String(got)) ? '' : `header ${text.slice(0, at)} is ${got}`;
        }
        case 'keep': {
            const at = text.indexOf('=');
            const how = text.slice(at + 1).trim();
            const value = isPattern(how) ? (new RegExp(how.slice(1, -1), 'u').exec(reply.text) ?? new RegExp(how.slice(1, -1), 'u').exec(reply.headers?.location ?? ''))?.[1] : how === 'location' ? reply.headers.location : asText(atPath(json(), how));
            if (value === undefined || value === '(nothing)') return `nothing to keep for ${text}`;
            this.kept[text.slice(0, at).trim()] = value;
            return '';
        }
        default: return '';
        }
    }

    async block(b) {
        for (const step of b.steps) {
            for (const f of step.files) {
                const text = this.fill(f.text);
                fs.writeFileSync(path.join(this.folder, f.name), f.name.endsWith('.xlsx') ? workbook(text) : text);
            }
            const { reply, wrong } = step.kind === 'command' ? await this.command(step) : await this.request(step);
            for (const c of step.checks) { const w = this.check(step, reply, c); if (w) wrong.push(`line ${c.line}: ${w}`); }
            if (wrong.length) return `line ${step.line}: ${wrong.join('\n')}`;
        }
        return '';
    }
}

async function runFile(name, engine) {
    const label = (b) => `${name}: ${b.sentence} [${engine}]`;
    let file;
    try { file = parseCase(fs.readFileSync(path.join(folder, name), 'utf8'), `tests/${suite}/${name}`); } catch (error) {
        found(suite, 1);
        result('fail', suite, `${name} [${engine}]`, error.message);
        return;
    }
    if (!file.engines.includes(engine)) return;
    const serves = file.blocks.some((b) => b.steps.some((s) => s.kind === 'request'));
    found(suite, file.blocks.length + (serves ? 1 : 0));
    if (engine === 'postgres' && !postgres) {
        for (const b of file.blocks) result('skip', suite, label(b), 'no PostgreSQL');
        if (serves) result('skip', suite, `${name}: the server ends cleanly [${engine}]`, 'no PostgreSQL');
        return;
    }
    let w;
    let r;
    try {
        w = await workspace(engine, file.workspace);
        r = new Run(file, engine, w);
        if (serves) r.server = await serve(w, { env: r.env() });
    } catch (error) {
        for (const b of file.blocks) result('fail', suite, label(b), error.message);
        if (serves) result('fail', suite, `${name}: the server ends cleanly [${engine}]`, error.message);
        return;
    }
    for (const b of file.blocks) {
        let wrong;
        try { wrong = await r.block(b); } catch (error) { wrong = error.message; }
        result(wrong ? 'fail' : 'pass', suite, label(b), wrong);
    }
    if (r.server) {
        const wrong = await r.server.stop();
        result(wrong.length ? 'fail' : 'pass', suite, `${name}: the server ends cleanly [${engine}]`, wrong.join('\n'));
    }
    await drop(w).catch((error) => console.log(`could not drop ${w.name}: ${error.message}`));
    fs.rmSync(r.folder, { recursive: true, force: true });
}

const names = fs.readdirSync(folder).filter((f) => f.endsWith('.case') && (parts.length === 0 || parts.some((p) => f.includes(p)))).sort();
const jobs = names.flatMap((name) => ['sqlite', 'postgres'].map((engine) => [name, engine]));
const worker = async () => { for (let job = jobs.shift(); job; job = jobs.shift()) await runFile(...job); };
await Promise.all([worker(), worker()]);
end(suite);
