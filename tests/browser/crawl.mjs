// SPDX-License-Identifier: AGPL-3.0-or-later
//
// crawl.mjs: every kind of page that an administrator can reach from home, in light and in dark:
// sound mark-up, nothing in the console, axe clean, no sideways scrolling at 360 pixels. Then every
// link that was seen must lead somewhere, and every form must send only names that its address takes.

import { formsOf, pageFaults } from '../lib/html.mjs';
import { Visitor } from '../lib/web.mjs';
import { COLOURS, crawl, routesOf, shapeOf } from './harness.mjs';

export const name = 'crawl';

export async function go(stage, report) {
    const routes = await routesOf(stage);
    const light = await stage.guest({ user: 'admin' });
    const dark = await stage.guest({ user: 'admin', dark: true });
    light.faults();
    const walk = await crawl(light, routes, 2, async (guest, address, shape, first) => {
        const [inLight, inDark] = await Promise.all([ // each in a browser of its own, so both processors have work
            (async () => [...pageFaults(await (await guest.context.request.get(address)).text()), ...(await guest.axe()), ...(await guest.overflow()), ...guest.faults()])(),
            first ? (async () => {
                await dark.page.goto(address);
                return [...(await dark.axe(COLOURS)), ...dark.faults()].map((w) => `dark: ${w}`);
            })() : [],
        ]);
        const wrong = [...inLight, ...inDark];
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
    const forms = new Map();
    for (const address of [...walk.known].slice(0, 600)) {
        const reply = await visitor.get(address);
        if (reply.status >= 400) broken.push(`${address}: ${reply.status}`);
        if (!/^text\/html/.test(reply.headers['content-type'] ?? '')) continue;
        for (const form of formsOf(reply.text).filter((f) => f.method === 'post')) {
            const action = new URL(form.action || address, stage.server.base).pathname;
            const names = new Map(form.fields.map((x) => [x.name, x.value])); // each once, chosen or not
            forms.set(`${shapeOf(action, routes)} ${[...names.keys()].sort().join(' ')}`, { address, action, names });
        }
    }
    report(`every link leads somewhere (${walk.known.size})`, broken);

    // Last, since it changes much: what ends the session comes at the end.
    const refused = [];
    const order = [...forms.values()].sort((x, y) => /sign-out|password/.test(x.action) - /sign-out|password/.test(y.action));
    for (const { address, action, names } of order) {
        const form = [...names].map(([name, value]) => [name, name === '_csrf' ? visitor.csrf : value ?? '']);
        const { text } = await visitor.request('POST', action, { form });
        for (const [, name] of text.matchAll(/This form takes no field “([^”]*)”/g)) refused.push(`${address}: ${action} does not take ${name}`);
    }
    report(`every form sends only what its address takes (${forms.size})`, forms.size > 50 ? refused : [...refused, `only ${forms.size} forms were found`]);
}
