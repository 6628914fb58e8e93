package com.lpai.boot.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom a key service may be, and who we are to it, where it asks for a certificate. */
final class Tls {
  private Tls() {}

  /** What the JDK trusts, and no certificate of ours. */
  static SSLContext standard() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /**
   * A context from files.
   *
   * @param authorities a PEM file of certificates to trust instead of the JDK's; empty for those
   * @param keyStore a PKCS#12 file with our key and certificate; empty for none
   * @param problem takes what is wrong with them
   * @return empty when neither is given, or something is wrong
   */
  static Optional<SSLContext> context(
      String authorities, String keyStore, String password, Consumer<String> problem) {
    if (authorities.isEmpty() && keyStore.isEmpty()) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ours(keyStore, password), trusted(authorities), null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException unreadable) {
      problem.accept(
          "the file "
              + (authorities.isEmpty() ? keyStore : authorities)
              + (authorities.isEmpty() || keyStore.isEmpty() ? "" : " or " + keyStore)
              + " cannot be used ("
              + unreadable.getMessage()
              + ").");
      return Optional.empty();
    }
  }

  private static KeyManager[] ours(String file, String password)
      throws IOException, GeneralSecurityException {
    if (file.isEmpty()) {
      return new KeyManager[0];
    }
    char[] secret = password.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, secret);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, secret);
    return managers.getKeyManagers();
  }

  private static TrustManager[] trusted(String file) throws IOException, GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (file.isEmpty()) {
      managers.init((KeyStore) null);
      return managers.getTrustManagers();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
    }
    managers.init(store);
    return managers.getTrustManagers();
  }
}
