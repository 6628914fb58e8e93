package com.lpai.adapter.ghl.client;

import static com.lpai.adapter.ghl.SandboxFixture.COMPANY;
import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.SandboxFixture.TestTokens;
import com.lpai.adapter.ghl.TestLimits;
import com.lpai.adapter.ghl.oauth.GhlOAuth;
import com.lpai.dev.sandbox.openapi.Complaint;
import com.lpai.dev.sandbox.openapi.Deviation;
import com.lpai.dev.sandbox.openapi.Deviation.Side;
import com.lpai.dev.sandbox.openapi.RecordedRequest;
import com.lpai.dev.sandbox.openapi.Requests;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.conversation.CrmConversations.Channel;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.NewCustomField;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.tenant.CompanyId;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Holds every request that our client makes, as it goes over the wire, to GoHighLevel's own OpenAPI
 * files; where those are known to be wrong is in the sandbox's table of deviations.
 */
class DocumentedRequestsTest {
  private static final List<Class<?>> CLIENTS =
      List.of(
          GhlContactsClient.class,
          GhlLocationsClient.class,
          GhlUsersClient.class,
          GhlOpportunitiesClient.class,
          GhlCalendarsClient.class,
          GhlConversationsClient.class,
          GhlCompaniesClient.class,
          GhlOAuthClient.class);

  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678Z");

  private Requests documented;
  private SandboxFixture fixture;
  private FakeGhl wire;
  private GhlSettings settings;
  private GhlAdapter adapter;

  @BeforeEach
  void putARecorderBeforeTheSandbox() {
    documented =
        Requests.documented(
            SharedFolder.required(),
            "contacts",
            "locations",
            "users",
            "opportunities",
            "calendars",
            "conversations",
            "oauth");
    fixture =
        SandboxFixture.startLarge(
            seeding ->
                seeding
                    .withContacts(5, 11)
                    .with(Kind.OPPORTUNITIES, 5)
                    .with(Kind.APPOINTMENTS, 20)
                    .with(Kind.CONVERSATIONS, 5)
                    .with(Kind.MESSAGES, 100));
    wire = FakeGhl.inFrontOf(fixture.sandbox.baseUri());
    settings = SandboxFixture.settings(wire.uri());
    adapter = GhlAdapter.of(settings, fixture.tokens, SandboxFixture.noLimits());
  }

  @AfterEach
  void stop() {
    if (adapter != null) {
      adapter.close();
      wire.close();
      fixture.close();
    }
  }

  /** Written from the contract (trap 57), each with its operation's own version (trap 87). */
  @Test
  void everyRequestOfOurClientIsAsDocumented() {
    makeEveryCall();

    assertThat(recorded().map(request -> documented.operation(request).orElse("none")))
        .as("every call of our client was made")
        .containsAll(declaredCalls())
        .doesNotContain("none");
    List<Complaint> complaints =
        recorded().flatMap(request -> documented.complaints(request).stream()).toList();
    assertThat(Deviation.unexplained(Side.REQUEST, complaints)).isEmpty();
    assertThat(Deviation.explaining(Side.REQUEST, complaints))
        .as("no deviation is in the table in vain")
        .isEqualTo(Deviation.of(Side.REQUEST));
  }

  @Test
  void aLookUpsAddressAndNumberAreEncoded() {
    done(adapter.contacts().lookUp(LOCATION, "ann+x@example.com", "+14155550199"));

    assertThat(wire.lastRequest().target())
        .contains("email=ann%2Bx%40example.com")
        .contains("number=%2B14155550199");
  }

  @Test
  void theCheckItselfFindsWhatIsNotDocumented() {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Version", "2023-02-21");

    assertThat(documented.complaints(new RecordedRequest("GET", "/nowhere", headers, "")))
        .extracting(Complaint::toString)
        .containsExactly("GET /nowhere is no documented operation");
    assertThat(
            documented.complaints(
                new RecordedRequest(
                    "PUT",
                    "/contacts/x?force=1",
                    headers,
                    """
                    {"gender":"x","city":7,"country":null,"dndSettings":{"SMS":{"status":"on"}}}
                    """)))
        .extracting(Complaint::toString)
        .containsExactlyInAnyOrder(
            "PUT /contacts/{contactId}: header Version $ has a value outside its enum:"
                + " \"2023-02-21\"",
            "PUT /contacts/{contactId}: header Authorization has no bearer token",
            "PUT /contacts/{contactId}: query has an unknown parameter force",
            "PUT /contacts/{contactId}: $ has an unknown property gender",
            "PUT /contacts/{contactId}: $.city should be string but is 7",
            "PUT /contacts/{contactId}: $.country should be string but is null",
            "PUT /contacts/{contactId}: $.dndSettings.SMS.status has a value outside its enum:"
                + " \"on\"");
    assertThat(
            documented.complaints(
                new RecordedRequest(
                    "GET", "/users/search", Map.of("Authorization", "Bearer x"), "")))
        .extracting(Complaint::toString)
        .containsExactlyInAnyOrder(
            "GET /users/search: header Version is missing",
            "GET /users/search: query lacks companyId");
  }

  private void makeEveryCall() {
    tokens();
    companies();
    contacts(adapter.contacts());
    done(adapter.locations().details(LOCATION, CallPriority.USER));
    done(adapter.users().page(LOCATION, new CompanyId(COMPANY), "", 10, CallPriority.USER));
    done(adapter.pipelines().list(LOCATION, CallPriority.BACKFILL));
    opportunities(adapter.opportunities());
    directory(adapter);
    appointments(adapter);
    conversations(adapter.conversations());
    messages(adapter);
  }

  private static void directory(GhlAdapter adapter) {
    done(adapter.customValues().list(LOCATION, CallPriority.BACKFILL));
    for (CustomField.Model model : CustomField.Model.values()) {
      done(adapter.customFields().list(LOCATION, model, CallPriority.BACKFILL));
      NewCustomField field = new NewCustomField(model, "Quote Number", "TEXT", 0);
      done(adapter.customFields().create(LOCATION, field, CallPriority.BACKFILL));
    }
  }

  private static void opportunities(CrmOpportunities opportunities) {
    CrmPage<CrmRecord<GhlOpportunityId>> page =
        done(opportunities.page(LOCATION, "", 2, Instant.EPOCH, CallPriority.BACKFILL));
    done(opportunities.page(LOCATION, page.nextCursor(), 2, SINCE, CallPriority.BACKFILL));
    CrmRecord<GhlOpportunityId> one =
        done(opportunities.find(LOCATION, page.items().getFirst().id(), CallPriority.FOLLOW_UP));
    Fields fields = Fields.NONE.apply(one.fields());
    FieldChanges deal =
        FieldChanges.of(ProjectField.TITLE.fieldName(), FieldValue.text("Boiler"))
            .with(said(fields, ProjectField.PIPELINE_ID))
            .with(said(fields, ProjectField.PIPELINE_STAGE_ID))
            .with(
                ProjectField.MONETARY_VALUE.fieldName(),
                new FieldValue.Amount(new BigDecimal("12.5")));
    FieldChanges made =
        deal.with(said(fields, ProjectField.GHL_CONTACT_ID))
            .with(ProjectField.STATUS.fieldName(), FieldValue.text("open"));
    done(opportunities.delete(LOCATION, one.id()));
    GhlOpportunityId id = done(opportunities.create(LOCATION, made));
    done(opportunities.update(LOCATION, id, deal));
    done(
        opportunities.setStatus(
            LOCATION,
            id,
            FieldChanges.of(ProjectField.STATUS.fieldName(), FieldValue.text("lost"))
                .with(ProjectField.LOST_REASON_ID.fieldName(), FieldValue.text("reason1"))));
    done(
        opportunities.lookUp(
            LOCATION,
            new CrmOpportunities.Sought(
                new GhlContactId(fields.text(ProjectField.GHL_CONTACT_ID.fieldName())),
                new GhlPipelineId(fields.text(ProjectField.PIPELINE_ID.fieldName())),
                "Boiler",
                SINCE)));
  }

  private static FieldChanges said(Fields fields, MirroredField field) {
    return FieldChanges.of(field.fieldName(), fields.get(field.fieldName()));
  }

  private static void appointments(GhlAdapter adapter) {
    ZoneId zone = ZoneId.of("America/Chicago");
    Calendar calendar = done(adapter.calendars().list(LOCATION, CallPriority.BACKFILL)).getFirst();
    List<CrmRecord<GhlAppointmentId>> events =
        done(
            adapter
                .appointments()
                .inWindow(
                    LOCATION,
                    calendar.id(),
                    SINCE,
                    SINCE.plus(Duration.ofDays(700)),
                    zone,
                    CallPriority.BACKFILL));
    CrmAppointments appointments = adapter.appointments();
    Fields fields =
        Fields.NONE.apply(
            done(appointments.find(LOCATION, events.getFirst().id(), zone, CallPriority.FOLLOW_UP))
                .fields());
    FieldChanges visit =
        FieldChanges.of(AppointmentField.TITLE.fieldName(), FieldValue.text("Visit"))
            .with(AppointmentField.STATUS.fieldName(), FieldValue.text("scheduled"))
            .with(said(fields, AppointmentField.CALENDAR_ID))
            .with(said(fields, AppointmentField.START))
            .with(said(fields, AppointmentField.END));
    GhlAppointmentId id =
        done(
            appointments.create(
                LOCATION, visit.with(said(fields, AppointmentField.GHL_CONTACT_ID))));
    done(appointments.update(LOCATION, id, visit));
    done(appointments.delete(LOCATION, id));
  }

  private void messages(GhlAdapter adapter) {
    GhlContactId contact =
        new GhlContactId(fixture.records(Kind.CONTACTS).getFirst().getString("id"));
    FieldChanges mail =
        FieldChanges.of(OutgoingMessageField.GHL_CONTACT_ID.fieldName(), text(contact.value()))
            .with(OutgoingMessageField.TYPE.fieldName(), text("Email"));
    for (OutgoingMessageField field : OutgoingMessageField.values()) {
      if (!mail.mentions(field.fieldName())) {
        mail =
            mail.with(
                field.fieldName(),
                OutgoingMessageField.LISTS.contains(field)
                    ? new FieldValue.Texts(List.of("https://example.com/a.pdf"))
                    : text(field.words().isEmpty() ? "any" : field.words().getFirst()));
      }
    }
    done(adapter.outgoingMessages().send(LOCATION, mail));
    done(adapter.outgoingMessages().sentTo(LOCATION, contact, true, SINCE));
    done(adapter.outgoingMessages().sentTo(LOCATION, contact, false, SINCE));
  }

  private static FieldValue text(String text) {
    return FieldValue.text(text);
  }

  private static void conversations(CrmConversations conversations) {
    CrmPage<Conversation> page =
        done(conversations.page(LOCATION, "", 20, Instant.EPOCH, CallPriority.BACKFILL));
    done(conversations.page(LOCATION, page.nextCursor(), 20, SINCE, CallPriority.BACKFILL));
    for (Channel channel : Channel.values()) {
      String cursor =
          done(conversations.exported(
                  LOCATION, channel, "", 10, Instant.EPOCH, CallPriority.BACKFILL))
              .nextCursor();
      done(conversations.exported(LOCATION, channel, cursor, 10, SINCE, CallPriority.BACKFILL));
    }
    GhlConversationId id = page.items().getFirst().id();
    done(conversations.find(LOCATION, id, CallPriority.BACKFILL));
    Message last =
        done(conversations.messages(LOCATION, id, "", 20, CallPriority.FOLLOW_UP))
            .items()
            .getLast();
    done(conversations.messages(LOCATION, id, last.id().value(), 20, CallPriority.FOLLOW_UP));
  }

  private void tokens() {
    try (GhlOAuth oauth = GhlAdapter.oauth(settings, InstantSource.system())) {
      OAuthAnswer.Granted granted =
          (OAuthAnswer.Granted)
              oauth.exchange(new Secret(fixture.sandbox.newAuthorizationCode(LOCATION.value())));
      assertThat(oauth.refresh(LOCATION, refreshToken(granted.grant().tokens())))
          .isInstanceOf(OAuthAnswer.Granted.class);
    }
  }

  private static Secret refreshToken(OAuthTokens tokens) {
    return ((Renewal.ByRefreshToken) tokens.renewal()).token();
  }

  private void companies() {
    CompanyId company = new CompanyId(COMPANY);
    String code =
        fixture
            .sandbox
            .control(
                "POST",
                "/sandbox/installs",
                "{\"companyId\":\"%s\",\"exchange\":false,\"webhooks\":\"none\"}"
                    .formatted(COMPANY))
            .getString("code");
    try (GhlOAuth oauth = GhlAdapter.oauth(settings, InstantSource.system())) {
      OAuthAnswer.GrantedForCompany granted =
          (OAuthAnswer.GrantedForCompany) oauth.exchange(new Secret(code));
      assertThat(oauth.refresh(company, refreshToken(granted.grant().tokens())))
          .isInstanceOf(OAuthAnswer.GrantedForCompany.class);
      CrmCompanies companies =
          GhlAdapter.companies(
              settings,
              new TestTokens<>(granted.grant().tokens().access()),
              TestLimits.of(settings).companies(),
              InstantSource.system());
      assertThat(done(companies.installedLocations(company, 0, CallPriority.BACKFILL)).installed())
          .contains(LOCATION);
      TokenGrant derived = done(companies.locationToken(company, LOCATION, CallPriority.BACKFILL));
      assertThat(derived.derivedFromCompany()).isTrue();
      assertThat(
              GhlAdapter.locationProof(settings, TestLimits.of(settings).locations())
                  .verdict(LOCATION, derived.tokens().access()))
          .isInstanceOf(TokenProof.Verdict.Accepted.class);
    }
  }

  private static void contacts(CrmContacts contacts) {
    String cursor =
        done(contacts.page(LOCATION, "", 2, Instant.EPOCH, CallPriority.BACKFILL)).nextCursor();
    done(contacts.page(LOCATION, cursor, 2, Instant.EPOCH, CallPriority.BACKFILL));
    GhlContactId id = done(contacts.create(LOCATION, everyField(access -> true)));
    done(contacts.find(LOCATION, id, CallPriority.USER));
    done(contacts.update(LOCATION, id, everyField(access -> access == FieldAccess.WRITABLE)));
    done(contacts.update(LOCATION, id, everyFieldCleared()));
    done(contacts.addTags(LOCATION, id, List.of("vip", "new")));
    done(contacts.removeTags(LOCATION, id, List.of("new")));
    done(contacts.lookUp(LOCATION, "ann@example.com", ""));
    done(contacts.lookUp(LOCATION, "", "+14155550199"));
    done(contacts.delete(LOCATION, id));
  }

  private static FieldChanges everyField(Predicate<FieldAccess> accepted) {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    fields(accepted).forEach(field -> values.put(field.fieldName(), sample(field)));
    values.put(custom("noteField"), FieldValue.text("a note"));
    values.put(custom("countField"), new FieldValue.Amount(new BigDecimal("12.5")));
    values.put(custom("choicesField"), new FieldValue.Texts(List.of("a", "b")));
    for (String channel : List.of("Call", "Email", "SMS", "WhatsApp", "GMB", "FB")) {
      values.put(
          FieldName.element(ContactField.DND_SETTINGS, channel),
          new FieldValue.Structure("{\"code\":\"1\",\"message\":\"no\",\"status\":\"active\"}"));
    }
    if (accepted.test(FieldAccess.CREATE_ONLY)) {
      values.put(FieldName.element(ContactField.TAGS, "first"), new FieldValue.Flag(true));
    }
    return FieldChanges.of(values);
  }

  /** GoHighLevel names no way to clear a country. */
  private static FieldChanges everyFieldCleared() {
    Map<FieldName, FieldValue> values = new TreeMap<>();
    fields(access -> access == FieldAccess.WRITABLE)
        .filter(field -> field != ContactField.COUNTRY)
        .forEach(field -> values.put(field.fieldName(), FieldValue.cleared()));
    values.put(custom("noteField"), FieldValue.cleared());
    values.put(FieldName.element(ContactField.DND_SETTINGS, "SMS"), FieldValue.cleared());
    return FieldChanges.of(values);
  }

  private static Stream<ContactField> fields(Predicate<FieldAccess> accepted) {
    return Arrays.stream(ContactField.values())
        .filter(field -> field.access() != FieldAccess.READ_ONLY && accepted.test(field.access()));
  }

  private static FieldName custom(String id) {
    return FieldName.element(ContactField.CUSTOM_FIELDS, id);
  }

  private static FieldValue sample(ContactField field) {
    return switch (field.type()) {
      case TEXT -> FieldValue.text("some text");
      case EMAIL -> FieldValue.text("ann@example.com");
      case PHONE -> FieldValue.text("+14155550199");
      case COUNTRY -> FieldValue.text("CA");
      case DAY -> new FieldValue.Day(LocalDate.of(2000, 2, 29));
      case FLAG -> new FieldValue.Flag(true);
      case WORD, MOMENT, AMOUNT, STRUCTURE -> throw new AssertionError("no such field is writable");
    };
  }

  private Stream<RecordedRequest> recorded() {
    return wire.received().stream()
        .map(
            request ->
                new RecordedRequest(
                    request.method(),
                    request.target(),
                    request.headers().entrySet().stream()
                        .collect(
                            Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().getFirst())),
                    request.body()));
  }

  private static Set<String> declaredCalls() {
    return CLIENTS.stream()
        .flatMap(client -> Arrays.stream(client.getDeclaredMethods()))
        .map(call -> httpMethod(call) + " /" + call.getAnnotation(Path.class).value())
        .collect(Collectors.toSet());
  }

  private static String httpMethod(Method call) {
    return Arrays.stream(call.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value())
        .findFirst()
        .orElseThrow();
  }
}
