package com.lpai.application.project;

import com.lpai.application.edit.AboutContactRules;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.edit.FieldValidator;
import com.lpai.application.edit.KnownEntries;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectCustomField;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.project.ProjectStatus;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How projects are written here: what GoHighLevel would refuse is refused at once. */
final class ProjectEditRules implements AboutContactRules<ProjectId, Project> {
  private static final FieldName STATUS = ProjectField.STATUS.fieldName();
  private static final FieldName LOST_REASON = ProjectField.LOST_REASON_ID.fieldName();
  private static final FieldName PIPELINE = ProjectField.PIPELINE_ID.fieldName();
  private static final FieldName STAGE = ProjectField.PIPELINE_STAGE_ID.fieldName();
  private static final List<ProjectField> NEEDED =
      List.of(ProjectField.TITLE, ProjectField.PIPELINE_ID, ProjectField.STATUS);

  private final ProjectNormalizer normalizer = new ProjectNormalizer();
  private final FieldValidator validator =
      new FieldValidator(ProjectField.TABLE, "project", Set.of(ProjectField.CRM_CUSTOM_FIELDS));
  private final DirectoryRepository<Pipeline> pipelines;
  private final DirectoryRepository<User> users;
  private final DirectoryRepository<CustomField> customFields;
  private final LocationRepository locations;

  ProjectEditRules(
      DirectoryRepository<Pipeline> pipelines,
      DirectoryRepository<User> users,
      DirectoryRepository<CustomField> customFields,
      LocationRepository locations) {
    this.pipelines = pipelines;
    this.users = users;
    this.customFields = customFields;
    this.locations = locations;
  }

  @Override
  public FieldValidator validator() {
    return validator;
  }

  @Override
  public FieldChanges normalised(FieldChanges changes) {
    return normalizer.normalise(changes);
  }

  /** A new project is open; the reason of a loss goes with the loss. */
  @Override
  public FieldChanges completed(Fields before, FieldChanges changes) {
    FieldChanges all =
        before.values().isEmpty() && !changes.mentions(STATUS)
            ? changes.with(STATUS, FieldValue.text(ProjectStatus.OPEN.word()))
            : changes;
    boolean isWonBack =
        all.mentions(STATUS)
            && !isLost(before.apply(all))
            && !all.mentions(LOST_REASON)
            && !before.get(LOST_REASON).isCleared();
    return isWonBack ? all.with(LOST_REASON, FieldValue.cleared()) : all;
  }

  private static boolean isLost(Fields fields) {
    return fields.text(STATUS).equals(ProjectStatus.LOST.word());
  }

  @Override
  public List<FieldProblem> problems(LocationId locationId, Fields before, FieldChanges changes) {
    Fields after = before.apply(changes);
    List<FieldProblem> problems = new ArrayList<>();
    for (ProjectField field : NEEDED) {
      boolean isNew = before.values().isEmpty();
      if (after.get(field.fieldName()).isCleared()
          && (isNew || changes.mentions(field.fieldName()))) {
        problems.add(new FieldProblem(field.key(), "A project needs it."));
      }
    }
    if (changes.mentions(LOST_REASON) && !after.get(LOST_REASON).isCleared() && !isLost(after)) {
      problems.add(
          new FieldProblem(
              LOST_REASON.value(), "A reason is given together with the status lost only."));
    }
    problems.addAll(placeProblems(locationId, after, changes));
    problems.addAll(
        KnownEntries.of(users.list(locationId))
            .problems(ProjectField.ASSIGNED_TO.fieldName(), changes));
    problems.addAll(customFieldProblems(locationId, changes));
    return problems;
  }

  private List<FieldProblem> placeProblems(
      LocationId locationId, Fields after, FieldChanges changes) {
    if (!changes.mentions(PIPELINE) && !changes.mentions(STAGE)) {
      return List.of();
    }
    List<Pipeline> known = pipelines.list(locationId);
    List<FieldProblem> unknown = KnownEntries.of(known).problems(PIPELINE, changes);
    if (!unknown.isEmpty()) {
      return unknown;
    }
    return known.stream()
        .filter(pipeline -> pipeline.crmId().equals(after.text(PIPELINE)))
        .findFirst()
        .flatMap(pipeline -> KnownEntries.inPipeline(pipeline).problem(STAGE, after.get(STAGE)))
        .stream()
        .toList();
  }

  private List<FieldProblem> customFieldProblems(LocationId locationId, FieldChanges changes) {
    List<FieldName> elements =
        changes.values().keySet().stream()
            .filter(name -> name.isIn(ProjectField.CRM_CUSTOM_FIELDS))
            .toList();
    if (elements.isEmpty()) {
      return List.of();
    }
    List<FieldProblem> problems = new ArrayList<>(ownFieldProblems(locationId, elements));
    KnownEntries known =
        KnownEntries.of(
            customFields.list(locationId).stream()
                .filter(field -> field.model() == CustomField.Model.OPPORTUNITY)
                .toList());
    for (FieldName name : elements) {
      known.problem(name, FieldValue.text(name.element())).ifPresent(problems::add);
    }
    return problems;
  }

  /** Two names for one value would contradict each other. */
  private List<FieldProblem> ownFieldProblems(LocationId locationId, List<FieldName> elements) {
    List<FieldProblem> problems = new ArrayList<>();
    for (ProjectCustomField own : ProjectCustomField.values()) {
      locations
          .find(locationId)
          .flatMap((Location location) -> location.customField(own.key()))
          .map(ProjectNormalizer::element)
          .filter(elements::contains)
          .ifPresent(
              name ->
                  problems.add(
                      new FieldProblem(
                          name.value(), "It is called " + own.field().key() + " here.")));
    }
    return problems;
  }

  @Override
  public ProjectId id(String value) {
    return new ProjectId(value);
  }

  @Override
  public Project createdHere(
      ProjectId id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now) {
    return Project.createdHere(id, locationId, contact, values, by, now);
  }
}
