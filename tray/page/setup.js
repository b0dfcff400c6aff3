// How is a mailbox set up? Three steps: address and preset, sign in, test mail. The same form changes one later.

import { AccountForm } from "./account_form.js";
import * as api from "./api.js";
import { confirm } from "./dialogs.js";
import { button, make, shown, text } from "./dom.js";
import { showFaults } from "./fields.js";
import { SignInStep } from "./setup_sign_in.js";
import { TestStep } from "./setup_test.js";
import { say } from "./words.js";

const STEPS = ["address", "sign-in", "test"];

export class SetUp {
  /** `changed`: accounts are others now. `failed` is told of what is not the view's own business. */
  constructor(section, changed, failed) {
    Object.assign(this, { section, changed, failed });
    this.content = make("div", { class: "content" });
    section.append(this.content);
  }

  /** `id`: of an account that is to be changed; "" for a new one. */
  async enter(id) {
    this.step?.leave?.();
    const [{ presets }, { accounts }] = await Promise.all([api.get("/v1/presets"), api.get("/v1/accounts")]);
    const account = id ? accounts.find((one) => one.id === id) : null;
    text(this.section.querySelector("h2"), account ? say("change-title", { address: account.address }) : say("set-up"));
    const form = new AccountForm(presets, account, accounts.filter((one) => one !== account));
    this.told = make("p", { class: "result bad", role: "alert", hidden: true });
    const node = make("form", { novalidate: true, class: "set-up" }, form.node, this.told, this.buttons(form, account));
    node.addEventListener("submit", (event) => event.preventDefault());
    this.show(account ? null : "address", node);
  }

  show(step, ...nodes) {
    const steps = STEPS.map((name) =>
      make("li", { "aria-current": name === step ? "step" : undefined }, say(`step-${name}`)));
    this.content.replaceChildren(step ? make("ol", { class: "steps" }, ...steps) : "", ...nodes);
  }

  buttons(form, account) {
    const save = button(say(account ? "save" : "next"), () => this.attempt(form, () => this.save(form, account)), "primary");
    save.type = "submit";
    const remove = account ? button(say("remove-account"), () => this.attempt(form, () => this.remove(account)), "danger") : null;
    return make("div", { class: "buttons" }, save, make("a", { class: "button", href: "#overview" }, say("cancel")), remove);
  }

  /** What is wrong is said beside its field, what belongs to none below all. */
  async attempt(form, does) {
    text(this.told, "");
    try {
      await does();
    } catch (fault) {
      if (!(fault instanceof api.Refused)) return this.failed(fault);
      text(this.told, showFaults(form.all, fault.problem));
      shown(this.told, true);
    }
    return undefined;
  }

  async save(form, account) {
    if (account) {
      await api.call("PATCH", `/v1/accounts/${encodeURIComponent(account.id)}`, form.values());
      await this.changed();
      location.hash = "#overview";
      return;
    }
    const added = await api.call("POST", "/v1/accounts", form.values());
    await this.changed();
    this.signIn(added);
  }

  async remove(account) {
    const title = say("remove-title", { address: account.address });
    if (!(await confirm(title, say("remove-text"), say("remove-account")))) return;
    await api.call("DELETE", `/v1/accounts/${encodeURIComponent(account.id)}`);
    await this.changed();
    location.hash = "#overview";
  }

  signIn(account) {
    this.step = new SignInStep(account, () => this.test(account), this.failed);
    this.show("sign-in", this.step.node);
    this.step.start.focus();
  }

  test(account) {
    this.changed();
    this.step = new TestStep(account, this.failed);
    this.show("test", this.step.node);
    this.step.send.focus();
  }
}
