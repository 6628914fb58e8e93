package com.lpai.application.testing;

import com.lpai.application.directory.DirectoryReadings;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentStatus;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.conversation.EmailThread;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageChannel;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.conversation.PhoneCall;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCustomFields;
import com.lpai.domain.directory.CustomField;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.NewCustomField;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.MirroredField;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What GoHighLevel has of one location beside its contacts, in memory. Calls fail while {@link
 * InMemoryCrm#breaks} says so: {@code pipelines}, {@code calendars}, {@code customFields}, {@code
 * createField}, {@code customValues}, {@code opportunities}, {@code events}, {@code conversations},
 * {@code messages}.
 */
public final class InMemoryCrmLists {
  private record Kept(Fields fields, Instant changedAt) {}

  private final Map<GhlOpportunityId, Instant> madeAt = new HashMap<>();

  private final InMemoryCrm crm;
  private final InstantSource time;
  private final Map<GhlOpportunityId, Kept> opportunities = new LinkedHashMap<>();
  private final Map<GhlAppointmentId, Kept> appointments = new LinkedHashMap<>();
  private final Map<GhlConversationId, Conversation> conversations = new LinkedHashMap<>();
  private final Map<GhlMessageId, Message> messages = new LinkedHashMap<>();

  public final List<Pipeline> pipelines = new ArrayList<>();
  public final List<Calendar> calendars = new ArrayList<>();
  public final List<CustomField> customFields = new ArrayList<>();
  public final List<CustomValue> customValues = new ArrayList<>();

  private final SentPages<CrmRecord<GhlOpportunityId>> sent = new SentPages<>();
  private int serial;
  private int hidden;
  private int mostEvents = Integer.MAX_VALUE;
  private boolean listsContacts = true;
  private final Map<String, CrmFailure> refusedCalendars = new HashMap<>();
  private Duration longestSpan = Duration.ofDays(10_000);
  private Duration shortestSpan = Duration.ofDays(10_000);

  public InMemoryCrmLists(InMemoryCrm crm, InstantSource time) {
    this.crm = crm;
    this.time = time;
    pipelines.add(
        new Pipeline(
            new GhlPipelineId("pipe1"), "Sales", List.of(new Pipeline.Stage("s1", "New", 0))));
    hasCalendar("cal1");
    customValues.add(
        new CustomValue(
            new GhlCustomValueId("val1"), "Greeting", "{{ custom_values.greeting }}", "Hi"));
  }

  // ---- what a test sets up

  public void hasCalendar(String id) {
    calendars.add(
        new Calendar(
            new GhlCalendarId(id), "Calls " + id, "", "", "", true, 30, "mins", "", List.of()));
  }

  /** How many pages of opportunities it gave. */
  public int pagesSent() {
    return sent.count();
  }

  public GhlOpportunityId hasOpportunity(FieldChanges values) {
    GhlOpportunityId id = new GhlOpportunityId("opp" + ++serial);
    opportunities.put(id, new Kept(Fields.NONE.apply(values), time.instant()));
    madeAt.put(id, time.instant());
    return id;
  }

  public Map<GhlOpportunityId, Fields> opportunitiesHeld() {
    Map<GhlOpportunityId, Fields> held = new LinkedHashMap<>();
    opportunities.forEach((id, kept) -> held.put(id, kept.fields()));
    return held;
  }

  public Map<GhlAppointmentId, Fields> appointmentsHeld() {
    Map<GhlAppointmentId, Fields> held = new LinkedHashMap<>();
    appointments.forEach((id, kept) -> held.put(id, kept.fields()));
    return held;
  }

  /** One of this id, for example once more after it was deleted. */
  public void hasOpportunity(GhlOpportunityId id, FieldChanges values) {
    opportunities.put(id, new Kept(Fields.NONE.apply(values), time.instant()));
  }

  public void hasAppointment(GhlAppointmentId id, FieldChanges values) {
    appointments.put(id, new Kept(Fields.NONE.apply(values), time.instant()));
  }

  /** One without any message. */
  public void hasConversation(String id) {
    GhlConversationId talk = new GhlConversationId(id);
    conversations.put(talk, Conversation.unknown(talk));
  }

  /** What an event about it carries: the fields that it has and events can show. */
  public CrmRecord<GhlOpportunityId> event(GhlOpportunityId id) {
    return new CrmRecord<>(
        id, shown(opportunities.get(id), ProjectField.TABLE), Set.of(), Instant.EPOCH);
  }

  /** The same about an appointment. */
  public CrmRecord<GhlAppointmentId> event(GhlAppointmentId id) {
    return new CrmRecord<>(
        id, shown(appointments.get(id), AppointmentField.TABLE), Set.of(), Instant.EPOCH);
  }

  private static FieldChanges shown(Kept kept, FieldTable table) {
    return kept.fields()
        .asChanges()
        .only(name -> table.named(name.value()).filter(MirroredField::isInEvents).isPresent());
  }

  public void editsOpportunity(GhlOpportunityId id, FieldChanges values) {
    opportunities.computeIfPresent(
        id, (key, kept) -> new Kept(kept.fields().apply(values), time.instant()));
  }

  public GhlAppointmentId hasAppointment(String calendar, Instant start) {
    GhlAppointmentId id = new GhlAppointmentId("app" + ++serial);
    appointments.put(id, new Kept(Fields.NONE.apply(at(calendar, start)), time.instant()));
    return id;
  }

  /** A span with more appointments than this gets no answer. */
  public void answersWithEventsUpTo(int most) {
    mostEvents = most;
  }

  public void editsAppointment(GhlAppointmentId id, FieldChanges values) {
    appointments.computeIfPresent(
        id, (key, kept) -> new Kept(kept.fields().apply(values), time.instant()));
  }

  /** Lists of appointments leave out whose they are. */
  public void listsNoContacts() {
    listsContacts = false;
  }

  /** It does not give the appointments of this calendar. */
  public void refusesCalendar(String id, CrmFailure failure) {
    refusedCalendars.put(id, failure);
  }

  /** It does not give the appointments of a longer time in one answer. */
  public void refusesSpansLongerThan(Duration longest) {
    longestSpan = longest;
  }

  /** Of all spans of time whose appointments were asked for. */
  public Duration shortestSpan() {
    return shortestSpan;
  }

  private static FieldChanges at(String calendar, Instant start) {
    return FieldChanges.of(AppointmentField.CALENDAR_ID.fieldName(), FieldValue.text(calendar))
        .with(AppointmentField.START.fieldName(), new FieldValue.Moment(start))
        .with(AppointmentField.STATUS.fieldName(), FieldValue.text("new"));
  }

  public void deletesOpportunity(GhlOpportunityId id) {
    opportunities.remove(id);
  }

  public void movesAppointment(GhlAppointmentId id, String calendar, Instant start) {
    appointments.computeIfPresent(
        id, (key, kept) -> new Kept(kept.fields().apply(at(calendar, start)), time.instant()));
  }

  public void deletesAppointment(GhlAppointmentId id) {
    appointments.remove(id);
  }

  public void readsConversation(String id) {
    conversations.computeIfPresent(
        new GhlConversationId(id),
        (key, kept) ->
            new Conversation(
                key,
                kept.ghlContactId(),
                kept.type(),
                Optional.of(0L),
                Optional.of(true),
                kept.assignedTo(),
                kept.lastMessageAt(),
                kept.lastMessageType(),
                kept.lastMessageBody()));
  }

  public void deletesConversation(String id) {
    GhlConversationId gone = new GhlConversationId(id);
    conversations.remove(gone);
    messages.values().removeIf(message -> message.conversationId().equals(gone));
  }

  public void hasMessage(String conversation, String id) {
    GhlConversationId talk = new GhlConversationId(conversation);
    Instant now = time.instant();
    conversations.put(
        talk,
        new Conversation(
            talk,
            "ghl1",
            "TYPE_PHONE",
            Optional.of(0L),
            Optional.empty(),
            Optional.empty(),
            Optional.of(now),
            "TYPE_SMS",
            Optional.of("Hello")));
    messages.put(
        new GhlMessageId(id),
        new Message(
            new GhlMessageId(id),
            talk,
            "ghl1",
            id.startsWith("mail") ? "TYPE_EMAIL" : "TYPE_SMS",
            "inbound",
            "delivered",
            "Hello",
            "text/plain",
            List.of(),
            "",
            "",
            now));
  }

  /** So many conversations are counted and never listed. */
  public void hidesConversations(int count) {
    hidden = count;
  }

  // ---- the ports

  public DirectoryReadings.Sources directory() {
    return new DirectoryReadings.Sources(
        (location, priority) -> crm.told("pipelines", () -> List.copyOf(pipelines)),
        (location, priority) -> crm.told("calendars", () -> List.copyOf(calendars)),
        crm,
        new CustomFields(),
        (location, priority) -> crm.told("customValues", () -> List.copyOf(customValues)));
  }

  private final class CustomFields implements CrmCustomFields {
    @Override
    public CrmResult<List<CustomField>> list(
        LocationId locationId, CustomField.Model model, CallPriority priority) {
      return crm.told(
          "customFields",
          () -> customFields.stream().filter(field -> field.model() == model).toList());
    }

    /** The key is made of the name, as GoHighLevel does (ghl-facts.md 3.5). */
    @Override
    public CrmResult<CustomField> create(
        LocationId locationId, NewCustomField field, CallPriority priority) {
      return crm.told(
          "createField",
          () -> {
            String word = field.name().toLowerCase(Locale.ROOT).replace(' ', '_');
            CustomField made =
                new CustomField(
                    new GhlCustomFieldId("cf" + ++serial),
                    field.model(),
                    field.name(),
                    field.model().name().toLowerCase(Locale.ROOT) + "." + word,
                    field.dataType(),
                    field.position(),
                    List.of());
            customFields.add(made);
            return made;
          });
    }
  }

  public CrmOpportunities opportunities() {
    return new CrmOpportunities() {
      @Override
      public CrmResult<SentPage<CrmRecord<GhlOpportunityId>>> fetch(
          LocationId locationId, String cursor, int size, Instant since, CallPriority priority) {
        return crm.told(
            "opportunities",
            () ->
                sent.send(
                    paged(
                        opportunities.entrySet().stream()
                            .filter(each -> !each.getValue().changedAt().isBefore(since))
                            .map(each -> opportunity(each.getKey()))
                            .toList(),
                        cursor,
                        size),
                    size));
      }

      @Override
      public Optional<CrmPage<CrmRecord<GhlOpportunityId>>> read(
          LocationId locationId, String cursor, int size, PageText text) {
        return sent.read(text);
      }

      @Override
      public CrmResult<CrmRecord<GhlOpportunityId>> find(
          LocationId locationId, GhlOpportunityId id, CallPriority priority) {
        return crm.found("opportunity", opportunities.containsKey(id), () -> opportunity(id));
      }

      @Override
      public CrmResult<GhlOpportunityId> create(LocationId locationId, FieldChanges values) {
        return crm.call("createOpportunity", values, () -> CrmResult.done(hasOpportunity(values)));
      }

      @Override
      public CrmResult<GhlOpportunityId> update(
          LocationId locationId, GhlOpportunityId id, FieldChanges values) {
        return crm.call("updateOpportunity", values, () -> changed(opportunities, id, values));
      }

      @Override
      public CrmResult<GhlOpportunityId> setStatus(
          LocationId locationId, GhlOpportunityId id, FieldChanges values) {
        return crm.call("setStatus", values, () -> changed(opportunities, id, values));
      }

      @Override
      public CrmResult<GhlOpportunityId> delete(LocationId locationId, GhlOpportunityId id) {
        return crm.call("deleteOpportunity", FieldChanges.NONE, () -> removed(opportunities, id));
      }

      @Override
      public CrmResult<List<CrmRecord<GhlOpportunityId>>> lookUp(
          LocationId locationId, Sought sought) {
        return crm.call(
            "lookUpOpportunity",
            FieldChanges.NONE,
            () ->
                CrmResult.done(
                    opportunities.keySet().stream()
                        .filter(id -> isSought(id, sought))
                        .map(id -> opportunity(id))
                        .toList()));
      }
    };
  }

  private boolean isSought(GhlOpportunityId id, CrmOpportunities.Sought sought) {
    Fields fields = opportunities.get(id).fields();
    return fields.text(ProjectField.GHL_CONTACT_ID.fieldName()).equals(sought.contact().value())
        && fields.text(ProjectField.PIPELINE_ID.fieldName()).equals(sought.pipeline().value())
        && fields.text(ProjectField.TITLE.fieldName()).equals(sought.title())
        && !madeAt.getOrDefault(id, Instant.EPOCH).isBefore(sought.madeSince());
  }

  private <G> CrmResult<G> changed(Map<G, Kept> records, G id, FieldChanges values) {
    Kept changed =
        records.computeIfPresent(
            id, (key, kept) -> new Kept(kept.fields().apply(values), time.instant()));
    return changed == null ? gone(id) : CrmResult.done(id);
  }

  private static <G> CrmResult<G> removed(Map<G, Kept> records, G id) {
    return records.remove(id) == null ? gone(id) : CrmResult.done(id);
  }

  private static <G> CrmResult<G> gone(Object id) {
    return CrmResult.failed(new CrmFailure.NotFound(id + " not found"));
  }

  private CrmRecord<GhlOpportunityId> opportunity(GhlOpportunityId id) {
    TreeMap<FieldName, FieldValue> all = new TreeMap<>();
    for (ProjectField field : ProjectField.values()) {
      if (!field.crmKey().isEmpty()) {
        all.put(field.fieldName(), FieldValue.cleared());
      }
    }
    all.putAll(opportunities.get(id).fields().values());
    return new CrmRecord<>(
            id,
            new FieldChanges(all),
            Set.of(ProjectField.CRM_CUSTOM_FIELDS, ProjectField.FOLLOWERS),
            opportunities.get(id).changedAt())
        .added(madeAt.getOrDefault(id, Instant.EPOCH));
  }

  public CrmAppointments appointments() {
    return new CrmAppointments() {
      @Override
      public CrmResult<List<CrmRecord<GhlAppointmentId>>> inWindow(
          LocationId locationId,
          GhlCalendarId calendar,
          Instant from,
          Instant to,
          ZoneId zone,
          CallPriority priority) {
        Duration span = Duration.between(from, to);
        CrmFailure refusal = refusedCalendars.get(calendar.value());
        if (refusal != null || span.compareTo(longestSpan) > 0) {
          return CrmResult.failed(
              Objects.requireNonNullElse(refusal, new CrmFailure.Rejected(List.of(), "too long")));
        }
        shortestSpan = span.compareTo(shortestSpan) < 0 ? span : shortestSpan;
        CrmResult<List<CrmRecord<GhlAppointmentId>>> told =
            crm.told(
                "events",
                () ->
                    appointments.keySet().stream()
                        .map(id -> appointment(id))
                        .filter(each -> isIn(each, calendar, from, to))
                        .map(each -> listed(each))
                        .toList());
        return told
                    instanceof
                    CrmResult.Done<List<CrmRecord<GhlAppointmentId>>>(
                        List<CrmRecord<GhlAppointmentId>> found)
                && found.size() > mostEvents
            ? CrmResult.failed(new CrmFailure.Unavailable("no answer within 10 s"))
            : told;
      }

      @Override
      public CrmResult<CrmRecord<GhlAppointmentId>> find(
          LocationId locationId, GhlAppointmentId id, ZoneId zone, CallPriority priority) {
        return crm.found("event", appointments.containsKey(id), () -> appointment(id));
      }

      @Override
      public CrmResult<GhlAppointmentId> create(LocationId locationId, FieldChanges values) {
        return crm.call(
            "createAppointment",
            values,
            () -> {
              GhlAppointmentId id = new GhlAppointmentId("app" + ++serial);
              hasAppointment(id, inItsWords(values));
              return CrmResult.done(id);
            });
      }

      @Override
      public CrmResult<GhlAppointmentId> update(
          LocationId locationId, GhlAppointmentId id, FieldChanges values) {
        return crm.call(
            "updateAppointment", values, () -> changed(appointments, id, inItsWords(values)));
      }

      @Override
      public CrmResult<GhlAppointmentId> delete(LocationId locationId, GhlAppointmentId id) {
        return crm.call("deleteAppointment", FieldChanges.NONE, () -> removed(appointments, id));
      }
    };
  }

  /** What we call scheduled is new there. */
  private static FieldChanges inItsWords(FieldChanges values) {
    FieldName status = AppointmentField.STATUS.fieldName();
    return AppointmentStatus.named(Fields.NONE.apply(values).text(status))
        .map(word -> values.with(status, FieldValue.text(word.crmWord())))
        .orElse(values);
  }

  private CrmRecord<GhlAppointmentId> appointment(GhlAppointmentId id) {
    Kept kept = appointments.get(id);
    return new CrmRecord<>(id, kept.fields().asChanges(), Set.of(), kept.changedAt());
  }

  private CrmRecord<GhlAppointmentId> listed(CrmRecord<GhlAppointmentId> appointment) {
    FieldName contact = AppointmentField.GHL_CONTACT_ID.fieldName();
    return appointment.saying(
        appointment.fields().only(name -> listsContacts || !name.equals(contact)));
  }

  private static boolean isIn(
      CrmRecord<GhlAppointmentId> appointment, GhlCalendarId calendar, Instant from, Instant to) {
    Fields fields = Fields.NONE.apply(appointment.fields());
    return fields.text(AppointmentField.CALENDAR_ID.fieldName()).equals(calendar.value())
        && fields.get(AppointmentField.START.fieldName()) instanceof FieldValue.Moment(Instant at)
        && !at.isBefore(from)
        && at.isBefore(to);
  }

  public CrmConversations conversations() {
    return new CrmConversations() {
      @Override
      public CrmResult<CrmPage<Conversation>> page(
          LocationId locationId, String cursor, int size, Instant since, CallPriority priority) {
        return crm.told(
            "conversations",
            () -> {
              CrmPage<Conversation> page =
                  paged(
                      conversations.values().stream()
                          .filter(each -> !each.listedAt().isBefore(since))
                          .sorted(Comparator.comparing(Conversation::listedAt))
                          .toList(),
                      cursor,
                      size);
              long total = since.isAfter(Instant.EPOCH) ? -1 : page.total() + hidden;
              return new CrmPage<>(page.items(), page.nextCursor(), total);
            });
      }

      @Override
      public CrmResult<Conversation> find(
          LocationId locationId, GhlConversationId id, CallPriority priority) {
        return crm.found(
            "conversation",
            conversations.containsKey(id),
            () -> withoutLastMessage(conversations.get(id)));
      }

      @Override
      public CrmResult<CrmPage<Message>> exported(
          LocationId locationId,
          Channel channel,
          String cursor,
          int size,
          Instant since,
          CallPriority priority) {
        return crm.told(
            "messages",
            () ->
                paged(
                    messages.values().stream()
                        .filter(each -> !each.addedAt().isBefore(since))
                        .filter(
                            each -> (channel == Channel.EMAIL) == each.type().equals("TYPE_EMAIL"))
                        .toList(),
                    cursor,
                    size));
      }

      @Override
      public CrmResult<CrmPage<Message>> messages(
          LocationId locationId,
          GhlConversationId conversation,
          String cursor,
          int size,
          CallPriority priority) {
        return crm.told(
            "messagesOfOne",
            () ->
                paged(
                    messages.values().stream()
                        .filter(each -> each.conversationId().equals(conversation))
                        .toList(),
                    cursor,
                    size));
      }
    };
  }

  public CrmOutgoingMessages outgoingMessages() {
    return new CrmOutgoingMessages() {
      @Override
      public CrmResult<GhlMessageId> send(LocationId locationId, FieldChanges values) {
        return crm.call("createMessage", values, () -> sent(locationId, Fields.NONE.apply(values)));
      }

      @Override
      public CrmResult<List<Message>> sentTo(
          LocationId locationId, GhlContactId contact, boolean mails, Instant since) {
        return crm.told(
            "messagesOfContact",
            () ->
                messages.values().stream()
                    .filter(each -> each.ghlContactId().equals(contact.value()))
                    .filter(each -> each.direction().equals("outbound"))
                    .filter(each -> !each.addedAt().isBefore(since))
                    .filter(each -> mails == each.type().equals("TYPE_EMAIL"))
                    .toList());
      }
    };
  }

  private CrmResult<GhlMessageId> sent(LocationId locationId, Fields message) {
    String contact = message.text(OutgoingMessageField.GHL_CONTACT_ID.fieldName());
    if (!crm.contactsOf(locationId).containsKey(new GhlContactId(contact))) {
      return CrmResult.failed(
          new CrmFailure.Rejected(List.of(), "Contact with id " + contact + " not found"));
    }
    String html = message.text(OutgoingMessageField.HTML.fieldName());
    return CrmResult.done(
        writes(
            contact,
            MessageChannel.named(message.text(OutgoingMessageField.TYPE.fieldName())).orElseThrow(),
            html.isEmpty() ? message.text(OutgoingMessageField.MESSAGE.fieldName()) : html));
  }

  /** A thread of mails to a contact, of which the CRM tells the subject and no text. */
  public GhlMessageId mails(String contact, String subject) {
    GhlMessageId id = writes(contact, MessageChannel.EMAIL, "");
    messages.computeIfPresent(
        id,
        (same, mail) ->
            new Message(
                id,
                mail.conversationId(),
                contact,
                mail.type(),
                mail.direction(),
                mail.status(),
                "",
                mail.contentType(),
                List.of(),
                "",
                mail.source(),
                mail.addedAt(),
                new EmailThread(subject, List.of()),
                PhoneCall.NONE));
    return id;
  }

  /** A message goes out to a contact, whoever sent it. */
  public GhlMessageId writes(String contact, MessageChannel channel, String text) {
    GhlMessageId id = new GhlMessageId("msg" + ++serial);
    messages.put(
        id,
        new Message(
            id,
            new GhlConversationId("talk-" + contact),
            contact,
            channel.readAs(),
            "outbound",
            "pending",
            text,
            "text/plain",
            List.of(),
            "",
            "api",
            time.instant()));
    return id;
  }

  /** The number in the id of what was made last. */
  public int lastSerial() {
    return serial;
  }

  /** Messages that went out, by their texts. */
  public List<String> textsSent() {
    return messages.values().stream()
        .filter(message -> message.direction().equals("outbound"))
        .map(Message::body)
        .toList();
  }

  /** The message of this id as an event tells of it. */
  public Message message(GhlMessageId id) {
    return Optional.ofNullable(messages.get(id)).orElseThrow();
  }

  /** As GoHighLevel tells a single one (ghl-facts.md 3.6). */
  private static Conversation withoutLastMessage(Conversation kept) {
    return new Conversation(
        kept.id(),
        kept.ghlContactId(),
        kept.type(),
        kept.unreadCount(),
        kept.starred(),
        kept.assignedTo(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private static <T> CrmPage<T> paged(List<T> all, String cursor, int size) {
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
    int to = Math.min(all.size(), from + size);
    return new CrmPage<>(
        all.subList(from, to), to == all.size() ? "" : String.valueOf(to), all.size());
  }
}
