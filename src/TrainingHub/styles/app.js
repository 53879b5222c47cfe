// Progressive enhancement only: every page works without this file.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";
import "./passkey.js";
import { watchSession } from "./session.js";

// A radio button has no expanded state in ARIA, so the one that reveals a part of the page must not claim one.
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  PlainRadios,
  SkipLink,
]) {
  createAll(component);
}

// A print button stands hidden in the page, because without a script it could do nothing.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Work in the background: its figures are brought up to date, and when it is done the page that says so is opened. A page that
// reloads by itself would take the reader's place away (WCAG 2.2, 2.2.1); without a script there is a link.
const progress = document.querySelector("[data-look-again]");
const lookAgain = async () => {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const figures = page.querySelector("[data-look-again]");
    if (!figures) {
      location.reload();
      return;
    }
    progress.replaceChildren(...figures.childNodes);
  } catch {
    // The server cannot be reached: tried again like everything else here.
  }
  setTimeout(lookAgain, 1000);
};
if (progress) {
  setTimeout(lookAgain, 1000);
}

// "/" leads to the search box, unless something is being typed.
const search = document.querySelector("[data-slash]");
if (search) {
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
}

watchSession();
