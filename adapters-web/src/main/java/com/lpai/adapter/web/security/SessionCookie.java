package com.lpai.adapter.web.security;

import com.lpai.adapter.web.WebSettings;
import com.lpai.domain.connection.Secret;
import jakarta.ws.rs.core.NewCookie;

/** The console's cookie: no script reads it, no other site sends it. */
final class SessionCookie {
  private final boolean secure;
  private final int seconds;

  SessionCookie(WebSettings settings) {
    secure = settings.isSecure();
    seconds = Math.toIntExact(settings.sessionLife().toSeconds());
  }

  /** Over https the prefix keeps other hosts of the domain from setting it. */
  String name() {
    return secure ? "__Host-lpai-session" : "lpai-session";
  }

  NewCookie holding(Secret session) {
    return cookie(session.value(), seconds);
  }

  NewCookie gone() {
    return cookie("", 0);
  }

  private NewCookie cookie(String value, int maxAge) {
    return new NewCookie.Builder(name())
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
