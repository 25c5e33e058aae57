// SPDX-License-Identifier: AGPL-3.0-or-later
//
// sign-in.mjs: signs in through the form and prints the cookies; with FILE, keeps the page PATH there.
//
//   node bench/sign-in.mjs BASE NAME PASSWORD PATH FILE

import fs from 'node:fs';
import { Visitor } from '../tests/lib/web.mjs';

const [base, name, password, path, file] = process.argv.slice(2);
const v = new Visitor(base);
await v.signIn(name, password);
await v.visit(path); // takes the message of the sign-in away
const page = await v.get(path, { headers: { 'accept-encoding': null } });
if (page.status !== 200) throw new Error(`${path}: ${page.status}`);
fs.writeFileSync(file, page.bytes);
console.log([...v.cookies].map(([k, x]) => `${k}=${x}`).join('; '));
