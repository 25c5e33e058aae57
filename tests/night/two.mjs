// SPDX-License-Identifier: AGPL-3.0-or-later
//
// two.mjs: the server and the command line write to one workspace at the same time, for ten minutes, with
// a third process reading the file beside them. SQLite 3.40.1 can lose pages of the WAL when several
// connections write and checkpoint; the design keeps one writer that alone checkpoints. At the end the
// file must be sound, the log verified, and every acknowledged record there, once.
//
//   SECONDS_TWO_PROCESS=600 node tests/night/two.mjs

import { end, result } from '../lib/results.mjs';
import { Visitor } from '../lib/web.mjs';
import { drop, program, run, serve, signIns, workspace } from '../lib/workspace.mjs';

const SUITE = 'two';
const seconds = Number(process.env.SECONDS_TWO_PROCESS || 600);
const w = await workspace('sqlite', 'demo');
const command = (args, input) => run(program, args, { env: w.env, input });
const programme = JSON.parse((await command(['list', 'programme', '--format', 'json'])).out).find((p) => p.number === 'SAMPLE1');
const server = await serve(w);
const user = signIns(w).find((u) => u.name === 'rosa');
const stop = Date.now() + seconds * 1000;
const acknowledged = [];
const wrong = [];
const count = { form: 0, command: 0, read: 0, page: 0 };

const v = new Visitor(server.base);
await v.signIn(user.name, user.password);
const token = await v.token();

async function forms(k) {
    const mine = new Visitor(server.base);
    mine.cookies = new Map(v.cookies);
    for (let n = 0; Date.now() < stop && wrong.length < 5; n++) {
        const what = `form ${k}.${n}`;
        const reply = await mine.request('POST', '/programmes/SAMPLE1/actions/new', { form: [['_csrf', token], ['what', what], ['state', 'open']] });
        if (reply.status === 303) { acknowledged.push(what); count.form++; } else wrong.push(`form: status ${reply.status}`);
        if (n % 10 === 0) { const page = await mine.get('/programmes/SAMPLE1/actions'); if (page.status !== 200) wrong.push(`page: status ${page.status}`); count.page++; }
    }
}
async function commands() {
    for (let n = 0; Date.now() < stop && wrong.length < 5; n++) {
        const batch = [0, 1, 2].map((k) => `command ${n}.${k}`);
        const done = await command(['save', 'action', '-'], JSON.stringify(batch.map((what) => ({ what, programme_id: programme.id, about_kind: 'programme', about_id: programme.id, state: 'open' }))));
        if (done.status === 0) { acknowledged.push(...batch); count.command += 3; } else wrong.push(`command: ${done.status} ${done.err}`);
    }
}
async function reads() {
    while (Date.now() < stop && wrong.length < 5) {
        const done = await run('sqlite3', ['-cmd', '.timeout 5000', `file:${w.home}/mainstay.db?mode=ro`, 'SELECT count(*) FROM action']);
        if (done.status !== 0) wrong.push(`sqlite3: ${done.err}`);
        count.read++;
        await new Promise((r) => setTimeout(r, 200));
    }
}
await Promise.all([forms(0), forms(1), forms(2), commands(), reads()]);

// while it still runs, then after its end
const verify = await command(['verify']);
if (verify.status !== 0) wrong.push(`verify beside the server: ${verify.out}${verify.err}`);
wrong.push(...(await server.stop()));
const integrity = await run('sqlite3', [`${w.home}/mainstay.db`, 'PRAGMA integrity_check']);
if (integrity.out.trim() !== 'ok') wrong.push(`integrity_check: ${integrity.out}${integrity.err}`);
const rows = (await run('sqlite3', [`${w.home}/mainstay.db`, "SELECT what FROM action WHERE what LIKE 'form %' OR what LIKE 'command %'"])).out.split('\n').filter(Boolean);
const there = new Map();
for (const row of rows) there.set(row, (there.get(row) ?? 0) + 1);
const lost = acknowledged.filter((what) => !there.has(what));
const twice = [...there].filter(([, n]) => n > 1);
if (lost.length) wrong.push(`${lost.length} acknowledged records are lost: ${lost.slice(0, 5).join(', ')}`);
if (twice.length) wrong.push(`${twice.length} records are there twice: ${twice[0][0]}`);
if (there.size !== acknowledged.length) wrong.push(`${there.size} records, ${acknowledged.length} acknowledged`);
const after = await command(['verify']);
if (after.status !== 0) wrong.push(`verify: ${after.out}${after.err}`);
if (count.form === 0 || count.command === 0 || count.read === 0) wrong.push(`nothing was written: ${JSON.stringify(count)}`);
result(wrong.length ? 'fail' : 'pass', SUITE, `${seconds} s: ${count.form} forms and ${count.command} records of the command line written at once, ${count.read} reads beside them`, wrong.join('\n'));
await drop(w);
end(SUITE);
