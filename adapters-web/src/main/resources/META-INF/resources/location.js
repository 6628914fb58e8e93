/** The page of one location. It follows the overview: when its counts change, it looks again. */
import { alertCard } from '/alerts.js';
import { call, locationLink, locationPath } from '/api.js';
import { Attention } from '/attention.js';
import { choices } from '/choices.js';
import { Conflicts } from '/conflicts.js';
import { byId, element, fillBar, fillCounts, number, plural, say } from '/dom.js';
import { Drift } from '/drift.js';
import { copyWords } from '/locations.js';
import { followSetup } from '/setup-stream.js';
import { isUnderWay, setupWords, StepList } from '/steps.js';
import { ago } from '/times.js';
import { Counting, SHARED, totalsOf } from '/totals.js';
import { connectionNote, connectionWords, nameOf, syncPill, tokenSource } from '/words.js';

const TABS = ['sync', 'contacts', 'failed', 'conflicts', 'drift', 'connection', 'webhooks'];
const NOTES = { sync: 'totals-note', contacts: 'contacts-note', failed: 'attention-note', conflicts: 'conflicts-note', drift: 'drift-error', connection: 'scopes-note', webhooks: 'webhooks-note' };
const PAGE = 50;
const REFRESH = 1000;
const SEARCH_PAUSE = 250;

/** The agency of a location that never installed the app. */
const UNKNOWN = '(unknown)';

export class LocationPage {
  #id = '';
  #tab = 'sync';
  #pages = 1;
  #turn = 0;
  #timer = 0;
  #seen = '';
  #overview = { locations: [] };
  #drawn = {};
  #isErasing = false;
  #location;
  #streamed;
  #stopFollowing;
  #counted = '';
  #told = 0;
  #others = 0;
  #attention = new Attention((pause) => this.#later(pause));
  #conflicts = new Conflicts((pause) => this.#later(pause));
  #drift = new Drift(() => this.#tab === 'drift');
  #counting = new Counting(() => this.#totals());
  #steps = new StepList(byId('steps'), (step) =>
    this.#setUp(() => call('POST', `${locationPath(this.#id)}/setup/steps/${encodeURIComponent(step)}/retry`)));
  #installUrl;
  #onErased;

  constructor(installUrl, onErased) {
    this.#installUrl = installUrl;
    this.#onErased = onErased;
    for (const tab of TABS) {
      byId(`tab-${tab}`).addEventListener('click', () => this.#go(tab));
      byId(`tab-${tab}`).addEventListener('keydown', (event) => this.#walk(event, tab));
    }
    byId('contact-filters').addEventListener('submit', (event) => event.preventDefault());
    byId('contact-filters').addEventListener('input', () => {
      this.#pages = 1;
      this.#later(SEARCH_PAUSE);
    });
    byId('more').addEventListener('click', () => {
      this.#pages += 1;
      this.#load();
    });
    for (const [button, fullSync] of [['copy-again', true], ['copy-changes', false]]) {
      byId(button).addEventListener('click', () =>
        this.#setUp(() => call('POST', '/api/locations/setup-location', { locationId: this.#id, fullSync })));
    }
    // Nobody looks: a stream less to serve, and what it told comes again.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        this.#unfollow();
      } else {
        this.follow(this.#id, this.#overview);
      }
    });
    byId('erase').elements.confirm.addEventListener('input', ({ target }) => {
      byId('erase').querySelector('button').disabled = target.value.trim() !== this.#id;
    });
    byId('erase').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#erase();
    });
  }

  /** Shows a location and one of its views; both are in the address. */
  open(id, view, overview) {
    const isOther = this.#id !== id;
    if (isOther) {
      this.#id = id;
      this.#pages = 1;
      this.#seen = '';
      this.#drawn = {};
      this.#others = 0;
      this.#unfollow();
      this.#attention.forget();
      this.#conflicts.forget(id);
      this.#drift.forget();
      byId('contact-filters').reset();
      byId('erase').reset();
      byId('erase').closest('details').open = false;
      byId('erase').querySelector('button').disabled = true;
      for (const note of ['erase-error', 'setup-error']) {
        say(byId(note), '');
      }
      for (const list of ['contacts', 'kept', 'webhooks', 'totals']) {
        byId(list).replaceChildren();
      }
    }
    this.follow(id, overview);
    this.#open(TABS.includes(view) ? view : 'sync');
    if (isOther) {
      window.scrollTo(0, 0);
      byId('location-title').focus({ preventScroll: true });
    }
  }

  close() {
    this.#id = '';
    this.#drift.forget();
    this.#unfollow();
    this.#counting.forget();
    clearTimeout(this.#timer);
  }

  /** Follows nothing until the overview comes again: nobody is signed in. */
  pause() {
    this.#unfollow();
    this.#counting.forget();
    clearTimeout(this.#timer);
  }

  /** Takes in what the overview says; looks again when that is new. */
  follow(id, overview) {
    this.#overview = overview;
    const location = overview.locations.find((each) => each.id === id);
    if (!location || id !== this.#id) {
      return;
    }
    this.#header(location);
    this.#sync(location);
    this.#connection(location);
    const seen = JSON.stringify([location.contacts, location.failedMessages, overview.queue]);
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#later(REFRESH);
    }
  }

  /** Draws a part only when what it shows has changed. */
  #draw(part, shown, draw) {
    const key = JSON.stringify(shown);
    if (this.#drawn[part] !== key) {
      this.#drawn[part] = key;
      draw();
    }
  }

  #header({ id, name, companyId, country, timezone, installedAt, connection, contacts, failedMessages, alert }) {
    const [word, tone] = connectionWords(connection);
    say(byId('location-title'), name);
    say(byId('location-pill'), word);
    byId('location-pill').className = `pill ${tone}`;
    const notes = [alert ?? connectionNote(connection)].filter(Boolean);
    this.#draw('notes', notes, () =>
      byId('location-alerts').replaceChildren(...notes.map((note) => alertCard(note, this.#installUrl()))));
    const facts = [companyId === UNKNOWN ? '' : `Agency ${companyId}`, country, timezone].filter(Boolean);
    this.#draw('facts', [id, facts, installedAt], () =>
      byId('location-facts').replaceChildren(element('code', {}, id), ` · ${facts.join(' · ')} · Installed `, ago(installedAt)));
    this.#badge(waiting(contacts) + failedMessages);
  }

  /** Of projects and appointments it is known once all that is here was counted. */
  #badge(ofOverview) {
    this.#told = ofOverview;
    const attention = ofOverview + this.#others;
    say(byId('failed-count'), number(attention));
    byId('failed-count').hidden = attention === 0;
  }

  #sync(location) {
    const { contacts, setup } = location;
    fillBar(byId('sync-bar'), { synced: contacts.synced, pending: contacts.pending, blocked: contacts.blocked, failed: contacts.failed }, contacts.total, `${contacts.synced} of ${contacts.total} contacts are in sync`);
    fillCounts(byId('sync-counts'), [
      ['Contacts', number(contacts.total)],
      ['In sync', number(contacts.synced), contacts.total > 0 && contacts.synced === contacts.total ? 'good' : ''],
      ['On their way', number(contacts.pending), contacts.pending > 0 ? 'busy' : ''],
      ['Blocked', number(contacts.blocked), contacts.blocked > 0 ? 'warn' : ''],
      ['Failed', number(contacts.failed), contacts.failed > 0 ? 'bad' : ''],
    ]);
    if (location.installedAt !== this.#location?.installedAt) {
      // Erased and installed again: its setups are counted anew.
      this.#streamed = undefined;
    }
    this.#location = location;
    this.#setup(this.#newest(setup));
  }

  /** What was streamed is ahead of the overview, until that knows of a later setup or of the end. */
  #newest(setup) {
    const streamed = this.#streamed;
    const isAhead = streamed && (streamed.run > setup.run || (streamed.run === setup.run && isUnderWay(setup)));
    return isAhead ? streamed : setup;
  }

  #setup(setup) {
    const location = this.#location;
    const isAtWork = setup.state === 'running';
    const words = isAtWork && isWorking(location) ? setupWords(setup) : '';
    this.#draw('setup', [setup, words], () => {
      byId('setup-state').replaceChildren(...(words ? [words] : copyWords({ ...location, setup })));
      byId('copy-again').disabled = isAtWork;
      byId('copy-changes').disabled = isAtWork;
      this.#steps.show(setup.steps, isAtWork);
    });
    if (isUnderWay(setup) && !this.#stopFollowing && !document.hidden) {
      this.#follow(location.id);
    }
  }

  #follow(id) {
    this.#stopFollowing = followSetup({
      address: async () => `${locationPath(id)}/setup/stream`,
      onSetup: (setup) => {
        this.#streamed = setup;
        this.#setup(setup);
        this.#count();
      },
      onEnd: (reason) => {
        this.#stopFollowing = undefined;
        if (reason === 'gone') {
          this.#streamed = undefined;
        }
        this.#count();
        // What is told now may have been counted before the end.
        setTimeout(() => this.#count(), SHARED);
      },
    });
  }

  #unfollow() {
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#streamed = undefined;
  }

  async #setUp(action) {
    const id = this.#id;
    say(byId('setup-error'), '');
    try {
      const { setup } = await action();
      if (id === this.#id) {
        this.#streamed = setup;
        this.follow(id, this.#overview);
      }
    } catch (refused) {
      say(byId('setup-error'), refused.message);
    }
  }

  #count() {
    if (this.#tab === 'sync') {
      this.#counting.ask();
    }
  }

  async #totals() {
    const id = this.#id;
    const isOurs = () => id === this.#id && this.#tab === 'sync';
    if (!id || !isOurs() || this.#isErasing) {
      return;
    }
    this.#counted = id;
    try {
      const totals = await call('GET', `${locationPath(id)}/sync-health`);
      if (isOurs()) {
        fillCounts(byId('totals'), totalsOf(totals));
        say(byId('totals-note'), '');
        this.#others = waiting(totals.projects) + waiting(totals.appointments);
        this.#badge(this.#told);
      }
    } catch (refused) {
      if (isOurs()) {
        say(byId('totals-note'), refused.message);
      }
    }
  }

  #connection({ connection }) {
    this.#draw('connection', connection, () => {
      const [word] = connectionWords(connection);
      const { since, tokenSince, expiresAt, renewsAt, provedAt } = connection;
      byId('connection').replaceChildren(...factItems([
        ['State', word],
        ['Since', ago(since)],
        ['Works by', tokenSource(connection)],
        ['Token renewed', ago(tokenSince)],
        ['Token ends', ago(expiresAt)],
        ['Renewed next', ago(renewsAt, expiresAt ? 'as soon as it can be' : '–')],
        ['Last seen to work', ago(provedAt, 'not yet')],
      ]));
      byId('reinstall').href = this.#installUrl();
      say(byId('erase-id'), this.#id);
      this.#later(0);
    });
  }

  async #scopes(isOurs) {
    const { connection } = await call('GET', locationPath(this.#id));
    if (!isOurs()) {
      return;
    }
    const { neededScopes, grantedScopes, missingScopes } = connection;
    const others = grantedScopes.filter((scope) => !neededScopes.includes(scope));
    const isKnown = Boolean(connection.tokenSince);
    say(byId('scopes-note'), scopesNote(connection));
    byId('scopes').replaceChildren(
      ...missingScopes.map((scope) => scopeItem(scope, 'not granted', 'warn')),
      ...neededScopes.filter((scope) => !missingScopes.includes(scope)).map((scope) =>
        isKnown ? scopeItem(scope, 'granted', 'good') : scopeItem(scope, 'needed', 'off')),
    );
    byId('other-scopes').hidden = others.length === 0;
    byId('other-scopes').replaceChildren(
      element('summary', {}, `${plural(others.length, 'other scope')} granted that this version does not use`), others.join(', '));
  }

  #go(tab) {
    history.replaceState(null, '', locationLink(this.#id, tab));
    this.#open(tab);
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), pause);
  }

  #walk(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
      this.#go(next);
      byId(`tab-${next}`).focus();
    }
  }

  #open(tab) {
    this.#tab = tab;
    for (const each of TABS) {
      byId(`tab-${each}`).setAttribute('aria-selected', String(each === tab));
      byId(`tab-${each}`).tabIndex = each === tab ? 0 : -1;
      byId(`panel-${each}`).hidden = each !== tab;
    }
    byId(`tab-${tab}`).scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#load();
  }

  async #load() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const isOurs = () => turn === this.#turn;
    const look = {
      sync: () => (this.#counted === this.#id ? this.#counting.ask() : this.#counting.askAnew()),
      contacts: () => this.#contacts(isOurs),
      failed: () => this.#attention.show(this.#id, isOurs),
      conflicts: () => this.#conflicts.show(isOurs),
      drift: () => this.#drift.look(this.#id),
      connection: () => this.#scopes(isOurs),
      webhooks: () => this.#webhooks(isOurs),
    }[this.#tab];
    if (!this.#id || !look || this.#isErasing) {
      return;
    }
    try {
      await look();
    } catch (refused) {
      if (isOurs()) {
        say(byId(NOTES[this.#tab]), refused.message);
      }
    }
  }

  async #contacts(isOurs) {
    const filters = new FormData(byId('contact-filters'));
    const items = [];
    let cursor = null;
    for (let page = 0; page < this.#pages; page += 1) {
      const query = new URLSearchParams({ limit: PAGE });
      for (const [name, value] of filters) {
        if (value.trim()) {
          query.set(name, value.trim());
        }
      }
      if (cursor) {
        query.set('cursor', cursor);
      }
      const answer = await call('GET', `${locationPath(this.#id)}/contacts?${query}`);
      if (!isOurs()) {
        return;
      }
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (!cursor) {
        break;
      }
    }
    byId('contacts').replaceChildren(...items.map(contactRow));
    byId('more').hidden = !cursor;
    say(byId('contacts-note'), items.length === 0 ? 'No contact fits.' : '');
  }

  async #webhooks(isOurs) {
    const { items } = await call('GET', `/api/operations/locations/${encodeURIComponent(this.#id)}/webhooks`);
    if (!isOurs()) {
      return;
    }
    await this.#kept(isOurs);
    byId('webhooks').replaceChildren(...items.map(webhookRow));
    say(byId('webhooks-note'), items.length === 0 ? 'No webhook has arrived for this location yet.' : '');
  }

  async #kept(isOurs) {
    const { items, nextCursor } = await call('GET', `/api/operations/webhooks/kept?locationId=${encodeURIComponent(this.#id)}&limit=${PAGE}`);
    if (!isOurs()) {
      return;
    }
    byId('kept-part').hidden = items.length === 0;
    byId('kept').replaceChildren(...items.map((webhook) => this.#keptItem(webhook)));
    say(byId('kept-note'), nextCursor ? `The latest ${items.length} are shown.` : '');
  }

  #keptItem(webhook) {
    const { id, type, status, receivedAt, outcome } = webhook;
    const decide = (action) => call('POST', `/api/operations/webhooks/kept/${encodeURIComponent(id)}/${action}?locationId=${encodeURIComponent(this.#id)}`);
    const { buttons, note } = choices([
      ['Try again', () => decide('replay')],
      ['Discard', () => decide('discard'), `What GoHighLevel told by this ${type} is never applied, and is removed from here for good.`],
    ], (pause) => this.#later(pause));
    return element(
      'li',
      {},
      element('div', { class: 'failed-head' }, element('strong', {}, type), syncPill(status), ago(receivedAt), buttons),
      element('p', {}, outcome),
      note,
    );
  }

  async #erase() {
    const form = byId('erase');
    const button = form.querySelector('button');
    const name = byId('location-title').textContent;
    button.disabled = true;
    this.#isErasing = true;
    say(byId('erase-error'), '');
    try {
      const { total } = await call('DELETE', `${locationPath(this.#id)}?confirm=${encodeURIComponent(form.elements.confirm.value.trim())}`);
      this.#onErased(`${name} is erased: ${plural(total, 'document')} removed.`);
    } catch (refused) {
      say(byId('erase-error'), refused.message);
      button.disabled = false;
    } finally {
      this.#isErasing = false;
    }
  }
}

/** A copy that waits for its connection says so, whatever step it is at. */
const isWorking = ({ connection }) => ['active', 'refreshing', 'legacy'].includes(connection.state);

/** How many of these records wait for something or somebody. */
const waiting = ({ failed, blocked }) => failed + blocked;

const factItems = (entries) => entries.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));

function scopesNote({ tokenSince, missingScopes }) {
  if (!tokenSince) {
    return 'They are known once the app is installed.';
  }
  return missingScopes.length === 0
    ? 'Everything that is needed was granted.'
    : `${plural(missingScopes.length, 'scope is', 'scopes are')} needed and not granted. Install the app again and grant everything.`;
}

const scopeItem = (scope, word, tone) =>
  element('li', {}, element('code', {}, scope), element('span', { class: `pill ${tone}` }, word));

function contactRow(contact) {
  const state = element('td', { 'data-label': 'Sync' }, syncPill(contact.sync.state));
  if (contact.sync.error) {
    state.append(element('span', { class: 'small' }, contact.sync.error));
  }
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, nameOf(contact)),
    element('td', { 'data-label': 'E-mail' }, contact.email ?? ''),
    element('td', { 'data-label': 'Phone', class: 'nowrap' }, contact.phone ?? ''),
    element('td', { 'data-label': 'Tags' }, ...contact.tags.map((tag) => element('span', { class: 'tag' }, tag))),
    state,
    element('td', { 'data-label': 'Changed', class: 'nowrap' }, ago(contact.updatedAt, '')),
  );
}

function webhookRow(webhook) {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, webhook.type),
    element('td', { 'data-label': 'State' }, syncPill(webhook.status)),
    element('td', { 'data-label': 'Received', class: 'nowrap' }, ago(webhook.receivedAt)),
    element('td', { 'data-label': 'Failed attempts', class: 'nowrap' }, number(webhook.attempts)),
    element('td', { 'data-label': 'Outcome' }, webhook.outcome),
  );
}
