package com.lpai.adapter.ghl.failure;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.TestLimits;
import com.lpai.adapter.ghl.TestLimits.FixedBudget;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every row of the failure table, over HTTP (trap 80). A create is never taken as not done because
 * of a redirect or a "not yet": a proxy gives these, and may have passed the request on; repeating
 * it blindly would send a message twice.
 */
class FailureTableTest {
  private static final GhlContactId ID = new GhlContactId("contactOne");
  private static final Secret TOKEN = new Secret("eyJhbGciOi.secretPart.ofTheToken");
  private static final FieldChanges VALUES =
      FieldChanges.of(FieldName.of("email"), FieldValue.text("private@example.com"));

  private enum Call {
    READ,
    CHANGE,
    CREATE;

    CrmResult<?> by(CrmContacts contacts) {
      return switch (this) {
        case READ -> contacts.find(LOCATION, ID, CallPriority.USER);
        case CHANGE -> contacts.update(LOCATION, ID, VALUES);
        case CREATE -> contacts.create(LOCATION, VALUES);
      };
    }
  }

  @ParameterizedTest(name = "{0} {1} -> {2}, {3}, {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          500 | {"message":"boom"}                                  | Unavailable | OutcomeUnknown | OutcomeUnknown
          502 | <html>Bad gateway</html>                            | Unavailable | OutcomeUnknown | OutcomeUnknown
          503 | ``                                                  | Unavailable | OutcomeUnknown | OutcomeUnknown
          429 | {"message":"Too Many Requests"}                     | Throttled | Throttled | Throttled
          302 | ``                                                  | Unavailable | Unavailable | OutcomeUnknown
          408 | {"message":"Request Timeout"}                       | Unavailable | Unavailable | OutcomeUnknown
          421 | ``                                                  | Unavailable | Unavailable | OutcomeUnknown
          425 | ``                                                  | Unavailable | Unavailable | OutcomeUnknown
          400 | {"message":"Contact with id contactOne not found"}  | NotFound | NotFound | Rejected
          400 | {"message":"User with id u1 not found"}             | Rejected | Rejected | Rejected
          404 | {"message":"Not Found"}                             | NotFound | NotFound | Rejected
          404 | <html>nginx</html>                                  | Unavailable | Unavailable | Unavailable
          410 | {"message":"Gone"}                                  | NotFound | NotFound | Rejected
          403 | {"message":"The token does not have access to this location."} | Forbidden | Forbidden | Forbidden
          403 | {"message":"The token is not authorized for this scope."} | MISSING_SCOPE | MISSING_SCOPE | MISSING_SCOPE
          403 | <html>blocked</html>                                | Unavailable | Unavailable | Unavailable
          422 | {"message":["email must be an email"]}              | Rejected | Rejected | RefusedOrDone
          400 | {"message":"no"}                                    | Rejected | Rejected | Rejected
          409 | {"message":"conflict"}                              | Rejected | Rejected | Rejected
          400 | {"message":"This location does not allow duplicated contacts.","meta":{"contactId":"twin","matchingField":"email"}} | Rejected | Rejected | AlreadyExists
          400 | {"message":"Can not create duplicate opportunity for the contact.","code":"OPPORTUNITY_NO_DUPLICATE","meta":{"existingId":"twin"}} | Rejected | Rejected | AlreadyExists
          400 | {"message":"This location does not allow duplicated contacts."} | Rejected | Rejected | Rejected
          400 | {"message":"Location is not active"}                | NOT_ACTIVE    | NOT_ACTIVE    | NOT_ACTIVE
          401 | {"message":"Invalid token: access token is invalid"} | INVALID_TOKEN | INVALID_TOKEN | INVALID_TOKEN
          401 | {"message":"Invalid JWT"}                           | INVALID_TOKEN | INVALID_TOKEN | INVALID_TOKEN
          401 | ``                                                  | INVALID_TOKEN | INVALID_TOKEN | INVALID_TOKEN
          401 | {"message":"The token is not authorized for this scope."} | MISSING_SCOPE | MISSING_SCOPE | MISSING_SCOPE
          401 | {"message":"This authClass type is not allowed to access this scope"} | WRONG_TOKEN_TYPE | WRONG_TOKEN_TYPE | WRONG_TOKEN_TYPE
          401 | {"message":"Token's user type mismatch!"}           | WRONG_TOKEN_TYPE | WRONG_TOKEN_TYPE | WRONG_TOKEN_TYPE
          401 | {"message":"This route is not yet supported by the IAM Service. Please update your IAM config."} | WRONG_ROUTE | WRONG_ROUTE | WRONG_ROUTE
          401 | {"message":"a text that nobody has seen"}           | UNKNOWN | UNKNOWN | UNKNOWN
          200 | not json                                            | Unavailable | OutcomeUnknown | OutcomeUnknown
          200 | [1,2]                                               | Unavailable | OutcomeUnknown | OutcomeUnknown
          201 | {"contact":{"name":"no id"}}                        | Unavailable | Done | OutcomeUnknown
          200 | ``                                                  | Unavailable | Done | OutcomeUnknown
          """)
  void everyAnswerMeansOneThing(
      int status, String body, String onRead, String onChange, String onCreate) {
    try (FakeGhl ghl = FakeGhl.answering(status, body)) {
      assertThat(meaning(ghl.uri(), Call.READ)).isEqualTo(onRead);
      assertThat(meaning(ghl.uri(), Call.CHANGE)).isEqualTo(onChange);
      assertThat(meaning(ghl.uri(), Call.CREATE)).isEqualTo(onCreate);
    }
  }

  @Test
  void whatWasNeverSentIsUnavailable() {
    for (URI nobody :
        List.of(FakeGhl.addressOfNobody(), URI.create("http://no.such.host.invalid"))) {
      for (Call call : Call.values()) {
        assertThat(meaning(nobody, call)).isEqualTo("Unavailable");
      }
    }
  }

  @Test
  void aConnectionThatDoesNotComeAboutInTimeIsUnavailable() throws Exception {
    // A listener that nobody accepts from, filled up: further connections hang.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket();
        Socket second = new Socket()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort());
      first.connect(address, 500);
      second.connect(address, 500);

      assertThat(meaning(URI.create("http://127.0.0.1:" + full.getLocalPort()), Call.CREATE))
          .isEqualTo("Unavailable");
    }
  }

  @Test
  void silenceAfterSendingLeavesAWriteInDoubt() {
    try (FakeGhl silent = FakeGhl.silent()) {
      assertThat(meaning(silent.uri(), Call.READ)).isEqualTo("Unavailable");
      assertThat(meaning(silent.uri(), Call.CHANGE)).isEqualTo("OutcomeUnknown");
      assertThat(meaning(silent.uri(), Call.CREATE)).isEqualTo("OutcomeUnknown");
    }
  }

  @Test
  void aCreateThatIsCutOffIsSentOnceAndInDoubt() {
    try (FakeGhl resetting = FakeGhl.resetting()) {
      assertThat(meaning(resetting.uri(), Call.CREATE)).isEqualTo("OutcomeUnknown");
      assertThat(resetting.received()).hasSize(1);
    }
  }

  @Test
  void brokenAnswersLeaveAWriteInDoubt() {
    for (String bytes :
        List.of(
            "\u0000\u0001garbage\r\n\r\n",
            "",
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n"
                + "\r\n{\"contact\":{\"id\":\"c",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      try (FakeGhl broken = FakeGhl.sending(bytes)) {
        assertThat(meaning(broken.uri(), Call.CREATE)).isEqualTo("OutcomeUnknown");
        assertThat(broken.received()).hasSize(1);
      }
    }
  }

  @Test
  void aRefusalNamesTheFieldsAndTheTrace() {
    try (FakeGhl ghl =
        FakeGhl.answering(
            422,
            """
            {"statusCode":422,"traceId":"trace-1","error":"Unprocessable Entity","message":[
             "property X should not exist","email must be an email",
             "dndSettings.property Fax should not exist"]}
            """)) {
      CrmFailure failure = call(ghl.uri(), Call.CHANGE);

      assertThat(((CrmFailure.Rejected) failure).fields()).containsExactly("Fax", "X", "email");
      assertThat(failure.message())
          .isEqualTo(
              "PUT /contacts/{contactId} was answered 422 with \"property X should not exist;"
                  + " email must be an email; dndSettings.property Fax should not exist\","
                  + " traceId trace-1.");
    }
  }

  @Test
  void anAddressWhereALongMessageIsCutIsHiddenToo() {
    try (FakeGhl ghl =
        FakeGhl.answering(
            400, "{\"message\":\"" + "x ".repeat(243) + "private.person@example.com\"}")) {
      assertThat(call(ghl.uri(), Call.CHANGE).message())
          .contains("x x")
          .doesNotContain("private.person");
    }
  }

  /** Trap 81: neither what was sent nor what a refusal repeats of it. */
  @Test
  void noMessageAndNoLogLineHoldsATokenOrPersonalData() {
    Logger logger = Logger.getLogger("com.lpai.adapter.ghl");
    Lines lines = new Lines();
    logger.addHandler(lines);
    logger.setLevel(Level.ALL);
    try (FakeGhl ghl =
        FakeGhl.answering(
            400,
            "{\"message\":\"Bearer "
                + TOKEN.value()
                + " cannot set private@example.com or +1 (415) 555-0123\",\"traceId\":\"t-9\"}")) {
      CrmFailure failure = call(ghl.uri(), Call.CHANGE);

      assertThat(failure.message()).contains("cannot set").contains("t-9");
      assertThat(failure.message() + lines.text)
          .doesNotContain("secretPart", "private@example.com", "555");
      assertThat(lines.text)
          .anyMatch(
              line ->
                  line.contains("PUT /contacts/{contactId} -> 400 in ")
                      && line.contains("location " + LOCATION)
                      && line.contains("traceId t-9"));
    } finally {
      logger.removeHandler(lines);
      logger.setLevel(null);
    }
  }

  /** Trap 77: nobody sleeps; the wait comes from GoHighLevel's word, or is ten seconds. */
  @ParameterizedTest
  @CsvSource({
    "Retry-After, 7, PT7S",
    "Retry-After, 0, PT1S",
    "Retry-After, Wed 21 Oct, PT10S",
    "X-RateLimit-Interval-Milliseconds, 12000, PT12S",
    "X-RateLimit-Interval-Milliseconds, -5, PT10S",
    "X-RateLimit-Daily-Remaining, 0, PT1H",
    "X-Other, 1, PT10S",
  })
  void aThrottledCallSaysHowLongToWait(String header, String value, Duration wait) {
    try (FakeGhl ghl = FakeGhl.answering(429, "", header, value)) {
      assertThat(((CrmFailure.Throttled) call(ghl.uri(), Call.READ)).retryAfter()).isEqualTo(wait);
    }
  }

  @Test
  void withoutAPermitNothingIsSentAndEveryAnswerIsObserved() {
    FixedBudget<LocationId> open = FixedBudget.open();
    try (FakeGhl ghl =
        FakeGhl.answering(
            429,
            "{}",
            "X-RateLimit-Max",
            "25",
            "X-RateLimit-Remaining",
            "0",
            "X-RateLimit-Limit-Daily",
            "10000",
            "X-RateLimit-Daily-Remaining",
            "17")) {
      CrmFailure closed =
          failure(
              Call.CREATE.by(
                  adapter(
                          ghl.uri(),
                          new FixedBudget<>(new RateBudget.Permit.Wait(Duration.ofSeconds(3))))
                      .contacts()));
      assertThat(((CrmFailure.Throttled) closed).retryAfter()).isEqualTo(Duration.ofSeconds(3));
      assertThat(ghl.received()).isEmpty();

      failure(Call.CREATE.by(adapter(ghl.uri(), open).contacts()));
      assertThat(open.seen())
          .containsExactly(
              new RateBudget.Observation(25, 0, Duration.ofSeconds(10), 10_000, 17, true));
      assertThat(open.told()).containsExactly("sending", "answered");
    }
  }

  @Test
  void onlyBackfillWaitsForItsTurn() {
    assertThat(whenTheTurnComesSoon(CallPriority.USER)).isInstanceOf(CrmFailure.Throttled.class);
    assertThat(whenTheTurnComesSoon(CallPriority.BACKFILL))
        .as("sent, to nobody")
        .isInstanceOf(CrmFailure.Unavailable.class);
  }

  private static CrmFailure whenTheTurnComesSoon(CallPriority priority) {
    FixedBudget<LocationId> budget =
        FixedBudget.openAfter(new RateBudget.Permit.Wait(Duration.ofMillis(1)));
    try (GhlAdapter adapter = adapter(FakeGhl.addressOfNobody(), budget)) {
      return failure(adapter.locations().details(LOCATION, priority));
    }
  }

  @Test
  void aPermitIsGivenBackWhenNothingWasSent() {
    FixedBudget<LocationId> budget = FixedBudget.open();
    try (GhlAdapter adapter = adapter(FakeGhl.addressOfNobody(), budget)) {
      assertThat(failure(Call.CREATE.by(adapter.contacts())))
          .isInstanceOf(CrmFailure.Unavailable.class);
    }

    assertThat(budget.told()).containsExactly("sending", "unused");
  }

  @Test
  void aHostThatIsAwayIsLeftInPeace() {
    FixedBudget<LocationId> budget = FixedBudget.open();
    try (GhlAdapter adapter = adapter(FakeGhl.addressOfNobody(), budget)) {
      for (int i = 0; i < 5; i++) {
        failure(Call.CREATE.by(adapter.contacts()));
      }
      budget.told().clear();

      CrmFailure failure = failure(Call.CREATE.by(adapter.contacts()));

      assertThat(failure).isInstanceOf(CrmFailure.Unavailable.class);
      assertThat(failure.message()).contains("was not sent", "the next try is in");
      assertThat(budget.told()).isEmpty();
    }
  }

  private static final class Lines extends Handler {
    private final List<String> text = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      text.add(MessageFormat.format(line.getMessage(), line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static String meaning(URI base, Call call) {
    try (GhlAdapter adapter = adapter(base, open())) {
      return switch (call.by(adapter.contacts())) {
        case CrmResult.Done<?> done -> "Done";
        case CrmResult.Failed<?>(CrmFailure.Unauthorized failure) -> failure.kind().name();
        case CrmResult.Failed<?>(CrmFailure failure) -> failure.getClass().getSimpleName();
      };
    }
  }

  private static CrmFailure call(URI base, Call call) {
    try (GhlAdapter adapter = adapter(base, open())) {
      return failure(call.by(adapter.contacts()));
    }
  }

  private static RateBudget<LocationId> open() {
    return FixedBudget.open();
  }

  private static GhlAdapter adapter(URI base, RateBudget<LocationId> budget) {
    GhlSettings settings =
        SandboxFixture.settings(base).withTimeouts(Duration.ofMillis(500), Duration.ofMillis(500));
    return GhlAdapter.of(settings, new SandboxFixture.TestTokens<>(TOKEN), TestLimits.gate(budget));
  }
}
