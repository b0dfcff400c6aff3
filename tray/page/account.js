// How does one account stand, and what can be done about it? A card that is kept and brought up to date.

import * as api from "./api.js";
import { confirm, consentRequest } from "./dialogs.js";
import { DevicePanel } from "./device.js";
import { DueLine } from "./due.js";
import { FetchPanel } from "./fetching.js";
import { breakable, button, draw, make, shown, symbol, text } from "./dom.js";
import { count, inARow, say, when } from "./words.js";

const NEEDS_SIGN_IN = ["sign_in_required", "expiring"];
const SAID_ALREADY = ["expiring", "not_signed_in"]; // codes that tell a hotline no more than the sentence beside them
const WORKS = ["ok", "expiring"];

/** What happened and what to do, in the API's own words. */
function said({ title, next_step: next }) {
  return inARow(title, next);
}

export class AccountCard {
  constructor(account, changed) {
    this.id = account.id;
    this.changed = changed; // asks for a fresh status
    this.signingIn = false;
    this.wrongPerson = false;
    this.codeOver = false;
    this.codeWanted = false; // the sign-in that runs is the one with a code
    this.parts();
    this.buttons();
    this.node = make(
      "article",
      { class: "card", "aria-labelledby": `account-${this.id}`, "data-account": this.id },
      this.address, this.stateLine, this.title, this.nextStep, this.admin, this.due.node, this.facts,
      this.fetching.node, this.progress, this.result, this.actions, this.rarer,
    );
  }

  parts() {
    this.address = make("h3", { id: `account-${this.id}` });
    this.symbol = symbol("unknown");
    this.state = make("strong");
    this.since = make("span", { class: "quiet" });
    this.stateLine = make("p", { class: "state" }, this.symbol, this.state, this.since);
    this.title = make("p", { class: "title" });
    this.nextStep = make("p");
    this.who = make("p", { class: "quiet" });
    this.adminHelp = make("p", { class: "help" });
    this.code = make("p", { class: "quiet" });
    this.admin = make("details", {}, make("summary", {}, say("admin-help")), this.who, this.adminHelp);
    this.due = new DueLine();
    this.checks = make("ul", { class: "checks", "aria-label": say("checks") });
    this.person = make("p", { class: "quiet" });
    this.checked = make("p", { class: "quiet" });
    this.unread = make("p", { class: "quiet" });
    this.facts = make("div", { class: "facts" }, this.person, this.checks, this.checked, this.unread, this.code);
    this.fetching = new FetchPanel();
    this.result = make("p", { class: "result", role: "status", hidden: true });
    this.running = make("p", { role: "status" });
    this.link = make("a", { class: "button", target: "_blank", rel: "noreferrer" }, say("signing-in-link"));
    this.cancel = button(say("cancel"), () => this.attempt(() => this.cancelSignIn()));
    const row = make("div", { class: "buttons" }, this.link, this.cancel);
    this.device = new DevicePanel();
    this.progress = make(
      "div", { class: "progress", hidden: true }, make("div", { class: "bar" }), this.running, this.device.node, row,
    );
  }

  buttons() {
    const does = (verb) => () => this.attempt(verb);
    this.signIn = button(say("sign-in"), does(() => this.startSignIn()));
    this.other = button(say("sign-in-other"), does(() => this.startSignIn({ select_account: true })));
    this.byCode = button(say("sign-in-code"), does(() => this.startSignIn({ device_code: true })));
    this.ask = button(say("ask-admin"), does(() => this.askAdmin()), "primary");
    this.check = button(say("check"), does(() => this.checkNow()));
    this.fetch = button(say("fetch"), does(() => this.fetchNow()));
    this.test = button(say("test-mail"), does(() => this.testMail()));
    this.out = button(say("sign-out"), does(() => this.signOut()));
    const link = (view, words) => make("a", { class: "button", href: `#${view}/${encodeURIComponent(this.id)}` }, say(words));
    this.actions = make(
      "div", { class: "buttons" }, this.ask, this.signIn, this.check, this.fetch, this.test);
    this.rarer = make(
      "div", { class: "buttons small" }, this.other, this.byCode, this.out, link("history", "view-history"), link("new", "change"),
    );
  }

  update(account) {
    this.app = account.app;
    const health = account.health;
    this.account = account;
    this.showState(health, account);
    this.due.update(account);
    this.showFacts(health, account);
    this.showButtons(health, account);
    this.showProgress(account);
    this.fetching.show(account.fetching);
  }

  showState(health, account) {
    const blocked = health.state === "sign_in_required" && ["admin", "vendor"].includes(health.who);
    this.blocked = blocked;
    this.node.dataset.state = health.state;
    breakable(this.address, account.address);
    draw(this.symbol, health.state);
    const stuck = health.state === "unknown" && health.code;
    text(this.state, say(`state-${blocked ? "blocked" : stuck ? "stuck" : health.state}`));
    text(this.since, say("since", { when: when(health.since) }));
    breakable(this.title, health.title ?? ""); // it may name the address
    shown(this.title, Boolean(health.title));
    text(this.nextStep, health.next_step ?? "");
    text(this.who, ["admin", "vendor"].includes(health.who) ? say(`who-${health.who}`) : "");
    text(this.adminHelp, health.admin_help ?? "");
    text(this.code, health.code && !SAID_ALREADY.includes(health.code) ? say("code", { code: health.code }) : "");
    shown(this.admin, Boolean(health.admin_help) || ["admin", "vendor"].includes(health.who));
  }

  showFacts(health, account) {
    const other = account.signed_in_as && account.signed_in_as.toLowerCase() !== account.address.toLowerCase();
    text(this.person, other ? say("signed-in-as", { name: account.signed_in_as }) : "");
    text(this.checked, health.checked_at ? say("checked", { when: when(health.checked_at) }) : say("checked-never"));
    text(this.unread, account.unread ? count("unread", account.unread, { name: this.app || say("your-program") }) : "");
    const lines = ["token", "imap", "pop3", "smtp"].filter((name) => health.checks[name]).map((name) => {
      const check = health.checks[name];
      const how = say(check.result === "ok" ? "check-ok" : "check-failed");
      return { good: check.result === "ok", said: `${say(`check-${name}`)}: ${how}${check.code ? ` (${check.code})` : ""}` };
    });
    const fresh = JSON.stringify(lines);
    if (fresh === this.shownChecks) return;
    this.shownChecks = fresh;
    this.checks.replaceChildren(...lines.map((line) => make("li", { class: line.good ? "good" : "failed" }, line.said)));
  }

  showButtons(health, account) {
    const needed = NEEDS_SIGN_IN.includes(health.state) && !this.blocked;
    text(this.signIn, say(needed || !account.signed_in_as ? "sign-in" : "sign-in-again"));
    this.signIn.classList.toggle("primary", needed);
    shown(this.signIn, !account.sign_in_running);
    shown(this.other, !account.sign_in_running && (needed || this.wrongPerson));
    text(this.byCode, say(this.codeOver ? "sign-in-code-again" : "sign-in-code"));
    const codeRuns = account.sign_in_running && this.codeWanted;
    shown(this.byCode, !codeRuns && (account.sign_in_running || needed || !account.signed_in_as || this.codeOver));
    shown(this.ask, health.state === "consent_pending");
    shown(this.fetch, WORKS.includes(health.state) && account.receives);
    shown(this.out, Boolean(account.signed_in_as) && !account.sign_in_running);
  }

  showProgress(account) {
    shown(this.progress, account.sign_in_running);
    if (account.sign_in_running || this.signingIn) {
      this.signingIn = account.sign_in_running;
      this.attempt(() => this.followSignIn());
    }
  }

  /** Whatever goes wrong is said on the card. */
  async attempt(verb) {
    try {
      await verb();
    } catch (fault) {
      if (!(fault instanceof api.Refused)) {
        this.changed(fault);
        return;
      }
      this.tell(said(fault.problem), false);
      this.changed();
    }
  }

  tell(said, good = true) {
    this.result.classList.toggle("bad", !good);
    text(this.result, said);
  }

  async startSignIn(how = {}) {
    this.tell("");
    await api.call("POST", api.account(this.id, "sign-in"), how);
    this.codeWanted = Boolean(how.device_code);
    this.tell(""); // a sign-in that gave way to this one may have been told as cancelled
    await this.changed();
  }

  async cancelSignIn() {
    await api.call("DELETE", api.account(this.id, "sign-in"));
    await this.changed();
  }

  /** It is under way, which may bring a code at any time, or has just ended: how does it stand? */
  async followSignIn() {
    const sign = await api.get(api.account(this.id, "sign-in"));
    if (sign.stage === "running") text(this.running, this.underWay(sign));
    this.device.show(sign.device_code);
    const link = sign.url && /^https?:/.test(sign.url) ? sign.url : "";
    shown(this.link, link !== "");
    if (link) this.link.href = link;
    this.wrongPerson = sign.code === "wrong_person";
    this.codeOver = sign.code === "device_code_expired";
    if (sign.device_code) this.codeWanted = true; // begun elsewhere
    else if (sign.stage !== "running") this.codeWanted = false;
    this.showButtons(this.account.health, this.account);
    if (sign.stage === "signed_in") this.tell([say("signed-in"), said(sign)].filter(Boolean).join(" "));
    if (sign.stage === "consent_pending") this.tell(say("consent-missing"));
    if (sign.stage === "failed") this.tell(said(sign), false);
  }

  underWay(sign) {
    const address = this.account.address;
    if (sign.device_code) return say("device-who", { address });
    return sign.url ? say("signing-in", { address }) : say("signing-in-soon");
  }

  async askAdmin() {
    consentRequest(await api.get(api.account(this.id, "consent-request")));
  }

  async checkNow() {
    this.tell(say("checking"));
    const health = await api.call("POST", api.account(this.id, "check"));
    this.tell(say("check-done", { name: say(`state-${health.state}`) }), WORKS.includes(health.state));
    await this.changed();
  }

  async fetchNow() {
    this.tell(say("fetching"));
    const fetched = await api.call("POST", api.account(this.id, "fetch"));
    this.tell(fetched.new ? count("fetched", fetched.new) : say("fetched-none"));
    await this.changed();
  }

  async testMail() {
    const sent = await api.call("POST", api.account(this.id, "test-mail"));
    this.tell(sent.sign_in ? say("test-mail-after") : say("test-mail-sent", { address: this.account.address }));
    await this.changed();
  }

  async signOut() {
    const address = this.account.address;
    const title = say("sign-out-title", { address });
    if (!(await confirm(title, say("sign-out-text"), say("sign-out")))) return;
    await api.call("DELETE", api.account(this.id, "session"));
    this.tell(say("signed-out", { address }));
    await this.changed();
  }
}
