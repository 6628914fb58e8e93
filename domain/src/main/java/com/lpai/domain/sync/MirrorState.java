package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything about one record that keeping it equal on both sides needs, whatever kind it is.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param formerIds ids under which the CRM had it once
 * @param version counts stored changes; 0 before the first
 * @param provenance who wrote each of its values
 * @param createdBySync true when the CRM had it first
 * @param conflicts the latest fields that both sides had changed, newest last
 */
public record MirrorState<I, G>(
    I id,
    LocationId locationId,
    Link<G> link,
    Set<G> formerIds,
    Presence presence,
    Fields fields,
    SyncState sync,
    CrmTrace trace,
    List<Conflict> conflicts,
    Provenance provenance,
    boolean createdBySync,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  public MirrorState {
    formerIds = Set.copyOf(formerIds);
    conflicts = List.copyOf(conflicts);
  }

  /** A record that a user made here; it is pushed as soon as it is stored. */
  public static <I, G> MirrorState<I, G> createdHere(
      I id, LocationId locationId, FieldChanges values, Origin by, Instant now) {
    return new MirrorState<>(
        id,
        locationId,
        Link.none(),
        Set.of(),
        Presence.LIVE,
        Fields.NONE.apply(values),
        SyncState.SYNCED.edited(Fields.NONE.differing(values), Fields.NONE, now).touched(now),
        CrmTrace.NONE,
        List.of(),
        new Provenance(new Provenance.Stamp(by, now), new TreeMap<>()),
        false,
        now,
        now,
        0);
  }

  /** A record that the CRM had first, before anything of it is merged in. */
  public static <I, G> MirrorState<I, G> foundInCrm(
      I id, LocationId locationId, G crmId, Instant now) {
    return new MirrorState<>(
        id,
        locationId,
        new Link.Linked<>(crmId),
        Set.of(),
        Presence.LIVE,
        Fields.NONE,
        SyncState.SYNCED,
        CrmTrace.NONE,
        List.of(),
        Provenance.NONE,
        true,
        now,
        now,
        0);
  }

  Builder<I, G> toBuilder() {
    return new Builder<>(this);
  }

  /** Copies a state with some parts changed. */
  static final class Builder<I, G> {
    private final MirrorState<I, G> from;
    private Link<G> link;
    private Set<G> formerIds;
    private Presence presence;
    private Fields fields;
    private SyncState sync;
    private CrmTrace trace;
    private List<Conflict> conflicts;
    private Provenance provenance;
    private Instant updatedAt;
    private long version;

    private Builder(MirrorState<I, G> from) {
      this.from = from;
      link = from.link;
      formerIds = from.formerIds;
      presence = from.presence;
      fields = from.fields;
      sync = from.sync;
      trace = from.trace;
      conflicts = from.conflicts;
      provenance = from.provenance;
      updatedAt = from.updatedAt;
      version = from.version;
    }

    Builder<I, G> linkedTo(G crmId) {
      link = new Link.Linked<>(crmId);
      return this;
    }

    Builder<I, G> unlinked() {
      Set<G> former = new HashSet<>(formerIds);
      link.crmId().ifPresent(former::add);
      formerIds = former;
      link = Link.none();
      return this;
    }

    Builder<I, G> presence(Presence changed) {
      presence = changed;
      return this;
    }

    Builder<I, G> fields(Fields changed) {
      fields = changed;
      return this;
    }

    Builder<I, G> sync(SyncState changed) {
      sync = changed;
      return this;
    }

    Builder<I, G> trace(CrmTrace changed) {
      trace = changed;
      return this;
    }

    Builder<I, G> conflicts(List<Conflict> changed) {
      conflicts = changed;
      return this;
    }

    Builder<I, G> provenance(Provenance changed) {
      provenance = changed;
      return this;
    }

    Builder<I, G> updatedAt(Instant changed) {
      updatedAt = changed;
      return this;
    }

    Builder<I, G> version(long changed) {
      version = changed;
      return this;
    }

    MirrorState<I, G> build() {
      return new MirrorState<>(
          from.id,
          from.locationId,
          link,
          formerIds,
          presence,
          fields,
          sync,
          trace,
          conflicts,
          provenance,
          from.createdBySync,
          from.createdAt,
          updatedAt,
          version);
    }
  }
}
