import { call, locationPath } from '/api.js';
import { byId, element, fillCounts, number, say, time } from '/dom.js';

const TABS = ['contacts', 'failed', 'connection', 'webhooks'];
const PAGE = 50;
const REFRESH = 1000;
const SEARCH_PAUSE = 250;

/** The views of one location. They follow the overview: when its counts change, they look again. */
export class LocationView {
  #id = '';
  #tab = 'contacts';
  #cursor = null;
  #pages = 1;
  #turn = 0;
  #timer = 0;
  #seen = '';

  constructor(onClose) {
    for (const tab of TABS) {
      byId(`tab-${tab}`).addEventListener('click', () => this.#open(tab));
      byId(`tab-${tab}`).addEventListener('keydown', (event) => this.#walk(event, tab));
    }
    byId('close-detail').addEventListener('click', onClose);
    byId('contact-filters').addEventListener('submit', (event) => event.preventDefault());
    byId('contact-filters').addEventListener('input', () => {
      this.#pages = 1;
      this.#later(SEARCH_PAUSE);
    });
    byId('erase').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#erase();
    });
    byId('more').addEventListener('click', () => {
      this.#pages += 1;
      this.#load();
    });
  }

  get id() {
    return this.#id;
  }

  show(location) {
    if (this.#id !== location.id) {
      this.#id = location.id;
      this.#pages = 1;
      byId('contact-filters').reset();
      for (const list of ['contacts', 'failed', 'webhooks']) {
        byId(list).replaceChildren();
      }
    }
    byId('detail').hidden = false;
    this.follow(location);
    this.#open(this.#tab);
    byId('detail-title').focus({ preventScroll: true });
    byId('detail').scrollIntoView({ block: 'nearest' });
  }

  hide() {
    this.#id = '';
    byId('detail').hidden = true;
    clearTimeout(this.#timer);
  }

  /** Takes in what the overview says; looks again when that is new. */
  follow(location, changes = '') {
    say(byId('detail-title'), location.name);
    const attention = location.contacts.failed + location.contacts.blocked;
    say(byId('failed-count'), number(attention));
    byId('failed-count').hidden = attention === 0;
    const seen = JSON.stringify(location.contacts) + changes;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#later(REFRESH);
    }
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), pause);
  }

  #walk(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
      this.#open(next);
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
    this.#load();
  }

  async #load() {
    clearTimeout(this.#timer);
    if (!this.#id) {
      return;
    }
    const turn = ++this.#turn;
    const isOurs = () => turn === this.#turn;
    const note = byId(`${this.#tab}-note`);
    try {
      await { contacts: () => this.#contacts(isOurs), failed: () => this.#failed(isOurs), connection: () => this.#connection(isOurs), webhooks: () => this.#webhooks(isOurs) }[this.#tab]();
    } catch (refused) {
      if (isOurs()) {
        say(note, refused.message);
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
    this.#cursor = cursor;
    byId('contacts').replaceChildren(...items.map(contactRow));
    byId('more').hidden = !this.#cursor;
    say(byId('contacts-note'), items.length === 0 ? 'No contact fits.' : '');
  }

  async #failed(isOurs) {
    const { items } = await call('GET', `${locationPath(this.#id)}/contacts?limit=100&syncState=failed,blocked`);
    if (!isOurs()) {
      return;
    }
    byId('failed').replaceChildren(...items.map((contact) => this.#failedItem(contact)));
    say(byId('failed-note'), items.length === 0 ? 'Nothing needs attention.' : '');
  }

  #failedItem(contact) {
    const note = element('p', { class: 'error', role: 'alert' });
    const retry = element('button', { class: 'quiet', type: 'button' }, 'Try again');
    retry.addEventListener('click', async () => {
      retry.disabled = true;
      try {
        await call('POST', `${locationPath(this.#id)}/contacts/${encodeURIComponent(contact.id)}/retry`);
        this.#later(REFRESH);
      } catch (refused) {
        say(note, refused.message);
        retry.disabled = false;
      }
    });
    return element(
      'li',
      {},
      element('div', { class: 'failed-head' }, element('strong', {}, nameOf(contact)), pill(contact.sync.state), retry),
      element('p', {}, contact.sync.error ?? ''),
      note,
    );
  }

  async #connection(isOurs) {
    const { connection } = await call('GET', locationPath(this.#id));
    if (!isOurs()) {
      return;
    }
    fillCounts(byId('connection'), [
      ['State', connection.state],
      ['Token since', time(connection.tokenSince) || '–'],
      ['Token ends', time(connection.expiresAt) || '–'],
      ['Last seen to work', time(connection.provedAt) || '–'],
      ['Token from', connection.derivedFromCompany ? 'its agency' : 'its own installation'],
      ['Missing scopes', connection.missingScopes.join(', ') || 'none', connection.missingScopes.length > 0 ? 'bad' : ''],
    ]);
    const link = connection.installUrl || connection.missingScopes.length > 0;
    byId('connection-note').replaceChildren(
      connection.problem ?? '',
      ' ',
      ...(link ? [element('a', { href: connection.installUrl ?? '/api/oauth/install' }, 'Install the app again')] : []),
    );
  }

  async #erase() {
    const field = byId('erase').elements.confirm;
    try {
      const { total } = await call('DELETE', `${locationPath(this.#id)}?confirm=${encodeURIComponent(field.value.trim())}`);
      say(byId('connection-note'), `Erased: ${number(total)} documents.`);
      field.value = '';
    } catch (refused) {
      say(byId('connection-note'), refused.message);
    }
  }

  async #webhooks(isOurs) {
    const { items } = await call('GET', `/api/operations/locations/${encodeURIComponent(this.#id)}/webhooks`);
    if (!isOurs()) {
      return;
    }
    byId('webhooks').replaceChildren(...items.map(webhookRow));
    say(byId('webhooks-note'), items.length === 0 ? 'No webhook has arrived for this location yet.' : '');
  }
}

const nameOf = (contact) => contact.fullName || contact.email || contact.phone || 'Without a name';

const TONES = {
  synced: 'good', done: 'good', pending: 'busy', processing: 'busy', blocked: 'warn',
  quarantined: 'warn', failed: 'bad', dead: 'bad', skipped: 'off',
};
const pill = (state) => element('span', { class: `pill ${TONES[state] ?? 'off'}` }, state);

function contactRow(contact) {
  const state = element('td', { 'data-label': 'Sync' }, pill(contact.sync.state));
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
    element('td', { 'data-label': 'Changed', class: 'nowrap' }, time(contact.updatedAt)),
  );
}

function webhookRow(webhook) {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, webhook.type),
    element('td', { 'data-label': 'State' }, pill(webhook.status)),
    element('td', { 'data-label': 'Received', class: 'nowrap' }, time(webhook.receivedAt)),
    element('td', { 'data-label': 'Failed attempts', class: 'nowrap' }, number(webhook.attempts)),
    element('td', { 'data-label': 'Outcome' }, webhook.outcome),
  );
}
