/** Calls of the REST API with the session's cookie. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.status = status;
  }
}

export async function call(method, path, body, more = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: {
        'X-LPAI-Console': '1',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...more,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    throw new Refused(0, { detail: 'The server does not answer.' });
  }
  const isJson = /json/.test(answer.headers.get('Content-Type') ?? '');
  const content = isJson ? await answer.json() : {};
  if (!answer.ok) {
    throw new Refused(answer.status, content);
  }
  return content;
}

export const locationPath = (id) => `/api/locations/${encodeURIComponent(id)}`;

/** Where the console shows a location. */
export const locationLink = (id, view = '') => `#/locations/${encodeURIComponent(id)}${view && `/${view}`}`;
