package com.lpai.adapter.ghl;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.appointment.GhlAppointments;
import com.lpai.adapter.ghl.contact.GhlContacts;
import com.lpai.adapter.ghl.conversation.GhlConversations;
import com.lpai.adapter.ghl.conversation.GhlOutgoingMessages;
import com.lpai.adapter.ghl.directory.GhlCalendars;
import com.lpai.adapter.ghl.directory.GhlCustomFields;
import com.lpai.adapter.ghl.directory.GhlCustomValues;
import com.lpai.adapter.ghl.directory.GhlPipelines;
import com.lpai.adapter.ghl.directory.GhlUsers;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.location.GhlLocations;
import com.lpai.adapter.ghl.oauth.GhlCompanies;
import com.lpai.adapter.ghl.opportunity.GhlOpportunities;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import com.lpai.domain.connection.ScopeCheck;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Trap 13: the scopes that are asked for are those that the calls need. */
class FeatureTest {
  private static final List<Class<?>> CALLERS =
      List.of(
          GhlContacts.class,
          GhlUsers.class,
          GhlOpportunities.class,
          GhlPipelines.class,
          GhlCalendars.class,
          GhlAppointments.class,
          GhlCustomFields.class,
          GhlCustomValues.class,
          GhlConversations.class,
          GhlOutgoingMessages.class,
          GhlLocations.class,
          GhlCompanies.class);

  @Test
  void everyOperationNeedsTheScopeThatGoHighLevelDocuments() throws Exception {
    Path files = SharedFolder.required().resolve("ghl-openapi/apps");

    for (Operation operation : operations()) {
      assertThat(documentedScopes(files, operation))
          .as(operation.toString())
          .contains(operation.scope());
    }
  }

  @Test
  void theFeaturesAskForTheScopesOfAllOperationsAndForNoOther() throws Exception {
    Set<String> used = new TreeSet<>();
    operations().forEach(operation -> used.add(operation.scope()));

    assertThat(Feature.scopesOf(Feature.all())).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void whatWasNotGrantedIsNamed() {
    Set<String> granted = Set.of("contacts.readonly", "locations.readonly");

    assertThat(
            new ScopeCheck(
                    Feature.neededOfLocation(
                        Set.of(Feature.CONTACTS, Feature.USERS, Feature.COMPANY_INSTALLS)))
                .missing(granted))
        .containsExactlyInAnyOrder("contacts.write", "users.readonly");
    assertThat(new ScopeCheck(Feature.neededOfCompany(Feature.all())).missing(granted))
        .containsExactlyInAnyOrder("oauth.readonly", "oauth.write");
    assertThat(Feature.neededOfLocation(Set.of(Feature.LOCATION_DETAILS)))
        .containsExactly("locations.readonly");
  }

  private static List<Operation> operations() throws IllegalAccessException {
    List<Operation> found = new ArrayList<>();
    for (Class<?> caller : CALLERS) {
      for (Field field : caller.getDeclaredFields()) {
        if (field.getType().equals(Operation.class)) {
          field.setAccessible(true);
          found.add((Operation) field.get(null));
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(10);
    return found;
  }

  private static List<String> documentedScopes(Path files, Operation operation) throws IOException {
    List<String> scopes = new ArrayList<>();
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".json")).toList()) {
        JsonObject described =
            paths(file).getOrDefault(operation.path(), JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
        String method = operation.method().toLowerCase(Locale.ROOT);
        if (described.containsKey(method)) {
          scopes.add(described.getJsonObject(method).get("security").toString());
        }
      }
    }
    return scopes.stream().flatMap(text -> Stream.of(text.split("[^\\w./]+"))).toList();
  }

  private static JsonObject paths(Path file) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
      return reader.readObject().getJsonObject("paths");
    }
  }
}
