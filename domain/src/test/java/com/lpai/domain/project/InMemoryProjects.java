package com.lpai.domain.project;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.InMemoryRecords;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Projects in memory. */
public final class InMemoryProjects extends InMemoryRecords<ProjectId, GhlOpportunityId, Project>
    implements ProjectRepository {
  /** One list of entries. */
  record Place(LocationId locationId, ProjectId projectId, ProjectPart part) {}

  /** Parts of projects lie with them; whoever looks into this has locked the projects. */
  final Map<Place, List<PartEntry>> parts = new HashMap<>();

  private final Map<ProjectId, Map<String, Object>> ofOthers = new HashMap<>();

  public InMemoryProjects() {
    super(ProjectId::new);
  }

  /** A frontend puts a field into the project's document. */
  public synchronized void othersPut(ProjectId id, String field, Object value) {
    ofOthers.computeIfAbsent(id, absent -> new HashMap<>()).put(field, value);
  }

  @Override
  protected boolean hasPartsOfOurs(Project project) {
    return holdsSomethingOfOthers(project) || hasEntries(project);
  }

  private boolean holdsSomethingOfOthers(Project project) {
    return ofOthers.getOrDefault(project.id(), Map.of()).values().stream()
        .anyMatch(value -> !value.equals(Map.of()) && !value.equals(List.of()));
  }

  private boolean hasEntries(Project project) {
    return Stream.of(ProjectPart.values())
        .map(part -> new Place(project.locationId(), project.id(), part))
        .anyMatch(place -> !parts.getOrDefault(place, List.of()).isEmpty());
  }

  @Override
  public synchronized List<Project> findAbout(LocationId locationId, ContactId contact) {
    return of(locationId)
        .filter(Project::isLive)
        .filter(each -> each.contact().contactId().equals(Optional.of(contact)))
        .limit(Page.LARGEST)
        .toList();
  }

  @Override
  public List<Project> findWithoutContact(LocationId locationId, Collection<GhlContactId> named) {
    return of(locationId)
        .filter(Mirrored::isLive)
        .filter(record -> record.contact().contactId().isEmpty())
        .filter(record -> record.ghlContactId().filter(named::contains).isPresent())
        .limit(Page.LARGEST)
        .toList();
  }

  @Override
  public Page<Project> list(LocationId locationId, ProjectQuery query) {
    return list(locationId, query.cursor(), query.limit(), project -> isWanted(project, query));
  }

  private static boolean isWanted(Project project, ProjectQuery query) {
    return is(project, ProjectField.STATUS, query.status())
        && is(project, ProjectField.PIPELINE_ID, query.pipelineId())
        && is(project, ProjectField.PIPELINE_STAGE_ID, query.stageId())
        && (query.contactId().isEmpty() || isAbout(project, query.contactId()))
        && (query.phases().isEmpty() || query.phases().contains(project.sync().phase()))
        && (query.search().isEmpty() || isFound(project, query.search()));
  }

  private static boolean is(Project project, MirroredField field, String wanted) {
    return wanted.isEmpty() || project.fields().text(field.fieldName()).equals(wanted);
  }

  private static boolean isAbout(Project project, String contactId) {
    return project.contact().contactId().filter(id -> id.value().equals(contactId)).isPresent();
  }

  private static boolean isFound(Project project, String search) {
    return Stream.of(ProjectField.TITLE, ProjectField.QUOTE_NUMBER)
        .map(field -> project.fields().text(field.fieldName()).toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.startsWith(search.toLowerCase(Locale.ROOT)));
  }

  @Override
  public synchronized List<Project> findBlockedAbout(LocationId locationId, ContactId contact) {
    return of(locationId)
        .filter(Project::isLive)
        .filter(each -> each.sync().phase() == SyncPhase.BLOCKED)
        .filter(each -> each.contact().contactId().equals(Optional.of(contact)))
        .toList();
  }
}
