package com.lpai.adapter.ghl.opportunity;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.CrmRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GhlOpportunitiesTest {
  private static final GhlOpportunityId ID = new GhlOpportunityId("o1");

  /** Traps 46, 47 and 48. */
  @Test
  void aSearchAsksForTheOldestFirst() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"opportunities\":[]}")) {
      page(ghl, "", 1_000, Instant.EPOCH);
      assertThat(ghl.lastRequest().body())
          .isEqualTo(
              "{\"locationId\":\"locationOfTests\",\"limit\":500,"
                  + "\"sort\":[{\"field\":\"date_added\",\"direction\":\"asc\"}],\"page\":1}");

      page(ghl, "[1628008053263,\"o1\"]", 20, Instant.ofEpochMilli(1_700_000_000_000L));
      assertThat(ghl.lastRequest().body())
          .isEqualTo(
              "{\"locationId\":\"locationOfTests\",\"limit\":20,"
                  + "\"sort\":[{\"field\":\"date_updated\",\"direction\":\"asc\"}],"
                  + "\"filters\":[{\"field\":\"date_updated\",\"operator\":\"range\","
                  + "\"value\":{\"gte\":1700000000000}}],"
                  + "\"searchAfter\":[1628008053263,\"o1\"]}");
      assertThat(ghl.lastRequest().header("Version")).isEqualTo("2021-07-28");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"opportunities\":[{\"id\":\"o1\",\"sort\":[7,\"o1\"]}],\"total\":9}",
        "{\"opportunities\":[{\"id\":\"o1\",\"searchAfter\":[7,\"o1\"]}],\"total\":9}",
        "{\"opportunities\":[{\"id\":\"o1\"}],\"searchAfter\":[7,\"o1\"],\"total\":9}",
      })
  void theCursorIsFoundWhereItIsTold(String body) {
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      CrmPage<CrmRecord<GhlOpportunityId>> page = page(ghl, "", 100, Instant.EPOCH);

      assertThat(page.items()).extracting(CrmRecord::id).containsExactly(ID);
      assertThat(page.nextCursor()).isEqualTo("[7,\"o1\"]");
      assertThat(page.total()).isEqualTo(9);
      assertThat(page(ghl, "[7,\"o1\"]", 100, Instant.EPOCH).isLast())
          .as("it does not move any more")
          .isTrue();
    }
  }

  @Test
  void aPageIsReadAgainFromItsText() {
    String body = "{\"opportunities\":[{\"id\":\"o1\",\"sort\":[7,\"o1\"]}],\"total\":9}";
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CrmOpportunities opportunities = adapter.opportunities();
      SentPage<CrmRecord<GhlOpportunityId>> sent =
          done(opportunities.fetch(LOCATION, "", 100, Instant.EPOCH, CallPriority.BACKFILL));

      assertThat(sent.page().items()).extracting(CrmRecord::id).containsExactly(ID);
      assertThat(opportunities.read(LOCATION, "", 100, sent.text())).contains(sent.page());
      assertThat(opportunities.read(LOCATION, "[7,\"o1\"]", 100, sent.text()))
          .as("it does not move any more")
          .hasValueSatisfying(page -> assertThat(page.isLast()).isTrue());
      assertThat(opportunities.read(LOCATION, "", 100, PageText.of(new byte[] {'{'}))).isEmpty();
    }
  }

  /** Better no page than one behind which the rest is lost. */
  @Test
  void aFullPageWithoutACursorIsNoAnswer() {
    try (FakeGhl ghl =
            FakeGhl.answering(200, "{\"opportunities\":[{\"id\":\"a\"},{\"id\":\"b\"}]}");
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      assertThat(
              failure(
                  adapter
                      .opportunities()
                      .page(LOCATION, "", 2, Instant.EPOCH, CallPriority.BACKFILL)))
          .isInstanceOf(CrmFailure.Unavailable.class);
      assertThat(page(ghl, "", 3, Instant.EPOCH).isLast()).isTrue();
    }
  }

  @Test
  void anotherLocationsOpportunitiesAreLeftOut() {
    String body =
        """
        {"opportunities":[{"id":"o1","locationId":"locationOfTests"},
          {"id":"o2","locationId":"elsewhere"},{"name":"no id"},null]}
        """;
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      assertThat(page(ghl, "", 10, Instant.EPOCH).items())
          .extracting(CrmRecord::id)
          .containsExactly(ID);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"opportunity":{"id":"o1","locationId":"elsewhere"}} | Unavailable
          200 | {"opportunity":{}}                                   | Unavailable
          200 | {"opportunities":[]}                                 | Unavailable
          400 | {"message":"Opportunity with id o1 not found"}       | NotFound
          404 | {"message":"Not Found"}                              | NotFound
          403 | {"message":"no"}                                     | Forbidden
          """)
  void aReadThatDidNotSucceedSaysWhy(int status, String body, String meaning) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CrmFailure failure =
          failure(adapter.opportunities().find(LOCATION, ID, CallPriority.FOLLOW_UP));

      assertThat(failure.getClass().getSimpleName()).isEqualTo(meaning);
    }
  }

  private static CrmPage<CrmRecord<GhlOpportunityId>> page(
      FakeGhl ghl, String cursor, int size, Instant changedSince) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return done(
          adapter
              .opportunities()
              .page(LOCATION, cursor, size, changedSince, CallPriority.BACKFILL));
    }
  }
}
