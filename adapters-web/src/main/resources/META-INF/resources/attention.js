/** What waits for a person: records that GoHighLevel was not told of, and messages that were not sent. */
import { call, locationPath } from '/api.js';
import { choices } from '/choices.js';
import { byId, element, say } from '/dom.js';
import { ago } from '/times.js';
import { nameOf, syncPill } from '/words.js';

const PAGE = 100;
const TOLD = 120;

export class Attention {
  #again;
  #names = new Map();
  #parts = [
    { kind: 'contacts', list: 'failed', states: 'failed,blocked', item: recordItem(nameOf) },
    { kind: 'projects', list: 'failed-projects', states: 'failed,blocked', item: recordItem(({ title }) => title || 'Without a title') },
    { kind: 'appointments', list: 'failed-appointments', states: 'failed,blocked', item: recordItem(({ title }) => title || 'Without a title', ({ start }) => start) },
    { kind: 'outgoing-messages', list: 'unsent', states: 'failed', item: messageItem, prepare: (id, items) => this.#learnNames(id, items) },
  ];

  /** @param again looks once more, this much later */
  constructor(again) {
    this.#again = again;
  }

  /** Another location is looked at. */
  forget() {
    this.#names.clear();
    for (const { list } of this.#parts) {
      byId(list).replaceChildren();
      byId(`${list}-part`).hidden = true;
    }
  }

  /** Shows each kind as it comes; one that does not come hides no other. */
  async show(id, isOurs) {
    say(byId('attention-note'), '');
    const counts = await Promise.all(this.#parts.map((part) => this.#part(part, id, isOurs)));
    if (isOurs() && counts.every((count) => count === 0)) {
      say(byId('attention-note'), 'Nothing needs attention.');
    }
  }

  async #part({ kind, list, states, item, prepare }, id, isOurs) {
    const path = `${locationPath(id)}/${kind}`;
    const note = byId(`${list}-note`);
    try {
      const { items, nextCursor } = await call('GET', `${path}?limit=${PAGE}&syncState=${states}`);
      await prepare?.(id, items);
      if (isOurs()) {
        byId(list).replaceChildren(...items.map((each) =>
          item(each, `${path}/${encodeURIComponent(each.id)}`, this.#again, this.#names)));
        byId(`${list}-part`).hidden = items.length === 0;
        say(note, nextCursor ? `The first ${items.length} are shown.` : '');
      }
      return items.length;
    } catch (refused) {
      if (isOurs()) {
        byId(`${list}-part`).hidden = false;
        say(note, refused.message);
      }
      return undefined;
    }
  }

  /** Of those contacts only that a message is shown of, and of each once. */
  async #learnNames(id, messages) {
    const unknown = new Set(messages.map(({ contactId }) => contactId).filter((contact) => contact && !this.#names.has(contact)));
    await Promise.all([...unknown].map(async (contact) => {
      try {
        this.#names.set(contact, nameOf(await call('GET', `${locationPath(id)}/contacts/${encodeURIComponent(contact)}`)));
      } catch (refused) {
        if (refused.status === 404) {
          this.#names.set(contact, 'a contact that is deleted');
        }
      }
    }));
  }
}

/** @param when of records that have a time */
function recordItem(name, when) {
  return (record, own, again) => {
    const { buttons, note } = choices([['Try again', () => call('POST', `${own}/retry`)]], again);
    return element(
      'li',
      {},
      element('div', { class: 'failed-head' },
        element('strong', {}, name(record)),
        syncPill(record.sync.state),
        when ? element('span', { class: 'small' }, 'begins ', ago(when(record))) : '',
        buttons),
      element('p', {}, record.sync.error ?? ''),
      note,
    );
  };
}

function messageItem(message, own, again, names) {
  // The tag of what is shown: of two who press this, one decides.
  const asShown = { 'If-Match': message.etag };
  const to = `${message.type} to ${names.get(message.contactId) ?? 'a contact'}`;
  const { buttons, note } = choices([
    ['Send anew', () => call('POST', `${own}/send-anew`, undefined, asShown)],
    ['Discard', () => call('DELETE', own, undefined, asShown), `The ${to} is not sent any more, and is removed from here for good: “${told(message)}”`],
  ], again);
  return element(
    'li',
    {},
    element('div', { class: 'failed-head' },
      element('strong', {}, to),
      syncPill(message.sync.state),
      element('span', { class: 'small' }, 'written ', ago(message.createdAt)),
      buttons),
    element('p', {}, message.sync.error ?? ''),
    element('p', { class: 'small value' }, told(message)),
    note,
  );
}

/** Its beginning: enough to know which one it is. */
function told({ subject, message, html, attachments }) {
  const text = subject ?? message ?? (html ? 'A mail without a subject' : `${attachments?.length ?? 0} attachments`);
  return text.length <= TOLD ? text : `${text.slice(0, TOLD)}…`;
}
