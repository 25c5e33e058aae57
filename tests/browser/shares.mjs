// SPDX-License-Identifier: AGPL-3.0-or-later
//
// shares.mjs: in the form of a programme a country that is ticked gets a line for its share at once, and the sum
// follows; without script the line comes with the answer of the server.

export const name = 'shares';

export async function go(stage, report) {
    for (const script of [true, false]) {
        const number = script ? 'GLOT92' : 'GLOT59';
        const address = `/programmes/${number}/change`;
        const guest = await stage.guest({ user: 'rosa', script });
        const { page } = guest;
        const wrong = [];
        const must = (ok, text) => { if (!ok) wrong.push(text); };
        const line = (code) => page.locator(`[name="country_shares.${code}"]`);
        const send = () => Promise.all([page.waitForEvent('response', (r) => r.request().method() === 'POST'), page.locator('.savebar button').first().click()]);
        try {
            guest.expected.add(422);
            await page.goto(address);
            const ticked = page.locator('input[name=countries]:checked');
            while (await ticked.count()) await ticked.first().uncheck({ force: true });
            if (script) must(await page.locator('#f-country_shares').isHidden(), 'there is something to share among no country');
            await page.locator('input[name=countries][value=KE]').check({ force: true });
            await page.locator('input[name=countries][value=NE]').check({ force: true });
            if (script) {
                await line('KE').fill('70.5');
                await line('NE').fill('20');
                must(await page.locator('#f-country_shares output').innerText() === '90.5', 'the sum does not follow');
                must(await page.getByLabel('Kenya').last().getAttribute('name') === 'country_shares.KE', 'the line has no label');
                await page.locator('input[name=countries][value=AF]').check({ force: true });
                await page.locator('input[name=countries][value=AF]').uncheck({ force: true });
                must(await line('AF').count() === 0, 'a country that is no longer chosen keeps its line');
                await line('998').fill('9.5');
            } else {
                await line('998').fill('9.5'); // there is a share, so each country needs one
                await send();
                await page.waitForSelector('.errors');
                await line('KE').fill('70.5');
                await line('NE').fill('20');
            }
            await Promise.all([page.waitForURL((u) => u.pathname.endsWith(number)), page.locator('.savebar button').first().click()]);
            must(/Kenya 70\.5 %, Niger 20 %, Regional and global work 9\.5 %/.test(await page.locator('main').innerText()), 'the page does not show the shares');
            if (script) {
                await page.goto(address);
                wrong.push(...await guest.axe(), ...await guest.overflow());
            }
            wrong.push(...guest.faults());
        } catch (error) {
            wrong.push(error.message, `at ${page.url()}`);
            await guest.shot(`shares_${script}`).catch(() => {});
        }
        report(`shares are typed country by country ${script ? 'with' : 'without'} script`, wrong);
        await guest.close();
    }
}
