import { heard } from './time.js';

const KEPT = 'strandline-session';

/** What went wrong, with what to do. */
export class Failure extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** Begins a session with the token of the link, where there is one. */
export async function begin(token) {
  const response = await fetch('/api/session', { method: 'POST', body: token });
  if (response.ok) {
    localStorage.setItem(KEPT, (await response.json()).session);
    return true;
  }
  return false;
}

export function known() {
  return localStorage.getItem(KEPT) !== null;
}

/** Asks the server; parameters without a value are left out. */
export async function ask(name, parameters = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(key, value);
    }
  }
  let response;
  try {
    response = await fetch(`/api/${name}?${query}`.replace(/\?$/, ''), {
      signal, headers: { Authorization: 'Bearer ' + (localStorage.getItem(KEPT) ?? '') },
    });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Failure('ended', 'strandline inspect is no longer running. Start it again, and open the link that it prints.');
  }
  const body = await response.json();
  if (!response.ok) {
    throw new Failure(body.error.kind, body.error.message);
  }
  heard(body.now);
  return body;
}
