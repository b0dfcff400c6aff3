// Which values make an account? The preset's are shown, and locked where they are fixed; sent is what differs.

import { make, shown } from "./dom.js";
import { Field } from "./fields.js";
import { say } from "./words.js";

const SERVERS = ["imap", "pop3", "smtp"];
const PLACES = ["host", "port", "security"];
const SECURITY = { tls: "TLS", starttls: "STARTTLS" };

export class AccountForm {
  /** `account`: as the API shows it, to be changed; null for a new one. `others`: what is there already. */
  constructor(presets, account, others) {
    this.presets = Object.fromEntries(presets.map((preset) => [preset.name, preset]));
    this.account = account;
    this.others = others;
    const names = Object.fromEntries(presets.map(({ name }) => [name, say(`preset-${name}`)]));
    const receives = { imap: "IMAP", pop3: "POP3", none: say("receive-none") };
    this.field = {
      address: new Field("address", say("field-address"), { type: "email", required: true, autocomplete: "email" }),
      preset: new Field("preset", say("field-preset"), { options: names }),
      client_id: new Field("client_id", say("field-client"), { required: true, hint: say("field-client-hint") }),
      sign_in_as: new Field("sign_in_as", say("field-person"), { type: "email", hint: say("field-person-hint") }),
      tenant: new Field("tenant", say("field-tenant"), { hint: say("field-tenant-hint") }),
      issuer: new Field("issuer", say("field-issuer"), { type: "url", placeholder: "https://" }),
      client_secret: new Field("client_secret", say("field-secret"), { type: "password", hint: say("field-secret-hint") }),
      scopes: new Field("scopes", say("field-scopes"), { hint: say("field-scopes-hint") }),
      receive: new Field("receive", say("field-receive"), { options: receives }),
    };
    for (const server of SERVERS) this.addServer(server);
    this.more = make("details", {}, make("summary", {}, say("set-up-more")), ...this.slow());
    const { address, preset, client_id: client } = this.field;
    this.node = make("div", { class: "fields" }, address.node, preset.node, client.node, this.more);
    preset.input.addEventListener("change", () => this.take());
    this.field.receive.input.addEventListener("change", () => this.arrange());
    this.field.preset.value = account?.preset ?? others.at(-1)?.preset ?? "microsoft365";
    this.take();
  }

  addServer(server) {
    const name = say(`check-${server}`);
    this.field[`${server}.host`] = new Field(`${server}.host`, say("field-server", { name }));
    this.field[`${server}.port`] = new Field(`${server}.port`, say("field-port", { name }), { inputmode: "numeric", size: 6 });
    this.field[`${server}.security`] = new Field(`${server}.security`, say("field-security", { name }), { options: SECURITY });
  }

  slow() {
    const early = ["address", "preset", "client_id"];
    return Object.entries(this.field).filter(([key]) => !early.includes(key)).map(([, field]) => field.node);
  }

  get all() {
    return Object.values(this.field);
  }

  get preset() {
    return this.presets[this.field.preset.value];
  }

  /** What the preset says, or the account where it is the account's own preset. */
  usual(key) {
    const [server, place] = key.split(".");
    if (place) return this.preset[server]?.[place] ?? (place === "security" ? "tls" : "");
    if (key === "receive") return this.preset.receive ?? "imap";
    if (key === "tenant") return this.preset.microsoft ? "organizations" : "";
    return key === "issuer" ? (this.preset.issuer ?? "") : "";
  }

  own(key) {
    if (!this.account) return undefined;
    const [server, place] = key.split(".");
    if (place) return this.account[server]?.[place];
    return key === "scopes" ? this.account.scopes.join(" ") : this.account[key];
  }

  take() {
    const alike = this.others.filter((other) => this.presets[other.preset].microsoft === this.preset.microsoft).at(-1);
    const mine = this.account?.preset === this.field.preset.value;
    for (const [key, field] of Object.entries(this.field)) {
      if (["address", "preset", "client_id"].includes(key)) continue;
      field.value = (mine ? this.own(key) : undefined) ?? this.usual(key);
    }
    if (this.account) {
      this.field.address.value ||= this.account.address;
      this.field.client_id.value ||= this.account.client_id;
    } else if (alike && !this.typed) {
      this.field.client_id.value = alike.client_id; // one program is registered once, whatever the mailbox
    }
    this.field.receive.offer(this.preset.receives);
    this.more.open = this.preset.name === "custom";
    this.arrange();
  }

  arrange() {
    const { microsoft, name, locked } = this.preset;
    const managed = this.account?.managed ?? [];
    const receive = this.field.receive.value;
    for (const [key, field] of Object.entries(this.field)) {
      const top = key.split(".")[0];
      const one = top === "receive" && this.preset.receives.length === 1;
      field.lock(managed.includes(top) ? "managed" : locked.includes(top) || one ? "locked" : "");
    }
    this.field.tenant.show(microsoft);
    this.field.issuer.show(!microsoft);
    this.field.client_secret.show(!microsoft);
    this.field.scopes.show(name === "custom");
    for (const server of SERVERS) {
      for (const place of PLACES) this.field[`${server}.${place}`].show(server === "smtp" || server === receive);
    }
    shown(this.more, true);
  }

  /** For the API: what is new, or differs from what the preset or the account says. */
  values() {
    const changed = {};
    for (const [key, field] of Object.entries(this.field)) {
      const before = this.own(key) ?? this.usual(key);
      if (field.node.hidden || field.locked || field.value === String(before)) continue;
      const [top, place] = key.split(".");
      const value = valued(key, field.value);
      if (place) changed[top] = { ...changed[top], [place]: value };
      else if (value !== null || this.account) changed[key] = value;
    }
    if (this.account) return changed;
    const { address, preset, client_id: client } = this.field;
    return { ...changed, id: this.identifier(), address: address.value, preset: preset.value, client_id: client.value };
  }

  /** A name from the address that no other account has. */
  identifier() {
    const taken = this.others.map(({ id }) => id);
    const name = this.field.address.value.split("@")[0].toLowerCase().replace(/[^a-z0-9_-]+/g, "-").replace(/^[-_]+|[-_]+$/g, "");
    let id = name || "mailbox";
    for (let number = 2; taken.includes(id); number++) id = `${name || "mailbox"}-${number}`;
    return id;
  }
}

function valued(key, said) {
  if (key.endsWith(".port")) return /^\d+$/.test(said) ? Number(said) : said;
  if (key === "scopes") return said ? said.split(/\s+/) : null;
  return said === "" ? null : said;
}
