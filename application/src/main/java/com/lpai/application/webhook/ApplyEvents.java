package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Applies events by what they mean, those of one kind together. A fault of one event costs that
 * event an attempt, and its neighbours nothing.
 */
final class ApplyEvents implements EventProcessor {

  /** Who applies what; in this order, so that what names a contact finds it. */
  record Kinds(
      EventsOfOneKind<QueuedWebhook> location,
      EventsOfOneKind<RecordEvent<GhlContactId>> contacts,
      EventsOfOneKind<RecordEvent<GhlOpportunityId>> opportunities,
      EventsOfOneKind<RecordEvent<GhlAppointmentId>> appointments,
      EventsOfOneKind<ConversationEvent> conversations,
      EventsOfOneKind<QueuedWebhook> users) {}

  private final WebhookDecoder decoder;
  private final ConnectionRepository connections;
  private final EventsOfTheApp appEvents;
  private final Kinds kinds;
  private final UsersOfSeveral usersOfSeveral;
  private final Results results;

  ApplyEvents(
      WebhookDecoder decoder,
      ConnectionRepository connections,
      EventsOfTheApp appEvents,
      Kinds kinds,
      Instance instance) {
    this.decoder = decoder;
    this.connections = connections;
    this.appEvents = appEvents;
    this.kinds = kinds;
    this.usersOfSeveral =
        new UsersOfSeveral(
            kinds.users(), location -> isIn(location, ConnectionState::isUsable), instance);
    this.results = new Results(instance);
  }

  @Override
  public List<Result> apply(LocationId locationId, List<QueuedWebhook> events) {
    return new Batch(locationId, events).results();
  }

  /** Events of one kind, by their place in the batch. */
  private record Group<E>(List<Integer> places, List<E> events) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(int place, E event) {
      places.add(place);
      events.add(event);
    }
  }

  private final class Batch {
    private final LocationId locationId;
    private final List<QueuedWebhook> all;
    private final Map<Integer, Result> made = new HashMap<>();

    /** Entities of which an event was found to wait before anything was applied. */
    private final Set<String> stopped = new HashSet<>();

    private final Group<Supplier<Result>> app = new Group<>();
    private final Group<QueuedWebhook> location = new Group<>();
    private final Group<RecordEvent<GhlContactId>> contacts = new Group<>();
    private final Group<RecordEvent<GhlOpportunityId>> opportunities = new Group<>();
    private final Group<RecordEvent<GhlAppointmentId>> appointments = new Group<>();
    private final Group<ConversationEvent> conversations = new Group<>();
    private final Group<QueuedWebhook> users = new Group<>();
    private final UsersOfSeveral.Turn ofSeveral = usersOfSeveral.turn();

    private Batch(LocationId locationId, List<QueuedWebhook> all) {
      this.locationId = locationId;
      this.all = all;
    }

    private List<Result> results() {
      for (int i = 0; i < all.size(); i++) {
        read(i);
      }
      applyOneByOne(app, (id, steps) -> steps.stream().map(Supplier::get).toList());
      List<Integer> ofTheLocation =
          Stream.of(location, contacts, opportunities, appointments, conversations, users)
              .flatMap(group -> group.places().stream())
              .toList();
      if (ofTheLocation.isEmpty()) {
        return inOrder();
      }
      if (!isIn(locationId, ConnectionState::isInstalled)) {
        ofTheLocation.forEach(place -> made.put(place, appEvents.parked(all.get(place))));
        return inOrder();
      }
      apply(location, kinds.location());
      apply(contacts, kinds.contacts());
      apply(opportunities, kinds.opportunities());
      apply(appointments, kinds.appointments());
      apply(conversations, kinds.conversations());
      apply(users, kinds.users());
      return inOrder();
    }

    /** What comes behind one that waits is not even read. */
    private void read(int place) {
      QueuedWebhook event = all.get(place);
      if (stopped.contains(event.envelope().entityKey())) {
        return;
      }
      try {
        sort(place, event);
      } catch (RuntimeException fault) {
        stop(place, faultOf(fault));
      }
    }

    private void sort(int place, QueuedWebhook event) {
      switch (decoder.event(event.envelope(), event.body())) {
        case WebhookEvent.AppInstalled installed ->
            app.add(place, () -> appEvents.installed(event));
        case WebhookEvent.AppUninstalled gone -> app.add(place, () -> appEvents.uninstalled(event));
        case WebhookEvent.LocationAdded added -> app.add(place, () -> appEvents.located(event));
        case WebhookEvent.LocationChanged changed -> location.add(place, event);
        case WebhookEvent.ContactChanged(CrmRecord<GhlContactId> said) ->
            contacts.add(place, RecordEvent.changed(event, said));
        case WebhookEvent.ContactDeleted(GhlContactId id) ->
            contacts.add(place, RecordEvent.deleted(event, id));
        case WebhookEvent.OpportunityChanged(CrmRecord<GhlOpportunityId> said) ->
            opportunities.add(place, RecordEvent.changed(event, said));
        case WebhookEvent.OpportunityDeleted(GhlOpportunityId id) ->
            opportunities.add(place, RecordEvent.deleted(event, id));
        case WebhookEvent.AppointmentChanged(CrmRecord<GhlAppointmentId> said) ->
            appointments.add(place, RecordEvent.changed(event, said));
        case WebhookEvent.AppointmentDeleted(GhlAppointmentId id) ->
            appointments.add(place, RecordEvent.deleted(event, id));
        case WebhookEvent.OfConversation said ->
            conversations.add(place, new ConversationEvent(event, said));
        case WebhookEvent.UsersChanged(Set<LocationId> named) -> {
          if (event.envelope().hasLocation()) {
            users.add(place, event);
          } else {
            app.add(place, () -> ofSeveral.apply(event, named));
          }
        }
        case WebhookEvent.Unhandled(String type) ->
            made.put(place, Results.skipped("unhandled type: " + type));
        case WebhookEvent.Unreadable(String reason) -> stop(place, results.fault(reason));
      }
    }

    private Result faultOf(RuntimeException fault) {
      return results.fault(fault.getClass().getSimpleName() + " while it was applied");
    }

    private void stop(int place, Result result) {
      made.put(place, result);
      if (result instanceof Result.Later) {
        stopped.add(all.get(place).envelope().entityKey());
      }
    }

    /** Those of one entity in order: the second is not applied before the first. */
    private <E> void applyOneByOne(Group<E> group, EventsOfOneKind<E> kind) {
      Set<String> held = new HashSet<>();
      for (int k = 0; k < group.places().size(); k++) {
        int place = group.places().get(k);
        QueuedWebhook event = all.get(place);
        if (held.contains(event.envelope().entityKey())) {
          continue;
        }
        try {
          made.put(place, kind.apply(locationId, List.of(group.events().get(k))).getFirst());
        } catch (StorageUnavailableException away) {
          throw away;
        } catch (RuntimeException fault) {
          made.put(place, faultOf(fault));
        }
        if (made.get(place) instanceof Result.Later) {
          held.add(event.envelope().entityKey());
        }
      }
    }

    private <E> void apply(Group<E> group, EventsOfOneKind<E> kind) {
      if (group.events().isEmpty()) {
        return;
      }
      try {
        List<Result> applied = kind.apply(locationId, List.copyOf(group.events()));
        for (int k = 0; k < applied.size(); k++) {
          made.put(group.places().get(k), applied.get(k));
        }
      } catch (StorageUnavailableException away) {
        throw away;
      } catch (RuntimeException oneOfThem) {
        // Applying again does no harm, and shows whose fault it was.
        applyOneByOne(group, kind);
      }
    }

    /** The results by place; behind one that waits, the others of its entity wait. */
    private List<Result> inOrder() {
      Map<String, Instant> until = new HashMap<>();
      List<Result> inOrder = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        String entity = all.get(i).envelope().entityKey();
        Instant earlier = until.get(entity);
        if (earlier != null) {
          inOrder.add(Results.behind(earlier));
          continue;
        }
        Result result = Objects.requireNonNull(made.get(i));
        if (result instanceof Result.Later(Instant time, Reason reason, String why)) {
          until.put(entity, time);
        }
        inOrder.add(result);
      }
      return inOrder;
    }
  }

  private boolean isIn(LocationId locationId, Predicate<ConnectionState> state) {
    return connections.find(locationId).map(Connection::state).filter(state).isPresent();
  }
}
