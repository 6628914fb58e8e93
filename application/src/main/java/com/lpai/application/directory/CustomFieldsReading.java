package com.lpai.application.directory;

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
import java.util.ArrayList;
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
  public CrmResult<Integer> read(Location location, BooleanSupplier stillOurs) {
    LocationId id = location.id();
    CrmResult<List<CustomField>> ofContacts = list(id, CustomField.Model.CONTACT);
    if (!(ofContacts instanceof CrmResult.Done<List<CustomField>>(List<CustomField> contacts))) {
      return ofContacts.map(List::size);
    }
    if (!stillOurs.getAsBoolean()) {
      return takenOver();
    }
    CrmResult<List<CustomField>> ofProjects = list(id, CustomField.Model.OPPORTUNITY);
    if (!(ofProjects instanceof CrmResult.Done<List<CustomField>>(List<CustomField> projects))) {
      return ofProjects.map(List::size);
    }
    return withThoseOfProjects(location, projects, stillOurs)
        .map(
            complete -> {
              List<CustomField> all = Stream.concat(contacts.stream(), complete.stream()).toList();
              store.replaceAll(id, all);
              return all.size();
            });
  }

  private CrmResult<List<CustomField>> list(LocationId id, CustomField.Model model) {
    return crm.list(id, model, CallPriority.BACKFILL);
  }

  /** The same fields with those that were missing, as the CRM lists them afterwards. */
  private CrmResult<List<CustomField>> withThoseOfProjects(
      Location location, List<CustomField> present, BooleanSupplier stillOurs) {
    List<CustomField> made = new ArrayList<>();
    for (ProjectCustomField wanted : ProjectCustomField.values()) {
      Optional<CustomField> found = find(wanted, location, present);
      if (found.isEmpty()) {
        if (!stillOurs.getAsBoolean()) {
          return takenOver();
        }
        CrmResult<CustomField> answer =
            crm.create(location.id(), wanted.definition(), CallPriority.BACKFILL);
        switch (answer) {
          case CrmResult.Failed<CustomField>(CrmFailure failure) -> {
            return CrmResult.failed(failure);
          }
          case CrmResult.Done<CustomField>(CustomField field) -> {
            made.add(field);
            found = Optional.of(field);
          }
        }
      }
      keep(location.id(), wanted, found.get().id());
    }
    if (made.isEmpty()) {
      return CrmResult.done(present);
    }
    // Read back: the CRM makes the key of the name, and may have made another (ghl-facts.md 3.5).
    return stillOurs.getAsBoolean()
        ? list(location.id(), CustomField.Model.OPPORTUNITY)
        : takenOver();
  }

  private static <T> CrmResult<T> takenOver() {
    return CrmResult.failed(new CrmFailure.Unavailable("another worker took over"));
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
    while (true) {
      Location before =
          locations
              .find(id)
              .orElseThrow(() -> new IllegalStateException("location " + id + " is gone"));
      Location after = before.withCustomField(wanted.key(), fieldId);
      if (after.equals(before) || locations.save(id, after).isPresent()) {
        return;
      }
    }
  }
}
