package com.lpai.adapter.mongo.project;

import static com.lpai.domain.project.ProjectFixture.aProject;
import static com.lpai.domain.project.ProjectFixture.anyGhlOpportunityId;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.RecordedCommands;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A project's parts may weigh a hundred times what both sides keep of it. */
class PartsAreNotReadTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void withWhatBothSidesKeep() {
    RecordedCommands commands = new RecordedCommands();
    try (MongoClient client = MongoClients.create(commands.settings(DATABASE.settings().uri()))) {
      MongoProjectRepository projects =
          new MongoProjectRepository(
              new Collections(client.getDatabase("lpai")).ofTenants(Collections.PROJECTS));
      GhlOpportunityId crmId = anyGhlOpportunityId();
      Project project = aProject().linkedTo(crmId).withId(projects.nextId()).build();
      LocationId location = project.locationId();
      projects.save(location, project);

      ContactId contact = new ContactId("507f1f77bcf86cd799439011");
      assertThat(projects.find(location, project.id())).isPresent();
      assertThat(projects.findByCrmId(location, crmId)).isPresent();
      projects.findByCrmIds(location, List.of(anyGhlOpportunityId()));
      projects.findCreatesInFlight(location);
      projects.findWithConflicts(location, new ConflictQuery("", Set.of()), "", 10);
      projects.findAbout(location, contact);
      projects.findBlockedAbout(location, contact);
      assertThat(projects.list(location, ProjectQuery.all(10, "")).items()).hasSize(1);

      List<BsonDocument> reads =
          commands.all().stream().filter(command -> command.getFirstKey().equals("find")).toList();
      assertThat(reads).hasSizeGreaterThanOrEqualTo(8);
      assertThat(reads)
          .allSatisfy(
              read ->
                  assertThat(read.getDocument("projection", new BsonDocument()))
                      .containsAllEntriesOf(without()));
    }
  }

  private static BsonDocument without() {
    BsonDocument projection = new BsonDocument();
    Stream.of(ProjectPart.values()).forEach(part -> projection.put(part.key(), new BsonInt32(0)));
    return projection;
  }
}
