// The status page: how do all accounts stand now? Asked again every three seconds while somebody looks.

import * as api from "./api.js";
import { AccountCard } from "./account.js";
import { offerDoctor } from "./doctor.js";
import { arrange, shown, text } from "./dom.js";
import { showMessages, showOutbox, showWarnings } from "./lists.js";
import { count, language, now, say, use } from "./words.js";

const EVERY = 3000;
const LISTS_EVERY = 10; // rounds, where no number says that something changed

const part = (id) => document.getElementById(id);
const cards = new Map();
let asked = 0;
let rounds = 0;
let counted = "";
let lastSeen = "";
let timer = 0;
let ended = false;

async function start() {
  document.documentElement.lang = language;
  use(await api.words(language));
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  part("sign-in-all").addEventListener("click", () => api.call("POST", "/v1/sign-in").then(round, failed));
  document.addEventListener("visibilitychange", () => document.hidden || round());
  if (await api.begin(language)) {
    await round();
    if (!ended) offerDoctor(part("doctor"), failed); // not before the accounts stand: it would move away under the mouse
  } else {
    close();
  }
}

async function round() {
  clearTimeout(timer);
  if (ended) return;
  const mine = ++asked;
  try {
    const status = await api.get("/v1/status");
    if (mine === asked) show(status); // an answer overtaken by a later question is old
  } catch (fault) {
    failed(fault);
  }
  if (!document.hidden && !ended) timer = setTimeout(round, EVERY);
}

/** What a card calls: with a fault that is not the account's own, or for a fresh status. */
async function changed(fault) {
  if (fault) failed(fault);
  else await round();
}

function show(status) {
  lastSeen = now();
  shown(part("loading"), false);
  shown(part("gone"), false);
  shown(part("accounts"), true);
  text(part("version"), say("version", { name: status.version }));
  headline(status.accounts);
  showWarnings(part("warnings"), status.warnings);
  shown(part("accounts").querySelector(".empty"), status.accounts.length === 0);
  shown(part("sign-in-all"), status.accounts.filter(waitsForSignIn).length > 1);
  const list = part("accounts").querySelector(".content");
  arrange(list, cards, status.accounts, (account) => account.id, (account) => new AccountCard(account, changed));
  refreshLists(status).catch(failed);
}

function waitsForSignIn({ health, sign_in_running: running }) {
  return !running && (health.state === "expiring" || (health.state === "sign_in_required" && health.who === "user"));
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
  if (counts === counted && rounds++ % LISTS_EVERY) return;
  counted = counts;
  const [mails, letters] = await Promise.all([
    api.get("/v1/messages?order=newest&limit=20"),
    api.get("/v1/outbox?order=newest&limit=50"),
  ]);
  if (ended) return;
  showMessages(part("messages"), mails.messages);
  showOutbox(part("outbox"), letters.letters);
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
  for (const id of ["loading", "gone", "warnings", "accounts", "messages", "outbox", "doctor"]) shown(part(id), false);
  part("accounts").querySelector(".content").replaceChildren();
  for (const id of ["messages", "outbox"]) part(id).querySelector(".content").replaceChildren();
  text(part("headline"), "");
  document.title = "Postwart";
  shown(part("closed"), true);
}

start().catch(failed);
