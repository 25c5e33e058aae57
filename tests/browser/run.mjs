// SPDX-License-Identifier: AGPL-3.0-or-later
//
// run.mjs: runs the walks of this folder in Chromium: node tests/browser/run.mjs [NAME]...
// MAINSTAY_SHOTS=1 keeps a picture of every page in build/shots; a page with a fault is always kept.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { end, result } from '../lib/results.mjs';
import { Stage } from './harness.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const chosen = process.argv.slice(2);
const files = fs.readdirSync(here).filter((f) => f.endsWith('.mjs') && !['run.mjs', 'harness.mjs', 'traveller.mjs'].includes(f) && (!chosen.length || chosen.includes(f.slice(0, -4)))).sort();

async function one(file) {
    const begun = Date.now();
    const walk = await import('./' + file);
    const report = (what, wrong) => result(wrong.length ? 'fail' : 'pass', 'browser', `${walk.name}: ${what}`, wrong.join('\n'));
    let stage;
    try {
        stage = await Stage.open(walk.workspace ?? 'demo');
        await walk.go(stage, report);
    } catch (error) {
        report('the walk itself', [error.stack ?? String(error)]);
    }
    if (stage) {
        const wrong = await stage.close().catch((error) => [error.message]);
        report('the server ends cleanly', wrong);
    }
    console.log(`${walk.name} took ${Math.round((Date.now() - begun) / 1000)} s`);
}

const jobs = [...files];
const worker = async () => { for (let f = jobs.shift(); f; f = jobs.shift()) await one(f); };
await Promise.all([worker(), worker()]);
end('browser');
