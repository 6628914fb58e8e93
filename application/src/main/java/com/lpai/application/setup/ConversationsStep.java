package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.conversation.CrmConversations.Channel;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.PagePlace;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Copies conversations and then their messages. Messages are exported for the whole location, which
 * costs one call a page instead of one a conversation (ghl-facts.md 3.6).
 */
final class ConversationsStep extends PagedStep {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

  /** A search may tell what was so long ago (ghl-facts.md 3.6). */
  private static final Duration SEARCH_LAG = Duration.ofMinutes(1);

  /** Of conversations that are gone and not found at once, the next setup finds the rest. */
  private static final int MOST_COMPARED = 1_000;

  private final CrmConversations crm;
  private final ConversationRepository conversations;
  private final MessageRepository messages;
  private final int pageSize;
  private final Instance instance;

  /** The lists in the order in which they are read. */
  private enum Listing {
    CONVERSATIONS,
    MESSAGES,
    EMAILS
  }

  ConversationsStep(
      CrmConversations crm,
      ConversationRepository conversations,
      MessageRepository messages,
      Checkpoints checkpoints,
      SetupProgress progress,
      SetupSettings settings,
      Instance instance) {
    super(SetupStep.CONVERSATIONS, checkpoints, progress, settings.overlap(), instance);
    this.crm = crm;
    this.conversations = conversations;
    this.messages = messages;
    this.pageSize = settings.pageSize();
    this.instance = instance;
  }

  /**
   * Where a page begins.
   *
   * @param counted how many the CRM counted in the lists before this one; -1 when it did not tell
   * @param within the CRM's cursor
   */
  private record Position(Listing listing, long counted, String within) {
    private static final int PARTS = 3;

    static Position of(String cursor) {
      if (cursor.isEmpty()) {
        return new Position(Listing.CONVERSATIONS, 0, "");
      }
      List<String> parts = Arrays.asList(cursor.split(":", PARTS));
      return new Position(
          Listing.valueOf(parts.getFirst()), Long.parseLong(parts.get(1)), parts.getLast());
    }

    String cursor() {
      return listing + ":" + counted + ":" + within;
    }

    /** How many there are up to the end of this list. */
    long total(CrmPage<?> page) {
      return counted < 0 || page.total() < 0 ? -1 : counted + page.total();
    }

    /**
     * The cursor of the next page, of this list or of the one after it.
     *
     * @param further where this list goes on
     */
    String next(CrmPage<?> page, String further) {
      if (!page.isLast()) {
        return new Position(listing, counted, further).cursor();
      }
      return switch (listing) {
        case CONVERSATIONS -> new Position(Listing.MESSAGES, total(page), "").cursor();
        case MESSAGES -> new Position(Listing.EMAILS, total(page), "").cursor();
        case EMAILS -> "";
      };
    }
  }

  @Override
  PageRead read(Location location, PagePlace place, BooleanSupplier stillOurs) {
    Position position = Position.of(place.cursor());
    return switch (position.listing()) {
      case CONVERSATIONS -> conversations(location.id(), position, place, stillOurs);
      case MESSAGES -> messages(location, position, Channel.ALL_BUT_EMAIL, place.since());
      case EMAILS -> messages(location, position, Channel.EMAIL, place.since());
    };
  }

  /**
   * For changes all are read again: one that was read by a person, or is gone, has no new message
   * to be found by.
   */
  private PageRead conversations(
      LocationId id, Position position, PagePlace place, BooleanSupplier stillOurs) {
    String cursor = position.within();
    Instant since = place.isOfChanges() ? Instant.EPOCH : place.since();
    int end = cursor.indexOf('/');
    Instant from = end < 0 ? Instant.EPOCH : Instant.parse(cursor.substring(0, end));
    String theirs = cursor.substring(end + 1);
    Instant showsAtLeast = instance.time().instant().minus(SEARCH_LAG);
    return switch (crm.page(id, theirs, pageSize, since, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<Conversation>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<Conversation>>(CrmPage<Conversation> page) -> {
        List<Conversation> told =
            page.items().stream().map(each -> each.toldAt(showsAtLeast)).toList();
        conversations.saveAll(id, told);
        Instant to = told.isEmpty() ? from : told.getLast().listedAt();
        Optional<PageRead> interrupted =
            readDoubtful(told, id, stillOurs)
                .or(
                    () ->
                        place.isOfChanges()
                            ? askForThoseNotAmong(
                                told, from, page.isLast() ? END_OF_TIME : to, id, stillOurs)
                            : Optional.empty());
        String next = page.isLast() ? "" : to + "/" + page.nextCursor();
        yield interrupted.orElseGet(
            () ->
                new PageRead.Stored(told.size(), position.total(page), position.next(page, next)));
      }
    };
  }

  /** Of what changed here while the page was on its way, a read of the conversation decides. */
  private Optional<PageRead> readDoubtful(
      List<Conversation> listed, LocationId id, BooleanSupplier stillOurs) {
    Map<GhlConversationId, Conversation> known =
        conversations.findAll(id, listed.stream().map(Conversation::id).toList());
    for (Conversation each : listed) {
      Conversation ours = known.getOrDefault(each.id(), each);
      if (ours.isDoubtedBy(each)) {
        if (!stillOurs.getAsBoolean()) {
          return Optional.of(new PageRead.CutShort());
        }
        Instant readAt = instance.time().instant();
        switch (crm.find(id, each.id(), CallPriority.BACKFILL)) {
          case CrmResult.Done<Conversation>(Conversation found) ->
              conversations.saveAll(id, List.of(found.readAt(readAt)));
          case CrmResult.Failed<Conversation>(CrmFailure.NotFound gone) -> {
            // Whether it is gone is found out where lists leave it out.
          }
          case CrmResult.Failed<Conversation>(CrmFailure failure) -> {
            return Optional.of(new PageRead.Failed(failure));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Pages come by the time of the latest message, so what is here of a page's span of time and not
   * on it is asked for: it got a message and comes later, or is gone.
   */
  private Optional<PageRead> askForThoseNotAmong(
      List<Conversation> listed,
      Instant from,
      Instant to,
      LocationId id,
      BooleanSupplier stillOurs) {
    Set<GhlConversationId> ids =
        listed.stream().map(Conversation::id).collect(Collectors.toUnmodifiableSet());
    for (Conversation ours : conversations.between(id, from, to, MOST_COMPARED)) {
      if (!ids.contains(ours.id())) {
        Optional<PageRead> interrupted = askFor(ours.id(), id, stillOurs);
        if (interrupted.isPresent()) {
          return interrupted;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<PageRead> askFor(
      GhlConversationId conversation, LocationId id, BooleanSupplier stillOurs) {
    if (!stillOurs.getAsBoolean()) {
      return Optional.of(new PageRead.CutShort());
    }
    return switch (crm.find(id, conversation, CallPriority.BACKFILL)) {
      case CrmResult.Done<Conversation> stillThere -> Optional.empty();
      case CrmResult.Failed<Conversation>(CrmFailure failure) -> {
        if (!(failure instanceof CrmFailure.NotFound)) {
          yield Optional.of(new PageRead.Failed(failure));
        }
        messages.removeAll(id, conversation);
        conversations.remove(id, conversation);
        yield Optional.empty();
      }
    };
  }

  private PageRead messages(Location location, Position position, Channel channel, Instant since) {
    return store(
        position,
        crm.exported(
            location.id(), channel, position.within(), pageSize, since, CallPriority.BACKFILL),
        (List<Message> page) -> messages.saveAll(location.id(), page));
  }

  private static <T> PageRead store(
      Position position, CrmResult<CrmPage<T>> answer, Consumer<List<T>> store) {
    return switch (answer) {
      case CrmResult.Failed<CrmPage<T>>(CrmFailure failure) -> new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<T>>(CrmPage<T> page) -> {
        store.accept(page.items());
        yield new PageRead.Stored(
            page.items().size(), position.total(page), position.next(page, page.nextCursor()));
      }
    };
  }
}
