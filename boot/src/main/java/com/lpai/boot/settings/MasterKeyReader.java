package com.lpai.boot.settings;

import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.adapter.mongo.encryption.MasterKey.Credentials;
import com.lpai.boot.settings.MasterKeySettings.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Reads one master key's settings, which all begin alike: the present one's with {@code
 * LPAI_MASTER_KEY_}, the next one's with {@code LPAI_MASTER_KEY_NEXT_}. Who we are at a service
 * need not be said twice for two keys of it.
 */
final class MasterKeyReader {
  private static final String PRESENT = "LPAI_MASTER_KEY_";
  private static final String NEXT = "LPAI_MASTER_KEY_NEXT_";
  private static final String PROVIDER = "PROVIDER";
  private static final String FILE = "FILE";
  private static final String LOCAL = "local";
  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d+:.+");

  private final SettingsReader reader;
  private final String prefix;
  private final Function<String, String> shared;

  private MasterKeyReader(SettingsReader reader, String prefix, Function<String, String> shared) {
    this.reader = reader;
    this.prefix = prefix;
    this.shared = shared;
  }

  static MasterKeySettings read(SettingsReader reader) {
    String provider = provider(reader, PRESENT);
    MasterKeyReader present = new MasterKeyReader(reader, PRESENT, name -> "");
    Source presentKey = present.source(provider);
    return new MasterKeySettings(
        presentKey,
        next(reader, provider),
        reader.duration("LPAI_DATA_KEY_CACHE", Duration.ofHours(1)));
  }

  private static List<Source> next(SettingsReader reader, String presentProvider) {
    boolean given = !reader.text(NEXT + PROVIDER).isEmpty() || !reader.text(NEXT + FILE).isEmpty();
    if (!given) {
      return List.of();
    }
    String provider = provider(reader, NEXT);
    Function<String, String> shared =
        provider.equals(presentProvider) ? name -> reader.text(PRESENT + name) : name -> "";
    return List.of(new MasterKeyReader(reader, NEXT, shared).source(provider));
  }

  private static String provider(SettingsReader reader, String prefix) {
    String named = reader.text(prefix + PROVIDER);
    return named.isEmpty() ? LOCAL : named;
  }

  private Source source(String provider) {
    if (!provider.equals(LOCAL) && !reader.text(prefix + FILE).isEmpty()) {
      reader.problem(
          name(FILE)
              + " and "
              + name(PROVIDER)
              + "="
              + provider
              + " contradict: unset one of them.");
    }
    return switch (provider) {
      case LOCAL -> file();
      case "aws" -> new Source.Service(aws());
      case "azure" -> new Source.Service(azure());
      case "gcp" -> new Source.Service(gcp());
      case "kmip" -> new Source.Service(kmip());
      default -> {
        reader.problem(
            name(PROVIDER)
                + " must be local, aws, azure, gcp or kmip; it is \""
                + provider
                + "\".");
        yield new Source.File(Path.of(""), name(FILE));
      }
    };
  }

  private Source file() {
    String path =
        reader.required(
            name(FILE),
            "a file with 96 random bytes in base64 that encrypts tokens (openssl rand -base64 96)");
    return new Source.File(Path.of(path), name(FILE));
  }

  private MasterKey aws() {
    String arn =
        required("AWS_KEY", "the ARN of the key, arn:aws:kms:REGION:ACCOUNT:key/ID (no alias)");
    Matcher parts = ARN.matcher(arn);
    if (!arn.isEmpty() && (!parts.matches() || arn.contains(":alias/"))) {
      reader.problem(
          name("AWS_KEY")
              + " must be a key's ARN, arn:aws:kms:REGION:ACCOUNT:key/ID; an alias may point to"
              + " another key tomorrow.");
    }
    String region = parts.matches() ? parts.group(1) : "none";
    return new MasterKey.Aws(orPlaceholder(arn), region, own("AWS_ENDPOINT"), awsIdentity(), tls());
  }

  private Credentials awsIdentity() {
    return together("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        ? Credentials.aws(
            shared("AWS_ACCESS_KEY_ID"),
            shared("AWS_SECRET_ACCESS_KEY"),
            shared("AWS_SESSION_TOKEN"))
        : Credentials.ofTheMachine();
  }

  private MasterKey azure() {
    String vault = required("AZURE_VAULT", "the vault's host, such as my-vault.vault.azure.net");
    String key = required("AZURE_KEY_NAME", "the key's name in the vault");
    return new MasterKey.Azure(
        orPlaceholder(vault), orPlaceholder(key), own("AZURE_KEY_VERSION"), azureIdentity(), tls());
  }

  private Credentials azureIdentity() {
    return together("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
        ? Credentials.azure(
            shared("AZURE_TENANT_ID"),
            shared("AZURE_CLIENT_ID"),
            shared("AZURE_CLIENT_SECRET"),
            shared("AZURE_IDENTITY_ENDPOINT"))
        : Credentials.ofTheMachine();
  }

  private MasterKey gcp() {
    String key =
        required(
            "GCP_KEY",
            "the key's resource name,"
                + " projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY");
    boolean named = MasterKey.Gcp.isResource(key);
    if (!key.isEmpty() && !named) {
      reader.problem(
          name("GCP_KEY")
              + " must be a resource name,"
              + " projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY.");
    }
    return new MasterKey.Gcp(
        named ? key : "projects/-/locations/-/keyRings/-/cryptoKeys/-",
        own("GCP_ENDPOINT"),
        gcpIdentity(),
        tls());
  }

  private Credentials gcpIdentity() {
    if (!together("GCP_EMAIL", "GCP_PRIVATE_KEY_FILE")) {
      return Credentials.ofTheMachine();
    }
    String pem = reader.content(name("GCP_PRIVATE_KEY_FILE"), shared("GCP_PRIVATE_KEY_FILE"));
    return Credentials.gcp(shared("GCP_EMAIL"), Pem.body(pem), shared("GCP_TOKEN_ENDPOINT"));
  }

  private MasterKey kmip() {
    String endpoint = required("KMIP_ENDPOINT", "host:port of the KMIP server");
    String keyId =
        required("KMIP_KEY_ID", "the unique identifier of a secret of 96 bytes on the KMIP server");
    return new MasterKey.Kmip(orPlaceholder(endpoint), orPlaceholder(keyId), tls());
  }

  private SSLContext tls() {
    String authorities = shared("TLS_CA_FILE");
    String keyStore = shared("TLS_KEY_STORE");
    Optional<SSLContext> context =
        Tls.context(authorities, keyStore, shared("TLS_KEY_STORE_PASSWORD"), this::tlsProblem);
    return context.orElseGet(Tls::standard);
  }

  private void tlsProblem(String problem) {
    reader.problem(name("TLS_…") + ": " + problem);
  }

  /** True when all are set; that only some are is a problem. */
  private boolean together(String... suffixes) {
    List<String> all = List.of(suffixes);
    List<String> missing = all.stream().filter(suffix -> shared(suffix).isEmpty()).toList();
    if (!missing.isEmpty() && missing.size() < all.size()) {
      reader.problem(
          String.join(", ", all.stream().map(this::name).toList())
              + " belong together: set all, or none to use what the machine is allowed to do.");
    }
    return missing.isEmpty();
  }

  private String required(String suffix, String what) {
    return reader.required(name(suffix), what);
  }

  private String own(String suffix) {
    return reader.text(name(suffix));
  }

  /** The present key's value where the next one of the same service has none of its own. */
  private String shared(String suffix) {
    String own = own(suffix);
    return own.isEmpty() ? shared.apply(suffix) : own;
  }

  private String name(String suffix) {
    return prefix + suffix;
  }

  /** What is missing was told; the rest is read all the same, so that one start tells all. */
  private static String orPlaceholder(String value) {
    return value.isEmpty() ? "missing" : value;
  }
}
