package com.lpai.application.directory;

import com.lpai.application.work.Versioned;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmCustomFields;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.ProjectCustomField;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads the definitions of custom fields, and sees to it that each of a project's is there (spec
 * 4): found by its key, made where it is missing, and its id written down at once, so that a
 * failure half-way loses nothing. Its caller holds the location's setup lease: two of these at once
 * would make a field twice.
 */
final class CustomFieldsReading implements DirectoryReading {
  private final CrmCustomFields crm;
  private final DirectoryRepository<CustomField> store;
  private final LocationRepository locations;

  CustomFieldsReading(
      CrmCustomFields crm, DirectoryRepository<CustomField> store, LocationRepository locations) {
    this.crm = crm;
    this.store = store;
    this.locations = locations;
  }

  @Override
  public Outcome read(Location location, BooleanSupplier stillOurs) {
    LocationId id = location.id();
    return switch (list(id, CustomField.Model.CONTACT)) {
      case CrmResult.Failed<List<CustomField>>(CrmFailure failure) -> new Outcome.Failed(failure);
      case CrmResult.Done<List<CustomField>>(List<CustomField> contacts) ->
          stillOurs.getAsBoolean() ? read(location, contacts, stillOurs) : new Outcome.TakenOver();
    };
  }

  private Outcome read(Location location, List<CustomField> contacts, BooleanSupplier stillOurs) {
    return switch (list(location.id(), CustomField.Model.OPPORTUNITY)) {
      case CrmResult.Failed<List<CustomField>>(CrmFailure failure) -> new Outcome.Failed(failure);
      case CrmResult.Done<List<CustomField>>(List<CustomField> projects) ->
          read(location, contacts, projects, stillOurs);
    };
  }

  /** Kept before anything is made: what cannot be made must not cost what can be read. */
  private Outcome read(
      Location location,
      List<CustomField> contacts,
      List<CustomField> projects,
      BooleanSupplier stillOurs) {
    int entries = store(location.id(), contacts, projects);
    return switch (withThoseOfProjects(location, projects, stillOurs)) {
      case Made.All(List<CustomField> complete) ->
          new Outcome.Complete(store(location.id(), contacts, complete));
      case Made.TakenOver takenOver -> new Outcome.TakenOver();
      case Made.Failed(CrmFailure failure) -> new Outcome.Lacking(entries, failure);
    };
  }

  private int store(LocationId id, List<CustomField> contacts, List<CustomField> projects) {
    List<CustomField> all = Stream.concat(contacts.stream(), projects.stream()).toList();
    store.replaceAll(id, all);
    return all.size();
  }

  private CrmResult<List<CustomField>> list(LocationId id, CustomField.Model model) {
    return crm.list(id, model, CallPriority.BACKFILL);
  }

  /** What came of making the fields that were missing. */
  private sealed interface Made {
    /** All of a project's are there, and these are all that the CRM has. */
    record All(List<CustomField> fields) implements Made {}

    /** Another worker took over. */
    record TakenOver() implements Made {}

    /** One of them is missing. */
    record Failed(CrmFailure failure) implements Made {}
  }

  private Made withThoseOfProjects(
      Location location, List<CustomField> present, BooleanSupplier stillOurs) {
    boolean isOneNew = false;
    for (ProjectCustomField wanted : ProjectCustomField.values()) {
      Optional<CustomField> found = find(wanted, location, present);
      if (found.isEmpty()) {
        if (!stillOurs.getAsBoolean()) {
          return new Made.TakenOver();
        }
        switch (crm.create(location.id(), wanted.definition(), CallPriority.BACKFILL)) {
          case CrmResult.Failed<CustomField>(CrmFailure failure) -> {
            return new Made.Failed(failure);
          }
          case CrmResult.Done<CustomField>(CustomField field) -> {
            isOneNew = true;
            found = Optional.of(field);
          }
        }
      }
      keep(location.id(), wanted, found.get().id());
    }
    if (!isOneNew) {
      return new Made.All(present);
    }
    return stillOurs.getAsBoolean() ? readBack(location.id()) : new Made.TakenOver();
  }

  /** The CRM makes the key of the name, and may have made another (ghl-facts.md 3.5). */
  private Made readBack(LocationId id) {
    return switch (list(id, CustomField.Model.OPPORTUNITY)) {
      case CrmResult.Failed<List<CustomField>>(CrmFailure failure) -> new Made.Failed(failure);
      case CrmResult.Done<List<CustomField>>(List<CustomField> fields) -> new Made.All(fields);
    };
  }

  /** The one we know already, else by its key, else by its name: any but a second one. */
  private static Optional<CustomField> find(
      ProjectCustomField wanted, Location location, List<CustomField> present) {
    Optional<GhlCustomFieldId> known = location.customField(wanted.key());
    return first(present, field -> known.filter(field.id()::equals).isPresent())
        .or(() -> first(present, wanted::hasKeyOf))
        .or(() -> first(present, wanted::hasNameOf));
  }

  private static Optional<CustomField> first(
      List<CustomField> fields, Predicate<CustomField> wanted) {
    return fields.stream().filter(wanted).findFirst();
  }

  private void keep(LocationId id, ProjectCustomField wanted, GhlCustomFieldId fieldId) {
    Versioned.change(
        () -> locations.find(id),
        found -> {
          Location before =
              found.orElseThrow(() -> new IllegalStateException("location " + id + " is gone"));
          return Optional.of(before.withCustomField(wanted.key(), fieldId))
              .filter(after -> !after.equals(before));
        },
        after -> locations.save(id, after));
  }
}
