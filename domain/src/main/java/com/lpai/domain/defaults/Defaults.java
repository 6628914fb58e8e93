package com.lpai.domain.defaults;

import java.util.List;

/**
 * What every location of a deployment starts with.
 *
 * @param terms at most one: a location has one text of terms
 */
public record Defaults(List<Terms> terms, List<Template> templates, List<Library> libraries) {
  public static final Defaults NONE = new Defaults(List.of(), List.of(), List.of());

  public Defaults {
    terms = List.copyOf(terms);
    templates = List.copyOf(templates);
    libraries = List.copyOf(libraries);
    if (terms.size() > 1) {
      throw new IllegalArgumentException("a location has one text of terms");
    }
  }

  /** How many things there are. */
  public int size() {
    return terms.size() + templates.size() + libraries.size();
  }
}
