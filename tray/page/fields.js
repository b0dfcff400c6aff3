// How is a value asked for? A label, a field, what is wrong with it beside it, and a lock where it is fixed.

import { make, shown, text } from "./dom.js";
import { inARow, say } from "./words.js";

let fields = 0;

export class Field {
  /** `options`: value → words, for a choice. `attributes` go to the field itself. */
  constructor(key, label, { options, hint = "", ...attributes } = {}) {
    this.key = key;
    const id = `input-${++fields}`;
    const usual = { id, name: key, "aria-describedby": `${id}-lock ${id}-hint ${id}-fault` };
    this.input = options
      ? make("select", { ...usual, ...attributes }, ...Object.entries(options).map(([value, words]) => make("option", { value }, words)))
      : make("input", { ...usual, type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
    this.lockedNote = make("span", { id: `${id}-lock`, class: "lock", hidden: true });
    this.hint = make("p", { id: `${id}-hint`, class: "quiet" });
    this.faultNote = make("p", { id: `${id}-fault`, class: "fault", hidden: true });
    text(this.hint, hint);
    this.node = make(
      "div", { class: "field" },
      make("div", { class: "row" }, make("label", { for: id }, label), this.lockedNote), this.input, this.hint, this.faultNote,
    );
  }

  get value() {
    return this.input.value.trim();
  }

  set value(value) {
    this.input.value = value ?? "";
  }

  /** Only such choices as `values` names. */
  offer(values) {
    for (const option of this.input.options) option.hidden = option.disabled = !values.includes(option.value);
    if (!values.includes(this.input.value)) this.input.value = values[0];
  }

  show(yes) {
    shown(this.node, yes);
  }

  /** `why`: "locked" by the preset, "managed" by the administrator, or "". It can still be read and copied. */
  lock(why) {
    this.locked = why !== "";
    if (this.input.tagName === "SELECT") this.input.disabled = this.locked;
    else this.input.readOnly = this.locked;
    text(this.lockedNote, why ? say(`field-${why}`) : "");
  }

  fault(message) {
    text(this.faultNote, message);
    if (message) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}

/** Puts each error beside its field, the first one in focus. Returns what is to be said besides. */
export function showFaults(fields, problem) {
  const rest = [];
  for (const field of fields) field.fault("");
  for (const { field: key, message } of problem.errors ?? []) {
    const at = (name) => fields.find((field) => field.key === name && !field.node.hidden);
    const field = at(key) ?? at(`${key}.host`) ?? at(key.split(".")[0]);
    if (field) field.fault(message);
    else rest.push(`${key}: ${message}`);
  }
  const first = fields.find((field) => field.input.getAttribute("aria-invalid"));
  const closed = first?.node.closest("details");
  if (closed) closed.open = true;
  first?.input.focus();
  return inARow(problem.title, ...rest, problem.next_step);
}
