// SPDX-License-Identifier: AGPL-3.0-or-later
//
// matrix.mjs: every route x every role, fetched for real and compared with what roles.tsv says; and
// every form posted with no token, a wrong token, from another site, another origin, another host.
//
// The routes come from `mainstay routes --format json`: path, and the verb that GET and POST need
// (public, signed-in, read, write, approve, export, grant, administer; null where there is no such
// method). A route whose {name} cannot be filled fails: add it to captures.tsv.

import fs from 'node:fs';
import path from 'node:path';
import { formsOf } from '../lib/html.mjs';
import { end, found, result } from '../lib/results.mjs';
import { Visitor } from '../lib/web.mjs';
import { drop, program, run, serve, signIns, top, workspace } from '../lib/workspace.mjs';

const SUITE = 'access';
const here = path.join(top, 'tests/access');
const table = (file) => fs.readFileSync(path.join(here, file), 'utf8').split('\n').filter((l) => l && !l.startsWith('#')).slice(1).map((l) => l.split('\t'));
const verbs = Object.fromEntries(table('roles.tsv').map(([role, v]) => [role, v.split(' ')]));
const captures = Object.fromEntries(table('captures.tsv'));
const special = {};
for (const [route, what, value] of table('routes.tsv')) (special[route] ??= {})[what] = value;
const VICTIM = 'remi';
const PROGRAMMES = ['SAMPLE1', 'GLOT59'];

const w = await workspace('sqlite', 'demo');
const command = (...args) => commandIn(w, ...args);
const commandIn = async (where, ...args) => {
    const done = await run(program, args, { env: where.env });
    if (done.status !== 0) throw new Error(`mainstay ${args.join(' ')}: ${done.err}`);
    return done.out;
};
// A tool of the office, for the pages on which such tools are changed.
await command('pack', 'adapt', '3.1', '--pack', 'office');
const list = async (kind) => { const v = JSON.parse(await command('list', kind, '--format', 'json')); return Array.isArray(v) ? v : v.items; };

const routes = JSON.parse(await command('routes', '--format', 'json'));
const kinds = new Set((await command('kinds')).split('\n').map((l) => l.split(/\s+/)[0]).filter(Boolean));
const users = signIns(w);
const programmes = await list('programme');
const idOf = (number) => programmes.find((p) => p.number === number).id;
const numberOf = (idOrNumber) => programmes.find((p) => p.id === idOrNumber || p.number === idOrNumber)?.number;
const allUsers = await list('user');
const grants = (await list('role_grant')).map((g) => ({
    user: allUsers.find((u) => u.id === g.user_id || u.name_key === g.user_id)?.name_key,
    role: g.role,
    programme: g.scope === 'programme' ? numberOf(g.programme_id) : null,
}));
for (const role of Object.keys(verbs)) {
    const has = grants.some((g) => g.role === role && users.some((u) => u.name === g.user));
    result(has ? 'pass' : 'fail', SUITE, `somebody in the demo is ${role}`, has ? '' : 'no such user');
}

// A route that is closed refuses everybody; a special right takes the place of the route's own.
for (const route of routes) {
    const own = special[route.path] ?? {};
    if (own.closed) Object.assign(route, { get: route.get && 'nobody', post: route.post && 'nobody' });
    if (own.get) route.get = own.get;
    if (own.post) route.post = own.post;
}

// programme null: the organisation; {country}: the organisation, or any programme that works there.
function may(user, verb, programme) {
    if (programme?.country) return [null, ...programmes.filter((p) => p.countries.includes(programme.country)).map((p) => p.number)].some((p) => may(user, verb, p));
    if (verb === 'public') return true;
    if (user === null) return false;
    if (verb === 'signed-in') return true;
    if (verb.endsWith('-somewhere')) return grants.some((g) => g.user === user && verbs[g.role].includes(verb.replace('-somewhere', '')));
    return grants.some((g) => g.user === user && (g.programme === null || g.programme === programme) && verbs[g.role].includes(verb));
}

// What a tool is filled in about is seen in the address, and so are the tools that fit there.
const fits = (path) => (path.startsWith('/countries/') ? { tool: '2.3', row: '2.3-Q01' } : path.includes('{publication}') ? { tool: '3.8', row: '3.8-Q01' } : {});
const scopeWords = (scope) => (scope?.country ? `country ${scope.country}` : scope ?? 'the organisation');

const records = new Map();
// within: records named earlier in the address; a record belongs to the last of them it refers to.
async function recordFor(kind, programme, route, within = {}) {
    if (!records.has(kind)) records.set(kind, await list(kind));
    // a file can be fetched only where there is one
    const rows = records.get(kind).filter((r) => !route.endsWith('/file') || r.file_hash)
        .filter((r) => Object.entries(within).every(([k, id]) => r[`${k}_id`] === undefined || r[`${k}_id`] === id))
        .filter((r) => !['locked', 'approved'].includes(r.state)); // who only writes may not change it
    // people are changed and switched off: take one whom the tests do not need signed in
    if (kind === 'user') return rows.find((r) => r.name_key === VICTIM);
    if (kind === 'role_grant' && route.includes('{programme}')) return rows.find((r) => numberOf(r.programme_id) === programme && r.role === 'evaluator');
    if (kind === 'role_grant') return rows.find((r) => r.user_id === allUsers.find((u) => u.name_key === VICTIM).id);
    const { tool } = fits(route);
    const about = (r) => kind !== 'assessment' || tool === undefined || r.tool === tool;
    // below a country stand the cases of the country as a whole
    const whole = (r) => kind !== 'due_diligence' || !r.programme_id;
    // what is attached to a record of no programme is attached to an answer about the country
    if (route.startsWith('/countries/') && ['evidence', 'action'].includes(kind)) return rows.find((r) => !r.programme_id);
    if (route.startsWith('/countries/')) return rows.find((r) => r.country === captures.country && about(r) && whole(r));
    for (const r of rows.filter(about)) if (await programmeOf(r) === programme) return r;
    // below a programme, only its own records are there
    return route.includes('{programme}') ? undefined : rows.find((r) => r.programme_id === undefined || r.programme_id === null);
}

// The number of the programme a record belongs to, also through the record above it.
async function programmeOf(r) {
    if (r.programme_id) return numberOf(r.programme_id);
    for (const above of ['assessment', 'risk', 'publication', 'indicator', 'observation', 'due_diligence', 'theory']) {
        if (!r[`${above}_id`]) continue;
        if (!records.has(above)) records.set(above, await list(above));
        return programmeOf(records.get(above).find((x) => x.id === r[`${above}_id`]));
    }
    return undefined;
}

// The address of a route in a programme, and the scope in which it is asked: {address, scope} or null.
async function addressOf(route, programme) {
    let address = route.path;
    let scope = route.path.includes('{programme}') ? programme : route.path.includes('{country}') ? { country: captures.country } : null;
    const own = special[route.path] ?? {};
    const within = {};
    for (const name of [...route.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1])) {
        let value;
        if (name === 'programme') value = programme;
        const given = own[`{${name}}`] ?? fits(route.path)[name] ?? captures[name];
        if (name !== 'programme' && given && !given.startsWith('@')) value = given;
        else if (name !== 'programme' && (kinds.has(name) || given)) {
            const r = await recordFor(given?.slice(1) ?? name, programme, route.path, within);
            if (r) within[given?.slice(1) ?? name] = r.id;
            if (r && (route.edits === name || own.get) && !/\{(programme|country)\}/.test(route.path)) scope = numberOf(r.programme_id) ?? null;
            value = r?.id;
        }
        if (value === undefined) return null;
        address = address.replace(`{${name}}`, encodeURIComponent(value));
    }
    return { address, scope };
}

// Refused means: sign in first, not allowed, or no such thing for you.
const refused = (reply) => [401, 403, 404].includes(reply.status) || (reply.status === 303 && /\/sign-in/.test(reply.headers.location ?? ''));
const isSignInPage = (p) => /sign-in/.test(p);

let cases = Object.keys(verbs).length;
async function check(name, fn) {
    cases++;
    let wrong;
    try { wrong = await fn(); } catch (error) { wrong = error.message; }
    result(wrong ? 'fail' : 'pass', SUITE, name, wrong);
}

const server = await serve(w);
const guests = [null, ...users.map((u) => u.name)];
const visitors = new Map();
for (const name of guests) {
    const v = new Visitor(server.base);
    if (name) { const u = users.find((x) => x.name === name); await v.signIn(u.name, u.password); }
    visitors.set(name, v);
}

// A file to fetch in each programme: the demonstration has none.
for (const programme of PROGRAMMES) {
    const v = visitors.get(grants.find((g) => g.role === 'administrator').user);
    await v.visit(`/programmes/${programme}`);
    const form = [['_csrf', await v.token()], ['about_kind', 'programme'], ['about_id', idOf(programme)], ['title', `A file of ${programme}`]];
    const reply = await v.request('POST', `/programmes/${programme}/evidence`, { form, files: [{ name: 'file', file: 'a.txt', type: 'text/plain', bytes: 'words\n' }] });
    if (reply.status !== 303) throw new Error(`a file could not be added: ${reply.status} ${reply.text.slice(0, 2000)}`);
}

// ---- what nobody may learn who may not read a programme ----------------------------------------------
// Values of people in GLOT59 that stand nowhere else, and a release of them. Whoever may not read GLOT59 finds the
// rounded counts where releases are, and the true ones nowhere: no page, file, API answer or command.
// Of a share: part, whole, rest, and the true percentage as tables and as pages print it.
const SHARED = ['4993', '6701', '1708', '74.511267', '74.5'];
const SECRET = ['7919', '3571', '4348', '8101', '5503', '2598', ...SHARED];
const plant = async (kind, rows) => {
    const file = path.join(w.home, `${kind}.json`);
    fs.writeFileSync(file, JSON.stringify(rows));
    await command('save', kind, file, '--reason', 'test');
};
await plant('indicator', [{ programme_id: 'GLOT59', code: 'GLOT59/M1', title: 'People helped', unit: 'count', direction: 'more', accumulation: 'cumulative', disaggregation: ['sex'], state: 'active' }]);
const value = (period, n, state) => ({ indicator_id: 'GLOT59/M1', period_from: period[0], period_to: period[1], value: n, state });
await plant('observation', [value(['2015-01-01', '2015-12-31'], '7919', 'approved'), value(['2016-01-01', '2016-06-30'], '8101', 'approved')]);
await plant('indicator', [{ programme_id: 'GLOT59', code: 'GLOT59/M2', title: 'People helped who found work', unit: 'percentage', direction: 'more', accumulation: 'cumulative', state: 'active' }]);
await plant('observation', [{ ...value(['2015-01-01', '2015-12-31'], null, 'approved'), indicator_id: 'GLOT59/M2', numerator: SHARED[0], denominator: SHARED[1] }]);
const planted = (await list('observation')).filter((o) => SECRET.includes(String(o.value)) || o.numerator === SHARED[0]);
await plant('observation_part', [['7919', 'female', '3571'], ['7919', 'male', '4348'], ['8101', 'female', '5503'], ['8101', 'male', '2598']]
    .map(([of, sex, n]) => ({ observation_id: planted.find((o) => String(o.value) === of).id, split: `sex=${sex}`, value: n })));
await command('release', 'make', 'helped', '--indicator', 'GLOT59/M1', '--by', 'sex', '--class', 'low-risk', '--to', '2015-12-31');
await command('release', 'make', 'jobs', '--indicator', 'GLOT59/M2', '--class', 'low-risk');
for (const name of ['helped', 'jobs']) {
    await command('release', 'audit', name);
    await command('release', 'publish', name, '--as', grants.find((g) => g.role === 'manager').user);
}
await command('release', 'make', 'draft', '--indicator', 'GLOT59/M1', '--by', 'sex', '--class', 'low-risk', '--from', '2016-01-01');
const strangers = guests.filter((u) => !may(u, 'read', 'GLOT59'));
// Tokens of forms are random and places in a drawing are measured, so both may hold any digits by chance: they are no
// figures. What looks like neither stays, whatever the attribute is called.
const SHAPE = /<(?:path|polyline|polygon|g|text|line|rect|circle)\b[^>]*>/g;
const PLACE = / (?:d="M[-MLHVCAQSTZmlhvcaqstz0-9., ]*"|points="[-0-9., ]*"|transform="[a-z]+\([-0-9., ]*\)")/g;
const TOKEN = /name="_csrf" value="[-0-9A-Za-z_]{40,}"/g;
// A release says how far its weakest count can be narrowed: “4993 to 4997” is all that base 3 leaves open around the
// published 4995, and its end is the true count one time in three. Anything narrower is a leak, and stays.
const NARROWED = /“(\d+) to (\d+)”/g;
const figures = (text) => text.replace(TOKEN, '').replace(NARROWED, (all, from, to) => (to - from < 2 * (3 - 1) ? all : ''))
    .replace(SHAPE, (shape) => shape.replace(PLACE, ''));
const secretIn = (text) => SECRET.filter((n) => new RegExp(`(?<![0-9A-Za-z_])${n[0]}[,. \u00a0\u202f]?${n.slice(1)}(?![0-9A-Za-z_])`).test(figures(text))).join(' ');
await check('a figure is found wherever it stands', async () => {
    const [n, m] = [SECRET[0], SECRET[1]];
    const tells = [n, `<td>${n}</td>`, `<td>7,919</td>`, `<td>7\u202f919</td>`, `<p title="${n} people">`, `<svg aria-label="Bar of ${n}">`, `<i data-n="${n}">`, `<i data-points="${n}">`, `<input name="value" value="${n}">`,
        `<input name="_back" value="/values?least=${n}">`, `<input name="_csrf" value="${n}">`, `<p d="M ${n} 1">`, `<path d="${n}">`, `<path d="M1 2" data-value="${n}">`, `<text transform="rotate(${m})">${n}</text>`, `{"points":"${n}"}`, `female,${n},cell`, `than to “${n} to ${+n + 3}”`];
    const silent = [`<path class="line" d="M0 ${n}L12.5,${n}" transform="scale(${n})">`, `<polyline points="1,${n} 2,${n}">`, `<g transform="translate(${n}, 4)">`, `<input type="hidden" name="_csrf" value="${'a'.repeat(50)}-${n}-b">`, `<td>1${n}</td>`, `than to “${n} to ${+n + 4}”`];
    return [...tells.filter((t) => !secretIn(t)).map((t) => `not found in ${t}`), ...silent.filter(secretIn).map((t) => `found in ${t}`)].join('\n');
});

// ---- GET, and POST that must be refused -------------------------------------------------------------
const covered = new Set();
for (const route of routes) {
    const seen = new Set();
    for (const programme of PROGRAMMES) {
        const at = await addressOf(route, programme);
        if (!at) continue;
        covered.add(route.path);
        if (seen.has(at.address)) continue;
        seen.add(at.address);
        for (const user of guests) {
            const v = visitors.get(user);
            if (route.get) {
                const allowed = may(user, route.get, at.scope);
                await check(`GET ${route.path} in ${scopeWords(at.scope)} by ${user ?? 'nobody'}: ${allowed ? 'allowed' : 'refused'}`, async () => {
                    const reply = await v.get(at.address);
                    if (reply.status >= 500) return `${at.address} gave ${reply.status}`;
                    if (strangers.includes(user) && secretIn(reply.text)) return `${at.address} tells ${secretIn(reply.text)}`;
                    if (allowed ? refused(reply) && route.get !== 'public' : !refused(reply)) return `${at.address} gave ${reply.status} ${reply.headers.location ?? ''}`;
                    return '';
                });
            }
            if (route.post && !may(user, route.post, at.scope)) {
                await check(`POST ${route.path} in ${scopeWords(at.scope)} by ${user ?? 'nobody'}: refused`, async () => {
                    const token = await v.token();
                    const reply = await v.request('POST', at.address, { form: [['_csrf', token ?? '']] });
                    return refused(reply) ? '' : `${at.address} gave ${reply.status} ${reply.headers.location ?? ''}`;
                });
            }
        }
    }
    await check(`${route.path} is covered`, async () => (covered.has(route.path) ? '' : 'no value for its {names}: add one to tests/access/captures.tsv or a record to the demo'));
}

// ---- the same, asked for by name ----------------------------------------------------------------------
await check('there are people who may not read GLOT59', async () => (strangers.length > 1 ? '' : 'nobody signs in who may not'));
const ids = [...planted, ...(await list('observation_part')).filter((p) => SECRET.includes(String(p.value))), ...(await list('indicator')).filter((i) => ['GLOT59/M1', 'GLOT59/M2'].includes(i.code))].map((r) => r.id);
const asked = [...[...kinds].flatMap((k) => [`/api/v1/${k}?limit=200`, `/export/${k}?format=csv`, `/export/${k}`, `/programmes/GLOT59/export/${k}?format=csv`]),
    ...ids.flatMap((id) => ['indicator', 'observation', 'observation_part'].flatMap((k) => [`/api/v1/${k}/${id}`, `/records/${k}/${id}`])),
    '/search?q=People+helped',
    '/releases', '/releases/draft', ...['helped', 'jobs'].flatMap((n) => [`/releases/${n}`, `/api/v1/release/${n}`, `/public/releases/${n}`, ...['csv', 'json'].flatMap((f) => [`/releases/${n}/table.${f}`, `/public/releases/${n}/table.${f}`])]), '/api/v1/release/draft'];
for (const user of strangers) {
    await check(`true counts of a programme are not told to ${user ?? 'nobody'}, who may not read it`, async () => {
        for (const address of asked) {
            const reply = await visitors.get(user).get(address);
            if (secretIn(reply.text)) return `${address} tells ${secretIn(reply.text)}`;
        }
        return '';
    });
    await check(`${user ?? 'nobody'} finds the released table, and no draft`, async () => {
        const table = await visitors.get(user).get('/public/releases/helped/table.csv');
        const draft = await visitors.get(user).get('/releases/draft');
        const share = await visitors.get(user).get('/public/releases/jobs/table.csv');
        const told = /^female,357[03],cell,3\r?$/m.test(table.text) && /^part,499[25],cell,3,7[45],74,75\r?$/m.test(share.text);
        return table.status === 200 && told && refused(draft) ? '' : `${table.status} ${draft.status} ${table.text} ${share.text}`;
    });
}
const walker = strangers.find((u) => u !== null);
await check(`commands tell ${walker} no true count either`, async () => {
    const told = [...[...kinds].map((k) => ['list', k, '--format', 'json']), ['table', '--indicator', 'GLOT59/M1', '--by', 'sex'], ['explain', 'indicator', 'GLOT59/M1'],
        ['release', 'export', 'draft'], ['release', 'export', 'helped'], ['release', 'export', 'jobs'], ['table', '--indicator', 'GLOT59/M2'], ['show', 'release', 'draft'], ['report', 'programme', '--programme', 'GLOT59', '--format', 'md', '--output', '-'],
        ...['iati', 'hxl'].flatMap((f) => [['export', f, '--with-parts', '--unapproved'], ['export', f, '--programme', 'GLOT59', '--with-parts']]),
        ...ids.flatMap((id) => ['indicator', 'observation', 'observation_part'].map((k) => ['show', k, id]))];
    for (const args of told) {
        const done = await run(program, [...args, '--as', walker], { env: w.env });
        if (secretIn(done.out + done.err)) return `mainstay ${args.join(' ')} tells ${secretIn(done.out + done.err)}`;
    }
    return '';
});
await check('the walk finds what it looks for where it may be read', async () => {
    const reply = await visitors.get(grants.find((g) => g.role === 'administrator').user).get('/api/v1/observation?limit=200');
    return secretIn(reply.text) ? '' : 'the planted values are not found at all';
});

// ---- forged requests: by the administrator, who may do everything ------------------------------------
const admin = grants.find((g) => g.role === 'administrator').user;
const forgeries = [
    ['without a token', {}, []],
    ['with a wrong token', {}, [['_csrf', 'A'.repeat(86)]]],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://example.org' }, null],
    ['from a sibling site', { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' }, null],
    ['with a foreign origin', { 'sec-fetch-site': null, origin: 'https://example.org' }, null],
    ['with the origin null', { 'sec-fetch-site': null, origin: 'null' }, null],
    ['to a foreign host', { host: 'example.org' }, null],
];
const before = await command('list', 'programme', '--format', 'json');
for (const route of routes.filter((r) => r.post && !r.path.startsWith('/api/'))) {
    const at = (await addressOf(route, 'SAMPLE1')) ?? (await addressOf(route, 'GLOT59'));
    if (!at) continue;
    for (const [how, headers, form] of forgeries) {
        await check(`POST ${route.path} ${how}: refused`, async () => {
            const v = visitors.get(admin);
            const token = await v.token();
            if (token === undefined) return 'no token to be had';
            const reply = await v.request('POST', at.address, { form: form ?? [['_csrf', token]], headers });
            return [400, 403, 421].includes(reply.status) ? '' : `${at.address} gave ${reply.status}`;
        });
    }
}
await check('a forged request changes nothing', async () => (before === await command('list', 'programme', '--format', 'json') ? '' : 'the list of programmes changed'));
await check('the session of the administrator lives on', async () => { const r = await visitors.get(admin).get('/account'); return r.status === 200 ? '' : `status ${r.status}`; });
await check('GET to a foreign host: refused', async () => { const r = await visitors.get(admin).get('/', { headers: { host: 'example.org' } }); return r.status === 421 || r.status === 400 ? '' : `status ${r.status}`; });
const log = await server.stop();
await check('the server ends cleanly', async () => log.join('\n'));
await drop(w);

// ---- POST that must be allowed: each role on a copy of its own, what takes away last -----------------
const TAKES_AWAY = /delete|remove|sign-out|switch|revoke|close/;
const oneOfEach = Object.keys(verbs).map((role) => grants.find((g) => g.role === role)).filter(Boolean);
for (const { user, role } of oneOfEach) {
    const copy = await workspace('sqlite', 'demo');
    await commandIn(copy, 'pack', 'adapt', '3.1', '--pack', 'office');
    const s = await serve(copy);
    const v = new Visitor(s.base);
    const u = users.find((x) => x.name === user);
    await v.signIn(u.name, u.password);
    const posts = routes.filter((r) => r.post && !isSignInPage(r.path)).sort((a, b) => TAKES_AWAY.test(a.path) - TAKES_AWAY.test(b.path));
    for (const route of posts) {
        const at = await addressOf(route, 'SAMPLE1');
        if (!at || !may(user, route.post, at.scope)) continue;
        await check(`POST ${route.path} by ${role}: allowed`, async () => {
            let token = await v.token();
            if (token === undefined) { await v.signIn(u.name, u.password); token = await v.token(); }
            const page = formsOf((await v.get(at.address)).text).find((f) => f.method === 'post' && f.action.split('?')[0] === at.address);
            const form = (page?.fields ?? []).filter((x) => x.sent && x.name !== '_csrf').map((x) => [x.name, x.value]);
            await v.token();
            const reply = await v.request('POST', at.address, { form: [...form, ['_csrf', token]] });
            if (reply.status >= 500 || reply.status === 401 || reply.status === 403) return `${at.address} gave ${reply.status}`;
            if (reply.status === 303 && isSignInPage(reply.headers.location ?? '') && !/sign-out/.test(route.path)) return 'sent to the sign-in page';
            if (reply.status === 404 && !TAKES_AWAY.test(route.path)) return `${at.address} gave 404`;
            return '';
        });
    }
    const wrong = await s.stop();
    await check(`the server of the ${role} ends cleanly`, async () => wrong.join('\n'));
    await drop(copy);
}
found(SUITE, cases);
end(SUITE);
