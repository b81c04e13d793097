/* What pages do beside htmx. Everything works without it, with more loading. */
"use strict";

/* After an error is put into #told, bring it before people's eyes and screen readers. */
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "told") {
    event.target.setAttribute("tabindex", "-1");
    event.target.focus();
  }
});
