package com.lpai.architecture.model;

/** What both sides keep. */
enum ModelKind {
  CONTACT("contacts", "/contacts/"),
  PROJECT("opportunities", "/opportunities/"),
  APPOINTMENT("appointments", "/calendars/events/appointments/");

  private final String plural;
  private final String path;

  ModelKind(String plural, String path) {
    this.plural = plural;
    this.path = path;
  }

  /** GoHighLevel's word for many of them. */
  String plural() {
    return plural;
  }

  /** Where the API has one, before its id. */
  String path() {
    return path;
  }
}
