// What the pages gain with JavaScript; without it every page still works.
import { initAll } from "./nhsuk/nhsuk-frontend.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

const review = document.getElementById("review");
if (review) {
  keepSaving(review);
}

// Enter saves in place; only the button that says so issues the plan. What could not be saved is
// said at once, and stays on the page.
function keepSaving(form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "finish") return;
    event.preventDefault();
    window.htmx.trigger(form, "save");
  });
  form.addEventListener("input", () => say("Not saved yet"));
  document.body.addEventListener("htmx:beforeRequest", () => say("Saving…"));
  document.body.addEventListener("htmx:sendError", () => warn("Not saved: there is no connection. Your words are still on this page."));
  document.body.addEventListener("htmx:responseError", () => warn("Not saved: something went wrong. Your words are still on this page."));
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    // Signed out meanwhile: leaving now would lose the last words.
    event.preventDefault();
    warn("Not saved: you have been signed out. Sign in again in another tab, then carry on here.");
  });
}

function say(words) {
  const saved = document.getElementById("saved");
  saved.textContent = words;
  saved.classList.remove("is-not-saved");
}

function warn(words) {
  say(words);
  document.getElementById("saved").classList.add("is-not-saved");
}
