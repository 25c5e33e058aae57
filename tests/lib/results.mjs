// SPDX-License-Identifier: AGPL-3.0-or-later
//
// results.mjs: one line for each test in $MAINSTAY_RESULTS, as script/lib/results.sh writes them.

import fs from 'node:fs';

const file = process.env.MAINSTAY_RESULTS || '/dev/null';
const seen = { pass: 0, fail: 0, skip: 0 };
const plain = (text) => String(text ?? '').replace(/[\t\r\n]+/g, ' ').slice(0, 400);

export function found(suite, n) {
    fs.appendFileSync(file, `found\t${suite}\t${n}\t\n`);
}

// status: pass, fail, skip. A reason of several lines is shown whole and kept short in the file.
export function result(status, suite, name, reason = '') {
    seen[status]++;
    fs.appendFileSync(file, [status, suite, plain(name), plain(reason)].join('\t') + '\n');
    if (status === 'fail') console.log(`not ok ${suite}: ${name}\n    ${String(reason).split('\n').join('\n    ')}`);
    if (status === 'skip') console.log(`skipped ${suite}: ${name} (${reason})`);
}

// Ends the program. Under script/test, which reads the file, only a crash ends with another status than 0.
export function end(suite) {
    console.log(`${suite}: ${seen.pass} passed, ${seen.fail} failed, ${seen.skip} skipped`);
    process.exit(seen.fail && !process.env.MAINSTAY_RESULTS ? 1 : 0);
}
