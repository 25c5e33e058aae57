// SPDX-License-Identifier: AGPL-3.0-or-later
//
// workbook.mjs: a list is taken out, changed in a spreadsheet and sent back, with and without script: as it was
// taken out nothing would change; changed, the person sees what, and saves it.

import fs from 'node:fs';
import { workbook } from '../lib/xlsx.mjs';

export const name = 'workbook';

export async function go(stage, report) {
    for (const script of [true, false]) {
        const guest = await stage.guest({ user: 'amina', script });
        const { page } = guest;
        const wrong = [];
        const must = (ok, text) => { if (!ok) wrong.push(text); };
        const level = script ? 'low' : 'medium';
        const take = async (label) => {
            const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: label }).click()]);
            return fs.readFileSync(await file.path());
        };
        const look = async (file, mimeType, buffer) => {
            await page.locator('#f-file').setInputFiles({ name: file, mimeType, buffer });
            await Promise.all([page.waitForEvent('response', (r) => r.request().method() === 'POST'), page.getByRole('button', { name: 'Show what would change' }).click()]);
            await page.getByRole('heading', { name: 'What would happen' }).waitFor();
        };
        const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
        try {
            await page.goto('/programmes/SAMPLE1/risks');
            await page.getByRole('link', { name: 'Bring back a workbook' }).click();
            if (script) wrong.push(...await guest.axe(), ...await guest.overflow());
            const book = await take('Take out the workbook');
            const csv = (await take('As CSV')).toString('utf8').replace(/^\uFEFF/, '');
            await look('risks.xlsx', xlsx, book);
            must(/0 new, 0 changed, 13 already there, 0 refused\./.test(await page.locator('main').innerText()), 'the workbook as it was taken out would change something');
            const lines = csv.trimEnd().split('\r\n');
            const at = lines.findIndex((l) => l.includes('3.4-R03'));
            lines[at] = lines[at].replace(',medium,medium,', `,${level},high,`).replace(',low,medium,', ',medium,high,');
            must(!csv.includes(lines[at]), 'the test changed nothing');
            await look('risks.xlsx', xlsx, workbook(lines.join('\n')));
            const words = await page.locator('main').innerText();
            must(/0 new, 1 changed, 12 already there, 0 refused\./.test(words), `it says: ${words.slice(0, 400)}`);
            must(/Impact: Medium High/.test(words), 'the page does not say what changes');
            if (script) wrong.push(...await guest.axe(), ...await guest.overflow());
            await Promise.all([page.waitForURL((u) => u.pathname.endsWith('/risks')), page.getByRole('button', { name: 'Save all of it' }).click()]);
            must(/0 new, 1 changed\./.test(await page.locator('body').innerText()), 'nothing says that it was saved');
            const [risk] = JSON.parse((await stage.command('list', 'risk', '--where', 'row=3.4-R03', '--format', 'json')).out);
            must(risk.impact === 'high' && risk.likelihood === level, `the risk is ${risk.likelihood}, ${risk.impact}`);
            wrong.push(...guest.faults());
            // back to what it was, for the walk without script
            await page.goto('/programmes/SAMPLE1/import/risk');
            await look('back.csv', 'text/csv', Buffer.from(`id,version,likelihood,impact,residual_likelihood,residual_impact\n${risk.id},,Medium,Medium,Low,Medium\n`));
            await page.getByRole('button', { name: 'Save all of it' }).click();
            await page.waitForLoadState();
            wrong.push(...guest.faults());
        } catch (error) {
            wrong.push(error.message, `at ${page.url()}`);
            await guest.shot(`workbook_${script}`).catch(() => {});
        }
        report(`a list comes back as a workbook ${script ? 'with' : 'without'} script`, wrong);
        await guest.close();
    }
}
