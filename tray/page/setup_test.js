// Last step of setting up: a test mail proves that the mailbox works.

import * as api from "./api.js";
import { button, make, text } from "./dom.js";
import { inARow, say } from "./words.js";

const EVERY = 1000;
const OVER = ["sent", "failed", "unconfirmed"];

export class TestStep {
  constructor(account, failed) {
    Object.assign(this, { account, failed });
    this.timer = 0;
    this.told = make("p", { class: "result", role: "status", hidden: true });
    this.send = button(say("test-mail"), () => this.attempt(() => this.begin()), "primary");
    this.done = make("a", { class: "button", href: "#overview" }, say("set-up-done"));
    this.node = make(
      "div", { class: "set-up" }, make("p", {}, say("set-up-signed-in", { address: account.address })),
      this.told, make("div", { class: "buttons" }, this.send, this.done),
    );
  }

  leave() {
    clearTimeout(this.timer);
    this.left = true;
  }

  async attempt(does) {
    try {
      await does();
    } catch (fault) {
      if (fault instanceof api.Refused) this.tell([fault.problem.title, fault.problem.next_step], false);
      else this.failed(fault);
    }
  }

  async begin() {
    const { outbox } = await api.call("POST", api.account(this.account.id, "test-mail"));
    this.tell([say("test-mail-sent", { address: this.account.address })], true);
    if (outbox !== null) await this.follow(outbox);
  }

  async follow(letter) {
    const { state, title, next_step: next } = await api.get(`/v1/outbox/${letter}`);
    if (this.left || !this.node.isConnected) return;
    if (state === "sent") this.works();
    else if (title) this.tell([title, next], false);
    if (!OVER.includes(state)) this.timer = setTimeout(() => this.attempt(() => this.follow(letter)), EVERY);
  }

  works() {
    this.tell([say("set-up-works", { address: this.account.address })], true);
    this.done.classList.add("primary");
    this.send.classList.remove("primary");
  }

  tell(sentences, good) {
    this.told.classList.toggle("bad", !good);
    text(this.told, inARow(...sentences));
  }
}
