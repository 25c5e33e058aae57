// SPDX-License-Identifier: AGPL-3.0-or-later
//
// year.mjs: a year of one indicator, with script and without: adopted from the library, seen in the logframe, two values
// by age and sex entered, verified, approved and locked, one corrected with a reason; then the dashboard, the report, the file
// for IATI and the table for the public, out of which no small count can be had, and the explanation of the number.

import fs from 'node:fs';
import path from 'node:path';
import { program, run, scratch } from '../lib/workspace.mjs';
import { Traveller } from './traveller.mjs';

export const name = 'year';

// What is entered for each half of the year, by age and sex; 4, 2 and 1 are small.
const women = 'part/age:25-34/sex:female';
const halves = [
    { from: '2025-01-01', to: '2025-06-30', parts: { [women]: 34, 'part/age:25-34/sex:male': 41, 'part/age:18-24/sex:other': 4, 'part/age:not_known/sex:not_known': 2 } },
    { from: '2025-07-01', to: '2025-12-31', parts: { [women]: 52, 'part/age:25-34/sex:male': 47, 'part/age:18-24/sex:other': 1, 'part/age:not_known/sex:not_known': 3 } },
];
const corrected = { ...halves[1].parts, [women]: 57 };
const sum = (parts) => Object.values(parts).reduce((n, x) => n + x, 0);

async function walk(stage, report, script) {
    const label = script ? 'with script' : 'without script';
    const code = script ? 'SAMPLE1/YJ' : 'SAMPLE1/YN';
    const release = script ? 'year-js' : 'year-no';
    const show = async (...args) => {
        const done = await stage.command(...args, '--format', 'json');
        return done.status === 0 ? JSON.parse(done.out) : null;
    };
    const people = {};
    for (const user of ['amina', 'rosa']) {
        const guest = await stage.guest({ script });
        await guest.signIn(user);
        people[user] = new Traveller(guest, report, label, 'SAMPLE1');
    }
    const { amina, rosa } = people;
    const stranger = new Traveller(await stage.guest({ script }), report, label, 'SAMPLE1');
    let indicator;
    const valueOf = async (half) => (await show('list', 'observation', '--where', `indicator_id=${indicator.id}`)).find((o) => o.period_to === half.to);
    const addressOf = (o, step) => rosa.at(`/indicators/${indicator.id}/values/${o.id}/${step}`);
    // The button of a step on the page of the indicator.
    const press = async (who, o, step) => {
        await who.open(who.at(`/indicators/${indicator.id}`));
        await who.send(who.page.locator(`main form[action="${addressOf(o, step)}"]`).first(), 'button');
    };

    await amina.step('adopts an indicator from the library with a baseline', async (must) => {
        await amina.open(amina.at('/indicators/new?row=4.3.3-R04.1'));
        const form = amina.page.locator('main form', { has: amina.page.locator('[name=code]') }).first();
        await amina.fill(form, { code, accumulation: 'cumulative', baseline: '0', baseline_on: '2024-12-31' });
        await amina.send(form);
        indicator = await show('show', 'indicator', code);
        must(indicator?.row === '4.3.3-R04.1' && indicator.unit === 'count', `saved as ${JSON.stringify(indicator)}`);
    });
    await amina.step('sets a target for the year', async (must) => {
        await amina.open(amina.at(`/indicators/${indicator.id}/targets/new`));
        const form = amina.page.locator('main form', { has: amina.page.locator('[name=due_on]') }).first();
        await amina.fill(form, { due_on: '2025-12-31', value: '180' });
        await amina.send(form);
        must((await show('list', 'target', '--where', `indicator_id=${indicator.id}`)).some((t) => Number(t.value) === 180), 'the target was not kept');
        await amina.open(amina.at('/logframe'));
        must((await amina.text()).includes('180'), 'the logframe does not hold the target');
    });
    for (const [i, half] of halves.entries()) {
        await amina.step(`enters the values of half-year ${i + 1} by age and sex`, async (must) => {
            await amina.open(amina.at(`/indicators/${indicator.id}/values/new`));
            const form = amina.page.locator('main form', { has: amina.page.locator('[name=period_from]') }).first();
            await amina.fill(form, { period_from: half.from, period_to: half.to, source: 'Lists of the courses', ...Object.fromEntries(Object.entries(half.parts).map(([cell, n]) => [cell, String(n)])) });
            await amina.send(form);
            const o = await valueOf(half);
            must(Number(o?.value) === sum(half.parts) && o.state === 'entered', `saved as ${JSON.stringify(o)}`);
        });
        await rosa.step(`verifies, approves and locks half-year ${i + 1}`, async (must) => {
            const o = await valueOf(half);
            for (const [step, state] of [['verify', 'verified'], ['approve', 'approved'], ['lock', 'locked']]) {
                await press(rosa, o, step);
                const now = (await valueOf(half)).state;
                must(now === state, `after ${step} it is ${now}`);
            }
        });
    }
    await rosa.step('sends a locked value back with a reason', async (must) => {
        const o = await valueOf(halves[1]);
        await rosa.open(addressOf(o, 'return'));
        const form = rosa.form(addressOf(o, 'return'));
        await rosa.fill(form, { return_reason: 'Five women of the last course are missing' });
        await rosa.send(form);
        must((await valueOf(halves[1])).state === 'returned', 'it was not returned');
    });
    await amina.step('mends it; it is checked anew, and the history tells why', async (must) => {
        const o = await valueOf(halves[1]);
        await amina.open(addressOf(o, 'change'));
        const form = amina.page.locator('main form', { has: amina.page.locator('[name=period_from]') }).first();
        must((await amina.text()).includes('Five women of the last course are missing'), 'the reason is not shown');
        await amina.fill(form, { [women]: String(corrected[women]), value: String(sum(corrected)) });
        await amina.send(form);
        for (const step of ['verify', 'approve', 'lock']) await press(rosa, o, step);
        const now = await valueOf(halves[1]);
        must(now.state === 'locked' && Number(now.value) === sum(corrected), `is ${JSON.stringify(now)}`);
        const history = JSON.stringify(await show('history', 'observation', o.id));
        must(history.includes('Five women of the last course are missing'), 'the history does not tell why');
    });

    const total = sum(halves[0].parts) + sum(corrected);
    await rosa.step('sees the total on the dashboard against its target', async (must) => {
        await rosa.open(rosa.at('/dashboard?period=2025'));
        const text = await rosa.text();
        must(text.includes(String(total)), `${total} is not on the dashboard`);
        must(/180/.test(text), 'the target is not on the dashboard');
    });
    await rosa.step('asks where the number comes from', async (must) => {
        const told = await stage.command('explain', 'indicator', code);
        must(told.status === 0 && told.out.includes(String(total)), `explain says ${told.out}${told.err}`);
        for (const n of [sum(halves[0].parts), sum(corrected)]) must(told.out.includes(String(n)), `${n} is not in the explanation`);
    });
    await rosa.step('finds it in the report and in the file for IATI', async (must) => {
        await rosa.open(rosa.at('/report'));
        must((await rosa.text()).includes(String(total)), `${total} is not in the report`);
        const file = path.join(scratch, `${release}.xml`);
        const made = await stage.command('export', 'iati', '--programme', 'SAMPLE1', '--output', file);
        must(made.status === 0 && fs.readFileSync(file, 'utf8').includes(`value="${sum(corrected)}"`), `${made.err}: the file does not hold ${sum(corrected)}`);
        const checked = await stage.command('export', 'iati', '--check', file);
        must(checked.status === 0, `${checked.out}${checked.err}`);
    });

    await amina.step('makes a table for the public and has it audited', async (must) => {
        await amina.open(amina.at('/releases/new'));
        const form = amina.form(amina.at('/releases/new'));
        await amina.fill(form, { indicator: indicator.id, by: ['sex'], class: 'low-risk', code: release, title: `People trained, ${label}` });
        await amina.send(form, '[name=go][value=look]');
        const again = amina.form(amina.at('/releases/new'));
        must(/What would be released/.test(await amina.text()), 'there is no look before making');
        await amina.send(again, '[name=go][value=make]');
        await amina.send(amina.page.locator('main form[action$="/audit"]').first(), 'button');
        must(/Protected/.test(await amina.text()), 'it is not protected');
        must((await amina.page.locator('main form[action$="/publish"]').count()) === 0, 'who made it is offered to publish it');
    });
    await rosa.step('publishes it as the second person', async (must) => {
        await rosa.open(`/releases/${release}`);
        await rosa.send(rosa.page.locator('main form[action$="/publish"]').first(), 'button');
        must((await show('show', 'release', release))?.state === 'published', 'it is not published');
    });
    await stranger.step('reads it without signing in, and finds no true small count', async (must) => {
        await stranger.open(`/public/releases/${release}`);
        must((await stranger.text()).includes(`People trained, ${label}`), 'the table is not there');
        const table = await (await stranger.guest.context.request.get(`/public/releases/${release}/table.csv`)).text();
        const counts = table.trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
        must(counts.length >= 5, `the table holds ${counts.length} lines`);
        must(counts.filter((c) => c[2] === 'cell').every((c) => Number(c[1]) % 3 === 0), `not all counts are multiples of 3: ${table}`);
        const file = path.join(scratch, `${release}.csv`);
        fs.writeFileSync(file, table);
        const audit = await run(program, ['protect', '--audit', file]);
        must(audit.status === 0 && /^protected/.test(audit.out), `the audit says ${audit.out}${audit.err}`);
    });
    for (const who of [amina, rosa, stranger]) await who.guest.close();
}

export async function go(stage, report) {
    await walk(stage, report, true);
    await walk(stage, report, false);
    const verify = await stage.command('verify');
    report('the log verifies afterwards', verify.status === 0 ? [] : [verify.out + verify.err]);
}
