// What is asked before something is done, and what is handed over to be sent on?

import { button, make } from "./dom.js";
import { say } from "./words.js";

/** Resolves to true where the person says yes. Escape and the browser's back are a no. */
export function confirm(title, text, yes) {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = framed(title, "confirm");
    dialog.append(
      make("p", {}, text),
      make(
        "div",
        { class: "buttons" },
        button(yes, () => { answer = true; dialog.close(); }, "danger"),
        button(say("cancel"), () => dialog.close()),
      ),
    );
    open(dialog, () => resolve(answer));
    dialog.querySelector("button:last-of-type").focus();
  });
}

/** The request to the administrator, to copy or to open in the mail program. */
export function consentRequest(request) {
  const dialog = framed(say("consent-title"), "consent");
  dialog.append(
    make("p", {}, say("consent-text")),
    copyable(say("consent-link"), request.url, 2),
    copyable(say("consent-subject"), request.subject, 2),
    copyable(say("consent-body"), request.text, 12),
    make(
      "div",
      { class: "buttons" },
      make("a", { class: "button primary", href: onlyMail(request.mailto) }, say("consent-mail")),
      button(say("close"), () => dialog.close()),
    ),
  );
  open(dialog, () => {});
}

export function framed(title, name) {
  const id = `${name}-dialog-title`;
  return make("dialog", { class: name, "aria-labelledby": id }, make("h2", { id }, title));
}

export function open(dialog, closed) {
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
}

let fields = 0;

export function copyable(label, content, rows) {
  fields += 1;
  const id = `field-${fields}`;
  const field = make("textarea", { id, rows, readonly: true, spellcheck: "false" });
  field.value = content;
  const told = make("span", { class: "quiet", role: "status" });
  const copy = button(say("copy"), async () => {
    await toClipboard(field);
    told.textContent = say("copied");
  });
  copy.setAttribute("aria-describedby", `${id}-label`);
  const row = make("div", { class: "row" }, make("label", { id: `${id}-label`, for: id }, label), told, copy);
  return make("div", { class: "copyable" }, row, field);
}

/** Of a field's text. */
export async function toClipboard(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select(); // where the browser lets no script near the clipboard, Ctrl+C does it
    document.execCommand("copy");
  }
}

function onlyMail(link) {
  return link.startsWith("mailto:") ? link : "#";
}
