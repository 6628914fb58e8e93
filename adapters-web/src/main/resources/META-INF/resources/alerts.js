/** What a person must know: alerts of one kind and one remedy together. */
import { locationLink } from '/api.js';
import { element, number, plural } from '/dom.js';
import { ago } from '/times.js';
import { alertText, alertWords } from '/words.js';

const FEW = 4;
const INSTALLED_BEFORE = ['needsReauth', 'oauthFailed', 'unreadable', 'missingScopes', 'uninstalled'];

export class AlertList {
  #place;
  #installUrl;
  #seen = '';
  #before;
  #opened = new Set();
  #alerts = [];
  news = '';

  constructor(place, installUrl) {
    this.#place = place;
    this.#installUrl = installUrl;
  }

  show(alerts) {
    const seen = JSON.stringify(alerts);
    if (seen === this.#seen) {
      return;
    }
    this.#seen = seen;
    this.#alerts = alerts;
    this.#tellNews(alerts);
    this.#draw();
  }

  #tellNews(alerts) {
    const present = new Map(alerts.map((each) => [`${each.kind} ${each.subjectKind} ${each.subject}`, `${each.name}: ${alertWords(each)[0]}`]));
    if (this.#before) {
      const began = [...present].filter(([key]) => !this.#before.has(key)).map(([, words]) => words);
      const ended = [...this.#before].filter(([key]) => !present.has(key)).map(([, words]) => words);
      this.news = [told('New alert', began), told('No more', ended)].filter(Boolean).join(' ');
    }
    this.#before = present;
  }

  #draw() {
    const focused = this.#place.contains(document.activeElement) ? document.activeElement.textContent : '';
    this.#place.replaceChildren(...groups(this.#alerts).map((group) => this.#card(group)));
    if (focused) {
      const again = [...this.#place.querySelectorAll('a, button')].find((each) => each.textContent === focused);
      (again ?? document.getElementById('alerts-title')).focus();
    }
  }

  #card(group) {
    const [first] = group;
    const [words, tone] = alertWords(first);
    const key = first.kind + first.action;
    const isOpen = this.#opened.has(key) || group.length <= FEW;
    const shown = isOpen ? group : group.slice(0, FEW - 1);
    const rest = group.length - shown.length;
    const showAll = () => {
      this.#opened.add(key);
      this.#draw();
    };
    return element(
      'article',
      { class: `card alert ${tone}` },
      element('h3', {}, words, group.length > 1 ? ` · ${number(group.length)}` : ''),
      element('ul', { class: 'subjects' }, ...shown.map(subject)),
      rest > 0 ? element('p', {}, element('button', { class: 'link', type: 'button', onclick: showAll }, `Show ${number(rest)} more`)) : undefined,
      remedy(first, this.#installUrl()),
    );
  }
}

function told(what, words) {
  return words.length > 3 ? `${what}: ${plural(words.length, 'alert')}.` : words.length > 0 ? `${what}: ${words.join(', ')}.` : '';
}

function groups(alerts) {
  const byRemedy = new Map();
  for (const alert of alerts) {
    const key = alert.kind + alert.action;
    byRemedy.set(key, [...(byRemedy.get(key) ?? []), alert]);
  }
  return [...byRemedy.values()];
}

/** Where something is done about an alert. */
const VIEWS = { deadWebhooks: 'webhooks', undecidedConflicts: 'conflicts', failedMessages: 'failed', differences: 'drift', reconcileFailing: 'drift' };

function subject(alert) {
  const name = alert.subjectKind === 'location'
    ? element('a', { href: locationLink(alert.subject, VIEWS[alert.kind] ?? 'connection') }, alert.name)
    : element('strong', {}, alert.name);
  return element(
    'li',
    {},
    element('p', { class: 'subject' }, name, element('span', { class: 'small' }, ago(alert.since, ''))),
    element('p', { class: 'small' }, alertText(alert)),
    ...(alert.subjectKind === 'company' ? detail(alert) : []),
  );
}

/** What to do, and the way to it. */
function remedy(alert, installUrl) {
  return element(
    'div',
    { class: 'remedy' },
    element('p', {}, alert.action),
    alert.installUrl ? element('p', {}, element('a', { class: 'button', href: installUrl }, INSTALLED_BEFORE.includes(alert.kind) ? 'Install again' : 'Install the app')) : undefined,
  );
}

/** An alert or a note on the page of its location. */
export function alertCard(alert, installUrl) {
  const [words, tone] = alertWords(alert);
  return element(
    'section',
    { class: `card alert ${tone}` },
    element('h2', {}, words, element('span', { class: 'small' }, ago(alert.since, ''))),
    element('p', {}, alertText(alert)),
    ...detail(alert),
    remedy(alert, installUrl),
  );
}

function detail(alert) {
  return alert.detail && alert.detail !== alertText(alert)
    ? [element('details', { class: 'small' }, element('summary', {}, 'What exactly happened'), element('p', {}, alert.detail))]
    : [];
}
