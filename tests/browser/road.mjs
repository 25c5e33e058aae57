// SPDX-License-Identifier: AGPL-3.0-or-later
//
// road.mjs: the whole way of one programme through the program, with script and without, by clicking
// what a person sees: a new programme, the treaties of its country, a checklist with evidence and an
// action, risks and the map of them, three indicators with values by sex and age, the report as page,
// PDF and XLSX, and home. Every page on the way must be sound, silent in the console and axe clean.

import fs from 'node:fs';
import { run } from '../lib/workspace.mjs';
import { Traveller } from './traveller.mjs';

export const name = 'road';

async function walk(stage, report, script) {
    const label = script ? 'with script' : 'without script';
    const number = script ? 'ROADJS' : 'ROADNO';
    const guest = await stage.guest({ script });
    const r = new Traveller(guest, report, label, number);
    // obligations belong to a country, codes of indicators to one indicator: each walk takes its own
    r.country = script ? 'TD' : 'MA';
    const { page } = guest;
    const show = async (...args) => {
        const done = await stage.command(...args, '--format', 'json');
        return done.status === 0 ? JSON.parse(done.out) : null;
    };

    await r.step('signs in', async (must) => {
        await guest.signIn('rosa');
        must(/Rosa/.test(await r.text()), 'home does not greet');
    });
    await r.step('sees what is missing in a form, and loses nothing', async (must) => {
        guest.expected.add(422);
        await r.open('/programmes/new');
        const form = r.form('/programmes/new');
        await form.evaluate((f) => { f.noValidate = true; });
        await r.fill(form, { number, objective: 'Kept while the title is missing' });
        await r.send(form);
        must(/Title/.test(await page.locator('main').innerText()), 'the title is not asked for');
        must((await r.form('/programmes/new').locator('[name=objective]').inputValue()) === 'Kept while the title is missing', 'what was typed is lost');
    });
    await r.step('creates a programme', async (must) => {
        const form = r.form('/programmes/new');
        await r.fill(form, { title: `Road of a programme, ${label}`, crime: 'both', areas: ['justice', 'protection'], countries: [r.country], starts_on: '2026-01-01', ends_on: '2027-12-31', state: 'running', approved_total: '250000', currency: 'USD' });
        await r.send(form);
        guest.expected.delete(422);
        must(page.url().includes(number), `is at ${page.url()}`);
        const saved = await show('show', 'programme', number);
        must(saved?.approved_total !== undefined && Number(saved.approved_total) === 250000 && saved.countries.includes(r.country), `was saved as ${JSON.stringify(saved)}`);
    });

    await r.step('takes over what is known of the treaties', async (must) => {
        await r.open(r.at(`/obligations?country=${r.country}`));
        // every form to accept: one for each instrument, or the one for all
        const all = page.locator('main form', { has: page.locator('button', { hasText: /all/i }) });
        must((await all.count()) > 0, 'there is no button to accept all suggestions');
        await r.send(all.first(), 'button');
        const known = (await show('list', 'obligation', '--where', `country=${r.country}`)).filter((o) => o.status === 'party');
        must(known.length >= 10, `${known.length} treaties are known`);
        must(known.every((o) => o.source && o.origin), 'an obligation has no source');
    });
    await r.step('changes one obligation by hand', async (must) => {
        await r.open(r.at(`/obligations/${r.country}/2.2-I02`));
        const form = r.form(r.at(`/obligations/${r.country}/2.2-I02`));
        await r.fill(form, { note: `Looked at again, ${label}` });
        await r.send(form);
        const rows = await show('list', 'obligation', '--where', `country=${r.country}`, '--where', 'instrument=2.2-I02');
        must(rows[0]?.note === `Looked at again, ${label}`, `note is ${rows[0]?.note}`);
    });

    const follow = async (link) => { await Promise.all([page.waitForNavigation(), link.first().click()]); };
    await r.step('answers no on the law, and follows the gap to the risk it suggests', async (must) => {
        await r.open(r.at('/analyse'));
        await follow(page.locator('main a', { hasText: 'National law' }));
        await follow(page.locator('main a[href*="section=no-crimes"]'));
        const form = page.locator('main form', { has: page.locator('[name="2.3-Q11"]') }).first();
        await r.fill(form, { '2.3-Q11': 'no', '2.3-Q11-missing': `Nothing protects them, ${label}` });
        await r.send(form, '[name=go][value=leave]');
        await follow(page.locator('main a[href$="/2.3-Q11"]'));
        await follow(page.locator('main a', { hasText: 'This answer suggests' }));
        must((await r.text()).includes('3.3-R03'), 'the gap does not name the risk it suggests');
        await follow(page.locator('main a', { hasText: number }));
        const risk = page.locator('main form', { has: page.locator('input[value="3.3-R03"]') });
        must((await r.text()).includes('2.3-Q11'), 'the suggestion does not say why');
        await r.send(risk.first(), 'button');
        const programme = await show('show', 'programme', number);
        const saved = (await show('list', 'risk')).find((x) => x.row === '3.3-R03' && x.programme_id === programme.id);
        must(/:2\.3-Q11=no/.test(saved?.basis ?? ''), `saved as ${JSON.stringify(saved)}`);
        await r.open(r.at('/risks'));
        await follow(page.locator(`main a[href$="/risks/${saved?.id}"]`));
        await follow(page.locator('#basis a[href$="/2.3-Q11"]'));
        must((await page.locator('#risks').innerText()).includes(number), 'the question does not lead back to the risk');
    });
    await r.step('begins the checklist', async (must) => {
        await r.open(r.at('/checklists/3.1'));
        if (!(await page.locator('[name="3.1-Q01"]').count())) await r.send(page.locator('main form').first());
        const form = page.locator('main form', { has: page.locator('[name="3.1-Q01"]') }).first();
        await r.fill(form, { '3.1-Q01': 'yes', '3.1-Q01-how': 'The list of treaties was checked' });
        await r.fill(form, { '3.1-Q02': 'no', '3.1-Q02-how': 'The law will be read by May' });
        await r.send(form, '[name=go][value=leave]');
        const answers = (await show('list', 'answer')).filter((a) => a.how === 'The list of treaties was checked' || a.how === 'The law will be read by May');
        must(answers.some((a) => a.row === '3.1-Q01' && a.value === 'yes') && answers.some((a) => a.row === '3.1-Q02' && a.value === 'no'), `answers: ${JSON.stringify(answers)}`);
    });
    await r.step('adds evidence with a file to an answer', async (must) => {
        await r.open(r.at('/checklists/3.1/3.1-Q01'));
        const form = r.form(r.at('/evidence'));
        await r.fill(form, { title: `Minutes of the road, ${label}`, note: 'Page 3' });
        await form.locator('input[type=file]').setInputFiles({ name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from(`Minutes ${label}\n`) });
        await r.send(form);
        must((await r.text()).includes(`Minutes of the road, ${label}`), 'the evidence is not on the page');
        const saved = (await show('list', 'evidence')).find((e) => e.title === `Minutes of the road, ${label}`);
        must(saved?.file_name === 'minutes.txt' && saved.file_hash, `saved as ${JSON.stringify(saved)}`);
        const file = await guest.context.request.get(`/evidence/${saved?.id}/file`);
        must((await file.text()) === `Minutes ${label}\n`, 'the file comes back otherwise');
    });
    await r.step('adds an action to an answer', async (must) => {
        await r.open(r.at('/checklists/3.1/3.1-Q02'));
        const form = r.form(r.at('/actions'));
        await r.fill(form, { what: `Read the law, ${label}`, due_on: '2027-05-01' });
        await r.send(form);
        const saved = (await show('list', 'action')).find((a) => a.what === `Read the law, ${label}`);
        must(saved?.about_kind === 'answer' && saved.due_on === '2027-05-01', `saved as ${JSON.stringify(saved)}`);
        await r.open(r.at('/actions'));
        must((await r.text()).includes(`Read the law, ${label}`), 'the action is not in the list');
    });

    await r.step('adds a risk from tool 3.4 and rates it', async (must) => {
        await r.open(r.at('/risks/from-toolkit'));
        const form = r.form(r.at('/risks/from-toolkit'));
        await r.fill(form, { row: ['3.4-R07'] });
        await r.send(form);
        const programme = await show('show', 'programme', number);
        const saved = (await show('list', 'risk')).find((x) => x.row === '3.4-R07' && x.programme_id === programme.id);
        must(saved !== undefined, 'the risk was not made');
        await r.open(r.at(`/risks/${saved?.id}/change`));
        const change = r.form(r.at(`/risks/${saved?.id}/change`));
        await r.fill(change, { likelihood: 'high', impact: 'medium', why: 'Seen last year', mitigation: 'A lawyer for every witness' });
        await r.send(change);
        const rated = await show('show', 'risk', saved?.id);
        must(rated?.likelihood === 'high' && rated.impact === 'medium', `rated as ${JSON.stringify(rated)}`);
    });
    await r.step('adds a risk of its own; without mitigation it is refused', async (must) => {
        guest.expected.add(422);
        await r.open(r.at('/risks/new'));
        let form = r.form(r.at('/risks/new'));
        await r.fill(form, { statement: `Interpreters pass on what witnesses say, ${label}`, who: 'Women who testify', likelihood: 'medium', impact: 'high' });
        await form.evaluate((f) => { f.noValidate = true; });
        await r.send(form);
        form = r.form(r.at('/risks/new'));
        must((await form.count()) > 0 && /mitigation/i.test(await r.text()), 'a risk above low was taken without mitigation');
        if (await form.count()) {
            await r.fill(form, { mitigation: 'Interpreters sign a promise and are changed' });
            await r.send(form);
        }
        guest.expected.delete(422);
        const saved = (await show('list', 'risk')).find((x) => x.statement === `Interpreters pass on what witnesses say, ${label}`);
        must(saved?.mitigation === 'Interpreters sign a promise and are changed', `saved as ${JSON.stringify(saved)}`);
    });
    await r.step('sees both in the map and opens one cell', async (must) => {
        await r.open(r.at('/risks'));
        const cell = page.locator('main a[href*="likelihood=medium"][href*="impact=high"]').first();
        must(/^\s*1/.test(await cell.innerText()), `the cell says ${await cell.innerText()}`);
        await Promise.all([page.waitForNavigation(), cell.click()]);
        const text = await r.text();
        must(text.includes('Interpreters pass on'), 'the risk is not in the list of its cell');
    });

    // three indicators: one by sex and age, one percentage from parts, one of yes and no
    const addIndicator = async (row, values) => {
        await r.open(r.at(`/indicators/new?row=${row}`));
        const form = page.locator('main form', { has: page.locator('[name=code]') }).first();
        await r.fill(form, values);
        await r.send(form);
        const programme = await show('show', 'programme', number);
        return (await show('list', 'indicator')).find((x) => x.code === values.code && x.programme_id === programme.id);
    };
    const addValue = async (indicator, values) => {
        await r.open(r.at(`/indicators/${indicator.id}/values/new`));
        const form = page.locator('main form', { has: page.locator('[name=period_from]') }).first();
        await r.fill(form, values);
        await r.send(form);
        return (await show('list', 'observation')).find((o) => o.indicator_id === indicator.id && o.period_to === values.period_to);
    };
    await r.step('counts people by sex and age; the whole is the sum of the parts', async (must) => {
        const indicator = await addIndicator('4.3.3-R04.1', { code: `${number}/R1`, disaggregation: ['sex', 'age'] });
        must(indicator?.unit === 'count' && indicator.row === '4.3.3-R04.1', `saved as ${JSON.stringify(indicator)}`);
        const value = await addValue(indicator, { period_from: '2026-01-01', period_to: '2026-06-30', 'part/age:18-24/sex:female': '12', 'part/age:18-24/sex:male': '9', 'part/age:25-34/sex:female': '20', 'part/age:25-34/sex:male': '17', 'part/age:not_known/sex:not_known': '2', source: 'Lists of the courses' });
        must(Number(value?.value) === 60, `the value is ${value?.value}, not 60`);
        const parts = (await show('list', 'observation_part')).filter((p) => p.observation_id === value?.id);
        must(parts.length === 5, `${parts.length} parts were kept, not 5`);
        await r.open(r.at(`/indicators/${indicator.id}`));
        must(/\b60\b/.test(await r.text()), 'the value is not on the page of the indicator');
    });
    await r.step('keeps a percentage by its parts', async (must) => {
        const indicator = await addIndicator('4.3.3-R05.1', { code: `${number}/R2` });
        must(indicator?.unit === 'percentage', `saved as ${JSON.stringify(indicator)}`);
        const value = await addValue(indicator, { period_from: '2026-01-01', period_to: '2026-06-30', numerator: '31', denominator: '40', source: 'Tests' });
        must(Number(value?.numerator) === 31 && Number(value.denominator) === 40, `saved as ${JSON.stringify(value)}`);
        await r.open(r.at(`/indicators/${indicator.id}`));
        must(/77\.5/.test(await r.text()), '31 of 40 is not shown as 77.5 %');
    });
    await r.step('answers an indicator of yes and no', async (must) => {
        const indicator = await addIndicator('4.3.3-R01.1', { code: `${number}/R3` });
        must(indicator?.unit === 'yes_no', `saved as ${JSON.stringify(indicator)}`);
        const value = await addValue(indicator, { period_from: '2026-01-01', period_to: '2026-06-30', answer: 'part', source: 'The draft' });
        must(value?.answer === 'part', `saved as ${JSON.stringify(value)}`);
        await r.open(r.at('/indicators'));
        const text = await r.text();
        for (const code of ['R1', 'R2', 'R3']) must(new RegExp(`\\b${code}\\b`).test(text), `${code} is not in the list`);
    });

    await r.step('reads the report', async (must) => {
        await r.open(r.at('/report'));
        const text = await r.text();
        for (const wanted of [`Road of a programme, ${label}`, 'Interpreters pass on', 'A lawyer for every witness', '250,000']) must(text.includes(wanted), `"${wanted}" is not in the report`);
    });
    await r.step('takes the report along as PDF and XLSX', async (must) => {
        const pdf = await r.download('main a[href$="/report/pdf"]');
        must(fs.readFileSync(pdf).subarray(0, 5).toString() === '%PDF-', 'the PDF is none');
        const words = (await run('pdftotext', ['-layout', pdf, '-'])).out.replace(/\s+/g, ' ');
        must(words.includes(number) && /Interpreters pass on/.test(words), 'the PDF does not hold the report');
        const sound = await run('qpdf', ['--check', pdf]);
        must(sound.status === 0, `qpdf: ${sound.out}${sound.err}`);
        const xlsx = await r.download('main a[href$="/report/xlsx"]');
        const listed = await run('unzip', ['-l', xlsx]);
        must(listed.status === 0 && listed.out.includes('xl/worksheets/sheet1.xml'), 'the XLSX is none');
        const strings = (await run('unzip', ['-p', xlsx, 'xl/sharedStrings.xml', 'xl/worksheets/sheet*.xml'])).out;
        must(strings.includes('Interpreters pass on'), 'the XLSX does not hold the risks');
    });
    await r.step('comes home', async (must) => {
        await r.open('/');
        must((await r.text()).includes(number), 'home does not know the programme');
    });
    await r.step('signs out', async (must) => {
        const form = page.locator('form[action$="/sign-out"]').first();
        await form.evaluate((f) => { for (let up = f; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; });
        await r.send(form, 'button');
        await r.open(r.at());
        must(/sign-in/.test(page.url()), `still in at ${page.url()}`);
    });
    await guest.close();
}

export async function go(stage, report) {
    await walk(stage, report, true);
    await walk(stage, report, false);
    const verify = await stage.command('verify');
    report('the log verifies afterwards', verify.status === 0 ? [] : [verify.out + verify.err]);
}
