"use strict";
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const notes = all(".note");
  const items = all(".item");
  const marks = all("mark").map((el) => ({ el, ids: el.dataset.f.split(" ") }));
  const boxes = all(".bar input[value]");
  const only = byId("only");
  const card = byId("card");
  const grave = ["info", "minor", "major", "critical"];
  const state = { hidden: new Set(), only: false, at: "" };

  // The address keeps filters and place: #hide=info,spacing&only&at=a3-f7
  function read() {
    const hash = decodeURIComponent(location.hash.slice(1));
    state.hidden.clear();
    state.only = false;
    state.at = "";
    if (hash && !/[=&]|^only$/.test(hash)) {
      state.at = hash;
      return;
    }
    for (const part of hash.split("&")) {
      const [key, value = ""] = part.split("=");
      if (key === "hide") value.split(",").filter(Boolean).forEach((name) => state.hidden.add(name));
      if (key === "only") state.only = true;
      if (key === "at") state.at = value;
    }
  }

  function keep() {
    const parts = [];
    if (state.hidden.size) parts.push("hide=" + [...state.hidden].sort().join(","));
    if (state.only) parts.push("only");
    if (state.at) parts.push(parts.length ? "at=" + state.at : state.at);
    history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname + location.search);
  }

  const isOn = (el) => !state.hidden.has(el.dataset.s) && !state.hidden.has(el.dataset.c);

  // Shows what the filters let through.
  function show() {
    for (const el of [...notes, ...items]) el.hidden = !isOn(el);
    for (const { el, ids } of marks) {
      const on = ids.map(byId).filter((note) => note && !note.hidden);
      const worst = Math.max(-1, ...on.map((note) => grave.indexOf(note.dataset.s)));
      el.className = worst < 0 ? "off" : "m" + worst;
    }
    for (const bead of all(".bead")) bead.hidden = state.only && !find(".note:not([hidden])", bead);
    for (const box of boxes) box.checked = !state.hidden.has(box.value);
    if (only) only.checked = state.only;
    const shown = notes.filter((note) => !note.hidden).length;
    if (byId("count")) byId("count").textContent = shown === notes.length ? shown : shown + " / " + notes.length;
    const checks = boxes.filter((box) => box.closest(".panel"));
    const on = checks.filter((box) => box.checked).length;
    if (byId("on")) byId("on").textContent = on === checks.length ? on : on + " / " + checks.length;
  }

  // Brings a place into view. Sections are laid out only when they are near, so one scroll may fall short.
  function bring(el, block) {
    const scroll = () => el.scrollIntoView({ block, behavior: "instant" });
    scroll();
    requestAnimationFrame(() => {
      scroll();
      requestAnimationFrame(scroll);
    });
  }

  // Goes to a finding, a bead or an article; gives whether there is such a thing.
  function go(id) {
    const el = byId(id);
    if (!el) return false;
    hideCard();
    const bead = el.closest(".bead");
    if (bead) bead.hidden = false;
    if (el.matches(".note")) el.hidden = false;
    const target = bead || el;
    bring(target, bead ? "center" : "start");
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    state.at = id;
    keep();
    const flashed = [el, ...marks.filter((mark) => mark.ids.includes(id)).map((mark) => mark.el)];
    for (const one of flashed) {
      one.classList.remove("flash");
      void one.offsetWidth;
      one.classList.add("flash");
    }
    return true;
  }

  // The finding before or behind where the reader is.
  function step(by) {
    const shown = notes.filter((note) => !note.hidden);
    if (!shown.length) return;
    const current = byId(state.at);
    let index = shown.indexOf(current);
    if (index < 0) {
      const behind = (note) => {
        if (current) return current.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING;
        return note.getBoundingClientRect().top > 0;
      };
      index = shown.findIndex(behind);
      if (index < 0) index = shown.length;
      if (by > 0) index -= 1;
    }
    const next = shown[Math.min(Math.max(index + by, 0), shown.length - 1)];
    go(next.id);
  }

  function hideCard() {
    card.hidden = true;
    for (const el of all(".hot")) el.classList.remove("hot");
  }

  // A finding and its places belong together: pointing at one shows the other.
  function point(el) {
    hideCard();
    const mark = el.closest("mark:not(.off)");
    const note = el.closest(".note");
    if (!mark && !note) return;
    const ids = (mark ? mark.dataset.f.split(" ") : [note.id]).filter((id) => byId(id) && !byId(id).hidden);
    for (const id of ids) byId(id).classList.add("hot");
    for (const other of marks) if (other.ids.some((id) => ids.includes(id))) other.el.classList.add("hot");
    if (mark) showCard(mark, ids);
  }

  function showCard(mark, ids) {
    const copies = ids.map((id) => {
      const copy = document.createElement("div");
      copy.className = byId(id).className.replace("hot", "");
      copy.append(...[...byId(id).children].filter((el) => !el.matches(".same")).map((el) => el.cloneNode(true)));
      return copy;
    });
    card.replaceChildren(...copies);
    card.hidden = false;
    const at = mark.getClientRects()[0];
    const left = Math.min(at.left, root.clientWidth - card.offsetWidth - 12);
    const fits = at.top > card.offsetHeight + 70;
    card.style.left = Math.max(12, left) + "px";
    card.style.top = (fits ? at.top - card.offsetHeight - 8 : mark.getBoundingClientRect().bottom + 8) + "px";
  }

  function sort(button) {
    const head = button.closest("th");
    const heads = [...head.parentNode.children];
    const column = heads.indexOf(head);
    const up = head.getAttribute("aria-sort") !== "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const value = (row) => {
      const cell = row.cells[column];
      return Number((cell.dataset.v || cell.textContent).replace(/,/g, ""));
    };
    const rows = [...body.rows].sort((a, b) => (value(a) - value(b)) * (up ? 1 : -1));
    body.append(...rows);
  }

  function theme() {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    try {
      localStorage.setItem("duizhao-theme", root.dataset.theme);
    } catch {
      // Pages from disk may not be allowed to keep anything.
    }
  }

  try {
    const kept = localStorage.getItem("duizhao-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch {
    // As above.
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && !event.metaKey && !event.ctrlKey && go(link.getAttribute("href").slice(1))) {
      event.preventDefault();
    } else if (event.target.closest("mark:not(.off)")) {
      point(event.target);
    } else if (event.target.closest(".articles th button")) {
      sort(event.target.closest("button"));
    } else if (!event.target.closest("details")) {
      all("details[open]").forEach((el) => (el.open = false));
    }
  });
  document.addEventListener("mouseover", (event) => point(event.target));
  document.addEventListener("scroll", hideCard, { passive: true });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box === only) state.only = only.checked;
    else if (box.checked) state.hidden.delete(box.value);
    else state.hidden.add(box.value);
    show();
    keep();
  });
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target.matches("input, textarea, select")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape") {
      hideCard();
      all("details[open]").forEach((el) => (el.open = false));
    }
  });
  const press = (id, act) => byId(id) && byId(id).addEventListener("click", act);
  press("prev", () => step(-1));
  press("next", () => step(1));
  press("theme", theme);
  const checks = (isOn) => () => {
    for (const box of boxes.filter((one) => one.closest(".panel"))) {
      if (isOn) state.hidden.delete(box.value);
      else state.hidden.add(box.value);
    }
    show();
    keep();
  };
  press("all", checks(true));
  press("none", checks(false));
  const arrive = () => {
    read();
    show();
    if (state.at) go(state.at);
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
