// Talking to the program behind the page. Every change is a POST with a header that other sites cannot send.

/** A refusal of the program: its key is a text in words.json. */
export class Refusal extends Error {}

/** The whole picture: phones, clock, faults. */
export async function state() {
  const answer = await fetch("/api/state", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) throw new Refusal("e_other");
  return answer.json();
}

/** Asks for a change; the answer is an object, perhaps empty. */
export async function post(path, body = {}) {
  return deliver(path, JSON.stringify(body), "application/json");
}

/** Hands a file to the bot as this person. */
export async function upload(phone, file) {
  const query = new URLSearchParams({ phone, name: file.name });
  return deliver(`/api/upload?${query}`, file, "application/octet-stream");
}

async function deliver(path, body, type) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", body, headers: { "content-type": type, "x-playground": "1" } });
  } catch {
    throw new Refusal("e_other");
  }
  if (answer.status === 413) throw new Refusal("e_too_big");
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(said.error ?? "e_other");
  return said;
}

/** Calls `changed` after every change a phone could see and `alive(false)` while the program is not there. */
export function listen(changed, alive) {
  const source = new EventSource("/api/events");
  source.onopen = () => { alive(true); changed(); };
  source.onmessage = () => changed();
  source.onerror = () => alive(false);
}
