package com.lpai.adapter.mongo.project;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.project.ProjectFixture.anyGhlOpportunityId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is ours alone in a project's document outlives every write of what both sides keep. */
class PartsOfOthersTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void noWriteOfAProjectTouchesThem() {
    try (MongoClient client = DATABASE.client()) {
      MongoCollection<Document> documents = client.getDatabase("lpai").getCollection("projects");
      ProjectRepository projects = DATABASE.adapter().projects();
      Project project =
          aProject()
              .withId(projects.nextId())
              .linkedTo(anyGhlOpportunityId())
              .with(ProjectField.TITLE, "Kitchen")
              .with(ProjectField.QUOTE_NUMBER, "K-17")
              .build();
      projects.save(project.locationId(), project);
      ObjectId id = new ObjectId(project.id().value());
      documents.updateOne(
          Filters.eq("_id", id),
          Updates.combine(
              Updates.set("milestones", List.of(new Document("title", "Tiles"))),
              Updates.set("customFields", new Document("color", "oak"))));

      Project edited =
          project
              .atVersion(1)
              .edited(
                  FieldChanges.of(ProjectField.QUOTE_NUMBER.fieldName(), FieldValue.cleared()),
                  MirrorFixture.SOMEBODY,
                  START);
      projects.save(edited.locationId(), edited);
      Project gone = edited.atVersion(2).deletedInCrm(CrmTrace.NONE, START);
      projects.saveAll(gone.locationId(), List.of(gone));

      Document stored = documents.find(Filters.eq("_id", id)).first();
      assertThat(stored)
          .containsEntry("milestones", List.of(new Document("title", "Tiles")))
          .containsEntry("customFields", new Document("color", "oak"))
          .containsEntry("deletedInGhl", true)
          .doesNotContainKeys("quoteNumber", "ghlOpportunityId");
      assertThat(projects.find(gone.locationId(), gone.id())).contains(gone.atVersion(3));
    }
  }
}
