// SPDX-License-Identifier: AGPL-3.0-or-later
//
// send.js: nothing that was typed is lost when the line drops. Pages work without it.
//
//   form[data-guard]       warns before what was typed is left unsent. With a [data-line] in it the form
//                          is sent from the page: when there is no answer, or one of a server that is
//                          down, the page stays, says so, and sends again, later and later, at once when
//                          the browser is back on the line, or on "Send now".
//   form[data-autosave]    is also saved in the background a few seconds after the last change (go=keep).
//   [data-line]            the words for all this (core/html/form_line.html)
//
// What was typed lives in the fields of the page and nowhere else: computers are shared (docs/sign-in.md).
// Every sending has a key, so that one that arrived although its answer was lost is not done twice; and a
// saving in the background that got no answer is sent again as it was, before anything newer.
(function () {
    "use strict";
    var QUIET_MS = 4000, LONGEST_MS = 30000, ANSWER_MS = 20000, FILE_MS = 600000, MOST_MS = 60000;
    var doc = document, states = [], leaving = false;
    function all(sel, in_) { return Array.prototype.slice.call(in_.querySelectorAll(sel)); }
    function newKey() {
        return Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(16)), function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
    }

    function stateOf(form) {
        var s = states.find(function (x) { return x.form === form; });
        if (!s && form && form.matches && form.matches("form[data-guard]")) {
            s = { form: form, line: form.querySelector("[data-line]"), auto: form.hasAttribute("data-autosave"), key: newKey(), tries: 0 };
            states.push(s);
        }
        return s;
    }
    // The properties of a form may be hidden by fields of the same name.
    function isMultipart(form) { return form.getAttribute("enctype") === "multipart/form-data"; }
    function unsent(s) { return s.dirty || s.lost || s.asked; }

    // ---- what the person is told ----------------------------------------------------------------

    function time() { return new Date().toLocaleTimeString(doc.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }); }
    function say(s, what, arg) {
        var line = s.line, told = { down: 1, out: 1, refused: 1, earlier: 1 }[what];
        var state = what === "down" ? "kept" : told ? "waiting" : what;
        function put(el, text) { if (el.textContent !== text) { el.textContent = text; } }
        put(line.querySelector("[role=status]"), told ? line.dataset[what].replace("{0}", arg || "") : "");
        put(line.querySelector("[data-state]"), s.auto || what === "down" ? line.dataset[state].replace("{0}", arg || "") : "");
        line.classList.toggle("line--told", Boolean(told));
        line.querySelector("[data-again]").hidden = !told || what === "earlier";
        line.querySelector("[data-in]").hidden = what !== "out";
        line.querySelector("[data-open]").hidden = what !== "earlier";
        var last = s.form.querySelector("[data-last]");
        if (last) { last.hidden = true; }
    }

    // ---- sending --------------------------------------------------------------------------------

    function bodyOf(s, name, value) {
        if (value !== "keep") { all("[data-seen]", s.form).forEach(function (el) { el.value = el.dataset.seen; }); }
        var data = new FormData(s.form);
        if (name) { data.append(name, value); }
        return isMultipart(s.form) ? data : new URLSearchParams(data);
    }
    // What is to be sent next: what got no answer, then what was asked for, then what changed.
    function next(s) {
        clearTimeout(s.quiet);
        clearTimeout(s.again);
        if (s.busy || leaving || !s.form.isConnected) { return; }
        if (s.lost) { post(s, { keep: true, body: s.lost });
        } else if (s.asked) { post(s, { body: bodyOf(s, s.asked.name, s.asked.value) });
        } else if (s.auto && s.dirty) { post(s, { keep: true, body: bodyOf(s, "go", "keep") }); }
    }
    async function post(s, job) {
        var stop = new AbortController(), reply = { status: 0 }, page = null;
        var late = setTimeout(function () { stop.abort(); }, isMultipart(s.form) ? FILE_MS : ANSWER_MS);
        s.busy = true;
        s.since = 0;
        if (s.auto && job.body !== s.lost) { s.dirty = false; } // what is typed from now on is newer than this
        try {
            reply = await fetch(s.form.getAttribute("action"), { method: "POST", body: job.body, headers: { "X-Mainstay-Send": s.key }, redirect: "manual", signal: stop.signal });
            page = new DOMParser().parseFromString(await reply.text(), "text/html");
        } catch (error) { reply = { status: 0 }; }
        clearTimeout(late);
        s.busy = false;
        // a reply that is none of ours comes from something between us and the server
        var ours = reply.status === 204 ? reply.headers.has("X-Mainstay-Next") : page && page.querySelector("#main,[data-kept]");
        if (!ours || [429, 502, 503, 504].indexOf(reply.status) >= 0) { return down(s, job); }
        s.tries = 0;
        s.lost = null;
        if (job.keep) { kept(s, reply, page); } else { answered(s, reply, page); }
    }
    function down(s, job) {
        s.tries++;
        if (s.auto) { // as it was, so that it is no conflict with itself should it have arrived
            job.body.set("go", "keep");
            s.lost = job.body;
        }
        s.again = setTimeout(next, Math.min(MOST_MS, 1000 * Math.pow(2, s.tries)) * (0.75 + Math.random() / 2), s);
        say(s, "down");
    }
    function wrongOf(page) {
        var said = page.querySelector(".errors li, .page-head h1");
        return said ? said.textContent.trim().replace(/\s+/g, " ") : "";
    }
    function holdsForm(s, page) {
        return all("form[data-guard]", page).some(function (f) { return f.getAttribute("action") === s.form.getAttribute("action"); });
    }
    function out(s) {
        s.out = s.dirty = true;
        s.asked = null;
        say(s, "out");
    }

    // The answer to a saving in the background.
    function kept(s, reply, page) {
        if (reply.status === 401 || (reply.status === 403 && !s.out && holdsForm(s, page))) { return out(s); }
        if (s.out && holdsForm(s, page)) { return show(s, page, true); }
        if (reply.status !== 200 || !page.querySelector("[data-kept]")) {
            s.dirty = true;
            return s.asked ? next(s) : say(s, "refused", wrongOf(page));
        }
        s.out = false;
        s.key = newKey();
        merge(s.form, page);
        if (s.asked) { return next(s); }
        if (s.dirty) { return later(s); }
        say(s, page.querySelector("[data-field]") ? "part" : "saved", time());
    }
    // The answer to a button.
    function answered(s, reply, page) {
        var to = reply.headers.get("X-Mainstay-Next");
        if (reply.status === 401) { return out(s); }
        s.key = newKey();
        if (to && reply.headers.has("X-Mainstay-Again") && s.changed) {
            s.asked = null;
            s.line.querySelector("[data-open]").setAttribute("href", to);
            return say(s, "earlier");
        }
        if (to) {
            leaving = true;
            location.assign(to);
            if (to.indexOf("#") >= 0 && to.split("#")[0] === location.pathname + location.search) { location.reload(); }
        } else if (reply.ok || holdsForm(s, page)) { show(s, page, !reply.ok);
        } else {
            var token = reply.status === 403 && page.querySelector("[name=_csrf]");
            if (token) { controlOf(s.form, "_csrf").value = token.value; } // signed in anew: for "Send now"
            s.asked = null;
            s.dirty = true;
            say(s, "refused", wrongOf(page));
        }
    }

    // ---- what comes back ------------------------------------------------------------------------

    // A page in place of this one: the form with its errors, or what follows from it.
    function show(s, page, wrong) {
        var action = s.form.getAttribute("action"), files = all("input[type=file]", doc).filter(function (el) { return el.files.length; });
        doc.title = page.title;
        doc.body.replaceChildren.apply(doc.body, Array.prototype.slice.call(page.body.childNodes));
        files.forEach(function (el) {
            var fresh = doc.querySelector("input[type=file][name=\"" + el.name + "\"]");
            if (fresh) { fresh.replaceWith(el); }
        });
        states = [];
        all("form[data-guard]", doc).forEach(function (f) { stateOf(f).dirty = wrong && f.getAttribute("action") === action; });
        window.scrollTo(0, 0);
        doc.dispatchEvent(new Event("mainstay:page"));
    }
    function controlOf(form, name) {
        var el = form.elements.namedItem(name);
        return el && !el.tagName ? el[0] : el;
    }
    // Marks and errors of a saving in the background. Nothing that is typed or in focus is touched.
    function merge(form, page) {
        all("[data-kept] input", page).forEach(function (mark) {
            var from = mark.dataset.from;
            if (from) { rename(form, from, mark.dataset.name); }
            var own = controlOf(form, mark.name);
            if (mark.hasAttribute("data-seen")) { own.dataset.seen = mark.value; return; } // until a button is pressed
            own.removeAttribute("data-seen");
            own.value = mark.value;
        });
        all(".field--error", form).concat(form.matches(".field--error") ? form : []).forEach(function (el) { el.classList.remove("field--error"); });
        all("p.error", form).forEach(function (el) { el.remove(); });
        all("[data-kept] [data-field]", page).forEach(function (wrong) { mark(form, wrong.dataset.field, wrong.textContent); });
    }
    // A new year of a profile is saved: from now on its fields are those of that year.
    function rename(form, from, to) {
        Array.prototype.slice.call(form.elements).forEach(function (el) {
            if (el.name === from + "-year") {
                el.readOnly = true;
                el.removeAttribute("name");
            } else if (el.name === from || el.name.indexOf(from + "-") === 0) { el.name = to + el.name.slice(from.length); }
        });
    }
    function mark(form, name, words) {
        var el = controlOf(form, name), box = el && (el.closest(".field") || el.closest("fieldset"));
        if (!box) { return; }
        var p = doc.createElement("p");
        p.className = "error";
        p.id = "e-" + name;
        p.textContent = words;
        box.querySelector("legend,label").after(p);
        box.classList.add("field--error");
        el.setAttribute("aria-describedby", p.id);
    }

    // ---- when -----------------------------------------------------------------------------------

    function later(s) {
        s.since = s.since || Date.now();
        say(s, "waiting");
        clearTimeout(s.quiet);
        s.quiet = setTimeout(next, Math.max(0, Math.min(QUIET_MS, s.since + LONGEST_MS - Date.now())), s);
    }
    function changed(ev) {
        var s = stateOf(ev.target.form);
        if (!s) { return; }
        s.dirty = s.changed = true;
        if (s.auto && s.line && !s.tries && !s.out) { later(s); }
    }
    doc.addEventListener("input", changed);
    doc.addEventListener("change", changed);
    doc.addEventListener("submit", function (ev) {
        var s = stateOf(ev.target), by = ev.submitter;
        if (!s || !s.line || ev.defaultPrevented) {
            if (s) { s.dirty = false; }
            return;
        }
        ev.preventDefault();
        if (s.busy && s.asked) { return; }
        s.asked = { name: by && by.name, value: by && by.value };
        if (!s.tries) { s.changed = false; }
        next(s);
    });
    doc.addEventListener("click", function (ev) {
        var b = ev.target.closest && ev.target.closest("[data-again]");
        if (!b) { return; }
        var s = stateOf(b.form);
        if (s.auto || s.asked) { next(s); } else { s.form.requestSubmit(); }
    });
    window.addEventListener("pageshow", function (ev) { if (ev.persisted) { location.reload(); } });
    window.addEventListener("online", function () { states.forEach(function (s) { if (s.tries) { next(s); } }); });
    doc.addEventListener("visibilitychange", function () { // on a phone, the page may never come back
        if (doc.hidden) { states.forEach(function (s) { if (s.auto && s.line && !s.tries && !s.out) { next(s); } }); }
    });
    window.addEventListener("beforeunload", function (ev) {
        if (!leaving && states.some(function (s) { return s.form.isConnected && unsent(s); })) {
            ev.preventDefault();
            ev.returnValue = "";
        }
    });
}());
