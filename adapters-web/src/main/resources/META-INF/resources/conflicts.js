/** Fields that both sides changed: both values side by side, and who decides at first. */
import { call } from '/api.js';
import { byId, element, plural, say } from '/dom.js';
import { who, writers, written } from '/provenance.js';
import { ago } from '/times.js';

const PAGE = 50;
const KINDS = { contacts: 'Contacts', projects: 'Projects', appointments: 'Appointments' };
const ONE = { contacts: 'contact', projects: 'project', appointments: 'appointment' };
const RULES = { ours: 'Ours stays', theirs: 'GoHighLevel’s is taken', newest: 'The newest', ask: 'A person is asked' };
const STATES = { open: ['to be decided', 'bad'], decided: ['decided by the policy', 'busy'], resolved: ['settled', 'off'] };

export class Conflicts {
  #id = '';
  #pages = 1;
  #policy;

  /** Who wrote the values that somebody asked about, by conflict: a list that is drawn anew shows them still. */
  #written = new Map();
  #again;

  /** @param again looks once more, soon after something was chosen */
  constructor(again) {
    this.#again = again;
    byId('conflict-filters').addEventListener('submit', (event) => event.preventDefault());
    byId('conflict-filters').addEventListener('input', () => {
      this.#pages = 1;
      this.#again(0);
    });
    byId('conflicts-more').addEventListener('click', () => {
      this.#pages += 1;
      this.#again(0);
    });
    byId('rule-add').addEventListener('submit', (event) => {
      event.preventDefault();
      const { kind, field, rule } = Object.fromEntries(new FormData(event.target));
      this.#replace((policy) => { policy[kind].fields[field.trim()] = rule; }, () => event.target.reset());
    });
    fillSelect(byId('rule-add').elements.kind, KINDS);
    fillSelect(byId('rule-add').elements.rule, RULES);
  }

  /** Another location: nothing of the one before is shown. */
  forget(id) {
    this.#id = id;
    this.#pages = 1;
    this.#policy = undefined;
    this.#written.clear();
    byId('conflict-filters').reset();
    for (const part of ['conflicts', 'conflicts-of-field', 'rules']) {
      byId(part).replaceChildren();
    }
    for (const note of ['conflicts-note', 'rules-error']) {
      say(byId(note), '');
    }
  }

  async show(isOurs) {
    const state = new FormData(byId('conflict-filters')).get('state');
    const items = [];
    let cursor = null;
    for (let page = 0; page < this.#pages; page += 1) {
      const query = new URLSearchParams({ limit: PAGE, state, ...(cursor ? { cursor } : {}) });
      const answer = await call('GET', `${this.#path('conflicts')}?${query}`);
      if (!isOurs()) {
        return;
      }
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (!cursor) {
        break;
      }
    }
    const focused = document.activeElement?.dataset?.choice;
    byId('conflicts').replaceChildren(...items.map((conflict) => this.#item(conflict)));
    byId('conflicts-of-field').replaceChildren(...this.#fields(items, state));
    byId('conflicts-more').hidden = !cursor;
    say(byId('conflicts-note'), items.length === 0 ? 'There is no such conflict.' : '');
    if (focused) {
      [...byId('conflicts').querySelectorAll('button')].find((each) => each.dataset.choice === focused)?.focus();
    }
    if (!this.#policy) {
      const policy = await call('GET', this.#path('conflict-policy'));
      if (isOurs()) {
        this.#policy = policy;
        this.#rules();
      }
    }
  }

  #path = (part) => `/api/operations/locations/${encodeURIComponent(this.#id)}/${part}`;

  #item(conflict) {
    const note = element('p', { class: 'error', role: 'alert' });
    const [word, tone] = STATES[conflict.state];
    const choose = (choice) => this.#choose(conflict, choice, buttons, note);
    const [ours, theirs] = [['ours', 'Keep ours'], ['theirs', 'Take theirs']].map(([choice, words]) =>
      element('button', {
        class: 'quiet',
        type: 'button',
        'aria-label': `${words}: ${conflict.field} of ${nameOf(conflict)}`,
        'data-choice': `${conflict.id} ${choice}`,
        onclick: () => choose(choice),
      }, words));
    const buttons = [ours, theirs];
    return element(
      'li',
      {},
      element('div', { class: 'failed-head' },
        element('strong', {}, nameOf(conflict)),
        element('span', {}, ONE[conflict.kind]),
        element('code', {}, conflict.field),
        element('span', { class: `pill ${tone}` }, word),
        ago(conflict.noticedAt)),
      element('dl', { class: 'sides' },
        side('Here', conflict, 'ours', conflict.canBeChosen ? ours : undefined),
        side('In GoHighLevel', conflict, 'theirs', conflict.canBeChosen ? theirs : undefined)),
      conflict.canBeChosen ? undefined : element('p', { class: 'small' }, 'Changed since. It is now: ', value(conflict.present)),
      this.#writer(conflict),
      conflict.resolvedBy ? element('p', { class: 'small' }, `Settled by ${who(conflict.resolvedBy, 'itself')}, `, ago(conflict.resolvedAt)) : undefined,
      note,
    );
  }

  /** Asked for one by one: each is a call. */
  #writer({ id, kind, recordId, field }) {
    const line = element('p', { class: 'small' });
    const ask = element('button', { class: 'link', type: 'button', 'data-choice': `${id} writer`, onclick: async () => {
      ask.disabled = true;
      try {
        const fields = await writers(this.#id, kind, recordId);
        this.#written.set(id, fields[field]);
        line.replaceChildren(written(fields[field]));
      } catch (refused) {
        say(line, refused.message);
      }
    } }, 'Who wrote what is here?');
    line.append(this.#written.has(id) ? written(this.#written.get(id)) : ask);
    return line;
  }

  async #choose(conflict, choice, buttons, note) {
    buttons.forEach((each) => { each.disabled = true; });
    say(note, '');
    try {
      await call('POST', `${this.#path('conflicts')}/${encodeURIComponent(conflict.id)}`, { choose: choice });
      this.#written.delete(conflict.id);
      this.#again(0);
    } catch (refused) {
      say(note, refused.message);
      buttons.forEach((each) => { each.disabled = false; });
    }
  }

  /** One choice for all, where several wait about one field. */
  #fields(items, state) {
    if (state !== 'open') {
      return [];
    }
    const counts = new Map();
    for (const { kind, field } of items) {
      counts.set(`${kind} ${field}`, { kind, field, count: (counts.get(`${kind} ${field}`)?.count ?? 0) + 1 });
    }
    return [...counts.values()].filter(({ count }) => count > 1).map(({ kind, field }) => {
      const note = element('span', { role: 'status' });
      const buttons = [['ours', 'Keep ours in all'], ['theirs', 'Take theirs in all']].map(([choice, words]) =>
        element('button', { class: 'quiet', type: 'button', 'aria-label': `${words}: ${field} of ${KINDS[kind]}`, onclick: () => this.#chooseAll(kind, field, choice, buttons, note) }, words));
      return element('li', {}, element('div', { class: 'failed-head' }, element('code', {}, field), element('span', {}, `of ${KINDS[kind].toLowerCase()}`), note, element('span', { class: 'actions' }, ...buttons)));
    });
  }

  async #chooseAll(kind, field, choose, buttons, note) {
    buttons.forEach((each) => { each.disabled = true; });
    try {
      let cursor;
      let chosen = 0;
      do {
        const answer = await call('POST', this.#path('conflicts'), { kind, field, choose, ...(cursor ? { cursor } : {}) });
        chosen += answer.chosen;
        cursor = answer.nextCursor;
        say(note, `${plural(chosen, 'conflict')} settled`);
      } while (cursor);
      this.#again(0);
    } catch (refused) {
      say(note, refused.message);
      buttons.forEach((each) => { each.disabled = false; });
    }
  }

  // ---- the policy

  #rules() {
    const policy = this.#policy;
    const rows = [this.#ruleRow('All records', '', policy.default, RULES, (next, rule) => { next.default = rule; })];
    for (const [kind, words] of Object.entries(KINDS)) {
      rows.push(this.#ruleRow(words, '', policy[kind].default ?? '', { '': 'As for all records', ...RULES }, (next, rule) => {
        if (rule) {
          next[kind].default = rule;
        } else {
          delete next[kind].default;
        }
      }));
      for (const [field, rule] of Object.entries(policy[kind].fields)) {
        rows.push(this.#ruleRow(words, field, rule, { ...RULES, '': 'No rule of its own' }, (next, chosen) => {
          if (chosen) {
            next[kind].fields[field] = chosen;
          } else {
            delete next[kind].fields[field];
          }
        }));
      }
    }
    byId('rules').replaceChildren(...rows);
  }

  #ruleRow(kind, field, rule, choices, change) {
    const select = element('select', {
      'aria-label': `Who decides: ${kind}${field && `, ${field}`}`,
      onchange: ({ target }) => this.#replace((policy) => change(policy, target.value)),
    });
    fillSelect(select, choices);
    select.value = rule;
    return element('tr', {},
      element('th', { scope: 'row' }, kind),
      element('td', { 'data-label': 'Field' }, field ? element('code', {}, field) : 'every other field'),
      element('td', { 'data-label': 'Who decides' }, select));
  }

  async #replace(change, done = () => {}) {
    const next = structuredClone(this.#policy);
    change(next);
    say(byId('rules-error'), '');
    try {
      this.#policy = await call('PUT', this.#path('conflict-policy'), next);
      done();
    } catch (refused) {
      say(byId('rules-error'), refused.message);
    }
    const focused = document.activeElement?.getAttribute('aria-label');
    this.#rules();
    [...byId('rules').querySelectorAll('select')].find((each) => each.getAttribute('aria-label') === focused)?.focus();
  }
}

function fillSelect(select, choices) {
  select.replaceChildren(...Object.entries(choices).map(([name, words]) => element('option', { value: name }, words)));
}

const nameOf = ({ name, recordId }) => name || recordId;

const side = (words, conflict, which, button) => element('div', { class: conflict.winner === which ? 'side won' : 'side' },
  element('dt', {}, words),
  element('dd', {}, value(conflict[which]), button));

/** A value as a person reads it. */
function value(given) {
  if (given === null) {
    return element('em', {}, 'nothing');
  }
  return element('span', { class: 'value' }, typeof given === 'string' ? given : JSON.stringify(given));
}
