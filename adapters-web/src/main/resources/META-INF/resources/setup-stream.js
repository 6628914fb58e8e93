/** Follows a location's setup by server-sent events, on whichever instance it runs. */
const SHORTEST = 1000;
const LONGEST = 30_000;

/**
 * Follows until the setup is over, and comes back by itself when a stream ends early.
 *
 * `address` gives the stream's path, as often as one is opened; with `once` a path works one time.
 * `onSetup` gets each state, `onEnd` the reason when there is nothing more to come, `onTrouble`
 * what kept a stream from being opened; it is tried again unless that answers true.
 */
export function followSetup({ address, once, onSetup, onEnd, onTrouble = () => false }) {
  let source;
  let timer = 0;
  let failures = 0;
  let isStopped = false;

  async function open() {
    let path;
    try {
      path = await address();
    } catch (refused) {
      if (!isStopped && !onTrouble(refused)) {
        later();
      }
      return;
    }
    if (!isStopped) {
      listen(new EventSource(path));
    }
  }

  function listen(opened) {
    source = opened;
    source.addEventListener('setup', (event) => {
      failures = 0;
      onSetup(JSON.parse(event.data));
    });
    source.addEventListener('end', (event) => {
      source.close();
      const { reason } = JSON.parse(event.data);
      if (reason === 'expired') {
        later();
      } else {
        isStopped = true;
        onEnd(reason);
      }
    });
    source.addEventListener('error', () => {
      // With the same path the browser comes back by itself, and says what it has seen.
      if (once || source.readyState === EventSource.CLOSED) {
        source.close();
        later();
      }
    });
  }

  function later() {
    if (!isStopped) {
      failures += 1;
      timer = setTimeout(open, Math.min(SHORTEST * failures, LONGEST));
    }
  }

  open();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
