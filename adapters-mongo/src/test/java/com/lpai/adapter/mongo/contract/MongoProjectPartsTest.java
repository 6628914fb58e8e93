package com.lpai.adapter.mongo.contract;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.project.PartEntry;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.project.ProjectParts;
import com.lpai.domain.project.ProjectParts.Added;
import com.lpai.domain.project.ProjectPartsContract;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoProjectPartsTest implements ProjectPartsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public ProjectRepository projects() {
    return DATABASE.adapter().projects();
  }

  @Override
  public ProjectParts parts() {
    return DATABASE.adapter().projectParts();
  }

  @Test
  void whatOthersPutThereStaysAsItIs() {
    Project project = aProject().withId(projects().nextId()).build();
    projects().save(project.locationId(), project);
    Document theirs = new Document("title", "Tiles").append("who", new Document("name", "Ann"));
    PartEntry ours =
        PartEntry.made(
            parts().nextId(project.locationId()),
            FieldChanges.of(FieldName.of("title"), FieldValue.text("Paint")),
            "bob",
            START);
    try (MongoClient client = DATABASE.client()) {
      MongoCollection<Document> documents = client.getDatabase("lpai").getCollection("projects");
      ObjectId id = new ObjectId(project.id().value());
      documents.updateOne(Filters.eq("_id", id), Updates.set("milestones", List.of(theirs)));

      assertThat(parts().add(project.locationId(), project.id(), ProjectPart.MILESTONES, ours))
          .isEqualTo(Added.STORED);
      assertThat(
              parts()
                  .replace(
                      project.locationId(),
                      project.id(),
                      ProjectPart.MILESTONES,
                      1,
                      ours.edited(
                          FieldChanges.of(FieldName.of("title"), FieldValue.text("Floor")), START)))
          .isTrue();
      assertThat(parts().list(project.locationId(), project.id(), ProjectPart.MILESTONES))
          .hasValueSatisfying(entries -> assertThat(entries).hasSize(1));
      assertThat(
              parts()
                  .remove(project.locationId(), project.id(), ProjectPart.MILESTONES, ours.id(), 2))
          .isTrue();

      assertThat(documents.find(Filters.eq("_id", id)).first())
          .containsEntry("milestones", List.of(theirs));
    }
  }
}
