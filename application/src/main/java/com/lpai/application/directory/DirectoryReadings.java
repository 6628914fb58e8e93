package com.lpai.application.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCalendars;
import com.lpai.domain.directory.CrmCustomFields;
import com.lpai.domain.directory.CrmCustomValues;
import com.lpai.domain.directory.CrmPipelines;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.DirectoryEntry;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The readings of a location's directory, by the setup step that each is.
 *
 * @param byStep in the order of the steps
 */
public record DirectoryReadings(Map<SetupStep, DirectoryReading> byStep) {

  /** The CRM's side of a directory. */
  public record Sources(
      CrmPipelines pipelines,
      CrmCalendars calendars,
      CrmUsers users,
      CrmCustomFields customFields,
      CrmCustomValues customValues) {}

  /** Our side of it. */
  public record Stores(
      DirectoryRepository<Pipeline> pipelines,
      DirectoryRepository<Calendar> calendars,
      DirectoryRepository<User> users,
      DirectoryRepository<CustomField> customFields,
      DirectoryRepository<CustomValue> customValues) {}

  /**
   * The readings of these sources.
   *
   * @param calendarsAdded told when a location turns out to have calendars that are not here yet
   */
  public static DirectoryReadings of(
      Sources crm,
      Stores stores,
      LocationRepository locations,
      Consumer<LocationId> calendarsAdded) {
    Map<SetupStep, DirectoryReading> byStep = new EnumMap<>(SetupStep.class);
    byStep.put(
        SetupStep.PIPELINES,
        list(id -> crm.pipelines().list(id, CallPriority.BACKFILL), stores.pipelines()));
    byStep.put(
        SetupStep.CALENDARS,
        new CalendarsReading(crm.calendars(), stores.calendars(), calendarsAdded));
    byStep.put(SetupStep.USERS, users(crm.users(), stores.users(), CallPriority.BACKFILL));
    byStep.put(
        SetupStep.CUSTOM_FIELDS,
        new CustomFieldsReading(crm.customFields(), stores.customFields(), locations));
    byStep.put(
        SetupStep.CUSTOM_VALUES,
        list(id -> crm.customValues().list(id, CallPriority.BACKFILL), stores.customValues()));
    return new DirectoryReadings(byStep);
  }

  /** Reading everybody who works in a location. */
  public static DirectoryReading users(
      CrmUsers crm, DirectoryRepository<User> store, CallPriority priority) {
    return new UsersReading(crm, store, priority);
  }

  /** What the CRM gives in one answer. */
  private static <E extends DirectoryEntry> DirectoryReading list(
      Function<LocationId, CrmResult<List<E>>> crm, DirectoryRepository<E> store) {
    return (location, stillOurs) ->
        switch (crm.apply(location.id())) {
          case CrmResult.Failed<List<E>>(CrmFailure failure) ->
              new DirectoryReading.Outcome.Failed(failure);
          case CrmResult.Done<List<E>>(List<E> all) -> {
            store.replaceAll(location.id(), all);
            yield new DirectoryReading.Outcome.Complete(all.size());
          }
        };
  }
}
