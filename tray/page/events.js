// What has happened? Server-sent events (HTML standard, section 9.2), read by fetch: EventSource sends no secret.

import * as api from "./api.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;

/** Listens while it is wanted, comes again after a break, and goes on where it was. */
export class Events {
  /** `heard(kinds)`: of these kinds something came; `connected(yes)`; `failed(fault)`: nobody answers, or not to us. */
  constructor({ heard, connected, failed }) {
    Object.assign(this, { heard, connected, failed });
    this.last = "";
    this.pause = FIRST_PAUSE;
    this.waiting = 0;
    this.line = null;
  }

  start() {
    if (this.line) return;
    clearTimeout(this.waiting);
    this.line = new AbortController();
    this.listen(this.line.signal);
  }

  /** A page that nobody sees costs nothing. */
  stop() {
    clearTimeout(this.waiting);
    this.line?.abort();
    this.line = null;
  }

  async listen(signal) {
    let fault = null;
    try {
      const answer = await api.stream("/v1/events", this.last, signal);
      this.pause = FIRST_PAUSE;
      this.connected(true);
      await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (caught) {
      fault = caught;
    }
    if (signal.aborted) return;
    this.line = null;
    this.connected(false);
    if (fault instanceof api.Closed || fault instanceof api.Gone) this.failed(fault);
    if (fault instanceof api.Closed) return;
    this.waiting = setTimeout(() => this.start(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  async read(reader) {
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      const kinds = new Set(events.map((event) => this.take(event)).filter(Boolean));
      if (kinds.size) this.heard(kinds);
    }
  }

  /** The kind of one event; what it says is asked for again with the rest, in one question. */
  take(event) {
    let kind = "";
    for (const line of event.split("\n")) {
      if (line.startsWith("id: ")) this.last = line.slice(4);
      else if (line.startsWith("event: ")) kind = line.slice(7);
    }
    return kind;
  }
}
