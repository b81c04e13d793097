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
