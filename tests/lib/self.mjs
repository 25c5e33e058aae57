// SPDX-License-Identifier: AGPL-3.0-or-later
//
// self.mjs: proves that the harness finds what it should: planted faults in pages, outputs and case
// files. A harness that says yes to everything is worse than none.

import assert from 'node:assert/strict';
import { atPath, compareLines, parseCase, words } from './case.mjs';
import { formsOf, pageFaults, parse, textOf } from './html.mjs';

const page = (body, head = '') => `<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><title>A</title>${head}</head><body><main><h1>A</h1>${body}</main></body></html>`;
assert.deepEqual(pageFaults(page('<p>Good &amp; sound<br></p>')), []);
const planted = [
    ['<p>open', /closes <p>/],
    ['<p id="a"></p><p id="a"></p>', /stands twice/],
    ['<p>a & b</p>', /unescaped &/],
    ['<label for="none">x</label>', /points to nothing/],
    ['<a href="#gone">x</a>', /points to nothing/],
    ['<p onclick="x()">x</p>', /inline script/],
    ['<p style="color:red">x</p>', /inline style/],
    ['<script>x()</script>', /a script stands in the page/],
    ['<img src="a.png">', /no alt/],
    ['<h1>again</h1>', /2 first headings/],
    ['<form method="post"><button>Go</button></form>', /no form token/],
    ['<p class="a" class="b">x</p>', /class twice/],
    ['<b><i>x</b></i>', /closes <i>/],
];
for (const [body, wanted] of planted) assert.match(pageFaults(page(body)).join('\n'), wanted, body);
assert.match(pageFaults('<html><main><h1>x</h1></main></html>').join('\n'), /DOCTYPE[^]*no lang[^]*no dir[^]*no title/);

const [form] = formsOf(page('<form method="post" action="/x"><input type="hidden" name="_csrf" value="t&quot;"><input type="checkbox" name="c" value="1"><input type="radio" name="r" value="a"><input type="radio" name="r" value="b" checked><textarea name="l">\nlong</textarea><select name="s"><option value="1">One<option value="2" selected>Two</select><button name="go" value="1">Go</button></form>'.replace('One<', 'One</option><').replace('Two<', 'Two</option><')));
assert.deepEqual(form.fields.filter((x) => x.sent).map((x) => [x.name, x.value]), [['_csrf', 't"'], ['r', 'b'], ['l', 'long'], ['s', '2']]);
assert.equal(textOf(parse('<!DOCTYPE html><p>one <b>two</b></p><p>three</p>').root).replace(/\s+/g, ' ').trim(), 'one two three');

assert.equal(compareLines(['a', '...', '/z+/'], 'a\nb\nc\nzz\n'), '');
assert.notEqual(compareLines(['a'], 'a\nb\n'), '');
assert.notEqual(compareLines(['a', 'b'], 'a\n'), '');
assert.notEqual(compareLines(['a'], ''), '');
assert.deepEqual(words(`mainstay save 'a b' "c\\"d" e\\ f ''`), ['mainstay', 'save', 'a b', 'c"d', 'e f', '']);
assert.throws(() => words("mainstay 'open"));
assert.equal(atPath({ a: [{ b: 1 }, 2] }, 'a.0.b'), 1);
assert.equal(atPath({ a: [1, 2] }, 'a.length'), 2);
assert.equal(atPath({}, 'a.b'), undefined);
assert.throws(() => parseCase('# says\nnonsense here\n', 'x'));
assert.throws(() => parseCase('# does nothing\n', 'x'));
assert.throws(() => parseCase('workspace: moon\n# a\n$ mainstay\n', 'x'));
const read = parseCase('# one\nas: amina\nPOST /x\na=1\nb=x\\ny\nstatus: 422\n$ mainstay list x\nstdin:\n    {"a":\n\n    1}\nexit: 2\n', 'x').blocks[0].steps;
assert.deepEqual([read[0].as, read[0].fields, read[1].stdin, read[1].checks[0].text], ['amina', [['a', '1'], ['b', 'x\ny']], '{"a":\n\n1}\n', '2']);
