/** Whether a location is the same on both sides, what differs, and how to mend it. */
import { call } from '/api.js';
import { byId, element, fillCounts, number, plural, say } from '/dom.js';
import { writers, written } from '/provenance.js';
import { ago } from '/times.js';

const REFRESH = 1000;
const PAGE = 50;
const KINDS = { contacts: 'Contact', projects: 'Project', appointments: 'Appointment' };
const NATURES = {
  missingHere: 'is in GoHighLevel and not here',
  missingThere: 'is here and not in GoHighLevel',
  fields: 'has other values there',
  duplicate: 'is here twice',
  deletedHere: 'was deleted here and is still in GoHighLevel',
  referenceGone: 'refers to something that is gone',
};
const CAUSES = {
  webhookLost: ['A webhook was lost', 'warn'],
  changedLately: ['Changed minutes ago; its webhook may still come', 'busy'],
  alteredHere: ['What is stored here was altered otherwise', 'bad'],
  pushWaiting: ['A local change waits to be told', 'busy'],
  pushBlocked: ['A local change waits for something else', 'warn'],
  pushFailed: ['GoHighLevel refused a local change', 'bad'],
  neverTold: ['It was never told to GoHighLevel', 'warn'],
  deletedThere: ['Deleted in GoHighLevel, unnoticed', 'warn'],
  notListed: ['GoHighLevel does not list it', 'warn'],
  notShown: ['The list of GoHighLevel left out a value that is here', 'warn'],
  deletionWaiting: ['Its deletion waits to be told', 'busy'],
  deletionRefused: ['GoHighLevel refused its deletion', 'bad'],
  cameBack: ['GoHighLevel shows it again', 'warn'],
  unlinkedTwin: ['The same as a record that GoHighLevel has', 'warn'],
  contactGone: ['Its contact is gone', 'warn'],
  calendarGone: ['Its calendar is gone', 'warn'],
};
const REPAIRS = {
  read: 'read it from GoHighLevel and merge it',
  push: 'push it now',
  remove: 'look for it once more, and mark it as deleted',
  fold: 'remove the copy if it says nothing else',
  person: 'a person decides',
};
const STAGES = { open: ['to be repaired', 'warn'], requested: ['being repaired', 'busy'], repaired: ['repaired', 'good'], left: ['not repaired', 'bad'] };
const STATES = {
  none: () => ['Nothing was proven yet.'],
  equal: ({ begunAt, provenAt }) => ['Equal, proven ', ago(provenAt), ', of what did not change since its beginning ', ago(begunAt), '.'],
  different: ({ different, provenAt }) => [`${plural(different, 'difference')}, found `, ago(provenAt), '.'],
  incomplete: ({ different, provenAt }) => [`Not everything could be compared ${different ? `(${plural(different, 'difference')} found) ` : ''}`, ago(provenAt), '.'],
};

const pill = ([word, tone]) => element('span', { class: `pill ${tone}` }, word);

export class Drift {
  #id = '';
  #pages = 1;
  #timer = 0;
  #turn = 0;
  #isShown = () => false;

  /** @param isShown whether somebody looks at it now */
  constructor(isShown) {
    this.#isShown = isShown;
    byId('prove').addEventListener('click', () => this.#ask('', undefined));
    byId('repair-all').addEventListener('click', () => this.#ask('/repair', { all: true, dryRun: false }));
    byId('drift-more').addEventListener('click', () => {
      this.#pages += 1;
      this.look(this.#id);
    });
  }

  forget() {
    clearTimeout(this.#timer);
    this.#id = '';
    this.#pages = 1;
    this.#turn += 1;
    byId('drift').replaceChildren();
    byId('drift-kinds').replaceChildren();
    for (const note of ['drift-state', 'drift-progress', 'drift-plan', 'drift-error', 'drift-changes']) {
      say(byId(note), '');
    }
  }

  #path(rest = '') {
    return `/api/operations/locations/${encodeURIComponent(this.#id)}/proof${rest}`;
  }

  async look(id) {
    clearTimeout(this.#timer);
    this.#id = id;
    const turn = ++this.#turn;
    const isOurs = () => turn === this.#turn && this.#isShown();
    const items = [];
    let report;
    let cursor = '';
    for (let page = 0; page < this.#pages && cursor !== null; page += 1) {
      const query = new URLSearchParams({ limit: PAGE, ...(cursor ? { cursor } : {}) });
      report = await call('GET', this.#path(`?${query}`));
      if (!isOurs()) {
        return;
      }
      items.push(...report.items);
      cursor = report.nextCursor;
    }
    const open = items.filter(({ stage }) => stage === 'open' || stage === 'left');
    const plan = report.running || report.repairing || open.length === 0 ? undefined : await call('POST', this.#path('/repair'), { all: true });
    if (isOurs()) {
      this.#show(report, items, cursor, plan);
    }
  }

  #show(report, items, cursor, plan) {
    const { running, repairing, changes } = report;
    const isFocused = document.activeElement?.dataset?.difference;
    byId('drift-state').replaceChildren(...STATES[report.state](report));
    byId('drift-state').className = report.state === 'equal' ? 'good' : '';
    say(byId('drift-progress'), running ? progressWords(running) : repairing ? 'Repairs are under way.' : '');
    byId('prove').disabled = Boolean(running);
    byId('repair-all').hidden = !plan;
    say(byId('drift-plan'), plan ? `Repairing all ${number(plan.count)} takes up to ${plural(plan.calls, 'call')} to GoHighLevel.` : '');
    fillCounts(byId('drift-kinds'), Object.entries(report.kinds ?? {}).map(([kind, of]) =>
      [`${KINDS[kind]}s compared`, of.problem ?? `${number(of.here)} here, ${number(of.there ?? of.listed)} there${tooMany(of)}`, of.problem ? 'bad' : '']));
    byId('drift-changes').replaceChildren(...(changes ? changesWords(changes) : []));
    byId('drift').replaceChildren(...items.map((item) => this.#item(item, Boolean(running))));
    if (isFocused) {
      byId('drift').querySelector(`[data-difference="${CSS.escape(isFocused)}"]`)?.focus();
    }
    byId('drift-more').hidden = !cursor;
    if (running || repairing) {
      this.#timer = setTimeout(() => {
        if (this.#isShown()) {
          this.look(this.#id).catch((refused) => say(byId('drift-error'), refused.message));
        }
      }, REFRESH);
    }
  }

  #item(difference, isProving) {
    const { id, kind, nature, cause, ghlId, ourId, fields, note, repair, stage, result } = difference;
    const values = element('dl', { class: 'facts' });
    const canRepair = (stage === 'open' || stage === 'left') && !isProving;
    const show = element('button', { class: 'quiet', type: 'button', 'data-difference': `values ${id}` }, 'Values');
    show.addEventListener('click', () => this.#values(difference, values, show));
    const mend = element('button', { class: 'quiet', type: 'button', 'data-difference': `repair ${id}` }, 'Repair');
    mend.addEventListener('click', () => this.#ask('/repair', { ids: [id], dryRun: false }));
    return element(
      'li',
      {},
      element(
        'div',
        { class: 'failed-head' },
        element('strong', {}, `${KINDS[kind]} ${ghlId ?? ourId} ${NATURES[nature]}`),
        pill(CAUSES[cause] ?? [cause, 'warn']),
        pill(STAGES[stage]),
        element('span', { class: 'actions' }, show, canRepair ? mend : ''),
      ),
      element('p', {}, [fields.length ? `Fields: ${fields.join(', ')}.` : '', note ?? '', result ?? `Repair: ${REPAIRS[repair]}.`].filter(Boolean).join(' ')),
      values,
    );
  }

  async #values({ id, kind, nature, ourId }, list, button) {
    button.disabled = true;
    try {
      const { fields } = await call('GET', this.#path(`/values?${new URLSearchParams({ difference: id })}`));
      const by = ourId && nature !== 'deletedHere' ? await writers(this.#id, kind, ourId).catch(() => ({})) : {};
      const entries = Object.entries(fields).map(([name, { here, there }]) => [
        name, element('span', {}, `here ${shown(here)}, there ${shown(there)}. `, by[name] ? written(by[name]) : '')]);
      fillCounts(list, entries.length ? entries : [['Values', 'the same by now']]);
    } catch (refused) {
      fillCounts(list, [['Values', refused.message]]);
    } finally {
      button.disabled = false;
    }
  }

  async #ask(rest, body) {
    const id = this.#id;
    say(byId('drift-error'), '');
    try {
      await call('POST', this.#path(rest), body);
      if (id === this.#id) {
        await this.look(id);
      }
    } catch (refused) {
      say(byId('drift-error'), refused.message);
    }
  }
}

const tooMany = ({ countedOnly }) => (countedOnly ? `; more than 10,000 differ, and ${number(countedOnly)} of them are counted only` : '');

const shown = (value) => (value === null ? 'nothing' : `“${typeof value === 'string' ? value : JSON.stringify(value)}”`);

function progressWords({ kinds, calls, problem }) {
  const [kind, of] = Object.entries(kinds).find(([, { phase }]) => phase !== 'done') ?? ['appointments', {}];
  const pages = of.pages ? `, ${plural(of.pages, 'page')}` : '';
  return `Comparing ${kind}${pages}, ${plural(calls, 'call')} so far.${problem ? ` It waits: ${problem}` : ''}`;
}

function changesWords({ readAt, nextAt, repaired, problem }) {
  return [
    'Changes were last read ', ago(readAt, 'never'), nextAt ? ', and are next ' : '', nextAt ? ago(nextAt) : '', `. ${plural(repaired, 'record')} repaired by that so far.${problem ? ` ${problem}` : ''}`,
  ];
}
