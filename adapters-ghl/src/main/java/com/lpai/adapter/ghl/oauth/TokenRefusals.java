package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.failure.Messages;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.connection.OAuthAnswer;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a refusal of the token endpoint says of the code or token. No list of its texts exists
 * (ghl-facts.md 2.2), so only a text that names the code or token and says that it is over condemns
 * it (traps 5 and 6). Any other 4xx is a fault of ours or a matter of time, and costs nobody a
 * connection.
 */
final class TokenRefusals {
  /** Codes of RFC 6749, 5.2, that speak of the request and not of the code or token. */
  private static final Set<String> ABOUT_THE_REQUEST =
      Set.of(
          "invalid_request",
          "invalid_client",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope");

  private static final Pattern INVALID_GRANT = Pattern.compile("\\binvalid[_ ]grant\\b");
  private static final Pattern CODE_OR_TOKEN =
      Pattern.compile("\\b(refresh[_ ]?token|authorization[_ ]code|auth code)\\b");
  private static final Pattern IS_OVER =
      Pattern.compile(
          "\\b(invalid|expired|revoked|not found|does not exist|no longer valid"
              + "|already (been )?used|been used)\\b");

  /** Our app or its settings, whatever else is said. */
  private static final Pattern ABOUT_THE_APP =
      Pattern.compile(
          "redirect[_ ]?uri|client[_ ]?(id|secret|credentials)|invalid[_ ]client|user[_ ]?type");

  private static final Pattern ABOUT_THE_FORM =
      Pattern.compile("\\b(must|should|missing|required|empty|unsupported|removed)\\b");

  private TokenRefusals() {}

  static OAuthAnswer read(GhlAnswer answer) {
    JsonObject body = answer.body();
    int status = answer.status();
    String said = Messages.of(body);
    String code = JsonReads.text(body, "error").strip().toLowerCase(Locale.ROOT);
    String text =
        (code + " " + JsonReads.text(body, "error_description") + " " + said)
            .toLowerCase(Locale.ROOT);
    String told = told(answer, said.isEmpty() ? "no message" : "\"" + said + "\"");
    boolean isTransient = status < 400 || status >= 500 || status == 429 || status == 408;
    if (isTransient || answer.json().isEmpty()) {
      return new OAuthAnswer.TryAgain(told);
    }
    if (text.contains("not active") && !CODE_OR_TOKEN.matcher(text).find()) {
      return new OAuthAnswer.Suspended(told);
    }
    return isOver(code, text)
        ? new OAuthAnswer.Refused(told)
        : new OAuthAnswer.Misconfigured(told + whatToDo(text));
  }

  private static boolean isOver(String code, String text) {
    if (ABOUT_THE_REQUEST.contains(code) || ABOUT_THE_APP.matcher(text).find()) {
      return false;
    }
    return INVALID_GRANT.matcher(text).find()
        || (CODE_OR_TOKEN.matcher(text).find()
            && IS_OVER.matcher(text).find()
            && !ABOUT_THE_FORM.matcher(text).find());
  }

  private static String whatToDo(String text) {
    return ABOUT_THE_APP.matcher(text).find()
        ? " Check the client id, the client secret and the redirect URI."
        : " It says nothing of the code or token itself.";
  }

  /** What happened, in one sentence. */
  static String told(GhlAnswer answer, String said) {
    String traced = answer.traceId().isEmpty() ? "" : ", traceId " + answer.traceId();
    return "POST /oauth/token was answered " + answer.status() + " with " + said + traced + ".";
  }
}
