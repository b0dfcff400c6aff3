// Who is asking, and what does Postwart answer? The session lives in this tab alone, never in a cookie.

const KEPT = "postwart-session";
let session = null;
let language = "en";

/** Postwart answered, and the answer is no. `problem` is RFC 9457's, in the reader's language. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
  }
}

/** Nobody is known here (any more): the page has to be opened from the icon. */
export class Closed extends Error {}

/** Postwart did not answer at all. */
export class Gone extends Error {}

/** An answer that goes on and on; `last` is the id of the last event that was seen. */
export async function stream(path, last, signal) {
  const headers = { Authorization: `Bearer ${session}`, "Accept-Language": language, Accept: "text/event-stream" };
  if (last) headers["Last-Event-ID"] = last;
  const answer = await reached(path, { headers, signal, cache: "no-store" });
  if (answer.status === 401) throw closed();
  if (!answer.ok) throw new Refused(answer.status, {});
  return answer;
}

/** Take the one-time code out of the address, so that it is in no history and no bookmark. */
export async function begin(chosen) {
  language = chosen;
  const code = new URLSearchParams(location.hash.slice(1)).get("k");
  session = sessionStorage.getItem(KEPT);
  if (code === null) return session !== null;
  history.replaceState(null, "", location.pathname);
  try {
    const answer = await send("POST", "/v1/page-session", { code }, {});
    session = answer.secret;
    sessionStorage.setItem(KEPT, session);
  } catch (fault) {
    if (fault instanceof Gone) throw fault;
    // a used or old code: whoever has a session already may go on with it
  }
  return session !== null;
}

export async function call(method, path, body) {
  try {
    return await send(method, path, body, { Authorization: `Bearer ${session}` });
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.status !== 401) throw fault;
    throw closed();
  }
}

function closed() {
  sessionStorage.removeItem(KEPT);
  return new Closed();
}

export const get = (path) => call("GET", path);
export const account = (id, verb) => `/v1/accounts/${encodeURIComponent(id)}/${verb}`;

export async function words(chosen) {
  return (await fetch(`/words/${chosen}.json`)).json();
}

async function send(method, path, body, headers) {
  const request = { method, headers: { ...headers, "Accept-Language": language }, cache: "no-store" };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers["Content-Type"] = "application/json";
  }
  const answer = await reached(path, request);
  let text;
  try {
    text = await answer.text();
  } catch (fault) {
    throw new Gone(fault.message);
  }
  const content = /json/.test(answer.headers.get("Content-Type") ?? "") && text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Refused(answer.status, content ?? {});
  return content;
}

async function reached(path, request) {
  try {
    return await fetch(path, request);
  } catch (fault) {
    throw new Gone(fault.message);
  }
}
