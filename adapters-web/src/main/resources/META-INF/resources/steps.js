/** The steps of a setup, each with its bar. Only what changed is touched, so that focus stays where it is. */
import { element, number, say } from '/dom.js';

const NAMES = {
  locationDetails: 'Location', pipelines: 'Pipelines', calendars: 'Calendars', users: 'Users',
  customFields: 'Custom fields', customValues: 'Custom values', contacts: 'Contacts',
  opportunities: 'Projects', appointments: 'Appointments', conversations: 'Conversations and messages',
  defaults: 'Defaults', locations: 'Locations',
};
export const stepName = ({ step }) => NAMES[step] ?? step;

const isOver = ({ state }) => ['done', 'failed', 'skipped'].includes(state);

/** Something of it is still to come, be it another attempt by itself. */
export const isUnderWay = ({ steps }) => !steps.every(isOver);

/** How much of a step is done: “400 of 2,500”. */
export function stepAmount({ state, done, total }) {
  if (total > 0 && state !== 'done') {
    return `${number(done)} of ${number(total)}`;
  }
  return done > 0 ? number(done) : '';
}

function stepWords(step) {
  const amount = stepAmount(step);
  const words = {
    waiting: ['waiting'],
    running: [amount || 'begins', step.rate > 0 ? `${number(step.rate < 10 ? step.rate : Math.round(step.rate))} a second` : ''],
    copied: [amount, 'what changed meanwhile follows'],
    done: [amount || 'nothing there'],
    failed: ['failed', amount],
    skipped: ['left out'],
  }[step.state] ?? [step.state, amount];
  return words.filter(Boolean).join(' · ');
}

/** Where a setup is, without figures: it is read aloud each time it changes. */
export function setupWords({ steps, step }) {
  const place = steps.findIndex((each) => each.step === step);
  if (place < 0) {
    return '';
  }
  const catchesUp = steps[place].state === 'copied';
  return `${catchesUp ? 'Reading what changed meanwhile' : `Step ${place + 1} of ${steps.length}`}: ${stepName(steps[place]).toLowerCase()}`;
}

export class StepList {
  #place;
  #retry;
  #rows = new Map();

  /** `retry` repeats a step by its name, and says in its promise whether that was accepted. */
  constructor(place, retry) {
    this.#place = place;
    this.#retry = retry;
  }

  /** Shows the steps of a setup; while it is at work, none that failed can be tried again. */
  show(steps, isAtWork = false) {
    const wanted = new Set(steps.map(({ step }) => step));
    for (const [step, row] of this.#rows) {
      if (!wanted.has(step)) {
        row.root.remove();
        this.#rows.delete(step);
      }
    }
    steps.forEach((step, i) => {
      const row = this.#rows.get(step.step) ?? this.#newRow(step);
      this.#rows.set(step.step, row);
      update(row, step, isAtWork);
      if (this.#place.children[i] !== row.root) {
        this.#place.insertBefore(row.root, this.#place.children[i] ?? null);
      }
    });
  }

  #newRow(step) {
    const name = stepName(step);
    const row = {
      bar: element('progress', { max: 1, 'aria-label': name }),
      words: element('span', { class: 'step-state' }),
      note: element('span', { class: 'step-note' }),
      next: element('span', { class: 'step-note' }),
    };
    row.root = element('li', {}, element('span', { class: 'step-name' }, name), row.words, row.bar, row.note, row.next);
    if (this.#retry) {
      row.button = element('button', { class: 'quiet', type: 'button' });
      row.button.addEventListener('click', () => this.#tryAgain(row, step.step));
      row.root.append(row.button);
    }
    return row;
  }

  async #tryAgain(row, step) {
    row.button.disabled = true;
    // The button goes away once that is accepted; whoever pressed it stays here.
    row.root.tabIndex = -1;
    row.root.focus({ preventScroll: true });
    await this.#retry(step);
    row.button.disabled = false;
  }
}

function update(row, step, isAtWork) {
  const isRetrying = step.state === 'retrying';
  row.root.className = `step ${step.state}`;
  say(row.words, step.words ?? stepWords(step));
  say(row.note, step.note ?? '');
  row.note.hidden = !step.note;
  say(row.next, isRetrying ? `It is tried again by itself at ${new Date(step.nextAttemptAt).toLocaleString()}.` : '');
  row.next.hidden = !isRetrying;
  if (row.button) {
    const words = isRetrying ? 'Try now' : 'Try again';
    say(row.button, words);
    row.button.setAttribute('aria-label', `${words}: ${stepName(step)}`);
    row.button.hidden = !isRetrying && (step.state !== 'failed' || isAtWork);
  }
  showBar(row.bar, step);
}

/** Without a value it moves to and fro: something is done, and nobody knows of how much. */
function showBar(bar, { state, done, total }) {
  if (state === 'running' && !(total > 0)) {
    bar.removeAttribute('value');
    return;
  }
  const isWhole = ['copied', 'done', 'skipped'].includes(state);
  bar.max = total > 0 ? total : 1;
  bar.value = isWhole ? bar.max : total > 0 ? Math.min(done, total) : 0;
}
