package com.lpai.adapter.mongo.erasure;

import com.lpai.domain.access.SecretStore;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.LocationId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a location without telling which: HMAC-SHA-256 of its id with a key of this deployment.
 * Without the key, trying all known ids shows nothing.
 */
final class LocationHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String KEY_NAME = "erased-locations";
  private static final int KEY_LENGTH = 32;

  private final SecretStore secrets;
  private final AtomicReference<Optional<SecretKeySpec>> known =
      new AtomicReference<>(Optional.empty());

  LocationHash(SecretStore secrets) {
    this.secrets = secrets;
  }

  String of(LocationId locationId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      byte[] hash = mac.doFinal(locationId.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /** Made by whichever instance needs it first; the same for all. */
  private SecretKeySpec key() {
    Optional<SecretKeySpec> present = known.get();
    if (present.isPresent()) {
      return present.get();
    }
    byte[] random = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(random);
    Secret candidate = new Secret(Base64.getEncoder().encodeToString(random));
    byte[] bytes = Base64.getDecoder().decode(secrets.createIfAbsent(KEY_NAME, candidate).value());
    SecretKeySpec key = new SecretKeySpec(bytes, ALGORITHM);
    known.set(Optional.of(key));
    return key;
  }
}
