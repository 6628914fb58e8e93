package com.lpai.application.setup;

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
import com.lpai.domain.setup.SetupStep;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies conversations and then their messages. Messages are exported for the whole location, which
 * costs one call a page instead of one a conversation (ghl-facts.md 3.6).
 */
final class ConversationsStep extends PagedStep {
  private final CrmConversations crm;
  private final ConversationRepository conversations;
  private final MessageRepository messages;

  /** The lists in the order in which they are read; the cursor begins with the list's name. */
  private enum Listing {
    CONVERSATIONS,
    MESSAGES,
    EMAILS
  }

  ConversationsStep(
      CrmConversations crm,
      ConversationRepository conversations,
      MessageRepository messages,
      Copying copying) {
    super(SetupStep.CONVERSATIONS, copying);
    this.crm = crm;
    this.conversations = conversations;
    this.messages = messages;
  }

  @Override
  PageRead read(Location location, String cursor, Instant since, Course course) {
    Listing listing =
        cursor.isEmpty()
            ? Listing.CONVERSATIONS
            : Listing.valueOf(cursor.substring(0, cursor.indexOf(':')));
    String within = cursor.substring(cursor.indexOf(':') + 1);
    return switch (listing) {
      case CONVERSATIONS ->
          store(
              listing,
              crm.page(location.id(), within, pageSize(), since, CallPriority.BACKFILL),
              (List<Conversation> page) -> conversations.saveAll(location.id(), page));
      case MESSAGES -> messages(location, listing, Channel.ALL_BUT_EMAIL, within, since);
      case EMAILS -> messages(location, listing, Channel.EMAIL, within, since);
    };
  }

  private int pageSize() {
    return copying().settings().pageSize();
  }

  private PageRead messages(
      Location location, Listing listing, Channel channel, String cursor, Instant since) {
    return store(
        listing,
        crm.exported(location.id(), channel, cursor, pageSize(), since, CallPriority.BACKFILL),
        (List<Message> page) -> messages.saveAll(location.id(), page));
  }

  private static <T> PageRead store(
      Listing listing, CrmResult<CrmPage<T>> answer, Consumer<List<T>> store) {
    return switch (answer) {
      case CrmResult.Failed<CrmPage<T>>(CrmFailure failure) -> new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<T>>(CrmPage<T> page) ->
          new PageRead.Fetched(
              page.items().size(),
              -1,
              next(listing, page),
              () -> {
                store.accept(page.items());
                return new PageStored.Whole();
              });
    };
  }

  private static String next(Listing listing, CrmPage<?> page) {
    if (!page.isLast()) {
      return listing + ":" + page.nextCursor();
    }
    return switch (listing) {
      case CONVERSATIONS -> Listing.MESSAGES + ":";
      case MESSAGES -> Listing.EMAILS + ":";
      case EMAILS -> "";
    };
  }
}
