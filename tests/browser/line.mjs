// SPDX-License-Identifier: AGPL-3.0-or-later
//
// line.mjs: what happens to what was typed when the line drops: forms are sent again, tools are saved in the
// background, a session that ended and another person at the same tool lose nothing, with script and without.

import { serve } from '../lib/workspace.mjs';

export const name = 'line';

const tool = '/programmes/SAMPLE1/checklists/3.1';
const until = async (what, fn, ms = 20000) => {
    for (const end = Date.now() + ms; Date.now() < end;) {
        if (await fn().catch(() => false)) return;
        await new Promise((r) => setTimeout(r, 100));
    }
    throw new Error(`not so after ${ms} ms: ${what}`);
};

export async function go(stage, report) {
    const show = async (...args) => JSON.parse((await stage.command(...args, '--format', 'json')).out);
    const answer = async (row) => (await show('list', 'answer', '--where', `row=${row}`)).at(-1);
    const step = async (what, guest, fn) => {
        const wrong = [];
        try {
            await fn((ok, text) => { if (!ok) wrong.push(text); });
        } catch (error) {
            wrong.push(error.message, `at ${guest.page.url()}`);
            await guest.shot(`line_${what.replace(/\W+/g, '_').slice(0, 50)}`).catch(() => {});
        }
        report(what, wrong);
    };
    const state = (page) => page.locator('[data-state]').innerText();
    const told = (page) => page.locator('[data-line] [role=status]').innerText();
    const signIn = async (tab, who) => {
        const form = tab.locator('main form', { has: tab.locator('input[type=password]') });
        await form.locator('input[name=name]').fill(who);
        await form.locator('input[type=password]').fill(stage.users.find((u) => u.name === who).password);
        await Promise.all([tab.waitForURL((u) => !/sign-in/.test(u.pathname)), form.locator('button').first().click()]);
        await tab.close();
    };
    const restart = async () => { stage.server = await serve(stage.w, { port: stage.server.port }); };
    const ids = async (page) => page.locator('fieldset.question').evaluateAll((l) => l.map((e) => e.id.slice(2)));

    const made = await stage.guest({ user: 'rosa' });
    const { page } = made;
    await page.goto(tool);
    const open = await page.locator('form[data-autosave]').count();
    report('the tool can be filled in', open ? [] : [`no form at ${page.url()}`]);
    const section = await page.locator('input[name=section]').inputValue();
    const [q1, q2, q3] = await ids(page);
    const how = (id) => page.locator(`[name="${id}-how"]`);
    const pick = (p, id, value) => p.locator(`[name="${id}"][value="${value}"]`).check({ force: true });

    await step('what is typed is saved a little later, without leaving the page', made, async (must) => {
        await pick(page, q1, 'yes');
        await how(q1).fill('Read on a quiet day');
        await how(q1).focus();
        must((await state(page)) === 'Not saved yet', `the state is "${await state(page)}"`);
        await until('saved', async () => /^Saved at \d/.test(await state(page)));
        must((await answer(q1))?.how === 'Read on a quiet day', 'the answer is not there');
        must(await how(q1).evaluate((e) => e === document.activeElement), 'the focus went elsewhere');
        must((await how(q1).inputValue()) === 'Read on a quiet day', 'the words went elsewhere');
    });
    await step('the next saving is no conflict with the one before, and one change of the log', made, async (must) => {
        const changes = async () => JSON.parse((await stage.command('history', 'answer', (await answer(q1)).id, '--format', 'json')).out).length;
        const before = await changes();
        await how(q1).pressSequentially(', and again', { delay: 20 });
        await until('saved', async () => (await answer(q1))?.how === 'Read on a quiet day, and again');
        must((await changes()) === before + 1, `${before} changes became ${await changes()}`);
        must(!(await page.locator('p.error').count()), 'an error is shown');
    });
    await step('a refused answer keeps its error beside the field, the others are saved', made, async (must) => {
        await pick(page, q3, 'yes');
        await how(q3).fill('Too long. '.repeat(3000));
        await pick(page, q2, 'no');
        await how(q2).fill('The law is read in May');
        await how(q2).focus();
        await until('told', async () => (await page.locator(`#f-${q3.replace('.', '\\.')} p.error`).count()) === 1);
        must(/but not what is marked/.test(await state(page)), `the state is "${await state(page)}"`);
        must((await answer(q2))?.how === 'The law is read in May', 'the good answer was not saved');
        must((await how(q3).inputValue()).length === 30000, 'the words are gone');
        must(await how(q2).evaluate((e) => e === document.activeElement), 'the focus went elsewhere');
        await how(q3).fill('Shorter');
        await until('mended', async () => (await page.locator('p.error').count()) === 0);
        must(!(await made.axe()).length, 'axe complains');
    });
    report('no fault was heard so far', made.faults());

    await step('without a line all stays, and goes out when the line is back', made, async (must) => {
        await made.context.setOffline(true);
        await how(q1).fill('Typed in a lift');
        await until('told', async () => /cannot be reached/.test(await told(page)));
        must(/No line/.test(await state(page)), `the state is "${await state(page)}"`);
        await how(q2).fill('Typed one floor lower');
        const warns = await page.evaluate(() => { const e = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(e); return e.defaultPrevented; });
        must(warns, 'leaving the page is not warned of');
        must(!(await made.axe()).length, 'axe complains');
        await made.context.setOffline(false);
        await until('saved', async () => (await answer(q2))?.how === 'Typed one floor lower');
        must((await answer(q1))?.how === 'Typed in a lift', 'the first words are not there');
        await until('quiet again', async () => (await told(page)) === '' && /^Saved/.test(await state(page)));
        made.faults();
    });
    await step('a button pressed while the server is away goes through when it is there again', made, async (must) => {
        await stage.server.stop();
        await how(q1).fill('The server was away');
        await page.locator('.savebar [name=go][value=leave]').click();
        await until('told', async () => /cannot be reached/.test(await told(page)));
        await how(q2).fill('And this was typed meanwhile');
        await restart();
        await page.locator('[data-again]').click();
        await page.waitForURL(/view=all/);
        must((await answer(q1))?.how === 'The server was away', 'the first words are not there');
        must((await answer(q2))?.how === 'And this was typed meanwhile', 'the second words are not there');
        made.faults();
    });
    await step('a record is made once, though the answer to its form was lost', made, async (must) => {
        await page.goto('/programmes/SAMPLE1/risks/new');
        await page.locator('[name=statement]').fill('Made while the line dropped');
        const who = page.locator('[name=who]');
        if (await who.count()) await who.fill('Women who testify');
        await page.locator('[name=likelihood][value=low]').check({ force: true });
        await page.locator('[name=impact][value=low]').check({ force: true });
        let lost = 0;
        await page.route('**/risks/new', async (route) => {
            if (route.request().method() !== 'POST' || lost++) return route.continue();
            await route.fetch({ maxRedirects: 0 }); // it arrives, its answer does not
            return route.abort('connectionreset');
        });
        await page.locator('.savebar .btn--primary').click();
        await until('told', async () => /cannot be reached/.test(await told(page)));
        await Promise.all([page.waitForURL((u) => !/risks\/new/.test(u.pathname)), page.locator('[data-again]').click()]);
        await page.unroute('**/risks/new');
        const risks = (await show('list', 'risk')).filter((r) => r.statement === 'Made while the line dropped');
        must(risks.length === 1, `${risks.length} risks were made`);
        made.faults();
    });
    await step('what a proxy answers for a server that is down is no answer', made, async (must) => {
        await page.goto(tool + '?section=' + section);
        let times = 0;
        await page.route('**/checklists/3.1*', (route) => (route.request().method() === 'POST' && !times++ ? route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }) : route.continue()));
        await how(q1).fill('Through the proxy');
        await until('saved', async () => (await answer(q1))?.how === 'Through the proxy', 30000);
        must(times >= 2, `${times} sendings`);
        await page.unroute('**/checklists/3.1*');
        made.expected.add(502);
        made.faults();
    });
    await step('a refused form comes back with its errors and what was typed', made, async (must) => {
        made.expected.add(422);
        await page.goto('/programmes/SAMPLE1/risks/new');
        await page.locator('[name=statement]').fill('Needs a measure');
        await page.locator('[name=likelihood][value=high]').check({ force: true });
        await page.locator('[name=impact][value=high]').check({ force: true });
        await page.locator('.savebar .btn--primary').click();
        await page.locator('.errors').waitFor();
        must(await page.locator('.errors').evaluate((e) => e === document.activeElement), 'the summary is not in focus');
        must((await page.locator('[name=statement]').inputValue()) === 'Needs a measure', 'the words are gone');
        must((await page.locator('[name=likelihood][value=high]').isChecked()), 'the choice is gone');
        made.faults();
    });
    await step('a session that ended loses nothing: signing in in another tab', made, async (must) => {
        made.expected.add(401).add(403);
        await page.goto(tool + '?section=' + section);
        await how(q1).fill('The session had ended');
        await made.context.clearCookies({ name: 'mainstay' });
        await until('told', async () => /signed out/.test(await told(page)));
        must(await page.locator('[data-in]').isVisible(), 'no way to sign in is shown');
        const tab = await made.context.newPage();
        await tab.goto('/sign-in');
        await signIn(tab, 'rosa');
        await page.locator('[data-again]').click();
        await page.locator('.errors').waitFor();
        must((await how(q1).inputValue()) === 'The session had ended', 'the words are gone');
        await Promise.all([page.waitForURL(/view=all/), page.locator('.savebar [name=go][value=leave]').click()]);
        must((await answer(q1))?.how === 'The session had ended', 'the words are not saved');
        made.faults();
    });
    await step('of two people at one tool the second sees both', made, async (must) => {
        const other = await stage.guest({ user: 'amina' });
        await page.goto(`${tool}?section=${section}`);
        await other.page.goto(`${tool}?section=${section}`);
        await other.page.locator(`[name="${q1}-how"]`).fill('Words of Amina');
        await until('saved', async () => (await answer(q1))?.how === 'Words of Amina');
        await how(q1).fill('Words of Rosa');
        await how(q2).fill('Another answer of Rosa');
        await until('told', async () => /Theirs: .*Words of Amina/.test(await page.locator('p.error').first().innerText()));
        must((await how(q1).inputValue()) === 'Words of Rosa', 'her own words are gone');
        must((await answer(q1))?.how === 'Words of Amina', 'the words of the first were overwritten unseen');
        must((await answer(q2))?.how === 'Another answer of Rosa', 'the other answer was not saved');
        await how(q1).fill('Words of both');
        await Promise.all([page.waitForURL(/view=all/), page.locator('.savebar [name=go][value=leave]').click()]);
        must((await answer(q1))?.how === 'Words of both', 'what was saved after seeing both is not there');
        made.faults();
        await other.close();
    });
    await step('a new year of a profile is saved once and then is that year', made, async (must) => {
        await page.goto('/countries/NA/tools/2.1?view=fill');
        const add = page.locator('[name$="-new-year"]').first();
        await add.evaluate((e) => { for (let up = e; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; });
        const name = (await add.getAttribute('name')).replace(/-new-year$/, '');
        const value = page.locator(`[name="${name}-new"]`);
        await add.fill('2011');
        await value.fill('12');
        const source = page.locator(`[name="${name}-new-source"]`);
        await source.fill('A count of that year');
        await until('saved', async () => /^Saved/.test(await state(page)));
        const of = async () => (await show('list', 'answer', '--where', `row=${name}`)).filter((a) => a.year === 2011);
        must((await of()).length === 1, `saved ${(await of()).length} times`);
        await page.locator(`[name="${name}-2011-source"]`).fill('Another count');
        await until('saved again', async () => (await of())[0]?.source === 'Another count');
        must((await of()).length === 1, 'it became two');
        made.faults();
    });
    await made.close();

    const plain = await stage.guest({ user: 'rosa', script: false });
    await step('without script a session that ended keeps what was typed too', plain, async (must) => {
        plain.expected.add(401).add(403);
        const p = plain.page;
        await p.goto(tool + '?section=' + section);
        await p.locator(`[name="${q1}-how"]`).fill('Typed without script');
        await plain.context.clearCookies({ name: 'mainstay' });
        await p.locator('.savebar [name=go][value=leave]').click();
        must(/nothing you typed is lost/.test(await p.locator('h1').innerText()), `the page is "${await p.locator('h1').innerText()}"`);
        const [tab] = await Promise.all([plain.context.waitForEvent('page'), p.locator('main a[href="/sign-in"]').click()]);
        await tab.waitForLoadState();
        await signIn(tab, 'rosa');
        await p.locator('main form button').click();
        must((await p.locator(`[name="${q1}-how"]`).inputValue()) === 'Typed without script', 'the words are gone');
        await p.locator('.savebar [name=go][value=leave]').click();
        must((await answer(q1))?.how === 'Typed without script', 'the words are not saved');
        plain.faults();
    });
    await plain.close();
}
