// In which words is it said? Those of the catalogue, in the browser's language: German or English.

let catalogue = {};
let plural, moment, day, short, time, figures;

export const language = /^de\b/i.test(navigator.languages?.[0] ?? navigator.language) ? "de" : "en";

export function use(words) {
  catalogue = words;
  plural = new Intl.PluralRules(language);
  moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  day = new Intl.DateTimeFormat(language, { dateStyle: "full" });
  figures = new Intl.NumberFormat(language);
  short = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
}

export function say(key, facts = {}) {
  const sentence = catalogue[key];
  if (sentence === undefined) throw new Error(`no words for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (place, name) => String(facts[name] ?? place));
}

export function count(key, number, facts = {}) {
  return say(`${key}-${plural.select(number)}`, { count: number, days: number, ...facts });
}

/** The time alone for today, else the date with it. */
/** Some with their full stop and some without, as the API gives them. Empty ones are left out. */
export function inARow(...sentences) {
  return sentences.filter(Boolean).join(". ").replaceAll("..", ".");
}

export function when(iso) {
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? time.format(date) : moment.format(date);
}

export function date(iso) {
  return day.format(new Date(iso));
}

export function shortDay(iso) {
  return short.format(new Date(iso));
}

export function number(value) {
  return figures.format(value);
}

export function now() {
  return time.format(new Date());
}
