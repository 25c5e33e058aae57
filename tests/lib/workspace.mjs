// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workspace.mjs: workspaces for tests. One of each sort (demo, empty) is made once for each engine and
// copied for every case file: a folder by copying, a PostgreSQL database from a template.

import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const build = process.env.MAINSTAY_BUILD || path.join(top, 'build');
export const program = path.join(build, 'mainstay');
export const postgres = process.env.MAINSTAY_TEST_POSTGRES || '';

let made = process.env.MAINSTAY_SCRATCH;
if (!made) {
    made = fs.mkdtempSync(path.join(os.tmpdir(), 'mainstay-case-'));
    process.on('exit', () => fs.rmSync(made, { recursive: true, force: true }));
}
export const scratch = fs.mkdtempSync(path.join(made, 'w-'));

// Runs a program to its end. Resolves to {status, out, err}; never rejects for an exit status.
export function run(file, args, { input, env, cwd, timeout = 120000 } = {}) {
    return new Promise((resolve) => {
        const child = execFile(file, args, { env: { ...process.env, ...env }, cwd, timeout, maxBuffer: 256 << 20, encoding: 'buffer' }, (error, out, err) => {
            let status = error ? (typeof error.code === 'number' ? error.code : 255) : 0;
            let text = err.toString('utf8');
            if (error?.signal) { status = 255; text += `\n(ended by ${error.signal})`; }
            if (error && typeof error.code === 'string') text += `\n(${error.message})`;
            resolve({ status, out: out.toString('utf8'), bytes: out, err: text });
        });
        child.stdin.on('error', () => {});
        child.stdin.end(input ?? '');
    });
}

async function must(file, args, options) {
    const done = await run(file, args, options);
    if (done.status !== 0) throw new Error(`${path.basename(file)} ${args.join(' ')} ended with ${done.status}: ${done.err.trim().slice(-2000)}`);
    return done;
}

const address = (database) => postgres.replace(/^(postgresql:\/\/[^/]*\/)[^?]*/, `$1${database}`);
const psql = (sql) => must('psql', ['-X', '-q', '-d', postgres, '-c', sql]);

let counter = 0;
const templates = new Map();

// A workspace is {engine, sort, address (for --workspace), home (folder of keys and files), env}.
function place(engine, sort, name) {
    const home = path.join(scratch, name);
    return engine === 'postgres'
        ? { engine, sort, name, home, address: address(name), env: { MAINSTAY_HOME: home, MAINSTAY_WORKSPACE: address(name) } }
        : { engine, sort, name, home, address: home, env: { MAINSTAY_WORKSPACE: home } };
}

// When they are made: before the first step of any case, so that what a case says of days holds on every day.
const MADE = '2026-11-22T09:00:00Z';

async function template(engine, sort) {
    const key = `${engine}-${sort}`;
    if (!templates.has(key)) {
        templates.set(key, (async () => {
            const w = place(engine, sort, `t_${process.pid}_${engine}_${sort}`);
            if (engine === 'postgres') await psql(`CREATE DATABASE "${w.name}"`);
            const done = await must(program, [sort === 'demo' ? 'demo' : 'init', w.address], { env: { ...w.env, MAINSTAY_NOW: MADE }, timeout: 300000 });
            w.said = done.out;
            return w;
        })());
    }
    return templates.get(key);
}

export async function workspace(engine, sort) {
    if (sort === 'none') {
        const w = place(engine, sort, `n_${process.pid}_${++counter}`);
        if (engine === 'postgres') await psql(`CREATE DATABASE "${w.name}"`);
        return w;
    }
    const from = await template(engine, sort);
    const w = place(engine, sort, `c_${process.pid}_${++counter}`);
    fs.cpSync(from.home, w.home, { recursive: true });
    if (engine === 'postgres') await psql(`CREATE DATABASE "${w.name}" TEMPLATE "${from.name}"`);
    w.said = from.said;
    return w;
}

export async function drop(w) {
    if (w.engine === 'postgres') await psql(`DROP DATABASE IF EXISTS "${w.name}" WITH (FORCE)`);
    fs.rmSync(w.home, { recursive: true, force: true });
}

// Sign-ins as `mainstay demo` printed them: "password WORD" once, then a line for each person that begins
// with the sign-in name. Resolves to [{name, password}].
export function signIns(w) {
    const users = JSON.parse(fs.readFileSync(path.join(top, 'packs/mainstay/demo/records/010_user.json'), 'utf8')).map((u) => u.name_key);
    const password = /password ([^\s:]+)/.exec(w.said)?.[1];
    const names = w.said.split('\n').map((line) => line.trim().split(/\s+/)[0]).filter((name) => users.includes(name));
    if (!password || names.length === 0) throw new Error(`no sign-in found in what 'mainstay demo' printed:\n${w.said}`);
    return names.map((name) => ({ name, password }));
}

export const freePort = () => new Promise((resolve, reject) => {
    const s = net.createServer();
    s.on('error', reject);
    s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => resolve(port)); });
});

const pause = (ms) => new Promise((r) => setTimeout(r, ms));
const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

// Starts `mainstay serve` on a port of 127.0.0.1 (a free one by default) and waits until it answers.
// Returns {base, child, log(), stop()}; stop() resolves to a list of what was wrong with its end.
export async function serve(w, { env = {}, args = [], exe = program, port: wanted } = {}) {
    const port = wanted ?? await freePort();
    let log = '';
    const child = spawn(exe, ['serve', w.address, '--listen', `127.0.0.1:${port}`, ...args], { env: { ...process.env, ...w.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    child.stdout.on('data', (d) => { log += d; });
    child.stderr.on('data', (d) => { log += d; });
    const ended = new Promise((resolve) => {
        child.on('exit', (code, signal) => { running.delete(child); resolve({ code, signal }); });
        child.on('error', (error) => { log += error.message; running.delete(child); resolve({ code: 255 }); });
    });
    let over = null;
    ended.then((how) => { over = how; });
    const answers = () => new Promise((resolve) => {
        const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
        socket.on('error', () => resolve(false));
    });
    const limit = Date.now() + 60000;
    while (!(await answers())) {
        if (over) throw new Error(`the server ended with ${over.code ?? over.signal} before it answered:\n${log.slice(-3000)}`);
        if (Date.now() > limit) { child.kill('SIGKILL'); throw new Error(`the server does not answer after 60 s:\n${log.slice(-3000)}`); }
        await pause(15);
    }
    return {
        base: `http://127.0.0.1:${port}`,
        port,
        child,
        log: () => log,
        async stop() {
            const wrong = [];
            if (!over) {
                child.kill('SIGTERM');
                const done = await Promise.race([ended, pause(30000)]);
                if (!done) { child.kill('SIGKILL'); await ended; wrong.push('the server did not stop within 30 s of being asked to'); } else if (done.code !== 0) wrong.push(`the server ended with ${done.code ?? done.signal}`);
            } else {
                wrong.push(`the server ended by itself with ${over.code ?? over.signal}`);
            }
            if (/Sanitizer|runtime error:/.test(log)) wrong.push('a sanitizer spoke');
            if (wrong.length) wrong.push(log.slice(-6000));
            return wrong;
        },
    };
}
