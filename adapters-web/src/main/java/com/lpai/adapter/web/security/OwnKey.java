package com.lpai.adapter.web.security;

import com.lpai.domain.access.SecretStore;
import com.lpai.domain.connection.Secret;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The key that our own tokens are signed with: made once, kept encrypted in the database, the same
 * for every instance. It is read at its first use, so that a server starts without its database.
 */
final class OwnKey {
  private static final String NAME = "token-signing-key";

  private final SecretStore secrets;
  private final AtomicReference<Optional<ECKey>> known = new AtomicReference<>(Optional.empty());

  OwnKey(SecretStore secrets) {
    this.secrets = secrets;
  }

  ECKey get() {
    return known.get().orElseGet(this::load);
  }

  private ECKey load() {
    Secret stored =
        secrets.find(NAME).orElseGet(() -> secrets.createIfAbsent(NAME, new Secret(generate())));
    try {
      ECKey key = ECKey.parse(stored.value());
      known.set(Optional.of(key));
      return key;
    } catch (ParseException damaged) {
      // The cause would quote the key.
      throw new IllegalStateException("The stored secret " + NAME + " is no key (JWK)");
    }
  }

  private static String generate() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate().toJSONString();
    } catch (JOSEException noSuchCurve) {
      throw new IllegalStateException("This Java cannot make a P-256 key", noSuchCurve);
    }
  }
}
