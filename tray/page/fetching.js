// How far is a long round of fetching? A panel on the account's card: count, rate, time left.

import { make, shown, text } from "./dom.js";
import { count, number, say } from "./words.js";

const IN_SECONDS = 90;

export class FetchPanel {
  constructor() {
    this.gauge = make("progress", { "aria-label": say("fetching") });
    this.pace = make("p", { class: "quiet" });
    this.node = make("div", { class: "fetching", hidden: true }, this.gauge, this.pace);
  }

  /** Nothing: no round is under way. Not read aloud at each step: the gauge says it when it is asked. */
  show(fetching) {
    shown(this.node, Boolean(fetching));
    if (!fetching) return;
    const { new: here, expected, per_second: pace, seconds_left: left } = fetching;
    this.gauge.max = Math.max(expected, here, 1);
    this.gauge.value = here;
    const told = [
      say("fetching-count", { count: number(here), name: number(expected) }),
      say("fetching-pace", { count: number(Math.round(pace)) }),
      left === null ? "" : timeLeft(left),
    ];
    text(this.pace, told.filter(Boolean).join(" · "));
  }
}

function timeLeft(seconds) {
  return seconds < IN_SECONDS ? count("seconds-left", seconds) : count("minutes-left", Math.round(seconds / 60));
}
