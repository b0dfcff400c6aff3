// The status page: how do all accounts stand now? Told by events while somebody looks; nothing is asked while nobody does.

import * as api from "./api.js";
import { AccountCard } from "./account.js";
import { offerDoctor } from "./doctor.js";
import { arrange, released, shown, text } from "./dom.js";
import { Events } from "./events.js";
import { History } from "./history.js";
import { showMessages, showOutbox, showWarnings } from "./lists.js";
import { Programs } from "./programs.js";
import { SetUp } from "./setup.js";
import { Settings } from "./settings.js";
import { Views } from "./views.js";
import { count, language, now, say, use } from "./words.js";

const WITH_EVENTS = 60000; // for what no event tells: when the last check was, how many days are left
const WITHOUT_EVENTS = 15000;
const UNDER_WAY = 2000; // a sign-in’s code and address, and how far a long fetch is, come without an event
const GATHERED = 200; // events come in swarms

const part = (id) => document.getElementById(id);
const cards = new Map();
const parts = {}; // the views that are more than the status
const views = new Views((name, rest) => parts[name]?.enter(rest).catch(failed));
const events = new Events({ heard, connected, failed });
let asked = 0;
let counted = "";
let stale = true; // the lists, whatever the numbers say
let live = false;
let running = false;
let lastSeen = "";
let timer = 0;
let due = Infinity; // when the next round is
let ended = false;

async function start() {
  document.documentElement.lang = language;
  use(await api.words(language));
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  part("views").setAttribute("aria-label", say("views"));
  parts.history = new History(part("history"), failed);
  parts.programs = new Programs(part("programs"), failed);
  parts.settings = new Settings(part("settings"), failed);
  parts.new = new SetUp(part("new"), round, failed);
  part("sign-in-all").addEventListener("click", () => api.call("POST", "/v1/sign-in").then(round, failed));
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : wake()));
  if (await api.begin(language)) {
    if (!document.hidden) events.start();
    await round();
    if (!ended) offerDoctor(part("doctor"), failed); // not before the accounts stand: it would move away under the mouse
  } else {
    close();
  }
}

function rest() {
  quiet();
  events.stop();
  live = false;
}

function wake() {
  if (ended) return;
  events.start();
  round();
}

function heard(kinds) {
  if (kinds.has("message") || kinds.has("outbox") || kinds.has("reset")) stale = true;
  again(GATHERED);
}

function connected(yes) {
  live = yes;
  if (yes) stale = true;
  again(yes ? GATHERED : WITHOUT_EVENTS); // what happened before it was connected is in no event
}

/** What is to come sooner stays: news that came during a round is asked for right after it. */
function again(pause) {
  const at = performance.now() + pause;
  if (at >= due || document.hidden || ended) return;
  clearTimeout(timer);
  due = at;
  timer = setTimeout(round, pause);
}

function quiet() {
  clearTimeout(timer);
  due = Infinity;
}

async function round() {
  quiet();
  if (ended) return;
  const mine = ++asked;
  try {
    const status = await api.get("/v1/status");
    await released();
    if (mine === asked && !ended) await show(status); // an answer overtaken by a later question is old
  } catch (fault) {
    failed(fault);
  }
  if (mine === asked) again(running ? UNDER_WAY : live ? WITH_EVENTS : WITHOUT_EVENTS);
}

/** What a card calls: with a fault that is not the account's own, or for a fresh status. */
async function changed(fault) {
  if (fault) failed(fault);
  else await round();
}

async function show(status) {
  lastSeen = now();
  running = status.accounts.some((account) => account.sign_in_running || account.fetching);
  parts.history.accounts(status.accounts);
  if (part("loading").hidden === false) views.open();
  shown(part("loading"), false);
  shown(part("gone"), false);
  shown(part("accounts"), true);
  text(part("version"), say("version", { name: status.version }));
  headline(status.accounts);
  showWarnings(part("warnings"), status.warnings);
  shown(part("accounts").querySelector(".empty"), status.accounts.length === 0);
  part("add-account").classList.toggle("primary", status.accounts.length === 0);
  shown(part("sign-in-all"), status.accounts.filter(waitsForSignIn).length > 1);
  const list = part("accounts").querySelector(".content");
  const accounts = status.accounts.map((account) => ({ ...account, app: status.app_name }));
  arrange(list, cards, accounts, (account) => account.id, (account) => new AccountCard(account, changed));
  await refreshLists(status);
}

function waitsForSignIn({ health, sign_in_running: signingIn }) {
  return !signingIn && (health.state === "expiring" || (health.state === "sign_in_required" && health.who === "user"));
}

function stuck(health) {
  return health.state === "unknown" && health.code; // it cannot be checked, as where the keyring is locked
}

function headline(accounts) {
  const quiet = accounts.filter(({ health }) => ["offline", "unknown"].includes(health.state) && !stuck(health)).length;
  const open = accounts.filter((account) => account.health.state !== "ok").length - quiet;
  let said = say("headline-none");
  if (open) said = count("headline-open", open);
  else if (quiet) said = count("headline-quiet", quiet);
  else if (accounts.length) said = count("headline-ok", accounts.length);
  text(part("headline"), said);
  document.title = `${said} – Postwart`;
}

async function refreshLists(status) {
  const counts = JSON.stringify([status.unread, status.outbox]);
  if (counts === counted && !stale) return;
  counted = counts;
  stale = false;
  const [mails, letters] = await Promise.all([
    api.get("/v1/messages?order=newest&limit=20"),
    api.get("/v1/outbox?order=newest&limit=50"),
  ]);
  await released();
  if (ended) return;
  showMessages(part("messages"), mails.messages);
  showOutbox(part("outbox"), letters.letters, lettersChanged);
}

function lettersChanged() {
  stale = true;
  return round();
}

function failed(fault) {
  if (fault instanceof api.Closed) {
    close();
  } else if (fault instanceof api.Gone && lastSeen) {
    text(part("gone"), `${say("gone-title")}. ${say("gone-text", { time: lastSeen })}`);
  } else if (fault instanceof api.Gone) {
    close();
  } else if (fault instanceof api.Refused) {
    text(part("gone"), [fault.problem.title, fault.problem.next_step].filter(Boolean).join(". "));
  } else {
    throw fault;
  }
}

/** Nothing of anybody's mail stays on the screen where no session is. */
function close() {
  ended = true;
  rest();
  views.close();
  for (const id of ["loading", "gone"]) shown(part(id), false);
  for (const content of document.querySelectorAll("main .content")) content.replaceChildren();
  text(part("headline"), "");
  document.title = "Postwart";
  shown(part("closed"), true);
}

start().catch(failed);
