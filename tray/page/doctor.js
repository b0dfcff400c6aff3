// Is something wrong on this PC, and who mends it? One button, one report to copy or to keep.

import * as api from "./api.js";
import { copyable, framed, open } from "./dialogs.js";
import { button, make, shown, text } from "./dom.js";
import { say } from "./words.js";

/** Puts the button into `section`; `failed` is told of what is not the report's own business. */
export function offerDoctor(section, failed) {
  const told = make("p", { class: "result", role: "status", hidden: true });
  const check = button(say("doctor-check"), async () => {
    told.classList.remove("bad");
    text(told, say("doctor-checking"));
    try {
      show(await api.call("POST", "/v1/doctor"));
      text(told, "");
    } catch (fault) {
      tell(told, fault, failed);
    }
  });
  section.querySelector(".content").replaceChildren(make("div", { class: "buttons" }, check), told);
  shown(section, true);
}

function tell(told, fault, failed) {
  text(told, "");
  if (!(fault instanceof api.Refused)) {
    failed(fault);
    return;
  }
  told.classList.add("bad");
  text(told, [fault.problem.title, fault.problem.next_step].filter(Boolean).join(". "));
}

function show(report) {
  const dialog = framed(report.headline, "doctor");
  const url = URL.createObjectURL(new Blob(["\ufeff", report.text], { type: "text/plain;charset=utf-8" }));
  const name = `Postwart ${report.computer} ${report.made_at.slice(0, 16).replace(":", "-")}.txt`;
  const wrong = report.findings.filter((found) => found.level !== "ok" && !found.because);
  dialog.append(
    make("p", { class: "title" }, report.next_step),
    make("ul", { class: "found" }, ...wrong.map(entry)),
    copyable(say("doctor-text"), report.text, 12),
    make("p", { class: "quiet" }, say("doctor-safe")),
    make(
      "div",
      { class: "buttons" },
      make("a", { class: "button primary", href: url, download: name }, say("doctor-download")),
      button(say("close"), () => dialog.close()),
    ),
  );
  open(dialog, () => URL.revokeObjectURL(url));
}

function entry(found) {
  const subject = found.subject && !found.title.includes(found.subject) ? `${found.subject}: ` : "";
  const lines = [...found.lines, found.next_step].filter(Boolean).map((line) => make("p", {}, line));
  const admin = found.admin_help
    ? make("details", {}, make("summary", {}, say("admin-help")), make("p", { class: "help" }, found.admin_help))
    : null;
  const kind = make("span", { class: `badge ${found.level === "fault" ? "failed" : ""}` }, say(`doctor-${found.level}`));
  return make("li", {}, make("p", {}, kind, " ", make("strong", {}, subject + found.title)), ...lines, admin);
}
