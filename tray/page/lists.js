// Which mails came last, what waits to go out, and what has Postwart itself to say?

import { make, shown } from "./dom.js";
import { count, say, when } from "./words.js";

const SENT_SHOWN = 5;
const shows = new WeakMap(); // what each list was made from
const STUCK = ["failed", "unconfirmed", "sending", "queued"];

export function showMessages(section, messages) {
  const newest = messages.toSorted((one, other) => other.id - one.id).slice(0, 20);
  fill(section, newest, (message) => [
    make("span", { class: "who" }, message.from),
    make("time", { class: "quiet", datetime: message.date ?? "" }, message.date ? when(message.date) : ""),
    make("span", { class: "subject" }, message.subject || say("no-subject")),
    make("span", { class: "quiet" }, about(message)),
  ]);
}

/** Everything that is stuck and why; of what went out, the last few. */
export function showOutbox(section, letters) {
  const newest = letters.toSorted((one, other) => other.id - one.id);
  const stuck = newest.filter((letter) => STUCK.includes(letter.state));
  const sent = newest.filter((letter) => letter.state === "sent").slice(0, SENT_SHOWN);
  fill(section, [...stuck, ...sent], (letter) => [
    make("span", { class: "who" }, letter.to.join(", ")),
    make("span", { class: `badge ${letter.state}` }, say(`letter-${letter.state}`)),
    make("span", { class: "subject" }, letter.subject || say("no-subject")),
    make("span", { class: "quiet" }, letter.account),
    why(letter),
  ]);
}

export function showWarnings(section, warnings) {
  fill(section, warnings, (warning) => [make("strong", {}, warning.title), make("p", {}, warning.next_step)], "div");
  shown(section, warnings.length > 0);
}

function about(message) {
  const files = message.attachments?.length ?? 0;
  return [message.account, files ? count("attachments", files) : ""].filter(Boolean).join(" · ");
}

function why(letter) {
  const next = letter.state === "queued" && letter.next_try_at ? say("letter-next", { when: when(letter.next_try_at) }) : "";
  const own = letter.state === "unconfirmed" && !letter.next_try_at ? say("letter-unconfirmed-why") : "";
  const said = [letter.title, letter.next_step || own, next].filter(Boolean).join(" · ");
  return said ? make("span", { class: "why" }, said) : null;
}

/** Made anew only when something in it is different, so that a selection or a reader's place stays. */
function fill(section, things, parts, tag = "li") {
  const content = section.querySelector(".content");
  const empty = section.querySelector(".empty");
  shown(section, true);
  if (empty) shown(empty, things.length === 0);
  const fresh = JSON.stringify(things);
  if (shows.get(content) === fresh) return;
  shows.set(content, fresh);
  content.replaceChildren(...things.map((thing) => make(tag, { class: tag === "div" ? "notice" : "" }, ...parts(thing))));
}
