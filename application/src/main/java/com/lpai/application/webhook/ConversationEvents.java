package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Messages, and what happens to conversations. A message is stored once, however often it is told;
 * a conversation that is not here is read once. How many messages are unread is taken from events
 * that tell the number: counting would count twice what comes twice.
 */
final class ConversationEvents implements EventsOfOneKind<ConversationEvent> {
  /** So long a turn begins reads; the claim must outlive the last of them. */
  private static final Duration READING = Duration.ofSeconds(10);

  /** The CRM's word on one conversation. */
  @FunctionalInterface
  interface Source {
    CrmResult<Conversation> find(LocationId locationId, GhlConversationId id);
  }

  private final ConversationRepository conversations;
  private final MessageRepository messages;
  private final LocationRepository locations;
  private final Source crm;
  private final EventOrder order;
  private final Results results;
  private final Instance instance;

  ConversationEvents(
      ConversationRepository conversations,
      MessageRepository messages,
      LocationRepository locations,
      Source crm,
      EventOrder order,
      Instance instance) {
    this.conversations = conversations;
    this.messages = messages;
    this.locations = locations;
    this.crm = crm;
    this.order = order;
    this.results = new Results(instance);
    this.instance = instance;
  }

  @Override
  public List<Result> apply(LocationId locationId, List<ConversationEvent> events) {
    Turn turn = new Turn(locationId, events);
    List<Result> made = events.stream().map(turn::take).toList();
    turn.store();
    return made;
  }

  /** The events of one call: what they come to is stored at the end, in two batches. */
  private final class Turn {
    private final LocationId locationId;
    private final Instant begun = now();
    private final Instant copiedAt;
    private final Map<GhlConversationId, Conversation> known;
    private final Map<GhlConversationId, Conversation> told = new LinkedHashMap<>();
    private final Map<GhlMessageId, Message> added = new LinkedHashMap<>();

    /** What was read in this turn: of its state that tells whatever these events do. */
    private final Set<GhlConversationId> read = new HashSet<>();

    /** Of what this turn removed, nothing lags behind. */
    private final Set<GhlConversationId> deleted = new HashSet<>();

    /** What every further event of a conversation comes to. */
    private final Map<GhlConversationId, Result> settled = new HashMap<>();

    private Optional<Result> unanswered = Optional.empty();

    private Turn(LocationId locationId, List<ConversationEvent> events) {
      this.locationId = locationId;
      this.copiedAt =
          locations
              .find(locationId)
              .map(location -> location.setup().result(SetupStep.CONVERSATIONS).finishedAt())
              .orElse(Instant.EPOCH);
      this.known =
          new HashMap<>(
              conversations.findAll(
                  locationId, events.stream().map(ConversationEvent::id).distinct().toList()));
    }

    private Result take(ConversationEvent event) {
      Optional<Result> already = Optional.ofNullable(settled.get(event.id()));
      if (already.isPresent()) {
        return already.get();
      }
      return switch (event.meaning()) {
        case WebhookEvent.MessageAdded(Message message) ->
            isHere(event.id()) ? add(message) : read(event, () -> add(message));
        case WebhookEvent.ConversationChanged(Conversation changed) ->
            change(changed.toldAt(now()), event);
        case WebhookEvent.ConversationDeleted(GhlConversationId id) -> delete(event);
      };
    }

    private boolean isHere(GhlConversationId id) {
      return known.containsKey(id);
    }

    private Result add(Message message) {
      added.merge(message.id(), message, Message::renewed);
      GhlConversationId id = message.conversationId();
      Conversation present = present(id);
      boolean isLatest =
          present.lastMessageAt().filter(at -> at.isAfter(message.addedAt())).isEmpty();
      if (isLatest && message.addedAt().isAfter(Instant.EPOCH)) {
        tell(Conversation.unknown(id).withLastMessage(message).toldAt(now()));
      }
      return Results.done("message stored");
    }

    /** As it is stored, with what this turn told of it. */
    private Conversation present(GhlConversationId id) {
      Conversation stored = known.getOrDefault(id, Conversation.unknown(id));
      return Optional.ofNullable(told.get(id)).map(stored::renewed).orElse(stored);
    }

    private void tell(Conversation changed) {
      told.merge(changed.id(), changed, Conversation::renewed);
    }

    private Result change(Conversation changed, ConversationEvent event) {
      GhlConversationId id = changed.id();
      if (read.contains(id)) {
        return covered(event);
      }
      Conversation present = present(id);
      if (!isHere(id) || event.isStale()) {
        return read(event, () -> Results.done("read from GoHighLevel"));
      }
      boolean isNewer = isNewer(event);
      if (present.renewed(changed).equals(present)) {
        if (isNewer) {
          tell(Conversation.unknown(id).heard(event.sentAt()));
        }
        return Results.done("echo: nothing new");
      }
      if (!isNewer) {
        return read(event, () -> Results.done("read from GoHighLevel"));
      }
      tell(changed.heard(event.sentAt()));
      return Results.done("applied");
    }

    /** Whether it can be trusted to be newer than all that is known, as for records. */
    private boolean isNewer(ConversationEvent event) {
      CrmTrace trace = present(event.id()).trace().read(copiedAt, Instant.EPOCH);
      return order.mayApply(event.sentAt(), trace);
    }

    private Result covered(ConversationEvent event) {
      tell(Conversation.unknown(event.id()).heard(event.sentAt()));
      return Results.done("covered by a read");
    }

    private Result delete(ConversationEvent event) {
      if (!isHere(event.id())) {
        return Results.done("nothing to delete");
      }
      if (read.contains(event.id())) {
        return covered(event);
      }
      return !event.isStale() && isNewer(event)
          ? removed(event)
          : read(event, () -> Results.done("read from GoHighLevel"));
    }

    private Result read(ConversationEvent event, Supplier<Result> then) {
      GhlConversationId id = event.id();
      if (unanswered.isEmpty() && !now().isBefore(begun.plus(READING))) {
        unanswered = Optional.of(results.nextTurn());
      }
      if (unanswered.isPresent()) {
        return settle(id, unanswered.get());
      }
      Instant readAt = now();
      return switch (crm.find(locationId, id)) {
        case CrmResult.Done<Conversation>(Conversation found) -> {
          known.putIfAbsent(id, found);
          read.add(id);
          tell(found.readAt(readAt).heard(event.sentAt()));
          yield then.get();
        }
        case CrmResult.Failed<Conversation>(CrmFailure.NotFound gone) -> notFound(event);
        case CrmResult.Failed<Conversation>(CrmFailure failure) -> {
          Result result = results.unanswered(failure);
          if (Results.isOfTheWholeLocation(failure)) {
            unanswered = Optional.of(result);
          }
          yield settle(id, result);
        }
      };
    }

    /** The CRM must say twice that it has one no longer; its own event is one of the two. */
    private Result notFound(ConversationEvent event) {
      GhlConversationId id = event.id();
      if (event.isDeletion()) {
        return removed(event);
      }
      if (isHere(id) && !present(id).trace().wasMissed()) {
        tell(Conversation.unknown(id).missed(present(id).trace().missed(now()).missedAt()));
      }
      Instant first = isHere(id) ? present(id).trace().missedAt() : event.receivedAt();
      if (!deleted.contains(id) && !results.isSecondLook(first)) {
        return settle(id, Results.secondLook(first));
      }
      remove(id);
      return settle(id, Results.skipped("GoHighLevel no longer has the conversation"));
    }

    private Result removed(ConversationEvent event) {
      remove(event.id());
      deleted.add(event.id());
      return Results.done("deleted in GoHighLevel");
    }

    /** As the copy does with what the CRM has no longer. */
    private void remove(GhlConversationId id) {
      if (!isHere(id)) {
        return;
      }
      added.values().removeIf(message -> message.conversationId().equals(id));
      told.remove(id);
      known.remove(id);
      read.remove(id);
      messages.removeAll(locationId, id);
      conversations.remove(locationId, id);
    }

    /** The same for whatever else is told of it in this turn. */
    private Result settle(GhlConversationId id, Result result) {
      Result forTheRest =
          result instanceof Result.Later(Instant until, Reason reason, String why)
              ? Results.behind(until)
              : result;
      settled.put(id, forTheRest);
      return result;
    }

    private void store() {
      conversations.saveAll(locationId, new ArrayList<>(told.values()));
      messages.saveAll(locationId, new ArrayList<>(added.values()));
    }
  }

  private Instant now() {
    return instance.time().instant();
  }
}
