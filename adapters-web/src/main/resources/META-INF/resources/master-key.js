/** Which master key protects the tokens, and the change to the next one. */
import { call } from '/api.js';
import { byId, element, number, plural, say } from '/dom.js';
import { ago } from '/times.js';

const PATH = '/api/operations/master-key';
const CALM = 30_000;
const BUSY = 2_000;
const SHORT = 'instance-'.length + 6;

const STATES = {
  single: () => 'One master key protects every token.',
  prepared: () => 'The next master key is known and not used yet.',
  underWay: ({ remaining }) => `The change is under way: ${plural(remaining, 'data key')} to go.`,
  done: () => 'The change to the next master key is complete.',
};

export class MasterKey {
  #timer = 0;
  #isWatching = false;

  constructor() {
    byId('rotate').addEventListener('click', () => this.#rotate());
  }

  watch() {
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.#look();
    }
  }

  stop() {
    this.#isWatching = false;
    clearTimeout(this.#timer);
  }

  async #look() {
    clearTimeout(this.#timer);
    let pause = CALM;
    try {
      const state = await call('GET', PATH);
      say(byId('keys-error'), '');
      show(state);
      pause = state.state === 'underWay' ? BUSY : CALM;
    } catch (refused) {
      say(byId('keys-error'), refused.message);
    }
    if (this.#isWatching) {
      this.#timer = setTimeout(() => this.#look(), pause);
    }
  }

  async #rotate() {
    byId('rotate').disabled = true;
    say(byId('keys-error'), '');
    try {
      show(await call('POST', `${PATH}/rotation`));
      await this.#look();
    } catch (refused) {
      say(byId('keys-error'), refused.message);
    } finally {
      byId('rotate').disabled = false;
    }
  }
}

function show(state) {
  const all = state.keys.reduce((sum, key) => sum + key.dataKeys, 0);
  const lacking = state.instances.filter(({ knows }) => state.keys.some((key) => !knows.includes(key.fingerprint)));
  say(byId('keys-state'), STATES[state.state]?.(state) ?? state.state);
  byId('keys-progress').hidden = state.state !== 'underWay';
  byId('keys-progress').max = Math.max(all, 1);
  byId('keys-progress').value = all - state.remaining;
  byId('keys').replaceChildren(...state.keys.map(keyItem), ...state.instances.map((each) => instanceItem(each, lacking.includes(each))));
  say(byId('keys-do'), whatToDo(state, lacking));
  byId('keys-actions').hidden = state.state !== 'prepared';
}

function whatToDo({ state, unreadable }, lacking) {
  if (unreadable > 0) {
    return `${plural(unreadable, 'data key')} cannot be opened by any known master key: their locations must install again.`;
  }
  if (state === 'prepared') {
    return lacking.length > 0
      ? 'Restart the servers that do not know it, then begin.'
      : 'Every server knows it: the change can begin. Nothing stops meanwhile.';
  }
  return state === 'done' ? 'Restart every server with the next key as its only one.' : '';
}

function keyItem({ provider, fingerprint, name, wrapsNewDataKeys, dataKeys }) {
  return element(
    'li',
    {},
    element('span', {}, provider === 'local' ? 'Key file' : provider.toUpperCase(), ' ', element('code', { title: name ?? '' }, fingerprint)),
    element('span', { class: 'small' }, `${plural(dataKeys, 'data key')}${wrapsNewDataKeys ? ' and all new ones' : ''}`),
  );
}

function instanceItem({ name, knows, seenAt }, isLacking) {
  return element(
    'li',
    {},
    element('span', {}, 'Server ', element('code', { title: name }, name.slice(0, SHORT))),
    element('span', { class: isLacking ? 'small warn' : 'small' }, isLacking ? 'lacks a key' : `knows ${number(knows.length)}`, ', seen ', ago(seenAt)),
  );
}
