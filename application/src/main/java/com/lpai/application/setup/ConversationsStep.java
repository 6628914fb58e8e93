package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.ConversationRepository;
import com.lpai.domain.conversation.CrmConversations;
import com.lpai.domain.conversation.CrmConversations.Channel;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageRepository;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Copies conversations and then their messages. Messages are exported for the whole location, which
 * costs one call a page instead of one a conversation (ghl-facts.md 3.6).
 */
final class ConversationsStep extends PagedStep {
  private final CrmConversations crm;
  private final ConversationRepository conversations;
  private final MessageRepository messages;
  private final int pageSize;

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
  }

  /**
   * Where a page begins.
   *
   * @param counted how many the CRM counted in the lists before this one; -1 when it did not tell
   * @param within the CRM's cursor
   */
  private record Place(Listing listing, long counted, String within) {
    private static final int PARTS = 3;

    static Place of(String cursor) {
      if (cursor.isEmpty()) {
        return new Place(Listing.CONVERSATIONS, 0, "");
      }
      List<String> parts = Arrays.asList(cursor.split(":", PARTS));
      return new Place(
          Listing.valueOf(parts.getFirst()), Long.parseLong(parts.get(1)), parts.getLast());
    }

    String cursor() {
      return listing + ":" + counted + ":" + within;
    }

    /** How many there are up to the end of this list. */
    long total(CrmPage<?> page) {
      return counted < 0 || page.total() < 0 ? -1 : counted + page.total();
    }

    /** The cursor of the next page, of this list or of the one after it. */
    String next(CrmPage<?> page) {
      if (!page.isLast()) {
        return new Place(listing, counted, page.nextCursor()).cursor();
      }
      return switch (listing) {
        case CONVERSATIONS -> new Place(Listing.MESSAGES, total(page), "").cursor();
        case MESSAGES -> new Place(Listing.EMAILS, total(page), "").cursor();
        case EMAILS -> "";
      };
    }
  }

  @Override
  PageRead read(Location location, String cursor, Instant since, BooleanSupplier stillOurs) {
    Place place = Place.of(cursor);
    return switch (place.listing()) {
      case CONVERSATIONS ->
          store(
              place,
              crm.page(location.id(), place.within(), pageSize, since, CallPriority.BACKFILL),
              (List<Conversation> page) -> conversations.saveAll(location.id(), page));
      case MESSAGES -> messages(location, place, Channel.ALL_BUT_EMAIL, since);
      case EMAILS -> messages(location, place, Channel.EMAIL, since);
    };
  }

  private PageRead messages(Location location, Place place, Channel channel, Instant since) {
    return store(
        place,
        crm.exported(
            location.id(), channel, place.within(), pageSize, since, CallPriority.BACKFILL),
        (List<Message> page) -> messages.saveAll(location.id(), page));
  }

  private static <T> PageRead store(
      Place place, CrmResult<CrmPage<T>> answer, Consumer<List<T>> store) {
    return switch (answer) {
      case CrmResult.Failed<CrmPage<T>>(CrmFailure failure) -> new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<T>>(CrmPage<T> page) -> {
        store.accept(page.items());
        yield new PageRead.Stored(page.items().size(), place.total(page), place.next(page));
      }
    };
  }
}
