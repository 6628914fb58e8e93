package com.lpai.domain.contact;

/** Whether the CRM has this contact, and under which id. */
public sealed interface ContactLink {
  /** Not in the CRM yet, or no longer. */
  ContactLink NONE = new Unlinked();

  /** Not in the CRM yet, or no longer. */
  record Unlinked() implements ContactLink {}

  /** In the CRM under this id. */
  record Linked(GhlContactId id) implements ContactLink {}
}
