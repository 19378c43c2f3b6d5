// The inbox by keyboard: j and k go from case to case, Enter opens, / goes to the number field. The panel beside the list
// follows. Without this script the list is a list of links and the panel shows the first case.
const rows = [...document.querySelectorAll("#cases tr[id^='c-']")];
const panel = document.getElementById("chosen");
let at = Math.max(0, rows.findIndex((row) => row.classList.contains("is-now")));
let asked = null;

async function show(row) {
  asked?.abort();
  asked = new AbortController();
  const id = row.id.slice(2);
  try {
    const answer = await fetch(`/desk/case/${encodeURIComponent(id)}/summary/`, { signal: asked.signal });
    if (answer.ok && panel) panel.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(`/desk/case/${encodeURIComponent(id)}/`);
  }
}

function go(to) {
  if (to < 0 || to >= rows.length) return;
  rows[at].classList.remove("is-now");
  rows[at].removeAttribute("aria-current");
  at = to;
  rows[at].classList.add("is-now");
  rows[at].setAttribute("aria-current", "true");
  rows[at].querySelector("a").focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
  show(rows[at]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else if (event.key === "/") document.getElementById("find")?.focus();
  else return;
  event.preventDefault();
});

document.querySelectorAll("[data-keys]").forEach((keys) => keys.removeAttribute("hidden"));
