"use strict";
// The list of forms: search, filters, order, pages. Texts go in as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const word = data.words, PER_PAGE = 50;
  const RANK = { unreadable: 0, error: 1, warning: 2, info: 3, clean: 4 };
  const collator = new Intl.Collator(document.documentElement.lang);
  const byId = (id) => document.getElementById(id);
  const rows = data.rows.map((r, i) => ({
    i, status: r[0], project: r[1], department: data.departments[r[2]], unit: r[3], year: r[4],
    reported: r[5], recomputed: r[6], difference: r[7], gradeReported: r[8], grade: r[9],
    counts: r[10], rules: new Set(r[11]), name: r[12], stem: r[13], ends: r[14], reason: r[15],
    text: [r[1], data.departments[r[2]], r[3], r[12], r[4] || ""].join("\n").toLowerCase(),
  }));
  const changed = (r) => Number(r.difference) !== 0
    || (r.gradeReported !== "" && r.grade !== "" && r.gradeReported !== r.grade);
  const KEYS = {
    status: (a, b) => RANK[a.status] - RANK[b.status],
    project: (a, b) => collator.compare(a.project, b.project),
    department: (a, b) => collator.compare(a.department + a.unit, b.department + b.unit),
    totals: (a, b) => Math.abs(Number(a.difference)) - Math.abs(Number(b.difference)),
    grade: (a, b) => collator.compare(a.grade, b.grade),
    findings: (a, b) => a.counts[0] - b.counts[0] || a.counts[1] - b.counts[1] || a.counts[2] - b.counts[2],
  };
  const state = { sort: "", down: false, page: 0 };
  let found = rows;

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  };
  // Each step of the path apart: a colon, quote or % in a name is no part of an address.
  const address = (path) => "./" + path.split("/").map(encodeURIComponent).join("/");

  function cells(r) {
    const status = element("td", `${data.marks[r.status]} ${word[r.status]}`, { class: r.status });
    const project = element("td");
    const report = r.ends[2] < 0 ? null : r.stem + data.suffixes[r.ends[2]];
    const title = r.project || (r.reason ? r.name : word.untitled);
    project.append(report ? element("a", title, { href: address(report) }) : element("span", title));
    project.append(element("span", r.reason || r.name, { class: "small" }));
    const unit = element("td", r.department, { "data-h": word.col_unit });
    unit.append(element("span", [r.unit, r.year || ""].filter(Boolean).join(" · "), { class: "small" }));
    const totals = element("td", "", { class: "num", "data-h": word.col_totals });
    if (r.reported || r.recomputed) {
      totals.append(`${r.reported || word.none} → `, element("b", r.recomputed || word.none));
      if (Number(r.difference)) totals.append(element("span", `${word.difference} ${r.difference > 0 ? "+" : ""}${r.difference}`, { class: "small" }));
    }
    const both = r.gradeReported && r.grade && r.gradeReported !== r.grade;
    const grade = element("td", both ? `${r.gradeReported} → ${r.grade}` : r.grade || r.gradeReported, { "data-h": word.col_grade });
    const findings = element("td", "", { class: "num", "data-h": word.col_findings });
    ["error", "warning", "info"].forEach((level, k) => {
      if (r.counts[k]) findings.append(element("span", `${data.marks[level]}${r.counts[k]}`, { class: level, title: word[level] }), " ");
    });
    const links = element("td", "", { class: "links", "data-h": word.col_outputs });
    ["out_annotated", "out_corrected", "out_variance"].forEach((name, k) => {
      if (r.ends[k] >= 0) links.append(element("a", word[name], { href: address(r.stem + data.suffixes[r.ends[k]]) }));
    });
    return [status, project, unit, totals, grade, findings, links];
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    state.page = Math.min(state.page, pages - 1);
    const shown = found.slice(state.page * PER_PAGE, (state.page + 1) * PER_PAGE);
    const body = document.createDocumentFragment();
    for (const r of shown) {
      const line = document.createElement("tr");
      line.append(...cells(r));
      body.append(line);
    }
    if (!shown.length) {
      const line = document.createElement("tr");
      line.append(element("td", word.no_match, { colspan: "7" }));
      body.append(line);
    }
    byId("forms").tBodies[0].replaceChildren(body);
    byId("found").textContent = word.shown_of.replace("{n}", found.length).replace("{all}", rows.length);
    byId("page").textContent = word.page_of.replace("{i}", state.page + 1).replace("{n}", pages);
    byId("previous").disabled = state.page === 0;
    byId("next").disabled = state.page >= pages - 1;
  }

  function select() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const level = byId("level").value, department = byId("department").value, rule = byId("rule").value;
    const only = byId("changed").checked;
    found = rows.filter((r) => (!level || r.status === level)
      && (!department || r.department === data.departments[department])
      && (rule === "" || r.rules.has(Number(rule)))
      && (!only || changed(r))
      && words.every((w) => r.text.includes(w)));
    if (state.sort) {
      const sign = state.down ? -1 : 1;
      found.sort((a, b) => sign * KEYS[state.sort](a, b) || a.i - b.i);
    }
    for (const button of document.querySelectorAll("[data-rule]")) {
      button.setAttribute("aria-pressed", String(button.dataset.rule === rule));
    }
    state.page = 0;
    draw();
  }

  data.departments.forEach((name, i) => {
    if (name) byId("department").append(element("option", name, { value: String(i) }));
  });
  let waiting = 0;
  byId("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(select, 80); });
  for (const id of ["level", "department", "rule", "changed"]) byId(id).addEventListener("change", select);
  byId("filters").addEventListener("submit", (event) => { event.preventDefault(); select(); });
  byId("filters").addEventListener("reset", () => setTimeout(select));
  byId("previous").addEventListener("click", () => { state.page -= 1; draw(); });
  byId("next").addEventListener("click", () => { state.page += 1; draw(); });
  for (const head of document.querySelectorAll("th[data-sort]")) {
    head.firstElementChild.addEventListener("click", () => {
      const again = state.sort === head.dataset.sort;
      state.down = again ? !state.down : ["totals", "findings"].includes(head.dataset.sort);
      state.sort = head.dataset.sort;
      for (const other of document.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      select();
    });
  }
  const toList = () => byId("forms").scrollIntoView({ block: "start" });
  for (const button of document.querySelectorAll("[data-rule]")) {
    button.addEventListener("click", () => {
      byId("rule").value = button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.rule;
      select();
    });
  }
  for (const button of document.querySelectorAll("[data-department]")) {
    button.addEventListener("click", () => {
      const at = data.departments.indexOf(button.dataset.department);
      byId("department").value = button.dataset.department ? String(at) : "";
      select();
      toList();
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); byId("search").focus(); }
  });
  draw();
})();
