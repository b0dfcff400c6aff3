// What happened to an account? Its last 90 days as a picture, and its journal in words.

import * as api from "./api.js";
import { button, make, shown, text } from "./dom.js";
import { timeline } from "./timeline.js";
import { say, when } from "./words.js";

const AT_ONCE = 50;

export class History {
  /** `failed` is told of what is not the view's own business. */
  constructor(section, failed) {
    this.failed = failed;
    this.account = "";
    this.known = [];
    this.choice = make("select", { id: "history-account" });
    this.choice.addEventListener("change", () => { location.replace(`#history/${encodeURIComponent(this.choice.value)}`); });
    this.label = make("label", { for: "history-account" }, say("history-account"));
    this.row = make("p", { class: "row" }, this.label, this.choice);
    this.none = make("p", {}, say("headline-none"));
    this.picture = make("div");
    this.log = make("ol", { class: "log" });
    this.more = button(say("journal-older"), () => this.older().catch(this.failed));
    this.empty = make("p", { hidden: true }, say("journal-none"));
    this.title = make("h3", {}, say("journal-title"));
    section.append(make("div", { class: "content" }, this.none, this.row, this.picture, this.title, this.empty, this.log, this.more));
  }

  /** Which accounts there are now. */
  accounts(known) {
    const fresh = JSON.stringify(known.map(({ id, address }) => [id, address]));
    shown(this.none, known.length === 0);
    for (const node of [this.row, this.title, this.log]) shown(node, known.length > 0);
    if (fresh === this.fresh) return;
    this.fresh = fresh;
    this.known = known;
    this.choice.replaceChildren(...known.map(({ id, address }) => make("option", { value: id }, address)));
    if (this.account) this.choice.value = this.account;
  }

  async enter(id) {
    this.account = this.known.some((account) => account.id === id) ? id : (this.known[0]?.id ?? "");
    if (!this.account) return;
    this.choice.value = this.account;
    const mine = this.account;
    const [line, page] = await Promise.all([api.get(api.account(mine, "timeline")), this.page("")]);
    if (mine !== this.account) return;
    const { address } = this.known.find((account) => account.id === mine);
    this.picture.replaceChildren(timeline(line, address));
    this.log.replaceChildren(...page.entries.map(entry));
    this.go(page);
  }

  async older() {
    const page = await this.page(`&before=${this.next}`);
    const rows = page.entries.map(entry);
    this.log.append(...rows);
    this.go(page);
    rows[0]?.focus();
  }

  page(before) {
    return api.get(`${api.account(this.account, "journal")}?limit=${AT_ONCE}${before}`);
  }

  go(page) {
    this.next = page.next;
    shown(this.more, page.next !== null);
    shown(this.empty, this.log.children.length === 0);
  }
}

function entry({ at, kind, said, code }) {
  const hint = make("span", { class: "quiet" });
  text(hint, code);
  return make("li", { class: kind, tabindex: "-1" }, make("time", { class: "quiet", datetime: at }, when(at)), make("span", {}, said), hint);
}
