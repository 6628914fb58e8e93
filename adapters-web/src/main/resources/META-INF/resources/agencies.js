/** Agencies that installed the app: their connection, and how far their locations are found. */
import { call } from '/api.js';
import { byId, element, plural, say } from '/dom.js';
import { ago } from '/times.js';
import { connectionWords } from '/words.js';

export class Agencies {
  #seen = '';
  #installUrl;
  #showLocations;

  constructor(installUrl, showLocations) {
    this.#installUrl = installUrl;
    this.#showLocations = showLocations;
  }

  show({ companies }) {
    const seen = JSON.stringify(companies);
    if (seen === this.#seen) {
      return;
    }
    this.#seen = seen;
    byId('companies-section').hidden = companies.length === 0;
    const place = byId('companies');
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : '';
    place.replaceChildren(...companies.map((company) => this.#card(company)));
    if (focused) {
      [...place.querySelectorAll('[data-key]')].find((each) => each.dataset.key === focused)?.focus();
    }
  }

  #card(company) {
    const { id, connection, locations, connected, trouble } = company;
    const [word, tone] = connectionWords(connection);
    const error = element('p', { class: 'error', role: 'alert' });
    const search = async ({ target }) => {
      target.disabled = true;
      say(error, '');
      try {
        await call('POST', `/api/operations/companies/${encodeURIComponent(id)}/discovery`);
      } catch (refused) {
        say(error, refused.message);
        target.disabled = false;
      }
    };
    return element(
      'li',
      { class: 'card stack' },
      element('div', { class: 'split' }, element('h3', {}, `Agency ${id}`), element('span', { class: `pill ${tone}` }, word)),
      element('progress', { max: Math.max(locations, 1), value: connected, class: connected === locations ? 'full' : '', 'aria-label': 'Connected locations' }),
      element('p', {}, locations === 0 ? 'No location found yet' : `${connected} of ${plural(locations, 'location')} connected`),
      element('p', { class: 'small' }, ...searchWords(company)),
      trouble ? element('p', { class: 'small warn' }, trouble) : undefined,
      company.missed > 0 ? missedItem(company) : undefined,
      connection.tokenSince
        ? element('p', { class: 'small' }, 'Token renewed ', ago(connection.tokenSince), ', ends ', ago(connection.expiresAt))
        : undefined,
      element(
        'p',
        { class: 'actions' },
        element('button', { class: 'quiet', type: 'button', 'data-key': `show ${id}`, onclick: () => this.#showLocations(id) }, 'Show its locations'),
        connection.installUrl
          ? element('a', { class: 'quiet', href: this.#installUrl(), 'data-key': `install ${id}` }, 'Install again')
          : element('button', { class: 'quiet', type: 'button', 'data-key': `search ${id}`, onclick: search }, 'Look for locations'),
      ),
      error,
    );
  }
}

function missedItem({ missed, missedLocations }) {
  return element(
    'details',
    { class: 'small' },
    element('summary', { class: 'warn' }, `${plural(missed, 'location')} could not be connected`),
    element('ul', { class: 'stack' }, ...missedLocations.map(({ id, name, problem, nextAttemptAt }) =>
      element('li', {}, element('strong', {}, name || id), ` ${problem} Tried again `, ago(nextAttemptAt), '.'))),
  );
}

function searchWords({ connection, searching, searchedAt, futureLocations }) {
  if (connection.state === 'uninstalled') {
    return ['The agency uninstalled the app ', ago(connection.since, ''), '.'];
  }
  const later = futureLocations ? 'Locations made later follow by themselves.' : 'Locations made later are not included.';
  return searching
    ? ['Looking for its locations… ', later]
    : ['Looked for locations ', ago(searchedAt, 'never'), '. ', later];
}
