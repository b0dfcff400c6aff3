// Second step of setting up: the person signs in, and hears how it ended and what to do then.

import * as api from "./api.js";
import { consentRequest } from "./dialogs.js";
import { DevicePanel } from "./device.js";
import { button, make, shown, text } from "./dom.js";
import { inARow, say } from "./words.js";

const EVERY = 1000;

export class SignInStep {
  constructor(account, done, failed) {
    Object.assign(this, { account, done, failed });
    this.timer = 0;
    this.told = make("p", { class: "result", role: "status", hidden: true });
    this.link = make("a", { class: "button", target: "_blank", rel: "noreferrer", hidden: true }, say("signing-in-link"));
    this.device = new DevicePanel();
    this.start = button(say("sign-in"), () => this.begin({}), "primary");
    this.other = button(say("sign-in-other"), () => this.begin({ select_account: true }));
    this.byCode = button(say("sign-in-code"), () => this.begin({ device_code: true }));
    this.cancel = button(say("cancel"), () => this.attempt(() => api.call("DELETE", this.path)));
    this.ask = button(say("ask-admin"), () => this.attempt(async () => {
      consentRequest(await api.get(api.account(account.id, "consent-request")));
    }), "primary");
    const later = make("a", { class: "button", href: "#overview" }, say("set-up-later"));
    this.buttons = make("div", { class: "buttons" }, this.start, this.ask, this.other, this.byCode, this.link, this.cancel, later);
    this.node = make(
      "div", { class: "set-up" }, make("p", {}, say("set-up-sign-in", { address: account.sign_in_as || account.address })),
      this.told, this.device.node, this.buttons,
    );
    this.show("none");
  }

  get path() {
    return api.account(this.account.id, "sign-in");
  }

  leave() {
    clearTimeout(this.timer);
    this.left = true;
  }

  async begin(how) {
    await this.attempt(async () => {
      await api.call("POST", this.path, how);
      await this.follow();
    });
  }

  async attempt(does) {
    try {
      await does();
    } catch (fault) {
      if (!(fault instanceof api.Refused)) this.failed(fault);
      else this.tell([fault.problem.title, fault.problem.next_step], false);
    }
  }

  tell(sentences, good) {
    this.told.classList.toggle("bad", !good);
    text(this.told, inARow(...sentences));
  }

  async follow() {
    clearTimeout(this.timer);
    const sign = await api.get(this.path);
    if (this.left || !this.node.isConnected) return;
    const link = sign.url && /^https?:/.test(sign.url) ? sign.url : "";
    if (link) this.link.href = link;
    this.device.show(sign.device_code);
    this.show(sign.stage, sign.code, link, Boolean(sign.device_code));
    this.say(sign);
    if (sign.stage === "running") this.timer = setTimeout(() => this.attempt(() => this.follow()), EVERY);
    if (sign.stage === "signed_in") this.done();
  }

  say(sign) {
    const address = this.account.sign_in_as || this.account.address;
    if (sign.device_code) this.tell([say("device-who", { address })], true);
    else if (sign.stage === "running") this.tell([sign.url ? say("signing-in", { address }) : say("signing-in-soon")], true);
    else if (sign.stage === "consent_pending") this.tell([say("set-up-consent")], true);
    else this.tell([sign.title, sign.next_step], sign.stage === "signed_in");
  }

  show(stage, code = "", link = "", withCode = false) {
    const runs = stage === "running";
    shown(this.start, !runs && stage !== "consent_pending");
    shown(this.byCode, !withCode && stage !== "consent_pending");
    shown(this.other, code === "wrong_person" && !runs);
    shown(this.ask, stage === "consent_pending");
    shown(this.link, link !== "");
    shown(this.cancel, runs);
  }
}
