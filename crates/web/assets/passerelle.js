// What the pages can do besides being pages. Nothing here is needed: without it, pages refresh by themselves (noscript),
// forms submit and links lead. No framework, no evaluation of text, no other host.
"use strict";
(() => {
  // An instant is written by the server in UTC; show it where the reader is.
  const localTimes = (root) => {
    const language = document.documentElement.lang;
    // English without a country would put the month first.
    const format = new Intl.DateTimeFormat(language === "en" || !language ? "en-GB" : language, { dateStyle: "medium", timeStyle: "short" });
    for (const time of root.querySelectorAll("time[data-instant]")) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) time.textContent = format.format(at);
    }
  };

  // <div data-refresh="/path" data-every="2"> asks for its own replacement until one comes without data-refresh.
  // An element with data-go leads on to that page of this host.
  const watch = (root) => {
    const parts = root.matches?.("[data-refresh]") ? [root] : root.querySelectorAll("[data-refresh]");
    for (const part of parts) setTimeout(() => refresh(part, 0), 1000 * Number(part.dataset.every || 2));
    const go = root.matches?.("[data-go]") ? root : root.querySelector("[data-go]");
    if (go && go.dataset.go.startsWith("/") && !go.dataset.go.startsWith("//")) location.assign(go.dataset.go);
  };
  const refresh = async (part, failures) => {
    if (!part.isConnected) return;
    try {
      const answer = await fetch(part.dataset.refresh, { headers: { accept: "text/html", "x-fragment": "1" }, redirect: "manual" });
      if (!answer.ok) throw new Error(answer.status);
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = parsed.body.firstElementChild;
      if (!next) throw new Error("empty");
      const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
      part.replaceWith(next);
      if (focused) document.getElementById(focused)?.focus();
      localTimes(next);
      watch(next);
    } catch {
      if (failures < 30) setTimeout(() => refresh(part, failures + 1), 2000 + 1000 * failures);
    }
  };

  // Keys: "/" to the search field, j and k along the rows of a table or list, Escape out of a menu.
  const rows = () => [...document.querySelectorAll("a.row-link, a.list-row")].filter((row) => row.offsetParent);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "j" || event.key === "k") {
      const all = rows(), at = all.indexOf(document.activeElement);
      const next = all[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
      if (next) { event.preventDefault(); next.focus(); next.scrollIntoView({ block: "nearest" }); }
    }
  });
  addEventListener("click", (event) => {
    const open = document.querySelector("details.menu[open]");
    if (open && !open.contains(event.target)) open.open = false;
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => { copy.textContent = copy.dataset.copied; });
  });

  // A form is sent once: the second click of a double click finds the button at rest.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
  });
  // Back from the browser's memory: forms may be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    }
  });

  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  localTimes(document);
  watch(document);
})();
