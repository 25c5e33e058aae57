// SPDX-License-Identifier: AGPL-3.0-or-later
//
// start.mjs: milliseconds from starting a server to its first page, the median of some starts.
//
//   node bench/start.mjs STARTS PORT PATH COOKIE -- COMMAND...
//
// Each start is a new process; the page is asked for every half millisecond until it comes with 200.

import { spawn } from 'node:child_process';
import http from 'node:http';

const split = process.argv.indexOf('--');
const [starts, port, path, cookie] = process.argv.slice(2, split);
const command = process.argv.slice(split + 1);

const ask = () => new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false, headers: cookie ? { cookie } : {} }, (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode));
    });
    request.on('error', () => resolve(0));
});
const pause = (ms) => new Promise((r) => setTimeout(r, ms));

const times = [];
for (let i = 0; i < Number(starts); i++) {
    const begun = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), { stdio: 'ignore' });
    const ended = new Promise((r) => child.on('exit', r));
    let status = 0;
    while ((status = await ask()) !== 200) {
        if (child.exitCode !== null || Number(process.hrtime.bigint() - begun) > 2e10) {
            console.error(`no page from ${command.join(' ')} (status ${status})`);
            process.exit(1);
        }
        await pause(0.5);
    }
    times.push(Number(process.hrtime.bigint() - begun) / 1e6);
    child.kill('SIGTERM');
    await ended;
}
times.sort((a, b) => a - b);
console.log(times[Math.floor(times.length / 2)].toFixed(1));
