// SPDX-License-Identifier: AGPL-3.0-or-later
//
// mainstay.js: small comforts on top of pages that already work without it.
//
// Loaded with defer by every page. No inline script exists; behaviour hangs on data attributes:
//   button[data-look="theme|density"][value]   sets the look at once; the form of the button is sent beside
//   [data-shows="id id"] on a radio or box     shows those fields only while it is chosen
//   [data-rows] tbody                          j k move, Enter opens, e edits ([data-edit] link)
//   fieldset.question                          1 2 3 4 answer the question that is in focus
//   [data-part="a b"] and output[data-sum="a"] live totals; output[data-diff="id"][data-of="a"] whole less parts; [data-cut] has its own totals
//   fieldset[data-shares="name"]               has a line for each box of that name that is ticked
// Not here: anything a page needs in order to work; forms on a bad line (send.js).
(function () {
    "use strict";
    var doc = document, root = doc.documentElement;
    function all(sel, in_) { return Array.prototype.slice.call((in_ || doc).querySelectorAll(sel)); }
    function words(text) { return (text || "").split(/\s+/).filter(Boolean); }
    function typing(el) { return el.matches("textarea,select,[contenteditable],input:not([type=radio]):not([type=checkbox])"); }

    // Look: theme and density.
    function press() {
        all("button[data-look]").forEach(function (b) {
            b.setAttribute("aria-pressed", String((root.getAttribute("data-" + b.dataset.look) || "") === b.value));
        });
    }
    doc.addEventListener("click", function (ev) {
        var b = ev.target.closest && ev.target.closest("button[data-look]");
        if (!b) { return; }
        ev.preventDefault();
        var name = b.dataset.look;
        if (b.value) { root.setAttribute("data-" + name, b.value); } else { root.removeAttribute("data-" + name); }
        if (b.form) { // the server keeps it, as it does without script
            var sent = new URLSearchParams(new FormData(b.form));
            sent.set(name, b.value);
            fetch(b.form.action, {method: "POST", body: sent, redirect: "manual"});
        }
        press();
    });

    // Fields that follow from an answer.
    function reveal() {
        var on = {};
        all("[data-shows]").forEach(function (el) {
            words(el.dataset.shows).forEach(function (id) { on[id] = on[id] || el.checked; });
        });
        Object.keys(on).forEach(function (id) {
            var el = doc.getElementById(id);
            if (el) { el.hidden = !on[id]; }
        });
    }

    // Totals of a value grid: a preview, the server adds exactly. Read is what the server reads (decimal_parse).
    function value(el) {
        var t = el.value.trim();
        return /^-?\d+([ ,\u00a0\u202f]\d{3})*(\.\d{1,6})?$/.test(t) && !/\d{13}/.test(t = t.replace(/[^-.\d]/g, "")) ? Number(t) : null;
    }
    function show(v) {
        return (Math.round(v * 1e6) / 1e6).toLocaleString("en", { maximumFractionDigits: 6 });
    }
    function sums() {
        all("[data-totals]").forEach(function (grid) {
            function sum(name, near) { // null: there is nothing to add up
                return all("[data-part]", near.closest("[data-cut]") || grid).reduce(function (acc, el) {
                    var v = name === "*" || words(el.dataset.part).indexOf(name) >= 0 ? value(el) : null;
                    return v === null ? acc : (acc || 0) + v;
                }, null);
            }
            function tell(o, n) { o.value = n === null ? "–" : show(n); }
            all("output[data-sum]", grid).forEach(function (o) { tell(o, sum(o.dataset.sum, o)); });
            all("output[data-diff]", grid).forEach(function (o) {
                var whole = value(doc.getElementById(o.dataset.diff)), parts = sum(o.dataset.of || "*", o);
                tell(o, whole === null || parts === null ? null : whole - parts);
                o.parentNode.classList.toggle("is-off", !/^(0|–)$/.test(o.value));
            });
        });
    }

    // A country that is ticked gets a line for its share, made of a line that is there; one that is not loses it.
    function share(box) {
        var set = doc.querySelector("[data-shares='" + box.name + "']"), line = set && set.querySelector("[data-share='" + box.value + "']");
        if (!set || box.checked === Boolean(line)) { return; }
        if (line) {
            line.remove();
        } else {
            var fixed = set.querySelector(".share:not([data-share])"), input;
            line = fixed.cloneNode(true);
            input = line.querySelector("input");
            line.dataset.share = box.value;
            line.querySelector("label").textContent = box.parentNode.textContent.trim();
            line.querySelector("label").htmlFor = input.id = set.id + "-" + box.value;
            input.name = input.name.replace(/[^.]*$/, box.value);
            input.value = "";
            fixed.before(line);
        }
        set.hidden = !set.querySelector("[data-share]");
        sums();
    }

    function changed(ev) {
        reveal();
        if (ev.type === "change" && ev.target.type === "checkbox") { share(ev.target); }
        if (ev.target.closest("[data-totals]")) { sums(); }
    }
    doc.addEventListener("input", changed);
    doc.addEventListener("change", changed);

    // Keyboard.
    function rows(key) {
        var list = all("[data-rows] > tr").filter(function (r) { return r.querySelector("a"); }), at = list.findIndex(function (r) { return r.contains(doc.activeElement); });
        if (!list.length) { return false; }
        if (key === "j" || key === "k") {
            var row = list[Math.max(0, Math.min(list.length - 1, at + (key === "j" ? 1 : -1)))], link = row.querySelector("a");
            link.focus();
            row.scrollIntoView({ block: "nearest" });
            return true;
        }
        var edit = key === "e" && at >= 0 && list[at].querySelector("[data-edit]");
        if (edit) { edit.click(); }
        return Boolean(edit);
    }
    function answer(key) {
        var q = doc.activeElement.closest && doc.activeElement.closest("fieldset.question");
        var radio = q && all("input[type=radio]", q)[Number(key) - 1];
        if (radio) { radio.focus(); radio.click(); }
        return Boolean(radio);
    }
    // In a grid: up and down and Enter to the next row, sideways from the end of what is typed.
    function cell(el, ev) {
        var tr = el.closest("tr"), td = el.closest("td"), to = null, rtl = getComputedStyle(tr).direction === "rtl";
        if (/^Arrow(Left|Right)$/.test(ev.key)) {
            var forward = (ev.key === "ArrowRight") !== rtl, whole = el.selectionStart === 0 && el.selectionEnd === el.value.length;
            if (!whole && (forward ? el.selectionEnd < el.value.length : el.selectionStart > 0)) { return false; }
            do { td = forward ? td.nextElementSibling : td.previousElementSibling; to = td && td.querySelector("input"); } while (td && !to);
        } else {
            var up = ev.key === "ArrowUp" || (ev.key === "Enter" && ev.shiftKey);
            do { tr = up ? tr.previousElementSibling : tr.nextElementSibling; to = tr && tr.children[td.cellIndex] && tr.children[td.cellIndex].querySelector("input"); } while (tr && !to);
        }
        if (to) { to.focus(); to.select(); }
        return Boolean(to) || ev.key === "Enter";
    }
    // What cells held before, so that Ctrl+Z takes back a cell that was left, or a paste, whole.
    var past = [], held = null;
    doc.addEventListener("focusin", function (ev) { held = ev.target.matches("[data-totals] td input") ? { el: ev.target, value: ev.target.value } : null; });
    doc.addEventListener("change", function (ev) { if (held && held.el === ev.target && held.value !== ev.target.value) { past.push([held]); held = { el: ev.target, value: ev.target.value }; } });
    function takeBack(el) {
        if (!el.matches("[data-totals] td input") || (held && held.el === el && held.value !== el.value) || !past.length) { return false; }
        var last = past.pop();
        last.forEach(function (c) { c.el.value = c.value; });
        last[0].el.focus();
        held = { el: last[0].el, value: last[0].el.value };
        last[0].el.dispatchEvent(new Event("input", { bubbles: true }));
        return true;
    }
    doc.addEventListener("keydown", function (ev) {
        var el = ev.target, done = false;
        if (el.closest && (ev.ctrlKey || ev.metaKey) && !ev.shiftKey && ev.key === "z" && takeBack(el)) { ev.preventDefault(); }
        if (ev.ctrlKey || ev.metaKey || ev.altKey || !el.closest) { return; }
        if (ev.key === "Escape") {
            all("details.number[open],details.menu[open]").forEach(function (d) { d.open = false; d.firstElementChild.focus(); });
        } else if (el.matches("[data-totals] td input") && /^(Arrow(Up|Down|Left|Right)|Enter)$/.test(ev.key)) {
            done = cell(el, ev);
        } else if (!typing(el)) {
            if (ev.key === "/") {
                var s = doc.querySelector("main input[type=search]") || doc.querySelector("input[type=search]");
                if (s) { s.focus(); s.select(); done = true; }
            } else if (/^[jke]$/.test(ev.key)) { done = rows(ev.key);
            } else if (/^[1-9]$/.test(ev.key)) { done = answer(ev.key); }
        }
        if (done) { ev.preventDefault(); }
    });

    // Cells copied from a spreadsheet.
    doc.addEventListener("paste", function (ev) {
        var el = ev.target, text = ev.clipboardData && ev.clipboardData.getData("text/plain");
        if (!text || !/[\t\n]/.test(text.trim()) || !el.closest || !el.closest("[data-totals] td")) { return; }
        ev.preventDefault();
        var tr = el.closest("tr"), from = el.closest("td").cellIndex, before = [];
        text.replace(/\r?\n$/, "").split(/\r?\n/).forEach(function (line) {
            line.split("\t").forEach(function (t, i) {
                var td = tr && tr.children[from + i], to = td && td.querySelector("input");
                if (to) { before.push({ el: to, value: to.value }); to.value = t.trim(); }
            });
            tr = tr && tr.nextElementSibling;
        });
        if (before.length) { past.push(before); held = { el: el, value: el.value }; }
        el.dispatchEvent(new Event("input", { bubbles: true }));
    });

    // One open panel at a time; a menu closes when the person looks elsewhere.
    doc.addEventListener("toggle", function (ev) {
        if (ev.target.open && ev.target.matches(".number,.menu")) {
            all("details.number[open],details.menu[open]").forEach(function (d) { if (d !== ev.target) { d.open = false; } });
        }
    }, true);
    doc.addEventListener("click", function (ev) {
        all("details.menu[open]").forEach(function (d) { if (!d.contains(ev.target)) { d.open = false; } });
    });

    all(".mainmenu,.tabs").forEach(function (bar) {
        var at = bar.querySelector("[aria-current]");
        if (at && bar.scrollWidth > bar.clientWidth) {
            bar.scrollLeft += at.getBoundingClientRect().left - bar.getBoundingClientRect().left - 24;
        }
    });
    function begin() {
        var errors = doc.querySelector(".errors");
        if (errors) { errors.focus(); }
        press();
        reveal();
        sums();
    }
    doc.addEventListener("mainstay:page", begin); // send.js put another page in place of this one
    begin();
}());
