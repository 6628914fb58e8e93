package com.lpai.domain.project;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorState;
import java.util.UUID;

/** Projects for tests: {@code aProject().with(ProjectField.TITLE, "…").build()}. */
public final class ProjectFixture
    extends MirrorFixture<ProjectId, GhlOpportunityId, Project, ProjectFixture> {
  private ContactReference contact = ContactReference.none();

  private ProjectFixture() {
    super(new ProjectId(UUID.randomUUID().toString().replace("-", "").substring(8)));
  }

  /** A live project without any value that the CRM does not have; nothing is to be pushed. */
  public static ProjectFixture aProject() {
    return new ProjectFixture();
  }

  public static GhlOpportunityId anyGhlOpportunityId() {
    return new GhlOpportunityId("opp-" + UUID.randomUUID());
  }

  public ProjectFixture about(ContactId id) {
    contact = new ContactReference.Resolved(id);
    return this;
  }

  @Override
  protected ProjectFixture self() {
    return this;
  }

  @Override
  protected Project build(MirrorState<ProjectId, GhlOpportunityId> state) {
    return new Project(state, contact);
  }
}
