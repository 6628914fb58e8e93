import { call, locationPath } from '/api.js';
import { byId, element, fillCounts, number, say, stepItem, time } from '/dom.js';

const CONNECTIONS = {
  active: ['Connected', 'good'],
  refreshing: ['Renewing its token', 'busy'],
  legacy: ['By private token', 'warn'],
  needsInstall: ['Needs installation', 'bad'],
  suspended: ['Suspended', 'warn'],
  needsReauth: ['Needs to be connected again', 'bad'],
  uninstalled: ['Uninstalled', 'off'],
  none: ['Not connected', 'off'],
};
const cards = new Map();

/** Shows a state of the overview; `choose` opens a location. */
export function showOverview(overview, installUrl, chosen, choose) {
  totals(overview);
  alerts(overview);
  companies(overview);
  queue(overview);
  const present = new Set(overview.locations.map((location) => location.id));
  for (const [id, card] of cards) {
    if (!present.has(id)) {
      card.root.remove();
      cards.delete(id);
    }
  }
  overview.locations.forEach((location, i) => {
    let card = cards.get(location.id);
    if (!card) {
      card = newCard(location, installUrl, choose);
      cards.set(location.id, card);
    }
    update(card, location, location.id === chosen);
    const place = byId('locations').children[i];
    if (place !== card.root) {
      byId('locations').insertBefore(card.root, place ?? null);
    }
  });
  byId('empty').hidden = overview.locations.length > 0;
}

function sum(locations, name) {
  return locations.reduce((all, location) => all + location.contacts[name], 0);
}

function totals({ locations, queue: depth }) {
  const total = sum(locations, 'total');
  const synced = sum(locations, 'synced');
  const waiting = depth.pending + depth.processing;
  const attention = sum(locations, 'failed') + sum(locations, 'blocked');
  fillCounts(byId('totals'), [
    ['Locations', number(locations.length)],
    ['Contacts', number(total)],
    ['In sync', total === 0 ? '–' : `${percent(synced, total)} %`, total > 0 && synced === total ? 'good' : ''],
    ['Pending', number(sum(locations, 'pending'))],
    ['Need attention', number(attention), attention > 0 ? 'bad' : ''],
    ['Webhooks waiting', number(waiting)],
  ]);
}

/** Never says 100 while one is missing. */
function percent(part, whole) {
  const exact = (part / whole) * 100;
  return exact === 100 ? '100' : (Math.floor(exact * 10) / 10).toFixed(1);
}

function alerts({ alerts: open }) {
  byId('alerts-section').hidden = open.length === 0;
  byId('alerts').replaceChildren(...open.map((alert) => element(
    'li',
    {},
    element('div', { class: 'failed-head' }, element('strong', {}, alert.name), ' ', element('code', {}, alert.subject)),
    element('p', {}, alert.message, ' ', ...(alert.installUrl ? [element('a', { href: alert.installUrl }, 'Install again')] : [])),
  )));
}

function companies({ companies: all }) {
  byId('companies-section').hidden = all.length === 0;
  byId('companies').replaceChildren(...all.map((company) => {
    const [word, tone] = CONNECTIONS[company.connection.state] ?? [company.connection.state, 'warn'];
    return element(
      'li',
      {},
      element('div', { class: 'failed-head' }, element('strong', {}, company.id), element('span', { class: `pill ${tone}` }, word)),
      element('p', {}, `${company.connected} of ${company.locations} locations connected${company.searching ? ', searching' : ''}. ${company.trouble}`),
      ...company.missedLocations.slice(0, 10).map((missed) => element('p', {}, `Not connected: ${missed.name || missed.id}. ${missed.problem}`)),
    );
  }));
}

function queue({ queue: depth, ingest }) {
  fillCounts(byId('queue'), [
    ['Waiting', number(depth.pending)],
    ['In work', number(depth.processing)],
    ['Done', number(depth.done)],
    ['Skipped', number(depth.skipped)],
    ['Quarantined', number(depth.quarantined), depth.quarantined > 0 ? 'warn' : ''],
    ['Dead', number(depth.dead), depth.dead > 0 ? 'bad' : ''],
  ]);
  fillCounts(byId('ingest'), [
    ['Stored', number(ingest.stored)],
    ['Repeated', number(ingest.duplicates)],
    ['Of other apps', number(ingest.otherApps)],
    ['Wrong signature', number(ingest.unverified), ingest.unverified > 0 ? 'bad' : ''],
    ['No events', number(ingest.notEvents), ingest.notEvents > 0 ? 'warn' : ''],
    ['Old signature', number(ingest.legacySignatures)],
  ]);
}

function newCard(location, installUrl, choose) {
  const parts = {
    name: element('button', { class: 'link', type: 'button', onclick: () => choose(location.id) }),
    id: element('code', {}),
    pill: element('span', { class: 'pill' }),
    problem: element('p', { class: 'problem', hidden: true }),
    bar: element('div', { class: 'bar', role: 'img' }, ...['synced', 'pending', 'blocked', 'failed'].map((tone) => element('i', { class: tone }))),
    counts: element('dl', { class: 'counts' }),
    setup: element('details', { class: 'setup' }),
    setupState: element('summary', {}),
    steps: element('ol', { class: 'steps' }),
    note: element('p', { class: 'error', role: 'alert', hidden: true }),
    again: element('button', { class: 'quiet', type: 'button' }, 'Copy everything again'),
  };
  parts.again.addEventListener('click', () =>
    act(parts, () => call('POST', '/api/locations/setup-location', { locationId: location.id, fullSync: true })));
  parts.reinstall = element('a', { href: installUrl }, 'Connect it again');
  parts.problemText = element('span', {});
  parts.problem.append(parts.problemText, ' ', parts.reinstall);
  parts.setup.append(parts.setupState, parts.steps, parts.note, parts.again);
  parts.root = element(
    'article',
    { class: 'card location' },
    element('div', { class: 'location-head' }, element('h3', {}, parts.name), parts.pill),
    element('p', { class: 'id' }, parts.id),
    parts.problem,
    parts.bar,
    parts.counts,
    parts.setup,
  );
  return parts;
}

async function act(card, action) {
  card.note.hidden = true;
  try {
    await action();
  } catch (refused) {
    say(card.note, refused.message);
    card.note.hidden = false;
  }
}

function update(card, location, isChosen) {
  const { contacts, connection, setup } = location;
  const [word, tone] = CONNECTIONS[connection.state] ?? [connection.state, 'warn'];
  say(card.name, location.name);
  say(card.id, location.id);
  say(card.pill, word);
  card.pill.className = `pill ${tone}`;
  card.problem.hidden = !connection.problem && !connection.installUrl;
  card.reinstall.hidden = !connection.installUrl;
  say(card.problemText, connection.problem ?? '');
  card.root.classList.toggle('chosen', isChosen);
  card.name.setAttribute('aria-pressed', String(isChosen));
  for (const part of card.bar.children) {
    part.style.width = `${contacts.total === 0 ? 0 : (contacts[part.className] / contacts.total) * 100}%`;
  }
  card.bar.setAttribute('aria-label', `${contacts.synced} of ${contacts.total} contacts are in sync`);
  fillCounts(card.counts, [
    ['Contacts', number(contacts.total)],
    ['Synced', number(contacts.synced)],
    ['Pending', number(contacts.pending)],
    ['Blocked', number(contacts.blocked), contacts.blocked > 0 ? 'warn' : ''],
    ['Failed', number(contacts.failed), contacts.failed > 0 ? 'bad' : ''],
  ]);
  updateSetup(card, location.id, setup);
}

function updateSetup(card, id, setup) {
  const key = JSON.stringify(setup);
  if (card.setupKey === key) {
    return;
  }
  const before = card.setupState.dataset.state;
  card.setupKey = key;
  const finished = setup.steps.map((step) => step.finishedAt ?? '').sort().at(-1);
  const words = {
    none: 'Never copied',
    running: 'Copying from GoHighLevel…',
    done: `Copied ${time(finished)}`,
    failed: 'A part of the copy has failed',
  };
  say(card.setupState, words[setup.state] ?? setup.state);
  card.setupState.dataset.state = setup.state;
  if (before !== setup.state) {
    card.setup.open = setup.state === 'running' || setup.state === 'failed';
  }
  card.again.hidden = setup.state === 'running';
  card.steps.replaceChildren(
    ...setup.steps.map((step) =>
      stepItem(step, (name) =>
        act(card, () => call('POST', `${locationPath(id)}/setup/steps/${encodeURIComponent(name)}/retry`)))),
  );
}
