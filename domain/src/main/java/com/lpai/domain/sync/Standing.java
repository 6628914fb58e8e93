package com.lpai.domain.sync;

/**
 * How one record stands, without its values.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 */
public record Standing<I, G>(I id, Link<G> link, Presence presence, SyncPhase phase) {
  public boolean isLive() {
    return presence instanceof Presence.Live;
  }
}
