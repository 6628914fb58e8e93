package com.lpai.domain.directory;

import com.lpai.domain.tenant.CrmIds;

/**
 * The CRM's id of a pipeline.
 *
 * @param value 1 to 128 characters without blanks or control characters
 */
public record GhlPipelineId(String value) {
  public GhlPipelineId {
    value = CrmIds.requireOpaque(value, "GoHighLevel pipeline id");
  }

  @Override
  public String toString() {
    return value;
  }
}
