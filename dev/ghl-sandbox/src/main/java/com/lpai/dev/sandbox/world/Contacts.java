package com.lpai.dev.sandbox.world;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The contacts of all locations. */
public final class Contacts {
  private final Shelf shelf;
  private final InstantSource clock;
  private final Settings settings;
  private final Map<String, ContactBook> books = new ConcurrentHashMap<>();

  Contacts(Shelf shelf, InstantSource clock, Settings settings) {
    this.shelf = shelf;
    this.clock = clock;
    this.settings = settings;
    shelf.all().stream().map(Contact::of).forEach(this::load);
  }

  public ContactBook of(String locationId) {
    return books.computeIfAbsent(locationId, any -> new ContactBook(shelf, clock, settings));
  }

  /** Finds a contact in whichever location it is. */
  public Optional<Contact> findAnywhere(String contactId) {
    return books.values().stream().flatMap(book -> book.find(contactId).stream()).findFirst();
  }

  private void load(Contact contact) {
    of(contact.locationId()).load(contact);
  }
}
