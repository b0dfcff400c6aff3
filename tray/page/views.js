// Which part of the page is shown? The address says it, so that the browser's back works: #history/info.

import { shown } from "./dom.js";

const VIEWS = ["overview", "new", "history", "programs", "settings"];

export class Views {
  /** `entered(name, rest)` is called with the rest of the address each time somebody comes to a view. */
  constructor(entered) {
    this.entered = entered;
    this.name = "";
    addEventListener("hashchange", () => this.go(true));
  }

  open() {
    shown(document.getElementById("views"), true);
    this.go(false);
  }

  close() {
    shown(document.getElementById("views"), false);
    for (const name of VIEWS) shown(document.getElementById(name), false);
    this.name = "closed";
  }

  /** `moved`: a person has gone there, so the focus goes too. */
  go(moved) {
    const [name, ...rest] = location.hash.slice(1).split("/");
    if (this.name === "closed" || name === "main") return;
    this.name = VIEWS.includes(name) ? name : "overview";
    for (const each of VIEWS) shown(document.getElementById(each), each === this.name);
    for (const link of document.querySelectorAll("#views a")) {
      if (link.hash === `#${this.name}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.entered(this.name, decoded(rest.join("/")));
    if (!moved) return;
    scrollTo(0, 0);
    document.querySelector(`#${this.name} h2:not([hidden])`)?.focus({ preventScroll: true });
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // somebody wrote it by hand
  }
}
