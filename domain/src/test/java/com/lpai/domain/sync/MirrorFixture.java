package com.lpai.domain.sync;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Mirrored records for tests, in the words of the domain. Says what a stored record looks like; how
 * one comes to look like that is the business of {@link Mirrored}.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 * @param <F> the fixture itself
 */
public abstract class MirrorFixture<
    I, G, R extends Mirrored<I, G, R>, F extends MirrorFixture<I, G, R, F>> {
  /** Whoever edits, where it does not matter who. */
  public static final Origin SOMEBODY = new Origin.User("somebody");

  private I id;
  private LocationId locationId = TenantFixture.anyLocation();
  private Link<G> link = Link.none();
  private final Set<G> formerIds = new HashSet<>();
  private Presence presence = Presence.LIVE;
  private final TreeMap<FieldName, FieldValue> fields = new TreeMap<>();
  private SyncState sync = SyncState.SYNCED;
  private CrmTrace trace = CrmTrace.NONE;
  private final List<Conflict> conflicts = new ArrayList<>();
  private Provenance provenance = Provenance.NONE;
  private boolean createdBySync;
  private long version;

  protected MirrorFixture(I id) {
    this.id = id;
  }

  protected abstract F self();

  protected abstract R build(MirrorState<I, G> state);

  public F withId(I changed) {
    id = changed;
    return self();
  }

  public F in(LocationId changed) {
    locationId = changed;
    return self();
  }

  public F linkedTo(G crmId) {
    link = new Link.Linked<>(crmId);
    return self();
  }

  /** Known to the CRM under this id once, and no longer. */
  public F formerly(G crmId) {
    formerIds.add(crmId);
    return self();
  }

  public F with(MirroredField field, String text) {
    return with(field.fieldName(), FieldValue.text(text));
  }

  public F with(FieldName name, FieldValue value) {
    fields.put(name, value);
    return self();
  }

  public F withSync(SyncState changed) {
    sync = changed;
    return self();
  }

  /** Something is to be told to the CRM from this time on. */
  public F pendingSince(Instant dueAt) {
    return withSync(SyncState.SYNCED.touched(dueAt));
  }

  public F withTrace(CrmTrace changed) {
    trace = changed;
    return self();
  }

  public F withConflict(Conflict conflict) {
    conflicts.add(conflict);
    return self();
  }

  public F withProvenance(Provenance changed) {
    provenance = changed;
    return self();
  }

  public F deletedHere(Instant at) {
    presence = new Presence.DeletedHere(at);
    return self();
  }

  public F deletedInCrm(Instant at) {
    presence = new Presence.DeletedInCrm(at);
    return self();
  }

  public F createdBySync() {
    createdBySync = true;
    return self();
  }

  public F atVersion(long changed) {
    version = changed;
    return self();
  }

  public final R build() {
    return build(
        new MirrorState<>(
            id,
            locationId,
            link,
            formerIds,
            presence,
            new Fields(fields),
            sync,
            trace,
            conflicts,
            provenance,
            createdBySync,
            MutableInstantSource.START,
            MutableInstantSource.START,
            version));
  }
}
