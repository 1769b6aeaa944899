/* SPDX-License-Identifier: BSD-2-Clause */
/* Sorting by a click on a column's head, a filter, and opening what a link leads
 * to. The page is whole without it. #q=WORD in its address filters at once. */
(function () {
	"use strict";
	var bar = document.getElementById("filter"), word = bar.querySelector("input");
	var boxes = bar.querySelectorAll("button"), shown = bar.querySelector("output");
	var rows = document.querySelectorAll(".matrix tbody tr");
	var cells = document.querySelectorAll(".map .cell");

	function value(row, i) {
		var cell = row.cells[i];
		if (cell.dataset.v !== undefined)
			return +cell.dataset.v;
		var text = cell.textContent.trim();
		return text !== "" && !isNaN(text) ? +text : text === "–" ? -1 : text;
	}

	/* Numbers begin with the largest, words with the first. */
	function sort(head) {
		var i = head.cellIndex, body = head.closest("table").tBodies[0];
		var list = Array.from(body.rows);
		var number = list.some(function (r) { return typeof value(r, i) === "number"; });
		var before = head.getAttribute("aria-sort");
		var down = before ? before === "ascending" : number && i > 0;
		list.sort(function (a, b) {
			var x = value(a, i), y = value(b, i);
			var n = typeof x === "number" && typeof y === "number" ?
				x - y : String(x).localeCompare(String(y));
			return down ? -n : n;
		});
		head.parentNode.querySelectorAll("th").forEach(function (th) {
			th.removeAttribute("aria-sort");
		});
		head.setAttribute("aria-sort", down ? "descending" : "ascending");
		body.append.apply(body, list);
	}

	document.querySelectorAll("thead th").forEach(function (head) {
		head.tabIndex = 0;
		head.title = (head.title ? head.title + "; " : "") + "click to sort";
		head.onclick = function () { sort(head); };
		head.onkeydown = function (e) { if (e.key === "Enter") sort(head); };
	});

	/* What a row is found by: its words and the functions that lead there. */
	function words(row) {
		if (!row.found)
			row.found = [row.textContent].concat(Array.from(
				row.querySelectorAll("[title]"), function (e) { return e.title; }))
				.join(" ").toLowerCase();
		return row.found;
	}

	function filter() {
		var q = word.value.trim().toLowerCase(), n = 0;
		var states = Array.from(boxes).filter(function (b) {
			return b.getAttribute("aria-pressed") === "true";
		}).map(function (b) { return b.value; });
		function fits(e, text) {
			return (!q || text.indexOf(q) >= 0) && (!states.length ||
				states.indexOf(e.dataset.state) >= 0);
		}
		rows.forEach(function (row) {
			row.hidden = !fits(row, words(row));
			n += !row.hidden;
		});
		cells.forEach(function (c) {
			c.classList.toggle("out", !fits(c, words(c)));
		});
		shown.textContent = q || states.length ?
			n + " of " + rows.length + " used calls" : "";
	}

	function follow() {
		var hash = decodeURIComponent(location.hash.slice(1));
		if (hash.slice(0, 2) === "q=") {
			word.value = hash.slice(2);
			filter();
			return;
		}
		var to = hash && document.getElementById(hash);
		if (!to)
			return;
		if (to.hidden) {
			word.value = "";
			boxes.forEach(function (b) { b.setAttribute("aria-pressed", "false"); });
			filter();
		}
		var details = to.closest("details");
		if (details)
			details.open = true;
		to.scrollIntoView({ block: details === to ? "start" : "center" });
	}

	bar.hidden = false;
	word.oninput = filter;
	boxes.forEach(function (b) {
		b.onclick = function () {
			b.setAttribute("aria-pressed",
				b.getAttribute("aria-pressed") !== "true");
			filter();
		};
	});
	window.onhashchange = follow;
	window.onbeforeprint = function () {
		document.querySelectorAll("details").forEach(function (d) { d.open = true; });
	};
	follow();
}());
