// SPDX-License-Identifier: AGPL-3.0-or-later
//
// web.mjs: a small browser without pictures: keeps cookies, fills the real forms, follows nothing by
// itself. Used by the HTTP cases and the access matrix.

import http from 'node:http';
import zlib from 'node:zlib';
import { formsOf } from './html.mjs';

export class Visitor {
    constructor(base) {
        this.base = new URL(base);
        this.cookies = new Map();
        this.last = null;
        this.csrf = undefined; // form token of the newest page
    }

    // options: form (array of [name, value]), files (array of {name, file, type, bytes}), body, headers.
    // Headers given as null are left out. Resolves to {status, headers, text, bytes, path}.
    request(method, path, options = {}) {
        const url = new URL(path, this.base);
        const headers = { host: this.base.host, 'accept-encoding': 'gzip', accept: 'text/html,application/json;q=0.9,*/*;q=0.8' };
        if (this.cookies.size) headers.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
        if (method !== 'GET' && method !== 'HEAD') {
            headers.origin = this.base.origin;
            headers['sec-fetch-site'] = 'same-origin';
        }
        let body = options.body;
        if (options.files?.length) {
            const edge = '----mainstay' + Math.floor(Math.random() * 1e12);
            const parts = (options.form ?? []).map(([k, v]) => Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`));
            for (const f of options.files) {
                parts.push(Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${f.name}"; filename="${f.file}"\r\nContent-Type: ${f.type}\r\n\r\n`), Buffer.from(f.bytes), Buffer.from('\r\n'));
            }
            body = Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)]);
            headers['content-type'] = `multipart/form-data; boundary=${edge}`;
        } else if (options.form) {
            body = options.form.map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).join('&').replace(/%20/g, '+');
            headers['content-type'] = 'application/x-www-form-urlencoded';
        }
        Object.assign(headers, options.headers);
        for (const key of Object.keys(headers)) if (headers[key] === null) delete headers[key];
        if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
        return new Promise((resolve, reject) => {
            const request = http.request({ host: this.base.hostname, port: this.base.port, method, path: url.pathname + url.search, headers, agent: false, setHost: false }, (reply) => {
                const chunks = [];
                reply.on('data', (chunk) => chunks.push(chunk));
                reply.on('error', reject);
                reply.on('end', () => {
                    let bytes = Buffer.concat(chunks);
                    const wire = bytes.length;
                    if (reply.headers['content-encoding'] === 'gzip') bytes = zlib.gunzipSync(bytes);
                    for (const line of reply.headers['set-cookie'] ?? []) {
                        const [pair, ...rest] = line.split(';');
                        const k = pair.slice(0, pair.indexOf('='));
                        const gone = rest.some((r) => /^\s*max-age=0\s*$/i.test(r)) || rest.some((r) => /^\s*expires=.*1970/i.test(r));
                        if (gone) this.cookies.delete(k); else this.cookies.set(k, pair.slice(pair.indexOf('=') + 1));
                    }
                    this.last = { status: reply.statusCode, headers: reply.headers, bytes, wire, text: bytes.toString('utf8'), path: url.pathname + url.search, method };
                    if (/^text\/html/.test(reply.headers['content-type'] ?? '')) {
                        this.csrf = formsOf(this.last.text).flatMap((f) => f.fields).find((x) => x.name === '_csrf')?.value ?? this.csrf;
                    }
                    resolve(this.last);
                });
            });
            request.setTimeout(60000, () => request.destroy(new Error(`${method} ${path}: no answer in 60 s`)));
            request.on('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)));
            if (body !== undefined) request.write(body);
            request.end();
        });
    }

    get(path, options) { return this.request('GET', path, options); }

    // GET that follows redirects, as a person's browser does.
    async visit(path) {
        for (let i = 0; i < 6; i++) {
            const reply = await this.get(path);
            if (reply.status < 300 || reply.status > 399) return reply;
            path = reply.headers.location;
        }
        throw new Error(`${path}: more than 5 redirects`);
    }

    // The form token of the page last read that had one, or of the home page. It lives as long as the
    // session.
    async token() {
        for (const page of ['/', '/account']) if (this.csrf === undefined) await this.visit(page);
        return this.csrf;
    }

    // Signs in through the real form, whatever its address: the first page with a password field.
    async signIn(name, password) {
        this.cookies.clear();
        this.last = null;
        this.csrf = undefined;
        let reply = await this.visit('/');
        let form = formsOf(reply.text).find((f) => f.fields.some((x) => x.type === 'password'));
        if (!form) {
            reply = await this.visit('/sign-in');
            form = formsOf(reply.text).find((f) => f.fields.some((x) => x.type === 'password'));
        }
        if (!form) throw new Error(`no sign-in form on ${reply.path} (status ${reply.status})`);
        const typed = form.fields.filter((x) => x.sent).map((x) => [x.name, x.type === 'password' ? password : x.type === 'text' || x.type === 'email' ? name : x.value]);
        const done = await this.request('POST', new URL(form.action || reply.path, new URL(reply.path, this.base)).pathname, { form: typed });
        this.csrf = undefined;
        if (done.status !== 303) throw new Error(`signing in as ${name} gave status ${done.status}, not 303`);
        return done;
    }
}
