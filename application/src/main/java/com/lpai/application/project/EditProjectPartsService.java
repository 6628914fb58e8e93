package com.lpai.application.project;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.FieldValidator;
import com.lpai.application.idempotency.Once;
import com.lpai.application.work.Instance;
import com.lpai.domain.project.PartEntries;
import com.lpai.domain.project.PartEntry;
import com.lpai.domain.project.PartEntryId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.project.ProjectParts;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldNormalizer;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

final class EditProjectPartsService implements EditProjectPartsUseCase {
  private static final String URL = "url";

  private final ProjectParts parts;
  private final Instance instance;

  EditProjectPartsService(ProjectParts parts, Instance instance) {
    this.parts = parts;
    this.instance = instance;
  }

  @Override
  public Optional<PartEntries> list(LocationId locationId, ProjectId projectId, ProjectPart part) {
    return parts.list(locationId, projectId, part);
  }

  @Override
  public EditOutcome<PartEntry> add(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      Once once,
      FieldChanges values,
      String by) {
    Optional<PartEntries> present = parts.list(locationId, projectId, part);
    if (present.isEmpty()) {
      return new EditOutcome.NotFound<>();
    }
    switch (once.known()) {
      case Once.Known.AnotherRequest another -> {
        return new EditOutcome.KeyUsedOtherwise<>();
      }
      case Once.Known.MakesThis(String given, boolean made) -> {
        Optional<PartEntry> entry = withId(present.get(), new PartEntryId(given));
        if (entry.isPresent() || made) {
          once.made(given);
          return as(entry);
        }
      }
      case Once.Known.Nothing nothing -> {}
    }
    FieldChanges normal = normalised(part, values);
    List<FieldProblem> problems = problems(part, Fields.NONE, normal);
    if (!problems.isEmpty()) {
      return new EditOutcome.Refused<>(problems);
    }
    if (present.get().items().size() >= part.most()) {
      return full(part);
    }
    return switch (once.claim(() -> parts.nextId(locationId).value())) {
      case Once.Known.AnotherRequest another -> new EditOutcome.KeyUsedOtherwise<>();
      case Once.Known.Nothing nothing -> throw new IllegalStateException("a claim has an id");
      case Once.Known.MakesThis(String given, boolean made) -> {
        PartEntry entry = PartEntry.made(new PartEntryId(given), normal, by, now());
        yield added(locationId, projectId, part, once, entry);
      }
    };
  }

  private EditOutcome<PartEntry> added(
      LocationId locationId, ProjectId projectId, ProjectPart part, Once once, PartEntry entry) {
    return switch (parts.add(locationId, projectId, part, entry)) {
      case STORED -> {
        once.made(entry.id().value());
        yield new EditOutcome.Stored<>(entry);
      }
      case THERE_ALREADY -> {
        once.made(entry.id().value());
        yield as(
            parts
                .list(locationId, projectId, part)
                .flatMap(present -> withId(present, entry.id())));
      }
      case FULL -> full(part);
      case NO_PROJECT -> new EditOutcome.NotFound<>();
    };
  }

  private static EditOutcome<PartEntry> full(ProjectPart part) {
    return new EditOutcome.Refused<>(
        List.of(
            new FieldProblem(
                "",
                "A project has at most %d entries of this part (%s)."
                    .formatted(part.most(), part.key()))));
  }

  private static EditOutcome<PartEntry> as(Optional<PartEntry> entry) {
    return entry
        .<EditOutcome<PartEntry>>map(EditOutcome.Stored::new)
        .orElseGet(EditOutcome.MadeAndDeleted::new);
  }

  private static Optional<PartEntry> withId(PartEntries entries, PartEntryId id) {
    return entries.items().stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  @Override
  public EditOutcome<PartEntry> edit(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId id,
      FieldChanges changes,
      OptionalLong expectedVersion) {
    if (part.isAppendOnly()) {
      return growsOnly(part);
    }
    FieldChanges normal = normalised(part, changes);
    while (true) {
      Optional<PartEntry> found = find(locationId, projectId, part, id);
      if (found.isEmpty()) {
        return new EditOutcome.NotFound<>();
      }
      PartEntry present = found.get();
      if (expectedVersion.isPresent() && expectedVersion.getAsLong() != present.version()) {
        return new EditOutcome.ChangedMeanwhile<>(present);
      }
      List<FieldProblem> problems = problems(part, present.fields(), normal);
      if (!problems.isEmpty()) {
        return new EditOutcome.Refused<>(problems);
      }
      PartEntry after = present.edited(normal, now());
      if (after.equals(present)
          || parts.replace(locationId, projectId, part, present.version(), after)) {
        return new EditOutcome.Stored<>(after);
      }
    }
  }

  @Override
  public EditOutcome<PartEntry> remove(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId id,
      OptionalLong expectedVersion) {
    if (part.isAppendOnly()) {
      return growsOnly(part);
    }
    while (true) {
      Optional<PartEntry> found = find(locationId, projectId, part, id);
      if (found.isEmpty()) {
        return new EditOutcome.NotFound<>();
      }
      PartEntry present = found.get();
      if (expectedVersion.isPresent() && expectedVersion.getAsLong() != present.version()) {
        return new EditOutcome.ChangedMeanwhile<>(present);
      }
      if (parts.remove(locationId, projectId, part, id, present.version())) {
        return new EditOutcome.Stored<>(present);
      }
    }
  }

  private static EditOutcome<PartEntry> growsOnly(ProjectPart part) {
    return new EditOutcome.Refused<>(
        List.of(new FieldProblem("", "What the " + part.key() + " says stays said.")));
  }

  private Optional<PartEntry> find(
      LocationId locationId, ProjectId projectId, ProjectPart part, PartEntryId id) {
    return parts.list(locationId, projectId, part).flatMap(entries -> withId(entries, id));
  }

  private static FieldChanges normalised(ProjectPart part, FieldChanges changes) {
    return new FieldNormalizer(part.table()).normalise(changes, "");
  }

  private static List<FieldProblem> problems(
      ProjectPart part, Fields before, FieldChanges changes) {
    FieldValidator validator =
        new FieldValidator(part.table(), part.noun(), Set.of(), ProjectPart.LONGEST_TEXT);
    List<FieldProblem> problems = new ArrayList<>(validator.check(changes));
    Fields after = before.apply(changes);
    for (MirroredField field : part.needed()) {
      if (after.get(field.fieldName()).isCleared()) {
        problems.add(new FieldProblem(field.key(), "A " + part.noun() + " needs it."));
      }
    }
    part.table()
        .named(URL)
        .map(field -> after.get(field.fieldName()))
        .filter(value -> !value.isCleared() && !FieldValidator.isText(value, text -> isWeb(text)))
        .ifPresent(
            value -> problems.add(new FieldProblem(URL, "The address of a file, https://….")));
    return problems;
  }

  /** A page shows it as a link: nothing else may come of that. */
  private static boolean isWeb(String text) {
    String address = text.toLowerCase(Locale.ROOT);
    return (address.startsWith("https://") || address.startsWith("http://"))
        && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '<' || c == '>');
  }

  private Instant now() {
    return instance.time().instant();
  }
}
