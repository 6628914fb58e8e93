package com.lpai.domain.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.LocationId;
import java.util.List;

/** The CRM's custom fields of a location (ghl-facts.md 3.5). */
public interface CrmCustomFields {
  /** All of one model, in one answer. */
  CrmResult<List<CustomField>> list(
      LocationId locationId, CustomField.Model model, CallPriority priority);

  /**
   * Creates one. A time-out, reset or 5xx after sending is {@code OutcomeUnknown}: look before it
   * is repeated.
   *
   * @return as the CRM stored it, its key included
   */
  CrmResult<CustomField> create(LocationId locationId, NewCustomField field, CallPriority priority);
}
