// Which programs may use Postwart, and for what? Keys are given and taken away; each is shown once.

import * as api from "./api.js";
import { confirm, copyable, framed, open } from "./dialogs.js";
import { arrange, button, make, shown, text } from "./dom.js";
import { Field, showFaults } from "./fields.js";
import { say, when } from "./words.js";

const RIGHTS = ["send", "read", "manage"]; // the page may make no key that gets tokens or opens a mailbox

export class Programs {
  constructor(section, failed) {
    this.failed = failed;
    this.rows = new Map();
    this.list = make("ul", { class: "letters" });
    this.empty = make("p", {}, say("programs-none"));
    this.told = make("p", { class: "result", role: "status", hidden: true });
    this.name = new Field("name", say("programs-name"), { maxlength: 64 });
    this.rights = RIGHTS.map((right) => make("input", { type: "checkbox", name: "rights", value: right, id: `right-${right}` }));
    const boxes = this.rights.map((box) => make("p", { class: "choice" }, box, make("label", { for: box.id }, say(`right-${box.value}`))));
    const add = button(say("programs-add"), () => this.attempt(() => this.add()), "primary");
    add.type = "submit";
    const form = make(
      "form", { class: "set-up", novalidate: true }, make("h3", {}, say("programs-new")), this.name.node,
      make("fieldset", {}, make("legend", {}, say("programs-rights")), ...boxes), make("div", { class: "buttons" }, add),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    section.append(make("p", {}, say("programs-what")), this.told, this.empty, this.list, form, make("p", { class: "quiet" }, say("programs-more")));
    this.list.classList.add("content");
  }

  async enter() {
    const { keys } = await api.get("/v1/keys");
    shown(this.empty, keys.length === 0);
    arrange(this.list, this.rows, keys, (key) => key.name, (key) => new Row(key.name, () => this.attempt(() => this.remove(key.name))));
  }

  async attempt(does) {
    text(this.told, "");
    try {
      await does();
    } catch (fault) {
      if (!(fault instanceof api.Refused)) return this.failed(fault);
      this.tell(showFaults([this.name], fault.problem), false);
    }
    return undefined;
  }

  tell(said, good) {
    this.told.classList.toggle("bad", !good);
    text(this.told, said);
  }

  async add() {
    const rights = this.rights.filter((box) => box.checked).map((box) => box.value);
    this.name.fault(this.name.value ? "" : say("programs-name-wanted"));
    if (!this.name.value) return this.name.input.focus();
    if (!rights.length) return this.tell(say("programs-rights-wanted"), false);
    const given = await api.call("POST", "/v1/keys", { name: this.name.value, rights });
    this.name.value = "";
    for (const box of this.rights) box.checked = false;
    handOver(given);
    return this.enter();
  }

  async remove(name) {
    if (!(await confirm(say("programs-remove-title", { name }), say("programs-remove-text"), say("programs-remove")))) return;
    await api.call("DELETE", `/v1/keys/${encodeURIComponent(name)}`);
    this.tell(say("programs-removed", { name }), true);
    await this.enter();
  }
}

class Row {
  constructor(name, remove) {
    this.rights = make("span", { class: "quiet" });
    this.used = make("span", { class: "quiet" });
    const away = button(say("programs-remove"), remove);
    away.setAttribute("aria-label", `${say("programs-remove")}: ${name}`);
    this.node = make("li", {}, make("strong", {}, name), this.used, this.rights, make("span", { class: "buttons small" }, away));
  }

  update(key) {
    text(this.rights, key.rights.map((right) => say(`right-${right}`)).join(" · "));
    text(this.used, key.used_at ? say("programs-used", { when: when(key.used_at) }) : say("programs-unused"));
  }
}

function handOver({ name, key }) {
  const dialog = framed(say("programs-key-title", { name }), "key");
  dialog.append(
    make("p", {}, say("programs-key-text")),
    copyable(say("programs-key"), key, 2),
    make("div", { class: "buttons" }, button(say("close"), () => dialog.close(), "primary")),
  );
  open(dialog, () => {});
}
