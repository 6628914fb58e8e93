package com.lpai.application.edit;

import com.lpai.domain.directory.DirectoryEntry;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The entries of a location's directory that a field may name. As long as none is known, none is
 * refused.
 *
 * @param names by the CRM's ids
 */
public record KnownEntries(Map<String, String> names) {
  /** A list that nobody reads to its end helps nobody. */
  private static final int MOST_LISTED = 20;

  public KnownEntries {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  public static KnownEntries of(List<? extends DirectoryEntry> entries) {
    Map<String, String> names = new LinkedHashMap<>();
    entries.forEach(entry -> names.put(entry.crmId(), entry.name()));
    return new KnownEntries(names);
  }

  /** These, of which nothing more is known. */
  public static KnownEntries ofIds(List<String> ids) {
    Map<String, String> names = new LinkedHashMap<>();
    ids.forEach(id -> names.put(id, id));
    return new KnownEntries(names);
  }

  /** The same under the names that these entries have. */
  public KnownEntries namedAsIn(List<? extends DirectoryEntry> entries) {
    Map<String, String> better = new LinkedHashMap<>(names);
    entries.forEach(entry -> better.computeIfPresent(entry.crmId(), (id, name) -> entry.name()));
    return new KnownEntries(better);
  }

  /** The stages of this pipeline. */
  public static KnownEntries inPipeline(Pipeline pipeline) {
    Map<String, String> names = new LinkedHashMap<>();
    pipeline.stages().forEach(stage -> names.put(stage.id(), stage.name()));
    return new KnownEntries(names);
  }

  /** What is wrong with a field that is changed. */
  public List<FieldProblem> problems(FieldName field, FieldChanges changes) {
    return changes.get(field).flatMap(value -> problem(field, value)).stream().toList();
  }

  /** What is wrong with this value; nothing names nothing. */
  public Optional<FieldProblem> problem(FieldName field, FieldValue value) {
    boolean isFine =
        names.isEmpty() || !(value instanceof FieldValue.Text(String id)) || names.containsKey(id);
    return isFine
        ? Optional.empty()
        : Optional.of(
            new FieldProblem(
                field.value(), "GoHighLevel has no such id here; it is one of " + listed() + "."));
  }

  private String listed() {
    String some =
        names.entrySet().stream()
            .limit(MOST_LISTED)
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    return names.size() > MOST_LISTED ? some + " and others" : some;
  }
}
