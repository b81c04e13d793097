/* What pages do beside htmx. Everything works without it, with more loading. */
"use strict";

/* A page that is only shown until the one that is meant has been made asks for that again. */
if (document.querySelector("[data-follow]")) location.reload();

/* After an error is put into #told, bring it before people's eyes and screen readers. */
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "told") {
    event.target.setAttribute("tabindex", "-1");
    event.target.focus();
  }
});

/* After a row was checked while somebody types, tell of each field whether it is wrong. */
document.addEventListener("htmx:afterSettle", (event) => {
  const row = event.target.closest && event.target.closest("tr, form");
  for (const input of row ? row.querySelectorAll("[aria-describedby*='told-']") : []) {
    const told = document.getElementById("told-" + input.id);
    if (told && told.querySelector(".wrong")) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
});
/* Files dropped anywhere in the frame around an input are those of that input. */
for (const input of document.querySelectorAll(".drop input[type=file]")) {
  const frame = input.closest(".drop");
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    frame.addEventListener(kind, (event) => {
      event.preventDefault();
      frame.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    });
  }
  frame.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.focus();
    }
  });
}

/* One that misses the frame would be opened in the place of the page. */
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (event.dataTransfer && event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
}

/* A button with data-copies copies a text; without this script there is none. */
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies);
    text.select();
    await navigator.clipboard.writeText(text.value);
    button.firstChild.textContent = "コピーしました";
  });
}

/* What is typed and not saved yet: a row or form with data-typed is marked until it is saved,
   and nobody leaves the page without being asked. */
let sending = false;
const typed = (event) => event.target.closest && event.target.closest("[data-typed]");
document.addEventListener("input", (event) => {
  if (typed(event)) typed(event).dataset.unsaved = "";
});
document.addEventListener("submit", (event) => {
  sending = !event.target.hasAttribute("hx-post");
  /* The swap replaces the row; a whole page replaces all, and takes what else was typed along. */
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && document.querySelector("[data-unsaved]")) event.preventDefault();
});

/* In the grid: Enter saves and goes down once that is done; the arrows go up and down. */
let saving = null;
const near = (row, way) => {
  do row = way < 0 ? row.previousElementSibling : row.nextElementSibling;
  while (row && !row.hasAttribute("data-typed"));
  return row;
};
const move = (input, way) => {
  const place = input.closest("td").cellIndex;
  let row = near(input.closest("tr"), way);
  while (row && !row.cells[place].querySelector("input:not([type=hidden])")) row = near(row, way);
  const other = row && row.cells[place].querySelector("input:not([type=hidden])");
  if (other) {
    other.focus();
    other.select();
  }
};
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches || !input.matches("td.typed input") || event.isComposing) return;
  if (event.key === "Enter") saving = input.id;
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(input, event.key === "ArrowUp" ? -1 : 1);
  }
});
document.addEventListener("htmx:afterSettle", () => {
  const input = saving && document.getElementById(saving);
  const row = input && input.closest("tr");
  if (row && row.querySelector(".saved")) move(input, 1);
  if (row && row.querySelector(".saved, [role=alert]")) saving = null;
});

/* The workbench was ended, or its computer sleeps: typing goes nowhere, and that is told. */
document.addEventListener("htmx:sendError", () => {
  const told = document.getElementById("told");
  if (!told || told.dataset.lost !== undefined) return;
  told.dataset.lost = "";
  const note = document.createElement("div");
  note.className = "note";
  note.textContent = "つながりません。kpireport は終わっています。打ったものは保存されません。もう一度開いてください。";
  told.append(note);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const told = document.getElementById("told");
  if (!event.detail.failed && event.detail.successful && told && told.dataset.lost !== undefined) {
    delete told.dataset.lost;
    told.lastElementChild.remove();
  }
});
