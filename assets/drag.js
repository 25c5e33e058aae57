// SPDX-License-Identifier: AGPL-3.0-or-later
//
// drag.js: one record is dragged onto another, which fills in and sends a form that stands on the page.
//
// The form is one that people can also open and fill in, so nothing needs this script.
//   form[data-drag="{0} leads to {1}"]  its fields [data-what] and [data-onto] get the ids; the words say what will be
//   [data-record="id"][data-name]       what can be dragged, and onto what: a box of a picture, or a row of a table
//   [data-grip] in it                   where it is taken hold of; without one, anywhere
//   [data-to][data-version]             address and version, where the form is one of each record
//   form[data-move][data-before][data-after]  its field "move" gets "before ID ID": the edge of a record is beside it
//   [data-beside="sort"]              which records can stand beside each other
//   button[data-go="ArrowUp"]         in a record: pressed by Alt with that key
//   [data-drag-on]                      shown once this script is there
// A mouse drags at once. So does a finger on a grip; elsewhere it presses a moment first, since pages must scroll.
// Escape, or letting go beside everything, ends it, and nothing has happened.
(function () {
    "use strict";
    var doc = document, root = doc.documentElement, SVG = "http://www.w3.org/2000/svg";
    var PRESS_MS = 400, STEP = 5, EDGE = 56, ROLL = 12; // milliseconds, and pixels of the window
    var form = doc.querySelector("form[data-drag]"), move = doc.querySelector("form[data-move]"), now = null, dropped = false;
    if (!form && !move) { return; }
    function all(sel) { return Array.prototype.slice.call(doc.querySelectorAll(sel)); }

    // ---- where --------------------------------------------------------------------------------------

    function under(x, y) { // as it is seen: not one that something else covers, or that is scrolled out of its frame
        var el = doc.elementFromPoint(x, y);
        return el && el.closest("[data-record]");
    }
    // "onto" a record, or "before" or "after" it when it is at an edge and may stand there; "" when neither.
    function sideOf(onto) {
        var r = onto.getBoundingClientRect(), edge = form ? Math.min(r.height * 0.3, 24) : r.height / 2;
        if (move && onto.dataset.beside === now.el.dataset.beside) {
            if (now.y <= r.top + edge) { return "before"; }
            if (now.y >= r.bottom - edge) { return "after"; }
        }
        return form ? "onto" : "";
    }
    function held(ev) {
        var el = ev.target.closest && ev.target.closest("[data-record]"), grip = el && el.querySelector("[data-grip]");
        return el && (!grip || grip.contains(ev.target)) ? el : null;
    }

    // ---- what is seen -------------------------------------------------------------------------------

    function show() {
        var svg = doc.createElementNS(SVG, "svg"), from = (now.grip || now.el).getBoundingClientRect();
        now.layer = doc.createElement("div");
        now.layer.className = "drag";
        now.layer.setAttribute("aria-hidden", "true");
        now.line = svg.appendChild(doc.createElementNS(SVG, "line"));
        now.from = [from.left + from.width / 2 + window.scrollX, from.top + from.height / 2 + window.scrollY];
        now.words = doc.createElement("p");
        now.layer.append(svg, now.words);
        doc.body.append(now.layer);
        root.classList.add("is-dragging");
    }
    function follow() {
        var onto = under(now.x, now.y);
        var side = onto && onto !== now.el ? sideOf(onto) : "";
        onto = side ? onto : null;
        if (onto !== now.onto || side !== now.side) {
            if (now.onto) { now.onto.classList.remove("is-" + now.side); }
            if (onto) { onto.classList.add("is-" + side); }
            now.onto = onto;
            now.side = side;
        }
        now.words.textContent = (!onto ? "{0} …" : side === "onto" ? form.dataset.drag : move.dataset[side]).replace("{0}", now.el.dataset.name).replace("{1}", onto ? onto.dataset.name : "");
        var x = Math.max(8, Math.min(now.x + 16, root.clientWidth - now.words.offsetWidth - 8)), y = Math.max(8, now.y - now.words.offsetHeight - 16);
        now.words.style.transform = "translate(" + x + "px," + y + "px)";
        [["x1", now.from[0] - window.scrollX], ["y1", now.from[1] - window.scrollY], ["x2", now.x], ["y2", now.y]].forEach(function (p) { now.line.setAttribute(p[0], p[1]); });
    }
    function roll() { // near the edge of the window the page comes along
        var by = now.y < EDGE ? -ROLL : now.y > window.innerHeight - EDGE ? ROLL : 0;
        if (by) {
            window.scrollBy({ top: by, behavior: "instant" });
            follow();
        }
    }

    // ---- what happens -------------------------------------------------------------------------------

    function begin() {
        clearTimeout(now.press);
        now.on = true;
        show();
        follow();
        now.roll = setInterval(roll, 30);
    }
    function end() {
        clearTimeout(now.press);
        clearInterval(now.roll);
        if (now.on) {
            now.layer.remove();
            root.classList.remove("is-dragging");
            if (now.onto) { now.onto.classList.remove("is-" + now.side); }
        }
        now = null;
    }
    function send(what, onto, side) {
        root.classList.add("is-sending");
        if (side !== "onto") {
            move.elements.move.value = side + " " + what.dataset.record + " " + onto.dataset.record;
            return move.submit();
        }
        form.querySelector("[data-what]").value = what.dataset.record;
        form.querySelector("[data-onto]").value = onto.dataset.record;
        if (what.dataset.to) {
            form.action = what.dataset.to;
            form.elements._version.value = what.dataset.version;
        }
        form.submit();
    }

    doc.addEventListener("pointerdown", function (ev) {
        var el = !now && ev.isPrimary && ev.button === 0 && held(ev);
        if (!el) { return; }
        now = { el: el, grip: el.querySelector("[data-grip]"), pointer: ev.pointerId, x: ev.clientX, y: ev.clientY };
        now.presses = ev.pointerType !== "mouse" && !now.grip;
        if (now.presses) { now.press = setTimeout(begin, PRESS_MS); }
    });
    doc.addEventListener("pointermove", function (ev) {
        if (!now || ev.pointerId !== now.pointer) { return; }
        if (!ev.buttons) { return end(); } // let go where nobody could tell: the next click would send it
        var far = Math.abs(ev.clientX - now.x) + Math.abs(ev.clientY - now.y) >= STEP;
        if (!now.on && far && now.presses) { return end(); } // the page is moved
        if (now.on || far) {
            now.x = ev.clientX;
            now.y = ev.clientY;
            if (now.on) { follow(); } else { begin(); }
        }
    });
    doc.addEventListener("pointerup", function (ev) {
        if (!now || ev.pointerId !== now.pointer) { return; }
        var last = now;
        end();
        dropped = last.on;
        setTimeout(function () { dropped = false; }, 0);
        if (last.on && last.onto) { send(last.el, last.onto, last.side); }
    });
    doc.addEventListener("pointercancel", function () { if (now) { end(); } });
    doc.addEventListener("keydown", function (ev) {
        if (now && ev.key === "Escape") { end(); }
        var el = ev.altKey && ev.target.closest && ev.target.closest("[data-record]"), go = el && el.querySelector("[data-go='" + ev.key + "']");
        if (go) {
            ev.preventDefault();
            go.click();
        }
    });
    doc.addEventListener("click", function (ev) { if (dropped) { ev.preventDefault(); ev.stopPropagation(); } }, true); // letting go is no click
    doc.addEventListener("touchmove", function (ev) { if (now && now.on) { ev.preventDefault(); } }, { passive: false });
    ["dragstart", "contextmenu", "selectstart"].forEach(function (name) {
        doc.addEventListener(name, function (ev) { if (now) { ev.preventDefault(); } });
    });
    all("[data-drag-on]").forEach(function (el) { el.hidden = false; });
}());
