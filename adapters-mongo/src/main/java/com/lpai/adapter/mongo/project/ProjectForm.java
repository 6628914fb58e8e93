package com.lpai.adapter.mongo.project;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MirrorForm;
import com.lpai.adapter.mongo.mirror.SearchTerms;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * A project's document holds, beside what both sides keep, parts that are ours alone (milestones,
 * timeline, photos, documents, custom fields) and that no write of this repository touches.
 */
final class ProjectForm implements MirrorForm<ProjectId, GhlOpportunityId, Project> {
  /** An object of the frontends', which this application neither reads nor writes (spec 5). */
  private static final String CUSTOM_FIELDS = "customFields";

  @Override
  public String kind() {
    return "project";
  }

  @Override
  public String crmIdField() {
    return "ghlOpportunityId";
  }

  @Override
  public FieldTable table() {
    return ProjectField.TABLE;
  }

  @Override
  public Function<String, ProjectId> ids() {
    return ProjectId::new;
  }

  @Override
  public Function<String, GhlOpportunityId> crmIds() {
    return GhlOpportunityId::new;
  }

  @Override
  public Project record(MirrorState<ProjectId, GhlOpportunityId> state, StoredDocument stored) {
    return new Project(state, ContactReferences.read(stored));
  }

  @Override
  public void writeOwnParts(Project project, Document document) {
    ContactReferences.write(project.contact(), document);
    SearchTerms.write(
        List.of(project.title(), project.fields().text(ProjectField.QUOTE_NUMBER.fieldName())),
        document);
  }

  @Override
  public List<String> ownParts() {
    return List.of(ContactReferences.CONTACT_ID, SearchTerms.FIELD);
  }

  @Override
  public List<String> partsOfOurs() {
    return Stream.concat(
            Stream.of(ProjectPart.values()).map(ProjectPart::key), Stream.of(CUSTOM_FIELDS))
        .toList();
  }

  @Override
  public boolean isSharedWithOthers() {
    return true;
  }
}
