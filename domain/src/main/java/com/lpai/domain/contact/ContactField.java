package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldName;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The plain fields of a contact that both sides keep. REST, MongoDB and the CRM's payloads are all
 * mapped from this table (ghl-facts.md 3.1).
 */
public enum ContactField {
  FIRST_NAME("firstName", Type.TEXT, Access.WRITABLE),
  LAST_NAME("lastName", Type.TEXT, Access.WRITABLE),
  EMAIL("email", Type.EMAIL, Access.WRITABLE),
  PHONE("phone", Type.PHONE, Access.WRITABLE),
  /** Accepted on create only: the CRM's update has no such property (ghl-facts.md 3.1). */
  COMPANY_NAME("companyName", Type.TEXT, Access.CREATE_ONLY),
  /** Accepted on create only: an update with it is refused (ghl-facts.md #313). */
  GENDER("gender", Type.TEXT, Access.CREATE_ONLY),
  ADDRESS1("address1", Type.TEXT, Access.WRITABLE),
  CITY("city", Type.TEXT, Access.WRITABLE),
  STATE("state", Type.TEXT, Access.WRITABLE),
  POSTAL_CODE("postalCode", Type.TEXT, Access.WRITABLE),
  COUNTRY("country", Type.COUNTRY, Access.WRITABLE),
  WEBSITE("website", Type.TEXT, Access.WRITABLE),
  TIMEZONE("timezone", Type.TEXT, Access.WRITABLE),
  SOURCE("source", Type.TEXT, Access.WRITABLE),
  DATE_OF_BIRTH("dateOfBirth", Type.DAY, Access.WRITABLE),
  ASSIGNED_TO("assignedTo", Type.TEXT, Access.WRITABLE),
  DND("dnd", Type.FLAG, Access.WRITABLE),
  TYPE("type", Type.TEXT, Access.READ_ONLY),
  ATTRIBUTION_SOURCE("attributionSource", Type.STRUCTURE, Access.READ_ONLY),
  LAST_ATTRIBUTION_SOURCE("lastAttributionSource", Type.STRUCTURE, Access.READ_ONLY);

  /** The group of a contact's tags: one flag per tag. */
  public static final String TAGS = "tags";

  /** The group of a contact's custom fields, by the CRM's id of the field. */
  public static final String CUSTOM_FIELDS = "customFields";

  /** The group of a contact's do-not-disturb channels: one structure per channel. */
  public static final String DND_SETTINGS = "dndSettings";

  /** How a field's text is read and normalised. */
  public enum Type {
    TEXT,
    EMAIL,
    PHONE,
    COUNTRY,
    DAY,
    FLAG,
    STRUCTURE
  }

  /** Who may change a field. */
  public enum Access {
    WRITABLE,
    /** The CRM takes it when the contact is created, and never again. */
    CREATE_ONLY,
    /** Only the CRM sets it. */
    READ_ONLY
  }

  private static final Map<String, ContactField> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(ContactField::key, Function.identity()));

  private final String key;
  private final Type type;
  private final Access access;

  ContactField(String key, Type type, Access access) {
    this.key = key;
    this.type = type;
    this.access = access;
  }

  /** The field's name in our REST API and database, and in the CRM's contact object. */
  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  public Access access() {
    return access;
  }

  public FieldName fieldName() {
    return FieldName.of(key);
  }

  /** Whether the CRM's contact events can carry the field at all (ghl-facts.md 6.7). */
  public boolean isInEvents() {
    return this != GENDER && this != TIMEZONE && access != Access.READ_ONLY;
  }

  /** The field of this name; empty when a contact has none such. */
  public static Optional<ContactField> named(String key) {
    return Optional.ofNullable(BY_NAME.get(key));
  }
}
