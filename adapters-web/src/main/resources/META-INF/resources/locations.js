/** All locations, one row each, found by name, agency and health; made for hundreds. */
import { locationLink } from '/api.js';
import { byId, element, fillBar, number, plural, say } from '/dom.js';
import { stepAmount, stepName } from '/steps.js';
import { ago } from '/times.js';
import { alertText, connectionWords, HEALTH } from '/words.js';

export class LocationList {
  #rows = new Map();
  #agencies = '';

  constructor() {
    byId('chips').append(
      ...[['all', 'All'], ...Object.entries(HEALTH).map(([health, [word]]) => [health, word])].map(([value, word]) =>
        element(
          'label',
          {},
          element('input', { type: 'radio', name: 'health', value, checked: value === 'all' }),
          element('span', {}, word, ' ', element('b', { id: `chip-${value}` })),
        )),
    );
    byId('filters').addEventListener('input', () => this.#filter());
    byId('filters').addEventListener('submit', (event) => event.preventDefault());
    byId('show-all').addEventListener('click', () => {
      byId('filters').reset();
      this.#filter();
      byId('filters').elements.text.focus();
    });
  }

  show({ locations, companies }) {
    const present = new Set(locations.map((location) => location.id));
    for (const [id, row] of this.#rows) {
      if (!present.has(id)) {
        row.root.remove();
        this.#rows.delete(id);
      }
    }
    const place = byId('locations');
    locations.forEach((location, i) => {
      const row = this.#rows.get(location.id) ?? newRow(location);
      this.#rows.set(location.id, row);
      update(row, location);
      if (place.children[i] !== row.root) {
        place.insertBefore(row.root, place.children[i] ?? null);
      }
    });
    this.#offerAgencies(locations, companies);
    this.#filter();
  }

  /** Shows the locations of one agency only. */
  showAgency(agency) {
    byId('filters').reset();
    byId('filters').elements.agency.value = agency;
    this.#filter();
    byId('filters').scrollIntoView({ block: 'nearest' });
    byId('filters').elements.agency.focus({ preventScroll: true });
  }

  #offerAgencies(locations, companies) {
    const ids = companies.map((company) => company.id);
    const counts = ids.map((id) => locations.filter((location) => location.companyId === id).length);
    const seen = JSON.stringify([ids, counts]);
    byId('agency-filter').hidden = ids.length === 0;
    if (seen === this.#agencies) {
      return;
    }
    this.#agencies = seen;
    const select = byId('filters').elements.agency;
    const chosen = select.value;
    select.replaceChildren(
      element('option', { value: '' }, 'Every agency'),
      ...ids.map((id, i) => element('option', { value: id }, `Agency ${id} (${number(counts[i])})`)),
    );
    select.value = ids.includes(chosen) ? chosen : '';
  }

  #filter() {
    const { text, agency, health } = byId('filters').elements;
    const wanted = text.value.trim().toLowerCase();
    const counts = { all: 0 };
    let shown = 0;
    for (const { root, location } of this.#rows.values()) {
      const fits = `${location.name} ${location.id}`.toLowerCase().includes(wanted)
        && (!agency.value || location.companyId === agency.value);
      if (fits) {
        counts.all += 1;
        counts[location.health] = (counts[location.health] ?? 0) + 1;
      }
      root.hidden = !fits || (health.value !== 'all' && location.health !== health.value);
      shown += root.hidden ? 0 : 1;
    }
    for (const value of ['all', ...Object.keys(HEALTH)]) {
      say(byId(`chip-${value}`), number(counts[value] ?? 0));
    }
    byId('filters').hidden = this.#rows.size === 0;
    byId('locations').hidden = shown === 0;
    byId('no-match').hidden = shown > 0 || this.#rows.size === 0;
    byId('empty').hidden = this.#rows.size > 0;
  }
}

function newRow({ id }) {
  const row = {
    name: element('a', { href: locationLink(id) }),
    pill: element('span', { class: 'pill' }),
    problem: element('span', { class: 'small' }),
    bar: element('div', { class: 'bar', role: 'img' }),
    contacts: element('span', { class: 'small' }),
    copy: element('span', { class: 'small' }),
  };
  row.root = element(
    'li',
    { class: 'row' },
    element('div', {}, element('h3', {}, row.name), element('code', {}, id)),
    element('div', {}, row.pill, row.problem),
    element('div', { class: 'row-sync' }, row.bar, row.contacts),
    element('div', { class: 'row-copy' }, row.copy),
  );
  return row;
}

function update(row, location) {
  const seen = JSON.stringify(location);
  if (seen === row.seen) {
    return;
  }
  row.seen = seen;
  row.location = location;
  const { connection, contacts, setup } = location;
  const [word, tone] = connectionWords(connection);
  row.root.dataset.health = location.health;
  say(row.name, location.name);
  say(row.pill, word);
  row.pill.className = `pill ${tone}`;
  say(row.problem, location.alert ? alertText(location.alert) : '');
  fillBar(row.bar, { synced: contacts.synced, pending: contacts.pending, blocked: contacts.blocked, failed: contacts.failed }, contacts.total, `${contacts.synced} of ${contacts.total} contacts are in sync`);
  say(row.contacts, contactsWords(contacts));
  row.copy.className = `small ${COPY_TONES[setup.state] ?? ''}`;
  row.copy.replaceChildren(...copyWords(location));
}

function contactsWords({ total, synced, pending, blocked, failed }) {
  if (total === 0) {
    return 'No contacts';
  }
  const rest = [[failed, 'failed'], [blocked, 'blocked'], [pending, 'on their way']].filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`);
  return rest.length === 0 ? `${plural(total, 'contact')} in sync` : `${number(synced)} of ${number(total)} in sync · ${rest.join(' · ')}`;
}

const COPY_TONES = { failed: 'bad', retrying: 'bad', running: 'busy' };
const WORKING = ['active', 'refreshing', 'legacy'];

/** How far the copy is, in a few words. */
export function copyWords({ setup, connection }) {
  const steps = (state) => setup.steps.filter((step) => step.state === state);
  const finished = setup.steps.map((step) => step.finishedAt ?? '').sort().at(-1);
  const [running] = steps('running');
  switch (setup.state) {
    case 'none':
      return ['Not copied yet'];
    case 'running':
      if (!WORKING.includes(connection.state)) {
        return ['The copy waits for the connection'];
      }
      return [running ? `Copying ${stepName(running).toLowerCase()} ${stepAmount(running)}` : 'Waiting to be copied'];
    case 'retrying':
      return [`Tried again by itself: ${steps('retrying').map((step) => stepName(step).toLowerCase()).join(', ')}`];
    case 'failed':
      return [`Not copied: ${steps('failed').map((step) => stepName(step).toLowerCase()).join(', ')}`];
    default:
      return ['Copied ', ago(finished, '')];
  }
}
