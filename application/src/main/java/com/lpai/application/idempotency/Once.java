package com.lpai.application.idempotency;

import java.util.function.Supplier;

/**
 * How often one request may make something. Whoever makes it asks first what is {@link #known}, and
 * {@link #claim}s an id when all else is settled; what it makes is stored under that id or not at
 * all, and then it is {@link #made}.
 */
public interface Once {
  /** A request without a key: each makes another. */
  Once EACH_TIME =
      new Once() {
        @Override
        public Known known() {
          return new Known.Nothing();
        }

        @Override
        public Known claim(Supplier<String> newId) {
          return new Known.MakesThis(newId.get(), false);
        }

        @Override
        public void made(String id) {
          // Nobody will ask.
        }
      };

  /** What is known of requests like this one. */
  sealed interface Known {
    /** There was none. */
    record Nothing() implements Known {}

    /**
     * One that makes this.
     *
     * @param made whether it was stored for certain
     */
    record MakesThis(String id, boolean made) implements Known {}

    /** The key belongs to a request with another body. */
    record AnotherRequest() implements Known {}
  }

  Known known();

  /** The id of what this request makes, the same whoever asks; never {@link Known.Nothing}. */
  Known claim(Supplier<String> newId);

  void made(String id);
}
