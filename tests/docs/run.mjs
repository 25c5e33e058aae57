// SPDX-License-Identifier: AGPL-3.0-or-later
//
// run.mjs: runs the commands shown in docs/ and README.md, and compares what is shown under them.
//
//   node tests/docs/run.mjs [PART OF A FILE NAME]...
//
// A block that begins with ```console holds lines "$ command" and, under each, what it prints; "..."
// stands for any lines, /pattern/ for one that changes; nothing shown means not compared. "> text"
// continues a command. ```console exit=4 expects that status of its last command. ```console not-run
// is a skip that tests/SKIP must allow. All blocks of a file run in one shell, in an empty folder with
// `mainstay` at hand; a page that says <!-- in a copy of the repository --> gets a copy of it.
// Port 8080 is replaced by a free one.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { compareLines } from '../lib/case.mjs';
import { end, found, result } from '../lib/results.mjs';
import { build, freePort, run, scratch, top } from '../lib/workspace.mjs';

const SUITE = 'docs';

export function blocks(text) {
    const list = [];
    const lines = text.split('\n');
    for (let i = 0; i < lines.length; i++) {
        const open = /^```console\b ?(.*)$/.exec(lines[i]);
        if (!open) continue;
        const block = { line: i + 1, info: open[1].trim(), commands: [] };
        for (i++; i < lines.length && lines[i] !== '```'; i++) {
            const command = /^\$ (.*)$/.exec(lines[i]);
            const last = block.commands[block.commands.length - 1];
            if (command) block.commands.push({ line: i + 1, text: command[1], shown: [] });
            else if (last && last.shown.length === 0 && /^> ?/.test(lines[i])) last.text += '\n' + lines[i].replace(/^> ?/, '');
            else if (last) last.shown.push(lines[i]);
        }
        list.push(block);
    }
    return list;
}

// Runs all commands in one shell. Resolves to [{status, out}], shorter when the shell ended early.
async function shell(folder, commands, env) {
    const script = commands.map((c, i) => `{ ${c.text}\n} >"$OUT/${i}.out" 2>&1 </dev/null; echo $? >"$OUT/${i}.status"`).join('\n');
    const out = fs.mkdtempSync(path.join(scratch, 'out-'));
    fs.writeFileSync(path.join(out, 'script'), `trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n${script}\n`);
    const child = spawn('bash', [path.join(out, 'script')], { cwd: folder, env: { ...env, OUT: out }, stdio: 'ignore' });
    const killer = setTimeout(() => child.kill('SIGTERM'), 600000);
    await new Promise((resolve) => child.on('exit', resolve));
    clearTimeout(killer);
    return commands.map((c, i) => {
        const file = path.join(out, `${i}.status`);
        return fs.existsSync(file) ? { status: Number(fs.readFileSync(file, 'utf8')), out: fs.readFileSync(path.join(out, `${i}.out`), 'utf8') } : null;
    });
}

// A copy of the repository, the same folder for every page, so that only what a page changes is built
// again: what the page before added is removed, what it changed is put back, build/ stays.
let copy = null;
async function freshCopy() {
    copy ??= fs.mkdtempSync(path.join(scratch, 'copy-'));
    const files = (await run('git', ['-C', top, 'ls-files', '-co', '--exclude-standard', '-z'])).out.split('\0').filter((f) => f && fs.existsSync(path.join(top, f)));
    const wanted = new Set(files);
    const clean = (folder) => {
        for (const entry of fs.readdirSync(path.join(copy, folder), { withFileTypes: true })) {
            const at = path.join(folder, entry.name);
            if (at === 'build') continue;
            if (at === '.git') { fs.rmSync(path.join(copy, at), { recursive: true }); continue; }
            if (entry.isDirectory()) {
                clean(at);
                if (fs.readdirSync(path.join(copy, at)).length === 0) fs.rmdirSync(path.join(copy, at));
            }
            else if (!wanted.has(at)) fs.rmSync(path.join(copy, at));
        }
    };
    clean('.');
    for (const f of files) {
        const from = fs.statSync(path.join(top, f));
        const to = fs.statSync(path.join(copy, f), { throwIfNoEntry: false });
        if (to && to.size === from.size && Math.abs(to.mtimeMs - from.mtimeMs) <= 1) continue; // a copy keeps whole milliseconds
        fs.cpSync(path.join(top, f), path.join(copy, f), { preserveTimestamps: true });
        if (to) fs.utimesSync(path.join(copy, f), new Date(), new Date()); // newer than what was built from it
    }
    return copy;
}

async function page(file) {
    const text = fs.readFileSync(path.join(top, file), 'utf8');
    const all = blocks(text);
    const label = (c) => `${file}:${c.line}: ${c.text.split('\n')[0]}`;
    const commands = [];
    for (const b of all) {
        for (const c of b.commands) {
            if (/\bnot-run\b/.test(b.info)) { found(SUITE, 1); result('skip', SUITE, label(c), 'marked not-run in the page'); } else commands.push({ ...c, wanted: c === b.commands[b.commands.length - 1] ? Number(/exit=(\d+)/.exec(b.info)?.[1] ?? 0) : 0 });
        }
    }
    if (commands.length === 0) return;
    found(SUITE, commands.length);
    const inCopy = /<!-- in a copy of the repository -->/.test(text);
    const folder = inCopy ? await freshCopy() : fs.mkdtempSync(path.join(scratch, 'docs-'));
    if (!inCopy) {
        fs.mkdirSync(path.join(folder, 'build'));
        fs.symlinkSync(path.join(build, 'mainstay'), path.join(folder, 'build/mainstay'));
    }
    const port = String(await freePort());
    const own = (t) => t.replaceAll(':8080', `:${port}`);
    // what a page runs is counted by the page, and uses the program the page built
    const { MAINSTAY_RESULTS, MAINSTAY_BUILD, MAINSTAY_SCRATCH, MAINSTAY_TEST_POSTGRES, ...outer } = process.env;
    const env = { ...outer, PATH: `${build}:${process.env.PATH}`, HOME: folder, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}` };
    const done = await shell(folder, commands.map((c) => ({ text: own(c.text) })), env);
    commands.forEach((c, i) => {
        let wrong = '';
        if (!done[i]) wrong = 'was never run: the shell ended before it';
        else if (done[i].status !== c.wanted) wrong = `ended with ${done[i].status}, not ${c.wanted}\n${done[i].out.slice(-1500)}`;
        else if (c.shown.some((l) => l.trim())) wrong = compareLines(c.shown.map(own), done[i].out.replace(/\n+$/, '\n'));
        result(wrong ? 'fail' : 'pass', SUITE, label(c), wrong);
    });
    if (!inCopy) fs.rmSync(folder, { recursive: true, force: true });
}

const tracked = (await run('git', ['-C', top, 'ls-files', '-co', '--exclude-standard', '--', 'README.md', 'docs'])).out.split('\n').filter((f) => f.endsWith('.md'));
const chosen = process.argv.slice(2);
for (const file of tracked.filter((f) => !chosen.length || chosen.some((c) => f.includes(c)))) {
    if (fs.existsSync(path.join(top, file))) await page(file);
}
end(SUITE);
