/** How much a location has of each kind. */
import { number } from '/dom.js';

const KINDS = [
  ['contacts', 'Contacts'], ['projects', 'Projects'], ['appointments', 'Appointments'],
  ['conversations', 'Conversations'], ['messages', 'Messages'], ['calendars', 'Calendars'],
  ['users', 'Users'], ['pipelines', 'Pipelines'], ['customFields', 'Custom fields'],
  ['customValues', 'Custom values'],
];

/** Names and amounts, in the order of a CRM’s user, from what `/sync-health` answers. */
export function totalsOf({ copied, ...synced }) {
  return KINDS.map(([kind, name]) => [name, number(synced[kind]?.total ?? copied[kind] ?? 0)]);
}

const PAUSE = 3000;

/** For less than this the server shares a count among all who ask. */
export const SHARED = 6000;

/**
 * Asks for the counts now and then: each is work for the database. One call is under way at a time,
 * and the next begins some seconds after its answer, however often they are asked for.
 */
export class Counting {
  #count;
  #isUnderWay = false;
  #isWanted = false;
  #isAnew = false;
  #pause = 0;

  /** `count` asks for them and shows them; its promise is kept when that is over. */
  constructor(count) {
    this.#count = count;
  }

  /** Counts as soon as it is time to. */
  ask() {
    this.#isWanted = true;
    this.#next();
  }

  /** Counts something else, which need not wait for the pause after the last answer. */
  askAnew() {
    this.#isAnew = true;
    this.ask();
  }

  /** Nobody wants to know any longer. */
  forget() {
    this.#isWanted = false;
  }

  async #next() {
    if (this.#isAnew) {
      clearTimeout(this.#pause);
      this.#pause = 0;
    }
    if (!this.#isWanted || this.#isUnderWay || this.#pause) {
      return;
    }
    this.#isWanted = false;
    this.#isAnew = false;
    this.#isUnderWay = true;
    await this.#count();
    this.#isUnderWay = false;
    this.#pause = setTimeout(() => {
      this.#pause = 0;
      this.#next();
    }, PAUSE);
    this.#next();
  }
}
