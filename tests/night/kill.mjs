// SPDX-License-Identifier: AGPL-3.0-or-later
//
// kill.mjs: ends the program with SIGKILL in the middle of writing, again and again: the command line,
// then the server under forms posted by eight visitors. What was acknowledged (exit status 0; 303 to the
// form) must be there afterwards, whole, and `mainstay verify` must find nothing.
//
//   KILLS=100 node tests/night/kill.mjs

import { spawn } from 'node:child_process';
import { end, result } from '../lib/results.mjs';
import { Visitor } from '../lib/web.mjs';
import { drop, program, run, serve, signIns, workspace } from '../lib/workspace.mjs';

const SUITE = 'kill';
const kills = Number(process.env.KILLS || 100);
const pause = (ms) => new Promise((r) => setTimeout(r, ms));
const w = await workspace('sqlite', 'demo');
const command = (...args) => run(program, args, { env: w.env });
const acknowledged = new Set();
let sent = 0;

async function check(when) {
    const wrong = [];
    const verify = await command('verify');
    if (verify.status !== 0) wrong.push(`verify: ${verify.out} ${verify.err}`);
    const listed = await command('list', 'action', '--format', 'json');
    const there = new Set(listed.status === 0 ? JSON.parse(listed.out).map((a) => a.what) : []);
    const lost = [...acknowledged].filter((what) => !there.has(what));
    if (lost.length) wrong.push(`${lost.length} acknowledged records are lost: ${lost.slice(0, 5).join(', ')}`);
    const integrity = await run('sqlite3', [`${w.home}/mainstay.db`, 'PRAGMA integrity_check']);
    if (integrity.out.trim() !== 'ok') wrong.push(`integrity_check: ${integrity.out}${integrity.err}`);
    if (wrong.length) result('fail', SUITE, when, wrong.join('\n'));
    return wrong.length === 0;
}

// ---- the command line: a kill at a random moment of a save of ten records --------------------------------
const programmes = JSON.parse((await command('list', 'programme', '--format', 'json')).out);
const programme = programmes.find((p) => p.number === 'SAMPLE1');
const action = (what) => ({ what, programme_id: programme.id, about_kind: 'programme', about_id: programme.id, state: 'open' });
let usual = 0; // how long a save takes when nobody ends it
for (let i = 0; i < kills / 2; i++) {
    const batch = Array.from({ length: 10 }, (_, k) => `command ${i}.${k}`);
    sent += batch.length;
    const begun = Date.now();
    const child = spawn(program, ['save', 'action', '-'], { env: { ...process.env, ...w.env }, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(batch.map(action)));
    const done = new Promise((r) => child.on('exit', (code, signal) => r(signal ? null : code)));
    // the first tells how long a save takes; each later one is ended somewhere within that time
    if (i > 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * usual * 1.2);
    const code = await done;
    if (i === 0) usual = Date.now() - begun;
    if (code === 0) batch.forEach((what) => acknowledged.add(what));
    else if (code !== null) result('fail', SUITE, `command ${i}`, `ended with ${code}`);
    if (!(await check(`after command ${i} was ended`))) break;
}
const byCommand = acknowledged.size;
result(byCommand > 0 && byCommand < sent ? 'pass' : 'fail', SUITE, `command line: ${kills / 2} kills, ${byCommand} of ${sent} acknowledged, none lost`, `${byCommand} of ${sent}`);

// ---- the server, ended while eight visitors post forms ------------------------------------------------------
const user = signIns(w).find((u) => u.name === 'rosa');
let posted = 0;
for (let i = 0; i < kills / 2; i++) {
    const server = await serve(w);
    const first = new Visitor(server.base);
    await first.signIn(user.name, user.password);
    const token = await first.token();
    let over = false;
    const visitors = Array.from({ length: 8 }, async (_, k) => {
        const v = new Visitor(server.base);
        v.cookies = new Map(first.cookies);
        for (let n = 0; !over; n++) {
            const what = `form ${i}.${k}.${n}`;
            posted++;
            try {
                const reply = await v.request('POST', '/programmes/SAMPLE1/actions/new', { form: [['_csrf', token], ['what', what], ['state', 'open']] });
                if (reply.status === 303) acknowledged.add(what);
                else if (!over) { result('fail', SUITE, `form ${i}`, `status ${reply.status}\n${reply.text.slice(0, 2000)}`); over = true; }
            } catch { if (!over) await pause(5); }
        }
    });
    await pause(60 + Math.random() * 400);
    server.child.kill('SIGKILL');
    over = true;
    await Promise.all(visitors);
    await new Promise((r) => (server.child.exitCode !== null || server.child.signalCode ? r() : server.child.on('exit', r)));
    if (!(await check(`after the server was ended the ${i + 1}. time`))) break;
}
const byForm = acknowledged.size - byCommand;
result(byForm > 0 ? 'pass' : 'fail', SUITE, `server: ${kills / 2} kills, ${byForm} of ${posted} forms acknowledged, none lost`, 'no form was acknowledged');
await drop(w);
end(SUITE);
