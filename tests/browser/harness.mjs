// SPDX-License-Identifier: AGPL-3.0-or-later
//
// harness.mjs: a demo workspace, its server, and Chromium, with what every page must keep to: no
// message in the console, no refused resource, no foreign address, no axe violation, no sideways
// scrolling on a narrow screen.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { drop, program, run, serve, signIns, top, workspace } from '../lib/workspace.mjs';

const require = createRequire(path.join(top, 'build/node/'));
const { chromium } = require('playwright-core');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const shots = path.join(top, 'build/shots');
fs.mkdirSync(shots, { recursive: true });

// The rules of axe that look at colours. In dark a page holds the same elements, so the others would say the same again.
export const COLOURS = ['color-contrast', 'link-in-text-block'];

export class Stage {
    static async open(sort = 'demo') {
        const s = new Stage();
        s.w = await workspace('sqlite', sort);
        s.users = sort === 'demo' ? signIns(s.w) : [];
        s.server = await serve(s.w);
        s.browser = await chromium.launch({ executablePath: process.env.MAINSTAY_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
        return s;
    }

    // Resolves to a list of what was wrong with the end of the server.
    async close() {
        await this.browser.close();
        const wrong = await this.server.stop();
        await drop(this.w);
        return wrong;
    }

    command(...args) { return run(program, args, { env: this.w.env }); }

    // A browser of one person. options: user, script (true), dark, width, height, language, touch.
    async guest(options = {}) {
        const context = await this.browser.newContext({
            baseURL: this.server.base,
            javaScriptEnabled: options.script !== false,
            colorScheme: options.dark ? 'dark' : 'light',
            viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
            reducedMotion: 'reduce',
            hasTouch: options.touch === true,
            acceptDownloads: true,
        });
        context.setDefaultTimeout(60000);
        if (options.language) await context.addCookies([{ name: 'mainstay_lang', value: options.language, url: this.server.base }]);
        const page = await context.newPage();
        const guest = new Guest(this, context, page, options);
        if (options.user) {
            await guest.signIn(options.user);
            if (options.language) await context.addCookies([{ name: 'mainstay_lang', value: options.language, url: this.server.base }]); // signing in set the person's own
        }
        return guest;
    }
}

export class Guest {
    constructor(stage, context, page, options) {
        Object.assign(this, { stage, context, page, options, heard: [] });
        this.expected = new Set(); // statuses that the walk asks for on purpose
        page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !this.forgiven(m.text())) this.heard.push(`console: ${m.text()}`); });
        page.on('pageerror', (e) => this.heard.push(`script: ${e.message}`));
        page.on('requestfailed', (r) => { if (!/ERR_ABORTED/.test(r.failure()?.errorText ?? '')) this.heard.push(`failed: ${r.url()} ${r.failure()?.errorText}`); });
        page.on('response', (r) => { if (r.status() >= 400 && !this.expected.has(r.status())) this.heard.push(`status ${r.status()}: ${r.request().method()} ${r.url()}`); });
        page.on('request', (r) => { if (!r.url().startsWith(stage.server.base) && !/^(data|blob|about):/.test(r.url())) this.heard.push(`foreign address: ${r.url()}`); });
    }

    // Chromium writes a line for every status of 400 and more; the one asked for is no fault.
    forgiven(text) {
        const m = /status of (\d+)/.exec(text);
        return m !== null && this.expected.has(Number(m[1]));
    }

    // What was heard since the last call.
    faults() { return this.heard.splice(0); }

    async signIn(name) {
        const user = this.stage.users.find((u) => u.name === name);
        if (!user) throw new Error(`nobody is called ${name}`);
        const { page } = this;
        await page.goto('/');
        if (!(await page.locator('input[type=password]').count())) await page.goto('/sign-in');
        const form = page.locator('form', { has: page.locator('input[type=password]') }).first();
        await form.locator('input:not([type=hidden]):not([type=password])').first().fill(name);
        await form.locator('input[type=password]').fill(user.password);
        await Promise.all([page.waitForNavigation(), form.locator('button, input[type=submit]').first().click()]);
        if (await page.locator('input[type=password]').count()) throw new Error(`signing in as ${name} did not work: ${(await page.locator('main').innerText()).slice(0, 300)}`);
    }

    async close() { await this.context.close(); }

    // All rules, or those named.
    async axe(rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']) {
        await this.page.evaluate(axeSource);
        const report = await this.page.evaluate(async (runOnly) => {
            // a bar that stays in sight covers whatever lies under it just then; one scrolls, and it is free
            const bars = [...document.querySelectorAll('.savebar')];
            bars.forEach((bar) => { bar.style.position = 'static'; });
            const done = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
            bars.forEach((bar) => { bar.style.position = ''; });
            return done.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
        }, rules);
        return [...report.map((r) => `axe ${r}`), ...await this.labels()];
    }

    // Labels of lines in charts, which axe does not look at: 4.5 to 1 against what they stand on.
    async labels() {
        return this.page.evaluate(() => {
            const rgb = (c) => (/\d/.test(c) ? c.match(/[\d.]+/g).map(Number) : []);
            const light = (c) => c.slice(0, 3).map((x) => x / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)).reduce((a, x, i) => a + x * [0.2126, 0.7152, 0.0722][i], 0);
            const ground = (el) => { const c = rgb(getComputedStyle(el).backgroundColor); return c.length === 3 ? c : el.parentElement ? ground(el.parentElement) : [255, 255, 255]; };
            return [...document.querySelectorAll('.chart text[class^="c-label"]')].map((t) => {
                const [a, b] = [light(rgb(getComputedStyle(t).fill)), light(ground(t.closest('.chart')))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                return ratio < 4.5 ? `label "${t.textContent}" of a chart has contrast ${ratio.toFixed(1)}` : '';
            }).filter(Boolean);
        });
    }

    // Does the page scroll sideways at this width, or hide a field whose label is seen?
    async overflow(width = 360) {
        const before = this.page.viewportSize();
        await this.page.setViewportSize({ width, height: 740 });
        const over = await this.page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            const cut = [...document.querySelectorAll('.table--stack')].filter((t) => t.parentElement.scrollWidth > t.parentElement.clientWidth + 1);
            if (cut.length) return `${cut.length} tables that stack are wider than the screen`;
            const unseen = [...document.querySelectorAll('label[for]')].filter((l) => l.checkVisibility() && l.control && l.control.getClientRects().length === 0);
            if (unseen.length) return `a field cannot be seen: ${unseen.map((l) => l.htmlFor).join(', ')}`;
            if (scrollWidth <= clientWidth) return '';
            const rtl = document.documentElement.dir === 'rtl';
            const widest = [...document.body.querySelectorAll('*')].filter((e) => {
                const r = e.getBoundingClientRect();
                return rtl ? r.left < -1 : r.right > clientWidth + 1;
            }).slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')}`);
            return `scrolls sideways, ${scrollWidth} px wide on ${clientWidth}: ${widest.join(', ')}`;
        });
        await this.page.setViewportSize(before);
        return over ? [`at ${width} px: ${over}`] : [];
    }

    async shot(name) { await this.page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true }); }
}

// The same kind of page, whatever record it shows: ids, numbers and codes are one shape.
export function shapeOf(address, routes) {
    const url = new URL(address, 'http://x');
    const fits = routes.find((r) => {
        const a = r.path.split('/');
        const b = url.pathname.split('/');
        return a.length === b.length && a.every((x, i) => x === b[i] || /^\{.*\}$/.test(x));
    });
    const base = fits ? fits.path : url.pathname.split('/').map((x) => (/^[0-9a-z]{26}$/i.test(x) || /\d/.test(x) ? '{}' : x)).join('/');
    // of all combinations of filters and orders, one page for each first key
    const key = [...url.searchParams.keys()].sort()[0];
    return key === undefined ? base : `${base} ?${key}`;
}

// Routes as the program lists them; empty when it has no such command yet.
export async function routesOf(stage) {
    const done = await stage.command('routes', '--format', 'json');
    if (done.status !== 0) throw new Error(`mainstay routes: ${done.err}`);
    return JSON.parse(done.out).sort((a, b) => (a.path.match(/\{/g) ?? []).length - (b.path.match(/\{/g) ?? []).length);
}

// Walks over the pages that can be reached from home: fn(guest, address, shape) for at most `each`
// pages of every shape. Returns what was visited.
export async function crawl(guest, routes, each, fn, limit = 400) {
    const queue = ['/'];
    const known = new Set(queue);
    const count = new Map();
    const visited = [];
    while (queue.length && visited.length < limit) {
        const address = queue.shift();
        const shape = shapeOf(address, routes);
        if ((count.get(shape) ?? 0) >= (shape.includes('?') ? 1 : each)) continue;
        count.set(shape, (count.get(shape) ?? 0) + 1);
        let reply;
        try { reply = await guest.page.goto(address); } catch (error) {
            if (/Download is starting/.test(error.message)) continue; // a file, not a page
            throw error;
        }
        if (!/^text\/html/.test(reply.headers()['content-type'] ?? '')) continue;
        visited.push(address);
        await fn(guest, address, shape, count.get(shape) === 1);
        const links = await guest.page.$$eval('a[href]', (list) => list.map((a) => a.href));
        for (const link of links) {
            const url = new URL(link);
            if (url.origin !== guest.stage.server.base || /\.(csv|xlsx|pdf|json|svg|png|xml|docx|md)$/.test(url.pathname)) continue;
            const next = url.pathname + url.search;
            if (!known.has(next)) { known.add(next); queue.push(next); }
        }
    }
    return { visited, known };
}
