package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.copy.Copies;
import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.DirectoryEntry;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/**
 * The entries of one kind in one collection.
 *
 * @param <E> the kind of entry
 */
public final class MongoDirectory<E extends DirectoryEntry> implements DirectoryRepository<E> {
  private static final String NAME = "name";

  private final Copies<E> entries;

  private MongoDirectory(TenantCollection collection, CopyForm<E> form) {
    entries = new Copies<>(collection, form);
  }

  public static DirectoryRepository<User> users(TenantCollection collection) {
    return new MongoDirectory<>(collection, new UserForm());
  }

  public static DirectoryRepository<Calendar> calendars(TenantCollection collection) {
    return new MongoDirectory<>(collection, new CalendarForm());
  }

  public static DirectoryRepository<Pipeline> pipelines(TenantCollection collection) {
    return new MongoDirectory<>(collection, new PipelineForm());
  }

  public static DirectoryRepository<CustomField> customFields(TenantCollection collection) {
    return new MongoDirectory<>(collection, new CustomFieldForm());
  }

  public static DirectoryRepository<CustomValue> customValues(TenantCollection collection) {
    return new MongoDirectory<>(collection, new CustomValueForm());
  }

  @Override
  public int replaceAll(LocationId locationId, List<E> all) {
    return entries.replaceAll(locationId, all);
  }

  @Override
  public List<E> list(LocationId locationId) {
    return entries.list(locationId, NAME);
  }

  @Override
  public long count(LocationId locationId) {
    return entries.count(locationId);
  }
}
