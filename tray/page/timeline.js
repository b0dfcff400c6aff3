// What became of an account in 90 days, and what is ahead? A picture drawn from data, and the same in words.

import { make } from "./dom.js";
import { assumed, dueWords } from "./due.js";
import { count, say, shortDay, when } from "./words.js";

const DAY = 86400000;
const [NARROWEST, WIDEST] = [280, 1150];
const BAND = { top: 34, high: 30 };
const BARS = { top: 74, high: 26 };
const HIGH = 122;
const LABEL = 76; // as wide as a date is

const LONGEST_AHEAD = 100; // days; what is due later stands at the edge

/** A figure: the picture, its legend, and all of it as a list for whoever does not see it. */
export function timeline(line, address) {
  return make("figure", { class: "timeline" }, picture(line, address), legend(line), inWords(line));
}

function picture(line, address) {
  const begin = Date.parse(line.begin);
  const now = Date.parse(line.now);
  const due = line.sign_in_due ? Math.max(now, Date.parse(line.sign_in_due)) : 0;
  const end = now + Math.min(LONGEST_AHEAD, Math.max(21, due ? (due - now) / DAY + 9 : 0)) * DAY;
  const wide = Math.max(NARROWEST, Math.min(WIDEST, document.documentElement.clientWidth - 60)); // so that dates are readable
  const x = (at) => Math.round(((Math.min(at, end) - begin) / (end - begin)) * wide * 10) / 10;
  const svg = draw("svg", { viewBox: `0 0 ${wide} ${HIGH}`, role: "img", "aria-label": say("timeline-of", { address }) });
  svg.append(draw("rect", { class: "empty", x: 0, y: BAND.top, width: wide, height: BAND.high, rx: 4 }));
  for (const { state, begin: from, end: to } of line.stretches) {
    const left = x(Date.parse(from));
    const shape = { class: `state-${state}`, x: left, y: BAND.top, width: Math.max(1.5, x(Date.parse(to)) - left), height: BAND.high };
    svg.append(draw("rect", shape, draw("title", {}, `${say(`state-${state}`)}: ${when(from)} – ${when(to)}`)));
  }
  svg.append(...bars(line.days, x), ...line.marks.map((mark) => sign(mark, x)));
  svg.append(draw("path", { class: "now", d: `M${x(now)} 24V${BARS.top + BARS.high + 2}` }));
  svg.append(label(0, shortDay(line.begin)), label(x(now), say("timeline-now"), "middle"));
  const dueClass = assumed(line) ? "due assumed" : "due";
  if (due) svg.append(draw("path", { class: "ahead", d: `M${x(now)} 49H${x(due)}` }), draw("path", { class: dueClass, d: `M${x(due)} ${BAND.top - 6}v42` }));
  if (due && x(due) - x(now) > LABEL) svg.append(label(Math.min(x(due) + LABEL / 2, wide), shortDay(line.sign_in_due), "end"));
  return svg;
}

/** For the eye; whoever does not see it has the same in the list. */
function label(x, words, anchor = "start") {
  return draw("text", { class: "label", x, y: HIGH - 4, "text-anchor": anchor, "aria-hidden": "true" }, words);
}

/** Taller where more went well; what failed stands on top, in another colour and hatched. */
function bars(days, x) {
  const most = Math.max(1, ...days.map((day) => day.renewed + day.failed));
  return days.flatMap((day) => {
    const left = x(Date.parse(`${day.date}T00:00`));
    const width = Math.max(2, x(Date.parse(`${day.date}T00:00`) + DAY) - left - 1);
    const [well, bad] = [day.renewed, day.failed].map((number) => (number / most) * BARS.high);
    const foot = BARS.top + BARS.high;
    const parts = [draw("rect", { class: "renewed", x: left, y: foot - well, width, height: well })];
    if (day.failed) parts.push(draw("rect", { class: "failed", x: left, y: foot - well - Math.max(3, bad), width, height: Math.max(3, bad) }));
    return parts;
  });
}

function sign(mark, x) {
  const at = x(Date.parse(mark.at));
  const shapes = {
    signed_in: `M${at - 7} 14h14l-7 13z`,
    consent_granted: `M${at - 7} 20l7-7 7 7-7 7z`,
    signed_out: `M${at - 6} 15h12v10h-12z`,
    sign_in_ended: `M${at - 6} 14l12 12M${at + 6} 14l-12 12`,
  };
  return draw("path", { class: `mark ${mark.kind}`, d: shapes[mark.kind] }, draw("title", {}, inMarkWords(mark)));
}

function legend(line) {
  const states = [...new Set(line.stretches.map((stretch) => stretch.state))];
  const kinds = [...new Set(line.marks.map((mark) => mark.kind))];
  const item = (shape, words) => make("span", { class: "key" }, small(shape), words);
  return make(
    "figcaption", { class: "legend" },
    ...states.map((state) => item(draw("rect", { class: `state-${state}`, width: 20, height: 20, rx: 4 }), say(`state-${state}`))),
    ...kinds.map((kind) => item(sign({ kind, at: 0 }, () => 10), say(`mark-${kind}`))),
    line.sign_in_due ? item(draw("path", { class: assumed(line) ? "due assumed" : "due", d: "M10 1v22" }), say(assumed(line) ? "timeline-due-assumed" : "timeline-due")) : null,
    line.days.length ? item(draw("rect", { class: "renewed", x: 4, y: 4, width: 8, height: 18 }), say("timeline-checks")) : null,
    line.days.some((day) => day.failed) ? item(draw("rect", { class: "failed", x: 4, y: 4, width: 8, height: 18 }), say("timeline-failed")) : null,
  );
}

function small(shape) {
  const frame = draw("svg", { viewBox: shape.classList.contains("mark") ? "0 10 20 20" : "0 0 20 24", class: "sample", "aria-hidden": "true" }, shape);
  for (const title of frame.querySelectorAll("title")) title.remove();
  return frame;
}

function inWords(line) {
  const sums = line.days.reduce((sum, day) => [sum[0] + day.renewed, sum[1] + day.failed], [0, 0]);
  const states = line.stretches.toReversed().map(
    ({ state, begin, end }) => `${when(begin)} – ${end === line.now ? say("timeline-now") : when(end)}: ${say(`state-${state}`)}`,
  );
  return make(
    "details", {},
    make("summary", {}, say("timeline-words")),
    make(
      "ul", { class: "words" },
      line.sign_in_due ? make("li", {}, dueWords(line)) : null,
      make("li", {}, `${count("timeline-renewed", sums[0])} ${count("timeline-failures", sums[1])}`),
      ...states.map((said) => make("li", {}, said)),
      ...line.marks.toReversed().map((mark) => make("li", {}, inMarkWords(mark))),
    ),
  );
}

function inMarkWords(mark) {
  return mark.at ? `${when(mark.at)}: ${say(`mark-${mark.kind}`)}` : "";
}

function draw(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
