/* What pages do beside htmx. Everything works without it, with more loading. */
"use strict";

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
