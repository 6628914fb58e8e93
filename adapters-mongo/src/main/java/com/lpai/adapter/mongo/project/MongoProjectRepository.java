package com.lpai.adapter.mongo.project;

import com.lpai.adapter.mongo.mirror.ContactReferences;
import com.lpai.adapter.mongo.mirror.MongoAboutContactRepository;
import com.lpai.adapter.mongo.mirror.SearchTerms;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;

/** Projects in the collection {@code projects}. */
public final class MongoProjectRepository
    extends MongoAboutContactRepository<ProjectId, GhlOpportunityId, Project>
    implements ProjectRepository {
  public MongoProjectRepository(TenantCollection projects) {
    super(projects, new ProjectForm(), ProjectField.GHL_CONTACT_ID.key(), List.of());
  }

  @Override
  public Page<Project> list(LocationId locationId, ProjectQuery query) {
    List<Bson> filters = new ArrayList<>(inPhases(query.phases()));
    filters.addAll(equal(ProjectField.STATUS.key(), query.status()));
    filters.addAll(equal(ProjectField.PIPELINE_ID.key(), query.pipelineId()));
    filters.addAll(equal(ProjectField.PIPELINE_STAGE_ID.key(), query.stageId()));
    filters.addAll(equal(ContactReferences.CONTACT_ID, query.contactId()));
    filters.addAll(SearchTerms.beginningWith(query.search()));
    return list(locationId, filters, query.cursor(), query.limit());
  }
}
