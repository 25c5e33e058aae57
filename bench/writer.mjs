// SPDX-License-Identifier: AGPL-3.0-or-later
//
// writer.mjs: saves partners through the form of a running server, one after the other, and keeps a
// list of what was acknowledged. Used by script/nightly.
//
//   node bench/writer.mjs ADDRESS PREFIX LIST [SECONDS]
//
// A name is written into LIST only after the server said that it is saved (303). Ends well when the
// server goes away or the time is up; ends with 1 on any other answer, because a refused save would
// make the test say less than it seems to.

import fs from 'node:fs';
import { Visitor } from '../tests/lib/web.mjs';

const [address, prefix, list, seconds = '3600'] = process.argv.slice(2);
const until = Date.now() + 1000 * Number(seconds);
const page = '/programmes/SAMPLE1/partners/new';
const visitor = new Visitor(address);
const gone = (error) => /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up/.test(error.message);

try {
    await visitor.signIn('rosa', 'sample-anchor-2026');
    const csrf = await visitor.token();
    for (let i = 1; Date.now() < until; i++) {
        const name = `${prefix}-${i}`;
        const form = [['_csrf', csrf], ['name', name], ['role', 'gives rooms']];
        const reply = await visitor.request('POST', page, { form });
        if (reply.status !== 303) throw new Error(`${page}: status ${reply.status}, not 303`);
        fs.appendFileSync(list, `${name}\n`);
    }
} catch (error) {
    if (!gone(error)) {
        console.error(`writer.mjs: ${error.message}`);
        process.exit(1);
    }
}
