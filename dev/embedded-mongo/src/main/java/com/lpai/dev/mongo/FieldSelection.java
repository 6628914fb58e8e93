package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A projection that names whole fields, those that are wanted or those that are not.
 *
 * @param named the fields
 * @param areWanted whether they are the wanted ones
 */
record FieldSelection(Set<String> named, boolean areWanted) {
  private static final FieldSelection EVERYTHING = new FieldSelection(Set.of(), false);

  FieldSelection {
    named = Set.copyOf(named);
  }

  /** Empty for a projection that says more. */
  static Optional<FieldSelection> of(Document projection) {
    if (projection.isEmpty()) {
      return Optional.of(EVERYTHING);
    }
    Set<String> wanted = new HashSet<>();
    Set<String> unwanted = new HashSet<>();
    for (Map.Entry<String, Object> field : projection.entrySet()) {
      boolean isWhole = field.getKey().indexOf('.') < 0 && !field.getKey().startsWith("$");
      if (!isWhole || field.getValue() instanceof Document) {
        return Optional.empty();
      }
      (Utils.isTrue(field.getValue()) ? wanted : unwanted).add(field.getKey());
    }
    boolean isIdUnwanted = unwanted.remove(IndexDefinition.ID);
    if (!wanted.isEmpty() && !unwanted.isEmpty()) {
      return Optional.empty();
    }
    if (wanted.isEmpty()) {
      return Optional.of(new FieldSelection(isIdUnwanted ? withId(unwanted) : unwanted, false));
    }
    return Optional.of(new FieldSelection(isIdUnwanted ? wanted : withId(wanted), true));
  }

  private static Set<String> withId(Set<String> fields) {
    fields.add(IndexDefinition.ID);
    return fields;
  }

  EncodedDocument of(EncodedDocument document) {
    return equals(EVERYTHING)
        ? document.alone()
        : document.with(field -> named.contains(field) == areWanted);
  }
}
