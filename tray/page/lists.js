// Which mails came last, what waits to go out, and what has Postwart itself to say?

import * as api from "./api.js";
import { confirm } from "./dialogs.js";
import { arrange, button, make, shown, text } from "./dom.js";
import { count, say, when } from "./words.js";

const SHOWN = 20;
const SENT_SHOWN = 5;
const STUCK = ["failed", "unconfirmed", "sending", "queued"];
const DECIDABLE = ["failed", "unconfirmed"];
const rows = { messages: new Map(), letters: new Map(), warnings: new Map() };

export function showMessages(section, messages) {
  const newest = messages.toSorted((one, other) => other.id - one.id).slice(0, SHOWN);
  fill(section, rows.messages, newest, (message) => message.id, () => new MessageRow());
}

/** Everything that is stuck and why; of what went out, the last few. `changed` asks for a fresh list. */
export function showOutbox(section, letters, changed) {
  const newest = letters.toSorted((one, other) => other.id - one.id);
  const stuck = newest.filter((letter) => STUCK.includes(letter.state));
  const sent = newest.filter((letter) => letter.state === "sent").slice(0, SENT_SHOWN);
  const told = section.querySelector(".result");
  fill(section, rows.letters, [...stuck, ...sent], (letter) => letter.id, () => new LetterRow(told, changed));
}

export function showWarnings(section, warnings) {
  fill(section, rows.warnings, warnings, (warning) => warning.code, () => new WarningRow());
  shown(section, warnings.length > 0);
}

/** A row stays the same node while its mail is listed, so that focus, selection and a reader's place stay. */
function fill(section, known, things, keyOf, makeOne) {
  const empty = section.querySelector(".empty");
  shown(section, true);
  if (empty) shown(empty, things.length === 0);
  arrange(section.querySelector(".content"), known, things, keyOf, makeOne);
}

class MessageRow {
  constructor() {
    this.who = make("span", { class: "who" });
    this.time = make("time", { class: "quiet" });
    this.subject = make("span", { class: "subject" });
    this.about = make("span", { class: "quiet" });
    this.node = make("li", {}, this.who, this.time, this.subject, this.about);
  }

  update(message) {
    const files = message.attachments?.length ?? 0;
    text(this.who, message.from);
    this.time.dateTime = message.date ?? "";
    text(this.time, message.date ? when(message.date) : "");
    text(this.subject, message.subject || say("no-subject"));
    text(this.about, [message.account, files ? count("attachments", files) : ""].filter(Boolean).join(" · "));
  }
}

class WarningRow {
  constructor() {
    this.title = make("strong");
    this.next = make("p");
    this.node = make("div", { class: "notice" }, this.title, this.next);
  }

  update(warning) {
    text(this.title, warning.title);
    text(this.next, warning.next_step);
  }
}

class LetterRow {
  constructor(told, changed) {
    Object.assign(this, { told, changed });
    this.who = make("span", { class: "who" });
    this.state = make("span");
    this.subject = make("span", { class: "subject" });
    this.account = make("span", { class: "quiet" });
    this.why = make("span", { class: "why" });
    this.again = button(say("letter-again"), () => this.sendAgain());
    this.back = button(say("letter-take-back"), () => this.takeBack());
    this.buttons = make("span", { class: "buttons small" }, this.again, this.back);
    this.node = make("li", {}, this.who, this.state, this.subject, this.account, this.why, this.buttons);
  }

  update(letter) {
    this.letter = letter;
    const decidable = DECIDABLE.includes(letter.state);
    text(this.who, letter.to.join(", "));
    this.state.className = `badge ${letter.state}`;
    text(this.state, say(`letter-${letter.state}`));
    text(this.subject, say("letter-of", { when: when(letter.accepted_at) }));
    text(this.account, letter.account);
    text(this.why, why(letter));
    text(this.back, say(decidable ? "letter-clear" : "letter-take-back"));
    shown(this.again, decidable);
    shown(this.back, decidable || letter.state === "queued");
    shown(this.buttons, decidable || letter.state === "queued");
    for (const each of [this.again, this.back]) each.setAttribute("aria-label", `${each.textContent}: ${this.who.textContent}`);
  }

  async sendAgain() {
    const to = this.who.textContent;
    const unknown = this.letter.state === "unconfirmed";
    if (unknown && !(await confirm(say("letter-again-title"), say("letter-unconfirmed-why"), say("letter-again")))) return;
    await this.does("POST", "/resend", say("letter-again-done", { name: to }));
  }

  async takeBack() {
    const to = this.who.textContent;
    const queued = this.letter.state === "queued";
    const yes = say(queued ? "letter-take-back" : "letter-clear");
    if (!(await confirm(say(queued ? "letter-take-back-title" : "letter-clear-title"), to, yes))) return;
    await this.does("DELETE", "", say(queued ? "letter-back-done" : "letter-clear-done", { name: to }));
  }

  async does(method, verb, done) {
    try {
      await api.call(method, `/v1/outbox/${this.letter.id}${verb}`);
      this.tell(done, true);
    } catch (fault) {
      if (!(fault instanceof api.Refused)) throw fault;
      this.tell([fault.problem.title, fault.problem.next_step].filter(Boolean).join(". "), false);
    } finally {
      this.changed();
    }
  }

  tell(said, good) {
    this.told.classList.toggle("bad", !good);
    text(this.told, said);
  }
}

function why(letter) {
  const next = letter.state === "queued" && letter.next_try_at ? say("letter-next", { when: when(letter.next_try_at) }) : "";
  const own = letter.state === "unconfirmed" && !letter.next_try_at ? say("letter-unconfirmed-why") : "";
  return [letter.title, letter.next_step || own, next].filter(Boolean).join(" · ");
}
