// SPDX-License-Identifier: AGPL-3.0-or-later
//
// crawl.mjs: every kind of page that an administrator can reach from home, in light and in dark:
// sound mark-up, nothing in the console, axe clean, no sideways scrolling at 360 pixels. Then every
// link that was seen must lead somewhere.

import { pageFaults } from '../lib/html.mjs';
import { Visitor } from '../lib/web.mjs';
import { crawl, routesOf } from './harness.mjs';

export const name = 'crawl';

export async function go(stage, report) {
    const routes = await routesOf(stage);
    const light = await stage.guest({ user: 'admin' });
    const dark = await stage.guest({ user: 'admin', dark: true });
    light.faults();
    const walk = await crawl(light, routes, 2, async (guest, address, shape, first) => {
        const wrong = [...pageFaults(await (await guest.context.request.get(address)).text()), ...(await guest.axe()), ...(await guest.overflow()), ...guest.faults()];
        if (first) {
            await dark.page.goto(address);
            wrong.push(...(await dark.axe()).map((w) => `dark: ${w}`), ...dark.faults().map((w) => `dark: ${w}`));
        }
        report(`${shape} (${address})`, wrong);
        if (wrong.length || process.env.MAINSTAY_SHOTS) await guest.shot(address.replace(/[^a-z0-9]+/gi, '_').slice(0, 80));
    });
    report('more than ten kinds of pages were reached', walk.visited.length > 10 ? [] : [`only ${walk.visited.join(' ')}`]);
    await light.close();
    await dark.close();

    const visitor = new Visitor(stage.server.base);
    const admin = stage.users.find((u) => u.name === 'admin');
    await visitor.signIn(admin.name, admin.password);
    const broken = [];
    for (const address of [...walk.known].slice(0, 600)) {
        const reply = await visitor.get(address);
        if (reply.status >= 400) broken.push(`${address}: ${reply.status}`);
    }
    report(`every link leads somewhere (${walk.known.size})`, broken);
}
