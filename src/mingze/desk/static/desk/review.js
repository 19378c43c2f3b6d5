// The review desk by keyboard and in place. Every step is the same form POST the page makes without this script; here it asks for
// the changed parts only and puts them where they stand. Split, merge and undo renumber the rows, so they load the page again.
const review = document.getElementById("review");
const base = `/desk/documents/${review.dataset.document}/rows/`;
const IN_PLACE = new Set(["accept", "reject", "edit", "annotate", "exclude", "as_written", "confirm", "send_back"]);
let busy = false;

const open = () => document.querySelector("#rows form.row.is-now");
const rowIds = () => [...document.querySelectorAll("#rows > [id^='row-']")].map((row) => row.id.slice(4));

function turn(id) {
  const asked = new URLSearchParams(location.search);
  for (const name of ["done", "of", "count", "part"]) asked.delete(name);
  asked.set("row", id);
  location.assign(`?${asked}#row-${id}`);
}

function put(html) {
  const parts = new DOMParser().parseFromString(html, "text/html").body.children;
  for (const part of [...parts]) {
    const here = part.id && document.getElementById(part.id);
    if (!here && part.matches("form.row.is-now")) { turn(part.dataset.row); return; } // the next row stands on another page
    if (!here) continue;
    if (part.id === "message") here.innerHTML = part.innerHTML; // the element that is announced stays in place
    else here.replaceWith(document.adoptNode(part));
  }
}

// The sentences that were marked are drawn again only if their row changed, so the marks are moved here.
function mark() {
  const form = open();
  const words = form ? document.querySelectorAll(`[data-row="${CSS.escape(form.dataset.row)}"].of-row`) : [];
  const now = new Set([...words].map((word) => word.closest("li")));
  for (const line of document.querySelectorAll("#sentences > li.is-now")) {
    if (!now.has(line)) { line.classList.remove("is-now"); line.removeAttribute("aria-current"); }
  }
  for (const line of now) { line.classList.add("is-now"); line.setAttribute("aria-current", "true"); }
  const first = [...now][0];
  if (first) first.scrollIntoView({ block: "nearest" });
  if (form) {
    form.scrollIntoView({ block: "nearest" });
    const asked = new URLSearchParams(location.search);
    for (const name of ["done", "of", "count"]) asked.delete(name);
    asked.set("row", form.dataset.row);
    history.replaceState(null, "", `?${asked}`);
    watch(form);
  }
}

const said = new WeakMap();
function watch(form) { if (!said.has(form)) said.set(form, new URLSearchParams(new FormData(form)).toString()); }
function changed(form) { return form && said.get(form) !== undefined && said.get(form) !== new URLSearchParams(new FormData(form)).toString(); }

async function send(form, button) {
  const data = new FormData(form, button);
  const address = button?.getAttribute("formaction") || form.getAttribute("action");
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { "X-Desk": "fragment", "X-Desk-Open": open()?.dataset.row || "" },
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect" || ![200, 409].includes(answer.status)) { location.reload(); return false; }
  put(await answer.text());
  mark();
  return answer.ok;
}

async function show(id) {
  const from = open();
  if (changed(from) && !(await send(from, null))) return;
  const closing = open()?.dataset.row || "";
  if (closing === id) return;
  const asked = new URLSearchParams(location.search);
  asked.set("from", closing);
  const answer = await fetch(`${base}${encodeURIComponent(id)}/?${asked}`);
  if (!answer.ok) { turn(id); return; }
  put(await answer.text());
  mark();
}

async function alone(work) {
  if (busy) return;
  busy = true;
  try { await work(); } catch { location.reload(); } finally { busy = false; }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const address = event.submitter?.getAttribute("formaction") || form.getAttribute("action") || "";
  const verb = address.startsWith(base) ? address.slice(base.length).split("/")[1] : "";
  if (!IN_PLACE.has(verb)) return;
  event.preventDefault();
  const focusNext = form.id !== "quick";
  alone(async () => {
    await send(form, event.submitter);
    const answered = document.querySelector("#doubts button");
    if (focusNext) (document.getElementById("refused") || (verb === "as_written" && answered) ||
      document.getElementById("confirm") || document.getElementById("accept") || document.getElementById("publish"))?.focus({ preventScroll: true });
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!document.getElementById(`row-${link.dataset.open}`)) return;
  event.preventDefault();
  alone(() => show(link.dataset.open));
});

function go(by) {
  const ids = rowIds();
  const at = ids.indexOf(open()?.dataset.row);
  const to = ids[at < 0 ? 0 : at + by];
  if (to) { alone(() => show(to)); return; }
  const pages = [...document.querySelectorAll("#parts a")];
  const here = pages.findIndex((page) => page.hasAttribute("aria-current"));
  pages[here + by]?.click(); // past the last row of a page stands the next page
}

const press = (...ids) => ids.map((id) => document.getElementById(id)).find((it) => it && !it.disabled)?.click();
const enter = (...ids) => ids.map((id) => document.getElementById(id)).find(Boolean)?.focus();
function unfold(id) {
  const box = document.getElementById(id);
  if (box) { box.open = true; box.querySelector("button, input:not([type=hidden]), select")?.focus(); }
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  a: () => press("accept"),
  r: () => enter("f-reason"),
  e: () => enter("f-title", "f-note"),
  w: () => enter("f-words"),
  o: () => enter("f-lead"),
  s: () => unfold("split-box"),
  m: () => press("merge"),
  x: () => press("exclude"),
  n: () => { const box = document.getElementById("note-box"); if (box) box.open = true; enter("f-note"); },
  d: () => document.querySelector("#doubts button")?.click(),
  c: () => press("confirm"),
  g: () => enter("f-back"),
  v: () => open()?.querySelector(".tick-row input")?.click(),
  b: () => unfold("bulk-box"),
  u: () => press("undo"),
  p: () => { const to = document.getElementById("publish-panel"); to?.scrollIntoView(); to?.querySelector("button:not(:disabled)")?.focus(); },
  "?": () => { const keys = document.getElementById("keys"); if (keys) keys.open = !keys.open; },
};

// Whoever speaks to the machine or shares a keyboard can do without single keys; the choice stays on this device.
const off = document.getElementById("keys-off");
const OFF = "mingze-review-keys";
try { if (off) off.checked = localStorage.getItem(OFF) === "off"; } catch { /* no storage: the choice lasts as long as the page */ }
off?.addEventListener("change", () => { try { localStorage.setItem(OFF, off.checked ? "off" : "on"); } catch { /* as above */ } });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || off?.checked) return;
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (field) {
    if (event.key === "Escape") field.blur();
    const submits = { "f-reason": "reject", "f-back": "send-back", "f-note": "annotate" }[field.id];
    if (event.key === "Enter" && submits && field.tagName === "INPUT") { event.preventDefault(); press(submits); }
    return;
  }
  const act = KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

document.querySelectorAll("[data-keys]").forEach((keys) => keys.removeAttribute("hidden"));
if (open()) watch(open());
