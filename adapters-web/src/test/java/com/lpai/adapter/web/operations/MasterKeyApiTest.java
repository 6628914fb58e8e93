package com.lpai.adapter.web.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.encryption.RotateMasterKeyUseCase;
import com.lpai.domain.encryption.InMemoryKeyVault;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState;
import com.lpai.domain.testing.MutableInstantSource;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MasterKeyApiTest {
  private static final String MASTER_KEY = "operations/master-key";
  private static final String ROTATION = MASTER_KEY + "/rotation";

  private final WebFixture web = WebFixture.start();

  @AfterEach
  void close() {
    web.close();
  }

  private JsonObject state() {
    Answer answer = web.call("GET", MASTER_KEY, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<Integer> dataKeys(JsonObject state) {
    return state.getJsonArray("keys").getValuesAs(JsonObject.class).stream()
        .map(key -> key.getInt("dataKeys"))
        .toList();
  }

  @Test
  void operatorsSeeWhichKeyWrapsHowManyDataKeysAndWhoKnowsWhat() {
    web.keyVault.makeDataKey("x");
    web.masterKey.announce("one", web.time.instant());

    JsonObject state = state();

    assertThat(state.getString("state")).isEqualTo("prepared");
    assertThat(dataKeys(state)).containsExactly(1, 0);
    assertThat(state.getJsonArray("keys").getJsonObject(0).toString())
        .isEqualTo(
            "{\"provider\":\"local\",\"fingerprint\":\"present\",\"wrapsNewDataKeys\":true,"
                + "\"dataKeys\":1}");
    assertThat(state.getJsonArray("instances").getJsonObject(0).toString())
        .isEqualTo(
            "{\"name\":\"one\",\"knows\":[\"present\",\"next\"],\"seenAt\":\""
                + web.time.instant()
                + "\"}");
  }

  @Test
  void aRotationIsBegunOnceAndAcceptedAgain() {
    web.keyVault.makeDataKey("x");

    Answer begun = web.call("POST", ROTATION, "");
    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.json().getString("state")).isEqualTo("underWay");
    assertThat(begun.json().getInt("remaining")).isEqualTo(1);
    web.masterKey.rewrapPage(10);

    assertThat(web.call("POST", ROTATION, "").status()).isEqualTo(202);
    assertThat(state().getString("state")).isEqualTo("done");
    assertThat(dataKeys(state())).containsExactly(0, 1);
  }

  @Test
  void instancesThatDoNotKnowTheNextKeyAreNamed() {
    web.keyVault.knowing("present").announce("late", web.time.instant());

    Answer refused = web.call("POST", ROTATION, "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("next-master-key-not-everywhere");
    assertThat(refused.json().getString("detail")).contains("late");
    web.time.advance(MasterKeyRotation.RUNNING);
    assertThat(web.call("POST", ROTATION, "").status()).isEqualTo(202);
  }

  @Test
  void aMissingOrUnusableNextKeyIsAConflict() {
    assertThat(refusal(new Beginning.NoNextKey())).contains("LPAI_MASTER_KEY_NEXT_FILE");
    assertThat(refusal(new Beginning.Unusable("The service refuses it."))).contains("refuses it");
  }

  private static String refusal(Beginning beginning) {
    MasterKeyResource resource =
        new MasterKeyResource(
            new RotateMasterKeyUseCase() {
              @Override
              public MasterKeyState state() {
                return new InMemoryKeyVault().knowing("present").state(MutableInstantSource.START);
              }

              @Override
              public Beginning begin() {
                return beginning;
              }

              @Override
              public boolean goOn() {
                return false;
              }
            });
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(resource::rotate)
        .actual()
        .problem()
        .detail();
  }

  @Test
  void nobodyButOperatorsMay() {
    String frontend = "Bearer " + web.tokenFor(web.location);

    assertThat(web.send("GET", MASTER_KEY, "", "Authorization", frontend).status()).isEqualTo(403);
    assertThat(web.send("POST", ROTATION, "", "Authorization", frontend).status()).isEqualTo(403);
    assertThat(web.send("POST", ROTATION, "").status()).isEqualTo(401);
  }
}
