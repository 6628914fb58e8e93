package com.lpai.application.directory;

import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** What may be asked about a location itself. */
public interface DirectoryQueries {
  /** True when the location has installed the app, now or once. */
  boolean isKnown(LocationId locationId);

  /** The location's users by name. */
  List<User> users(LocationId locationId);

  /** The location's calendars by name. */
  List<Calendar> calendars(LocationId locationId);

  /** The location's pipelines by name. */
  List<Pipeline> pipelines(LocationId locationId);

  /** The location's custom fields, of contacts and of opportunities, by name. */
  List<CustomField> customFields(LocationId locationId);

  /** The location's custom values by name. */
  List<CustomValue> customValues(LocationId locationId);
}
