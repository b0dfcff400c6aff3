// Which code is to be typed in on another device, and for how long is it good? A panel on the account's card.

import { toClipboard } from "./dialogs.js";
import { button, make, shown, text } from "./dom.js";
import { say } from "./words.js";

const SECOND = 1000;
let fields = 0;

export class DevicePanel {
  constructor() {
    const id = `device-code-${++fields}`;
    this.ticking = 0;
    this.intro = make("p", { role: "status" });
    this.link = make("a", { target: "_blank", rel: "noreferrer" });
    this.field = make("input", { id, class: "code", readonly: true, spellcheck: "false", size: 12 });
    this.told = make("span", { class: "quiet", role: "status" });
    const copy = button(say("copy"), async () => {
      await toClipboard(this.field);
      text(this.told, say("copied"));
    });
    this.picture = make("img", { class: "qr", alt: say("device-picture") });
    this.left = make("p", { class: "quiet" });
    this.node = make(
      "div", { class: "device", hidden: true },
      this.intro, make("p", {}, this.link),
      make("div", { class: "row" }, make("label", { for: id }, say("device-code")), this.field, copy, this.told),
      this.picture, this.left, make("p", { class: "notice" }, say("device-warning")),
    );
  }

  /** Nothing: there is no code, or not any more. The same code again changes nothing, so that the focus stays. */
  show(code) {
    shown(this.node, Boolean(code));
    clearInterval(this.ticking);
    if (!code) return;
    text(this.intro, say(code.step === 2 ? "device-second" : "device-first"));
    text(this.link, code.url);
    if (/^https:/.test(code.link)) this.link.href = code.link;
    if (this.field.value !== code.user_code) {
      this.field.value = code.user_code;
      text(this.told, "");
    }
    if (this.picture.src !== code.qr_png) this.picture.src = code.qr_png;
    this.until = Date.parse(code.expires_at);
    this.tick();
    this.ticking = setInterval(() => this.tick(), SECOND);
  }

  tick() {
    const left = Math.max(0, Math.round((this.until - Date.now()) / SECOND));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    text(this.left, left ? say("device-left", { time }) : say("device-over"));
    if (!left) clearInterval(this.ticking);
  }
}
