// When is the next sign-in, how sure is that, and why then? A line on the account's card, and words for its timeline.

import { make, shown, text } from "./dom.js";
import { count, date, say } from "./words.js";

/** Nobody has seen yet that the provider keeps to this date. */
export function assumed({ due_confidence: confidence }) {
  return confidence === "assumed";
}

/** Of a health or a timeline that has a date. */
export function dueWords(ahead) {
  return say(assumed(ahead) ? "due-assumed" : "due", { date: date(ahead.sign_in_due) });
}

export class DueLine {
  constructor() {
    this.date = make("span");
    this.because = make("span", { class: "quiet" });
    this.node = make("p", { class: "due" }, this.date, " ", this.because);
  }

  update({ health, renewed_by_system: bySystem }) {
    const unseen = bySystem && health.state === "ok";
    shown(this.node, unseen || (Boolean(health.sign_in_due) && health.state !== "sign_in_required"));
    if (unseen) {
      text(this.date, say("due-unseen"));
      text(this.because, "");
    }
    if (!health.sign_in_due) return;
    const days = health.days_left ?? 0;
    const left = days > 0 ? count("days-left", days) : say("days-left-none");
    text(this.date, `${dueWords(health)} (${left}).`);
    const because = health.due_because ? say(`because-${health.due_because}`) : "";
    text(this.because, [because, assumed(health) ? say("because-assumed") : ""].filter(Boolean).join(" "));
  }
}
