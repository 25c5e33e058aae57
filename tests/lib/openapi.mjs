// SPDX-License-Identifier: AGPL-3.0-or-later
//
// openapi.mjs: compares /api/v1/openapi.json of a running server with the kinds and fields that the
// program lists.
//
//   node tests/lib/openapi.mjs http://127.0.0.1:8080

import { program, run } from './workspace.mjs';

const api = await (await fetch(`${process.argv[2]}/api/v1/openapi.json`)).json();
const kinds = (await run(program, ['kinds'])).out.split('\n').map((l) => l.split(/\s+/)[0]).filter(Boolean);
const wrong = [];
if (kinds.length < 5) wrong.push('the program lists no kinds');
for (const kind of kinds) {
    const list = api.paths[`/api/v1/${kind}`];
    const one = api.paths[`/api/v1/${kind}/{record}`];
    if (!list?.get || !one?.get) wrong.push(`${kind}: an address is missing`);
    if (kind !== 'notice' && (!list?.post || !one?.delete)) wrong.push(`${kind}: writing is missing`);
    if (Object.keys(api.components.schemas[kind]?.properties ?? {}).length < 2) wrong.push(`${kind}: no fields`);
}
// every reference inside the description leads somewhere
for (const m of JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    if (!api.components.schemas[m[1]]) wrong.push(`${m[1]}: no such schema`);
}
const ids = Object.values(api.paths).flatMap((p) => Object.values(p)).map((o) => o.operationId).filter(Boolean);
if (new Set(ids).size !== ids.length) wrong.push('two operations have one name');
console.log(wrong.length ? [...new Set(wrong)].join('\n') : 'every kind is described');
process.exit(wrong.length ? 1 : 0);
