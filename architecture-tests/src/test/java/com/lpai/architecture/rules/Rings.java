package com.lpai.architecture.rules;

import java.util.List;

/**
 * Where the rings are. The rules take it, so that the same rule can be held against the product and
 * against a copy of the rings with planted violations.
 *
 * @param root the package that all rings are in
 */
record Rings(String root) {
  static final Rings OF_THE_PRODUCT = new Rings("com.lpai");

  String domain() {
    return root + ".domain";
  }

  String application() {
    return root + ".application";
  }

  String ghl() {
    return root + ".adapter.ghl";
  }

  String mongo() {
    return root + ".adapter.mongo";
  }

  String web() {
    return root + ".adapter.web";
  }

  String boot() {
    return root + ".boot";
  }

  List<String> all() {
    return List.of(domain(), application(), ghl(), mongo(), web(), boot());
  }

  /** The ring's packages, as ArchUnit names a package with all below it. */
  static String within(String ring) {
    return ring + "..";
  }
}
