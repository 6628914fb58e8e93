package com.lpai.adapter.mongo.contract;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.project.PartEntries;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MongoProjectPartsTest implements ProjectPartsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final MongoClient client = DATABASE.client();

  @AfterEach
  void close() {
    client.close();
  }

  private MongoCollection<Document> documents() {
    return client.getDatabase("lpai").getCollection("projects");
  }

  @Override
  public ProjectRepository projects() {
    return DATABASE.adapter().projects();
  }

  @Override
  public ProjectParts parts() {
    return DATABASE.adapter().projectParts();
  }

  @Override
  public void othersPut(Project project, String field, Object value) {
    documents()
        .updateOne(
            Filters.eq("_id", new ObjectId(project.id().value())), Updates.set(field, value));
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
    othersPut(project, "milestones", List.of(theirs));

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
        .hasValueSatisfying(entries -> assertThat(entries.items()).hasSize(1));
    assertThat(
            parts()
                .remove(project.locationId(), project.id(), ProjectPart.MILESTONES, ours.id(), 2))
        .isTrue();

    assertThat(held(project, ProjectPart.MILESTONES)).containsExactly(theirs);
  }

  private List<Document> held(Project project, ProjectPart part) {
    return documents()
        .find(Filters.eq("_id", new ObjectId(project.id().value())))
        .first()
        .getList(part.key(), Document.class);
  }

  private PartEntries listed(Project project, ProjectPart part) {
    return parts().list(project.locationId(), project.id(), part).orElseThrow();
  }

  private Project aStoredProject() {
    Project project = aProject().withId(projects().nextId()).build();
    projects().save(project.locationId(), project);
    return project;
  }

  @ParameterizedTest
  @EnumSource(ProjectPart.class)
  void anEntryOfAnotherShapeIsCountedAndHidesNoOther(ProjectPart part) {
    Project project = aStoredProject();
    PartEntry ours =
        PartEntry.made(parts().nextId(project.locationId()), FieldChanges.NONE, "bob", START);
    parts().add(project.locationId(), project.id(), part, ours);
    Document kept = held(project, part).getFirst();
    othersPut(
        project,
        part.key(),
        List.of(
            new Document("id", "theirs").append("createdAt", "2024-05-01T10:00:00Z"),
            new Document("id", "not an id").append("title", "Tiles"),
            new Document("id", 17),
            "a text",
            new Document("id", "half").append("title", "Roof").append("version", 1.5),
            new Document("id", "twice").append("title", "Door"),
            new Document("id", "twice").append("title", "Window"),
            kept));

    PartEntries entries = listed(project, part);

    assertThat(entries.items()).containsExactly(ours);
    assertThat(entries.unreadable()).isEqualTo(7);
  }

  @Test
  void anEntryOfOthersThatIsUnderstoodIsChangedAndRemovedAsOurs() {
    Project project = aStoredProject();
    othersPut(
        project,
        ProjectPart.MILESTONES.key(),
        List.of(
            new Document("id", "m-1").append("title", "Tiles").append("who", "Ann"),
            new Document("id", "m-2").append("title", "Paint").append("version", null)));
    List<PartEntry> found = listed(project, ProjectPart.MILESTONES).items();
    assertThat(found).extracting(entry -> entry.id().value()).containsExactly("m-1", "m-2");
    FieldChanges floor = FieldChanges.of(FieldName.of("title"), FieldValue.text("Floor"));

    assertThat(
            parts()
                .replace(
                    project.locationId(),
                    project.id(),
                    ProjectPart.MILESTONES,
                    0,
                    found.getFirst().edited(floor, START)))
        .isTrue();
    assertThat(
            parts()
                .remove(
                    project.locationId(),
                    project.id(),
                    ProjectPart.MILESTONES,
                    found.getLast().id(),
                    0))
        .isTrue();

    assertThat(listed(project, ProjectPart.MILESTONES).items())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.fields().text(FieldName.of("title"))).isEqualTo("Floor");
              assertThat(entry.version()).isEqualTo(1);
            });
    assertThat(held(project, ProjectPart.MILESTONES).getFirst())
        .as("what only they know")
        .containsEntry("who", "Ann")
        .doesNotContainKey("createdAt");
  }
}
