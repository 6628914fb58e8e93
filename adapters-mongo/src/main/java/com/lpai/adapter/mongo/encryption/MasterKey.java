package com.lpai.adapter.mongo.encryption;

import com.lpai.domain.encryption.MasterKeyName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * What wraps the data keys: bytes that the deployment keeps itself, or a key that never leaves a
 * key service. A data key says which master key wraps it: a local one by its fingerprint in the
 * provider's name, one of a service by what the service calls it.
 */
public sealed interface MasterKey {

  /** The provider's name, as the driver knows it and as it is stored with each data key. */
  String provider();

  /**
   * Which key of the provider it is, as it is stored with each data key; an empty text where
   * nothing is stored.
   */
  Map<String, String> identity();

  /** What else the driver must know of the key to use it; an empty text where nothing. */
  Map<String, String> whereabouts();

  /** What the driver needs to use the provider. */
  Map<String, Object> access();

  /** What people call it. */
  String label();

  /** Tells it from every other; nothing of the key can be learnt from it. */
  default String fingerprint() {
    String text = provider() + new TreeMap<>(identity());
    return Fingerprints.of(text.getBytes(StandardCharsets.UTF_8));
  }

  default MasterKeyName name() {
    return new MasterKeyName(provider().replaceFirst(":.*", ""), fingerprint(), label());
  }

  /** 96 bytes that the deployment keeps itself; this module never writes them anywhere. */
  final class Local implements MasterKey {
    /** The provider of data keys that were made before local master keys had names. */
    static final String UNNAMED = "local";

    private static final int LENGTH = 96;

    private final byte[] bytes;

    public Local(byte[] bytes) {
      if (bytes.length != LENGTH) {
        throw new IllegalArgumentException(
            "the local master key must have " + LENGTH + " bytes, not " + bytes.length);
      }
      this.bytes = bytes.clone();
    }

    @Override
    public String provider() {
      return UNNAMED + ":" + fingerprint();
    }

    @Override
    public Map<String, String> identity() {
      return Map.of();
    }

    @Override
    public Map<String, String> whereabouts() {
      return Map.of();
    }

    @Override
    public Map<String, Object> access() {
      return Map.of("key", bytes.clone());
    }

    /** Of 768 random bits: a hash of them leads nowhere. */
    @Override
    public String fingerprint() {
      return Fingerprints.of(bytes);
    }

    @Override
    public String label() {
      return "";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Local local && MessageDigest.isEqual(bytes, local.bytes);
    }

    @Override
    public int hashCode() {
      return LENGTH;
    }

    @Override
    public String toString() {
      return "MasterKey.Local[hidden]";
    }
  }

  /** A key of a key service, reached over TLS. */
  sealed interface OfService extends MasterKey {
    /** Whom to trust, and who we are where the service asks for a certificate. */
    SSLContext tls();
  }

  /**
   * A key of AWS KMS.
   *
   * @param key its ARN
   * @param region where it is
   * @param endpoint {@code host:port} instead of the region's own; empty for that
   */
  record Aws(String key, String region, String endpoint, Credentials credentials, SSLContext tls)
      implements OfService {
    public Aws {
      requireText(key, "the key's ARN");
      requireText(region, "the key's region");
    }

    @Override
    public String provider() {
      return "aws";
    }

    @Override
    public Map<String, String> identity() {
      return Map.of("key", key);
    }

    @Override
    public Map<String, String> whereabouts() {
      return Map.of("region", region, "endpoint", endpoint);
    }

    @Override
    public String label() {
      return key;
    }

    @Override
    public Map<String, Object> access() {
      return credentials.values();
    }
  }

  /**
   * A key of Azure Key Vault.
   *
   * @param vault the vault's host, such as {@code my-vault.vault.azure.net}
   * @param keyVersion empty for the newest
   */
  record Azure(
      String vault, String keyName, String keyVersion, Credentials credentials, SSLContext tls)
      implements OfService {
    public Azure {
      requireText(vault, "the vault's host");
      requireText(keyName, "the key's name");
    }

    @Override
    public String provider() {
      return "azure";
    }

    @Override
    public Map<String, String> identity() {
      return Map.of("keyVaultEndpoint", vault, "keyName", keyName, "keyVersion", keyVersion);
    }

    @Override
    public Map<String, String> whereabouts() {
      return Map.of();
    }

    @Override
    public String label() {
      return vault + "/" + keyName + (keyVersion.isEmpty() ? "" : "/" + keyVersion);
    }

    @Override
    public Map<String, Object> access() {
      return credentials.values();
    }
  }

  /**
   * A key of Google Cloud KMS.
   *
   * @param key its resource name: {@code projects/P/locations/L/keyRings/R/cryptoKeys/K}, and
   *     {@code /cryptoKeyVersions/V} for one version of it
   * @param endpoint {@code host:port} instead of Google's own; empty for that
   */
  record Gcp(String key, String endpoint, Credentials credentials, SSLContext tls)
      implements OfService {
    private static final Pattern RESOURCE =
        Pattern.compile(
            "projects/([^/]+)/locations/([^/]+)/keyRings/([^/]+)/cryptoKeys/([^/]+)"
                + "(?:/cryptoKeyVersions/([^/]+))?");

    public Gcp {
      if (!isResource(key)) {
        throw new IllegalArgumentException("a key of Google Cloud has a resource name, not " + key);
      }
    }

    /** Whether this names a key of Google Cloud KMS. */
    public static boolean isResource(String key) {
      return RESOURCE.matcher(key).matches();
    }

    @Override
    public String provider() {
      return "gcp";
    }

    @Override
    public Map<String, String> identity() {
      Matcher parts = RESOURCE.matcher(key);
      if (!parts.matches()) {
        throw new IllegalStateException("checked when it was made");
      }
      String version = parts.group(5) == null ? "" : parts.group(5);
      return Map.of(
          "projectId", parts.group(1),
          "location", parts.group(2),
          "keyRing", parts.group(3),
          "keyName", parts.group(4),
          "keyVersion", version);
    }

    @Override
    public Map<String, String> whereabouts() {
      return Map.of("endpoint", endpoint);
    }

    @Override
    public String label() {
      return key;
    }

    @Override
    public Map<String, Object> access() {
      return credentials.values();
    }
  }

  /**
   * A secret of 96 bytes that a KMIP server keeps.
   *
   * @param endpoint {@code host:port}
   * @param keyId the secret's unique identifier
   */
  record Kmip(String endpoint, String keyId, SSLContext tls) implements OfService {
    public Kmip {
      requireText(endpoint, "the KMIP server's host and port");
      requireText(keyId, "the secret's identifier");
    }

    @Override
    public String provider() {
      return "kmip";
    }

    @Override
    public Map<String, String> identity() {
      return Map.of("keyId", keyId);
    }

    @Override
    public Map<String, String> whereabouts() {
      return Map.of("endpoint", endpoint);
    }

    @Override
    public String label() {
      return endpoint + "/" + keyId;
    }

    @Override
    public Map<String, Object> access() {
      return Map.of("endpoint", endpoint);
    }
  }

  /** Who we are at a key service of a cloud. */
  final class Credentials {
    private static final Credentials OF_THE_MACHINE = new Credentials(Map.of());

    private final Map<String, Object> values;

    private Credentials(Map<String, String> values) {
      Map<String, Object> present = new HashMap<>(values);
      present.values().removeIf(""::equals);
      this.values = Map.copyOf(present);
    }

    /**
     * Whatever the machine is allowed to do: the driver asks the environment, and then the cloud's
     * metadata service, again before they expire.
     */
    public static Credentials ofTheMachine() {
      return OF_THE_MACHINE;
    }

    /**
     * An access key of AWS.
     *
     * @param sessionToken empty for one that lasts
     */
    public static Credentials aws(String accessKeyId, String secretKey, String sessionToken) {
      return new Credentials(
          Map.of(
              "accessKeyId", accessKeyId,
              "secretAccessKey", secretKey,
              "sessionToken", sessionToken));
    }

    /**
     * An application that is registered in Azure.
     *
     * @param identityEndpoint {@code host:port} of a cloud other than the public one; else empty
     */
    public static Credentials azure(
        String tenantId, String clientId, String clientSecret, String identityEndpoint) {
      return new Credentials(
          Map.of(
              "tenantId", tenantId,
              "clientId", clientId,
              "clientSecret", clientSecret,
              "identityPlatformEndpoint", identityEndpoint));
    }

    /**
     * A service account of Google Cloud.
     *
     * @param privateKey PKCS#8 in base64
     * @param tokenEndpoint {@code host:port} instead of Google's own; else empty
     */
    public static Credentials gcp(String email, String privateKey, String tokenEndpoint) {
      return new Credentials(
          Map.of("email", email, "privateKey", privateKey, "endpoint", tokenEndpoint));
    }

    private Map<String, Object> values() {
      return values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Credentials credentials && values.equals(credentials.values);
    }

    @Override
    public int hashCode() {
      return values.keySet().hashCode();
    }

    @Override
    public String toString() {
      return "Credentials[hidden]";
    }
  }

  private static void requireText(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is missing");
    }
  }
}
