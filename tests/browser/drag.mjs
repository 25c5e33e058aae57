// SPDX-License-Identifier: AGPL-3.0-or-later
//
// drag.mjs: a result dragged onto another, by mouse and by finger: a link of the theory of change, a new place in the
// logframe. What the server refuses it says; Escape and letting go beside change nothing; without script nothing is
// promised.

export const name = 'drag';

const theory = '/programmes/SAMPLE1/theory';
const logframe = '/programmes/SAMPLE1/logframe';

export async function go(stage, report) {
    const show = async (...args) => JSON.parse((await stage.command(...args, '--format', 'json')).out);
    const results = Object.fromEntries((await show('list', 'result', '--where', 'programme_id=SAMPLE1')).map((r) => [r.code, r]));
    const id = (code) => results[code].id;
    const links = async () => (await show('list', 'result_link')).map((k) => `${k.cause_id} ${k.effect_id}`);
    const linked = async (cause, effect) => (await links()).includes(`${id(cause)} ${id(effect)}`);
    const parent = async (code) => (await show('show', 'result', id(code))).parent_id;
    const step = async (what, guest, fn) => {
        const wrong = [];
        try {
            await fn((ok, text) => { if (!ok) wrong.push(text); });
            wrong.push(...guest.faults());
        } catch (error) {
            wrong.push(error.message, `at ${guest.page.url()}`);
        }
        if (wrong.length) await guest.shot(`drag_${what.replace(/\W+/g, '_').slice(0, 50)}`).catch(() => {});
        report(what, wrong);
    };
    const box = (page, code) => page.locator(`[data-record="${id(code)}"]:visible`).first();
    const middle = async (place) => {
        await place.scrollIntoViewIfNeeded();
        const r = await place.boundingBox();
        return [r.x + r.width / 2, r.y + r.height / 2];
    };
    // From the grip, or the box itself, onto another; the last move is where it is let go.
    const drag = async (page, from, onto) => {
        const grip = box(page, from).locator('[data-grip]:visible');
        await page.mouse.move(...await middle(await grip.count() ? grip : box(page, from)));
        await page.mouse.down();
        const r = await box(page, onto).boundingBox();
        await page.mouse.move(r.x + 30, r.y + 12, { steps: 8 });
    };
    const letGo = async (page) => Promise.all([page.waitForNavigation(), page.mouse.up()]);
    const main = (page) => page.locator('main').innerText();
    const undo = async (page) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Undo' }).click()]);

    const rosa = await stage.guest({ user: 'rosa', height: 1400 });
    const { page } = rosa;
    for (const language of ['en', 'qps']) {
        await rosa.context.addCookies([{ name: 'mainstay_lang', value: language, url: stage.server.base }]);
        await step(`a box dragged onto another is a link (${language})`, rosa, async (must) => {
            await page.goto(theory);
            must(!(await linked('2.1', 'O1')), 'the link is there before');
            await drag(page, '2.1', 'O1');
            const words = await page.locator('.drag').innerText();
            must(/2\.1.*O1/.test(words), `it says "${words}"`);
            if (language === 'en') for (const said of await rosa.axe()) must(false, said);
            await letGo(page);
            must(await linked('2.1', 'O1'), 'there is no link');
            must(new URL(page.url()).hash === '', `the picture is left: ${page.url()}`);
            if (language === 'en') {
                must(/The link is in the theory/.test(await main(page)), 'the page does not say so');
                await undo(page);
            } else {
                await Promise.all([page.waitForNavigation(), page.locator('form[action="/undo"] button').first().click()]);
            }
            must(!(await linked('2.1', 'O1')), 'undo leaves the link');
        });
    }
    await rosa.context.addCookies([{ name: 'mainstay_lang', value: 'en', url: stage.server.base }]);
    await step('Escape, letting go beside and a click change nothing', rosa, async (must) => {
        const before = await links();
        await page.goto(theory);
        await drag(page, '2.1', 'O1');
        await page.keyboard.press('Escape');
        await page.mouse.up();
        must(await page.locator('.drag').count() === 0, 'the line stays after Escape');
        await drag(page, '2.1', 'O1');
        await page.evaluate(() => document.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, buttons: 0 })));
        must(await page.locator('.drag').count() === 0, 'it goes on after a button was let go outside the window');
        await page.mouse.up();
        await drag(page, '2.1', 'O1');
        const [x, y] = await middle(page.locator('h1'));
        await page.mouse.move(x, y);
        await page.mouse.up();
        await box(page, '2.1').click({ force: true });
        await page.waitForTimeout(300);
        must(new URL(page.url()).pathname === theory, `left for ${page.url()}`);
        must((await links()).length === before.length, 'a link was made');
    });
    await step('a box that is scrolled out of its frame takes nothing', rosa, async (must) => {
        await page.setViewportSize({ width: 360, height: 1400 });
        await page.goto(theory);
        const edge = await box(page, 'O1').evaluate((el) => {
            const frame = el.closest('.scroll');
            frame.scrollLeft += el.getBoundingClientRect().right - frame.getBoundingClientRect().left - 1;
            return frame.getBoundingClientRect().left;
        });
        const r = await box(page, 'O1').boundingBox();
        must(r.x < edge / 2 && r.x + r.width > edge / 2, 'the box does not lie beside its frame');
        await page.mouse.move(...await middle(box(page, '2.1')));
        await page.mouse.down();
        await page.mouse.move(edge / 2, r.y + 12, { steps: 8 });
        must(await page.locator('.drag').count() === 1 && await page.locator('.is-onto').count() === 0, 'it is taken');
        await page.keyboard.press('Escape');
        await page.mouse.up();
        await page.setViewportSize({ width: 1280, height: 1400 });
    });
    await step('a circle is refused with the reason, and can be mended', rosa, async (must) => {
        rosa.expected.add(422);
        await page.goto(theory);
        await drag(page, 'G', '2.1');
        await letGo(page);
        must(/That would be a circle/.test(await main(page)), 'the reason is not said');
        must(await page.locator('select[name=cause_id]').inputValue() === id('G'), 'the form forgot what was dragged');
        must(!(await linked('G', '2.1')), 'the circle is there');
    });
    await step('a result dragged in the logframe serves another one', rosa, async (must) => {
        const before = await parent('1.2');
        await page.goto(logframe);
        await drag(page, '1.2', 'O2');
        await letGo(page);
        must(await parent('1.2') === id('O2'), 'it serves the same as before');
        must(/The result is saved/.test(await main(page)), 'the page does not say so');
        await undo(page);
        must(await parent('1.2') === before, 'undo leaves it there');
    });
    const place = async (code) => (await show('show', 'result', id(code))).position;
    const onEdge = async (from, onto, edge) => {
        const grip = box(page, from).locator('[data-grip]:visible');
        await page.mouse.move(...await middle(grip));
        await page.mouse.down();
        const r = await box(page, onto).boundingBox();
        await page.mouse.move(r.x + 60, edge === 'before' ? r.y + 3 : r.y + r.height - 3, { steps: 8 });
    };
    await step('at the edge of another of its level a result stands before or after it', rosa, async (must) => {
        await page.goto(logframe);
        await onEdge('1.2', '1.1', 'before');
        must(/1\.2 before 1\.1/.test(await page.locator('.drag').innerText()), 'it does not say so');
        await letGo(page);
        must(await place('1.2') === 1 && new URL(page.url()).pathname === logframe, `place ${await place('1.2')} at ${page.url()}`);
        must(/1\.2 is now number 1 of 2/.test(await main(page)), 'the page does not say so');
        await undo(page);
        must(await place('1.2') === null, 'undo leaves it there');
        await onEdge('1.2', 'O2', 'before');
        must(/1\.2 serves O2/.test(await page.locator('.drag').innerText()), 'an output stands beside an outcome');
        await page.keyboard.press('Escape');
        await page.mouse.up();
    });
    await step('the order by grip, by button and by key; focus stays and the place is read out', rosa, async (must) => {
        const order = `${logframe}/order`;
        await page.goto(order);
        for (const said of await rosa.axe()) must(false, said);
        await onEdge('1.1', '1.2', 'after');
        await letGo(page);
        must(await place('1.1') === 2, 'the grip moves nothing');
        await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Up 1.1' }).click()]);
        must(await place('1.1') === 1, 'the button moves nothing');
        const focused = () => page.evaluate(() => {
            const el = document.activeElement;
            return `${el.textContent} ${el.getAttribute('aria-describedby') && document.getElementById(el.getAttribute('aria-describedby')).textContent.includes('1.1 is now number')}`;
        });
        must(await focused() === 'Down 1.1 true', `focus is on ${await focused()}`);
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Alt+ArrowDown')]);
        must(await place('1.1') === 2, 'the key moves nothing');
        must(await focused() === 'Up 1.1 true', `focus is on ${await focused()}`);
        for (const said of await rosa.overflow()) must(false, said);
    });
    await step('what somebody else changed meanwhile is not overwritten', rosa, async (must) => {
        rosa.expected.add(409);
        await page.goto(logframe);
        const dina = await stage.guest({ user: 'amina' });
        await dina.page.goto(`${logframe}/results/${id('1.2')}/change`);
        await dina.page.locator('[name=statement]').fill('Changed meanwhile');
        await Promise.all([dina.page.waitForNavigation(), dina.page.locator('.savebar button').first().click()]);
        await dina.close();
        const before = await parent('1.2');
        await drag(page, '1.2', 'O2');
        await letGo(page);
        must(/changed/i.test(await main(page)) && await page.locator('.errors').count() === 1, 'the page does not say so');
        must(await parent('1.2') === before, 'it was moved');
        must((await show('show', 'result', id('1.2'))).statement === 'Changed meanwhile', 'the other change is lost');
    });
    await rosa.close();

    // A finger presses first; one that moves at once moves the page.
    const finger = await stage.guest({ user: 'rosa', width: 360, height: 740, touch: true });
    const touch = await finger.context.newCDPSession(finger.page);
    const send = (type, points) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
    const across = async (wait) => {
        const [x, y] = await middle(box(finger.page, '2.1'));
        await send('touchStart', [[x, y]]);
        await finger.page.waitForTimeout(wait);
        const r = await box(finger.page, 'O2').boundingBox();
        for (let i = 1; i <= 8; i++) await send('touchMove', [[x + ((r.x + 60 - x) * i) / 8, y + ((r.y + 20 - y) * i) / 8]]);
    };
    await step('a finger that presses first drags, one that moves at once does not', finger, async (must) => {
        await finger.page.goto(theory);
        await finger.page.evaluate(() => { document.querySelector('.chart--graph .scroll').scrollLeft = 160; });
        await across(0);
        must(await finger.page.locator('.drag').count() === 0, 'it drags at once');
        await send('touchEnd', []);
        await finger.page.goto(theory);
        await finger.page.evaluate(() => { document.querySelector('.chart--graph .scroll').scrollLeft = 160; });
        await across(700);
        must(await finger.page.locator('.drag').count() === 1, 'it does not drag');
        finger.expected.add(422);
        await Promise.all([finger.page.waitForNavigation(), send('touchEnd', [])]);
        must(/This link is in the theory already/.test(await main(finger.page)), 'nothing was sent');
    });
    await finger.close();

    const plain = await stage.guest({ user: 'rosa', script: false });
    await step('without script nothing is promised that does not work', plain, async (must) => {
        for (const address of [theory, logframe]) {
            await plain.page.goto(address);
            must(await plain.page.locator('[data-drag-on]:visible').count() === 0, `${address} speaks of dragging`);
        }
    });
    await plain.close();
    const reader = await stage.guest({ user: 'remi' });
    await step('who may only read drags nothing', reader, async (must) => {
        for (const address of ['/programmes/GLOT59/theory', '/programmes/GLOT59/logframe']) {
            await reader.page.goto(address);
            must(await reader.page.locator('[data-drag-on], form[data-drag]').count() === 0, `${address} offers it`);
        }
    });
    await reader.close();
}
