package com.lpai.domain.project;

import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldGroup;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.MirroredField;
import java.util.Arrays;
import java.util.List;

/**
 * The plain fields of a project that both sides keep (ghl-facts.md 3.2). REST, MongoDB and the
 * CRM's payloads are all mapped from this table.
 */
public enum ProjectField implements MirroredField {
  TITLE("title", "name", FieldType.TEXT, FieldAccess.WRITABLE, true),
  /** One of {@link ProjectStatus}. */
  STATUS("status", "status", FieldType.WORD, FieldAccess.WRITABLE, true),
  MONETARY_VALUE("monetaryValue", "monetaryValue", FieldType.AMOUNT, FieldAccess.WRITABLE, true),
  PIPELINE_ID("pipelineId", "pipelineId", FieldType.TEXT, FieldAccess.WRITABLE, true),
  PIPELINE_STAGE_ID(
      "pipelineStageId", "pipelineStageId", FieldType.TEXT, FieldAccess.WRITABLE, true),
  ASSIGNED_TO("assignedTo", "assignedTo", FieldType.TEXT, FieldAccess.WRITABLE, true),
  /** The CRM's id of the contact; an update of the CRM has no such property. */
  GHL_CONTACT_ID("ghlContactId", "contactId", FieldType.TEXT, FieldAccess.CREATE_ONLY, true),
  /** Sent with the status only. */
  LOST_REASON_ID("lostReasonId", "lostReasonId", FieldType.TEXT, FieldAccess.WRITABLE, false),
  SOURCE("source", "source", FieldType.TEXT, FieldAccess.READ_ONLY, true),
  LAST_STATUS_CHANGE_AT(
      "lastStatusChangeAt", "lastStatusChangeAt", FieldType.MOMENT, FieldAccess.READ_ONLY, false),
  LAST_STAGE_CHANGE_AT(
      "lastStageChangeAt", "lastStageChangeAt", FieldType.MOMENT, FieldAccess.READ_ONLY, false),
  /** In the CRM a custom field; the normaliser takes it out of their group. */
  PROJECT_TITLE("projectTitle", "", FieldType.TEXT, FieldAccess.WRITABLE, false),
  /** In the CRM a custom field. */
  QUOTE_NUMBER("quoteNumber", "", FieldType.TEXT, FieldAccess.WRITABLE, false),
  /** In the CRM a custom field. */
  SIGNED_DATE("signedDate", "", FieldType.DAY, FieldAccess.WRITABLE, false);

  /**
   * The group of the opportunity's custom fields, by the CRM's id of the field. What the CRM tells
   * is all in it; ours are taken out of it when it is normalised.
   */
  public static final String CRM_CUSTOM_FIELDS = "crmCustomFields";

  /** The group of users who follow the opportunity, by their CRM id: one flag each. */
  public static final String FOLLOWERS = "followers";

  /** All of them. */
  public static final FieldTable TABLE =
      FieldTable.of(
          values(), FieldGroup.ofValues(CRM_CUSTOM_FIELDS, "id"), FieldGroup.ofNames(FOLLOWERS));

  private final String key;
  private final String crmKey;
  private final FieldType type;
  private final FieldAccess access;
  private final boolean inEvents;

  ProjectField(String key, String crmKey, FieldType type, FieldAccess access, boolean inEvents) {
    this.key = key;
    this.crmKey = crmKey;
    this.type = type;
    this.access = access;
    this.inEvents = inEvents;
  }

  @Override
  public String key() {
    return key;
  }

  /** Empty for what is a custom field there. */
  @Override
  public String crmKey() {
    return crmKey;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public FieldAccess access() {
    return access;
  }

  @Override
  public boolean isInEvents() {
    return inEvents;
  }

  @Override
  public List<String> words() {
    return this == STATUS
        ? Arrays.stream(ProjectStatus.values()).map(ProjectStatus::word).toList()
        : List.of();
  }
}
