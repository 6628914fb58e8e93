package com.lpai.architecture.campaign;

import java.util.Optional;

/** A contact that one worker edits, and what it must hold. */
final class ContactUnderTest {
  private String id;
  private String ghlId;
  private final String name;
  private Optional<String> city = Optional.empty();
  private Optional<String> state = Optional.empty();

  /**
   * A contact of which at least one id is known.
   *
   * @param id ours, empty when it is not known yet
   * @param ghlId GoHighLevel's, empty when it is not known yet
   */
  ContactUnderTest(String id, String ghlId, String name) {
    this.id = id;
    this.ghlId = ghlId;
    this.name = name;
  }

  String id() {
    return id;
  }

  boolean isKnownHere() {
    return !id.isEmpty();
  }

  String ghlId() {
    return ghlId;
  }

  boolean isKnownThere() {
    return !ghlId.isEmpty();
  }

  void isAlso(String newGhlId) {
    ghlId = newGhlId;
  }

  /** How GoHighLevel knows it: the e-mail address of one made in this run, else its id there. */
  String name() {
    return name;
  }

  /** What our REST API has acknowledged last. */
  Optional<String> city() {
    return city;
  }

  void cityIs(String acknowledged) {
    city = Optional.of(acknowledged);
  }

  /** What GoHighLevel has acknowledged last. */
  Optional<String> state() {
    return state;
  }

  void stateIs(String acknowledged) {
    state = Optional.of(acknowledged);
  }
}
