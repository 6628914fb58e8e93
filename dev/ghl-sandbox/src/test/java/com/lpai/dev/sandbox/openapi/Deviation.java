package com.lpai.dev.sandbox.openapi;

import com.lpai.dev.sandbox.openapi.Complaint.What;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place where GoHighLevel's OpenAPI files are known to be wrong or incomplete: what {@code
 * ghl-facts.md} says there counts. This is the one table for the sandbox's answers and for our
 * client's requests; nothing else is excepted, and nothing may be in it in vain.
 *
 * @param operation to which it applies; {@code *} stands for anything
 * @param place in it; {@code *} stands for anything
 * @param facts the section of {@code ghl-facts.md}
 * @param really what GoHighLevel does
 */
public record Deviation(
    Side side, String operation, String place, What what, String facts, String really)
    implements Comparable<Deviation> {

  /** Who deviates from the files. */
  public enum Side {
    /** A request of our client. */
    REQUEST,
    /** An answer of the sandbox. */
    ANSWER
  }

  /** The table. */
  public static final List<Deviation> ALL =
      List.of(
          searchBody("locationId"),
          searchBody("pageLimit"),
          searchBody("page"),
          searchBody("searchAfter"),
          searchBody("sort"),
          request(
              "* /contacts/*",
              "$.customFields[]",
              What.VALUE,
              "3.1",
              "a number is taken where the type says object"),
          request(
              "* /contacts/*",
              "$.dateOfBirth",
              What.VALUE,
              "3.1",
              "a text is taken where the type says object"),
          opportunitySearch("sort", What.UNKNOWN, "it can be sorted"),
          opportunitySearch("filters", What.UNKNOWN, "and filtered"),
          opportunitySearch("query", What.MISSING, "nothing must be searched for"),
          opportunitySearch("page", What.MISSING, "not beside searchAfter"),
          opportunitySearch("searchAfter", What.MISSING, "not for the first page"),
          opportunitySearch("searchAfter[]", What.VALUE, "also a number"),
          opportunitySearch("additionalDetails", What.MISSING, "none must be asked for"),
          request(
              "POST /conversations/messages", "$.subType", What.MISSING, "3.6", "nobody sends it"),
          request("POST /conversations/messages", "$.status", What.MISSING, "3.6", "nor this"),
          answer("*", "$.traceId", What.UNKNOWN, "1", "every answer has a trace id"),
          answer("* → 400", "$.error", What.UNKNOWN, "5", "often there"),
          answer("* → 403", "answer", What.UNKNOWN, "2.6", "another location's id"),
          answer("* → 404", "answer", What.UNKNOWN, "5", "a missing record"),
          answer("* → 429", "answer", What.UNKNOWN, "4", "too many calls"),
          answer("POST /oauth/token → 40*", "$.error*", What.UNKNOWN, "2.2", "invalid_grant"),
          answer("POST /oauth/token → 200", "$.refreshTokenId", What.UNKNOWN, "2.2", "at times"),
          answer("POST /oauth/token → 200", "$.userId", What.MISSING, "2.2", "nobody is named"),
          answer(
              "POST /oauth/locationToken → 200",
              "$.refresh_token",
              What.UNKNOWN,
              "2.3",
              "the token can be refreshed"),
          answer(
              "POST /oauth/locationToken → 200", "$.userType", What.UNKNOWN, "2.3", "is Location"),
          answer("POST /oauth/locationToken → 200", "$.companyId", What.UNKNOWN, "2.3", "is there"),
          answer(
              "POST /oauth/locationToken → 200",
              "$.userId",
              What.MISSING,
              "2.2",
              "nobody is named"),
          answer(
              "POST /contacts/search → *", "answer", What.UNKNOWN, "3.1", "answers have no schema"),
          answer(
              "GET /contacts/search/duplicate → *",
              "answer",
              What.UNKNOWN,
              "3.1",
              "the contact, or null"),
          answer("* /contacts/* → 400", "$.meta", What.UNKNOWN, "3.1", "the contact that is there"),
          answer(
              "* /contacts/* → 20*",
              "$.contact.customFields[].value",
              What.VALUE,
              "3.1",
              "also number or list"),
          answer(
              "* /opportunities/search → 200",
              "$.opportunities[].sort",
              What.UNKNOWN,
              "3.2",
              "the searchAfter of what comes after it"),
          answer(
              "* /opportunities/search → 200",
              "$.opportunities[].searchAfter",
              What.UNKNOWN,
              "3.2",
              "or so is it called"),
          answer(
              "* /opportunities/* → 20*",
              "$.*.customFields[].fieldValue*",
              What.UNKNOWN,
              "3.2",
              "fieldValueString and so on by type"),
          answer(
              "* /opportunities/* → 20*",
              "$.*.customFields[].type",
              What.UNKNOWN,
              "3.2",
              "beside those"),
          answer(
              "* /opportunities/* → 20*",
              "$.*.customFields[].fieldValue",
              What.MISSING,
              "3.2",
              "instead of those"),
          answer(
              "* /opportunities/* → 20*",
              "$.*.customFields[].fieldValue",
              What.VALUE,
              "3.2",
              "also a number"),
          answer(
              "* /opportunities/* → 20*",
              "$.*followers[]",
              What.VALUE,
              "3.2",
              "ids where the type says list"),
          answer(
              "GET /opportunities/pipelines → 200",
              "$.pipelines[].stages[]",
              What.VALUE,
              "3.2",
              "objects where the type says list"),
          answer(
              "GET /opportunities/pipelines → 422",
              "answer",
              What.UNKNOWN,
              "1",
              "wrong parameters"),
          answer("POST /opportunities/ → 400", "$.code", What.UNKNOWN, "3.2", "a duplicate"),
          answer(
              "POST /opportunities/ → 400", "$.meta", What.UNKNOWN, "3.2", "the one that is there"),
          answer("* /calendars/* → 422", "answer", What.UNKNOWN, "1", "wrong properties"),
          answer(
              "* /calendars/* → 20*",
              "$*Time",
              What.VALUE,
              "3.3",
              "a text where the type says object"),
          answer(
              "GET /calendars/* → 200",
              "$.event*.date*",
              What.VALUE,
              "3.3",
              "a text where the type says object"),
          answer(
              "GET /calendars/* → 200", "$.event*.groupId", What.MISSING, "3.3", "there is none"),
          answer(
              "GET /calendars/* → 200", "$.event*.contactId", What.MISSING, "3.3", "there is none"),
          answer(
              "GET /calendars/blocked-slots → 200",
              "$.events[].*",
              What.MISSING,
              "3.3",
              "a slot has the envelope of events, but nobody in it"),
          answer("* /conversations/* → 422", "answer", What.UNKNOWN, "1", "wrong properties"),
          answer(
              "GET /conversations/search → 200",
              "$.conversations[].*ate*",
              What.UNKNOWN,
              "3.6",
              "dateAdded, dateUpdated, lastMessageDate in milliseconds"),
          answer(
              "GET /conversations/search → 200",
              "$.conversations[].starred",
              What.UNKNOWN,
              "3.6",
              "a conversation has it in other answers"),
          answer(
              "GET /conversations/search → 200",
              "$.conversations[].assignedTo",
              What.UNKNOWN,
              "3.6",
              "a conversation has it in other answers"),
          answer(
              "GET /conversations/search → 200",
              "$.conversations[].sort",
              What.UNKNOWN,
              "3.6",
              "the startAfterDate of what comes after it"),
          answer(
              "GET /conversations/search → 200",
              "$.conversations[].*",
              What.MISSING,
              "3.6",
              "e-mail or phone of a contact without"),
          answer(
              "GET /conversations/{conversationId}/messages → 200",
              "$.messages",
              What.VALUE,
              "3.6",
              "all of it is within messages"),
          answer(
              "GET /conversations/{conversationId}/messages → 200",
              "$.*",
              What.MISSING,
              "3.6",
              "all of it is within messages"),
          answer(
              "GET /conversations/messages/export → 200",
              "$.nextCursor",
              What.VALUE,
              "3.6",
              "null at the end"));

  private static Deviation searchBody(String property) {
    return request(
        "POST /contacts/search",
        "$." + property,
        What.UNKNOWN,
        "3.1",
        "the body has a schema of no properties");
  }

  private static Deviation opportunitySearch(String property, What what, String really) {
    return request("POST /opportunities/search", "$." + property, what, "3.2", really);
  }

  private static Deviation request(
      String operation, String place, What what, String facts, String really) {
    return new Deviation(Side.REQUEST, operation, place, what, facts, really);
  }

  private static Deviation answer(
      String operation, String place, What what, String facts, String really) {
    return new Deviation(Side.ANSWER, operation, place, what, facts, really);
  }

  /** The rows for one side. */
  public static Set<Deviation> of(Side side) {
    return ALL.stream()
        .filter(it -> it.side() == side)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The rows that explain any of these. */
  public static Set<Deviation> explaining(Side side, Collection<Complaint> complaints) {
    return of(side).stream()
        .filter(it -> complaints.stream().anyMatch(it::explains))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What no row explains. */
  public static List<Complaint> unexplained(Side side, Collection<Complaint> complaints) {
    return complaints.stream()
        .filter(complaint -> of(side).stream().noneMatch(it -> it.explains(complaint)))
        .toList();
  }

  /** The row as the README has it. */
  public String row() {
    return Stream.of(
            side.name().toLowerCase(Locale.ROOT),
            "`" + operation + "`",
            "`" + place + "`",
            what.name().toLowerCase(Locale.ROOT),
            facts,
            really)
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  @Override
  public int compareTo(Deviation other) {
    return row().compareTo(other.row());
  }

  private boolean explains(Complaint complaint) {
    String actual = complaint.place().replaceAll("\\[\\d+]", "[]");
    return what == complaint.what()
        && fits(operation, complaint.operation())
        && fits(place, actual);
  }

  private static boolean fits(String pattern, String actual) {
    String regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return actual.matches(regex);
  }
}
