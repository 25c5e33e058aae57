// SPDX-License-Identifier: AGPL-3.0-or-later
//
// traveller.mjs: one person who walks through the program by clicking what a person sees. Every page on the way must
// be sound, silent in the console and axe clean.

import path from 'node:path';
import { pageFaults } from '../lib/html.mjs';
import { scratch } from '../lib/workspace.mjs';

export class Traveller {
    constructor(guest, report, label, number) {
        Object.assign(this, { guest, page: guest.page, report, label, number, seen: new Set() });
    }

    // One step: what is done, then how the page it led to is.
    async step(what, fn) {
        const wrong = [];
        try {
            await fn((ok, text) => { if (!ok) wrong.push(text); });
            wrong.push(...this.guest.faults());
            wrong.push(...pageFaults(await this.page.content().then((t) => `<!DOCTYPE html>${t.replace(/^<!DOCTYPE html>/i, '')}`)).filter((w) => !/inline style/.test(w)));
            if (this.guest.options.script !== false) wrong.push(...(await this.guest.axe()));
        } catch (error) {
            this.guest.faults();
            wrong.push(`${error.message.split('\n').slice(0, 6).join('\n')}\nat ${this.page.url()}`);
            await this.guest.shot(`road_${this.label}_${what.replace(/\W+/g, '_').slice(0, 50)}`).catch(() => {});
        }
        this.report(`${this.label}: ${what}`, wrong);
        return wrong.length === 0;
    }

    at(rest = '') { return `/programmes/${this.number}${rest}`; }
    async open(address) { await this.page.goto(address); }
    async text() { return (await this.page.locator('main').innerText()).replace(/\s+/g, ' '); }
    form(action) { return this.page.locator(action ? `main form[method=post][action^="${action}"]` : 'main form[method=post]').first(); }

    // Fills fields by name: text, long text, select, radio or box by value.
    async fill(form, values) {
        for (const [field, value] of Object.entries(values)) {
            const all = form.locator(`[name="${field}"]`);
            const kind = await all.last().evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
            if (kind === 'select') await all.first().selectOption(value);
            else if (kind === 'radio' || kind === 'checkbox') {
                for (const v of [value].flat()) {
                    const box = form.locator(`[name="${field}"][value="${v}"]`);
                    // a long list stands folded; a box may be drawn by its label
                    await box.evaluate((e) => { for (let up = e; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; });
                    await box.check({ force: true });
                }
            } else {
                await all.first().evaluate((e) => { for (let up = e; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; });
                await all.first().fill(value);
            }
        }
    }

    // Sends the form by its button and waits for the page that follows: another one, or with script the form with
    // its errors in place of this one.
    async send(form, button) {
        const press = button ? form.locator(button).first() : form.locator('button:not([type=button]):not([name="_cancel"])').last();
        const shown = this.guest.options.script === false ? new Promise(() => {})
            : this.page.evaluate(() => new Promise((done) => { document.addEventListener('mainstay:page', done, { once: true }); })).catch(() => new Promise(() => {}));
        const moved = this.page.waitForNavigation();
        moved.catch(() => {});
        await Promise.all([Promise.race([moved, shown]), press.click()]);
    }

    async download(selector) {
        const [file] = await Promise.all([this.page.waitForEvent('download'), this.page.locator(selector).first().click()]);
        const to = path.join(scratch, `${this.label}-${file.suggestedFilename()}`);
        await file.saveAs(to);
        return to;
    }
}
