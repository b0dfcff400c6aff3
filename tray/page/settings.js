// What concerns no single mailbox: language, quiet hours, and whether Postwart starts with the PC.

import * as api from "./api.js";
import { button, make, text } from "./dom.js";
import { Field, showFaults } from "./fields.js";
import { say } from "./words.js";

export class Settings {
  constructor(section, failed) {
    this.failed = failed;
    const languages = { "": say("language-system"), de: "Deutsch", en: "English" };
    this.language = new Field("language", say("language"), { options: languages, hint: say("language-hint") });
    this.from = new Field("notify.from", say("quiet-from"), { type: "time" });
    this.to = new Field("notify.quiet", say("quiet-to"), { type: "time", hint: say("quiet-hint") });
    this.weekends = new Field("notify.weekends", say("weekends"), { options: { yes: say("weekends-yes"), no: say("weekends-no") } });
    this.contact = new Field("notify.contact", say("contact"), { type: "email", hint: say("contact-hint") });
    this.autostart = new Field("on", say("autostart"), { options: { on: say("autostart-on"), off: say("autostart-off") } });
    this.fields = [this.language, this.from, this.to, this.weekends, this.contact, this.autostart];
    this.told = make("p", { class: "result", role: "status", hidden: true });
    const save = button(say("save"), () => this.attempt(() => this.save()), "primary");
    save.type = "submit";
    const form = make(
      "form", { class: "set-up", novalidate: true }, ...this.fields.map((field) => field.node), this.told,
      make("div", { class: "buttons" }, save),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    section.append(form);
  }

  async enter() {
    const [settings, autostart] = await Promise.all([api.get("/v1/settings"), api.get("/v1/autostart")]);
    this.show(settings, autostart);
  }

  show({ language, notify }, { standing }) {
    const [from, to] = (notify.quiet ?? "-").split("-");
    this.language.value = language ?? "";
    this.from.value = from;
    this.to.value = to;
    this.weekends.value = notify.weekends ? "yes" : "no";
    this.contact.value = notify.contact;
    this.autostart.value = standing === "on" ? "on" : "off";
    text(this.autostart.hint, ["switched_off", "broken"].includes(standing) ? say(`autostart-${standing}`) : "");
    this.standing = standing;
  }

  async attempt(does) {
    text(this.told, "");
    try {
      await does();
    } catch (fault) {
      if (!(fault instanceof api.Refused)) return this.failed(fault);
      this.tell(showFaults(this.fields, fault.problem), false);
    }
    return undefined;
  }

  tell(said, good) {
    this.told.classList.toggle("bad", !good);
    text(this.told, said);
  }

  async save() {
    const notify = {
      quiet: this.from.value || this.to.value ? `${this.from.value}-${this.to.value}` : null,
      weekends: this.weekends.value === "yes",
      contact: this.contact.value || null,
    };
    const settings = await api.call("PATCH", "/v1/settings", { language: this.language.value || null, notify });
    for (const field of this.fields) field.fault("");
    let autostart = { standing: this.standing };
    if (this.autostart.value !== (this.standing === "on" ? "on" : "off")) {
      autostart = await api.call("PUT", "/v1/autostart", { on: this.autostart.value === "on" });
    }
    this.show(settings, autostart);
    this.tell(say("saved"), true);
  }
}
