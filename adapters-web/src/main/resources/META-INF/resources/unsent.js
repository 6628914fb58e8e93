/** Messages that were to be sent from here and were not, or of which nobody knows whether they were. */
import { call, locationPath } from '/api.js';
import { element, say } from '/dom.js';
import { ago } from '/times.js';
import { syncPill } from '/words.js';

const PAGE = 50;
const REFRESH = 1000;
const TOLD = 120;

/**
 * The messages of a location that failed, each with what to do about it.
 *
 * @param again looks once more, this much later
 */
export async function unsentItems(id, again) {
  const path = `${locationPath(id)}/outgoing-messages`;
  const { items, nextCursor } = await call('GET', `${path}?limit=${PAGE}&syncState=failed`);
  const names = await namesOf(id, items);
  return { unsent: items.map((message) => item(path, message, names, again)), hasMore: Boolean(nextCursor) };
}

/** Only those contacts that a message is shown of. */
async function namesOf(id, messages) {
  const contacts = [...new Set(messages.map(({ contactId }) => contactId).filter(Boolean))];
  const found = await Promise.all(contacts.map(async (contact) => {
    try {
      const { fullName, email, phone } = await call('GET', `${locationPath(id)}/contacts/${encodeURIComponent(contact)}`);
      return [contact, fullName || email || phone];
    } catch {
      return [contact, undefined];
    }
  }));
  return new Map(found);
}

function item(path, message, names, again) {
  const note = element('p', { class: 'error', role: 'alert' });
  const own = `${path}/${encodeURIComponent(message.id)}`;
  // The tag of what is shown: of two who press this, one sends it.
  const buttons = [
    ['Send anew', () => call('POST', `${own}/send-anew`, undefined, { 'If-Match': message.etag })],
    ['Discard', () => call('DELETE', own)],
  ].map(([words, act]) => {
    const button = element('button', { class: 'quiet', type: 'button' }, words);
    button.addEventListener('click', async () => {
      buttons.forEach((each) => { each.disabled = true; });
      say(note, '');
      try {
        await act();
        again(REFRESH);
      } catch (refused) {
        const isOver = [404, 409, 412].includes(refused.status);
        say(note, isOver ? 'Somebody has decided about it already.' : refused.message);
        if (isOver) {
          again(REFRESH);
        } else {
          buttons.forEach((each) => { each.disabled = false; });
        }
      }
    });
    return button;
  });
  return element(
    'li',
    {},
    element('div', { class: 'failed-head' },
      element('strong', {}, `${message.type} to ${names.get(message.contactId) ?? 'a contact without a name'}`),
      syncPill(message.sync.state),
      element('span', { class: 'small' }, 'written ', ago(message.createdAt)),
      element('span', { class: 'actions' }, ...buttons)),
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
