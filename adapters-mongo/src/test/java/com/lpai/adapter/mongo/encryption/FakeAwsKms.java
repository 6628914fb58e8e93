package com.lpai.adapter.mongo.encryption;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The two calls of AWS KMS that the driver makes, over TLS on this machine: Encrypt and Decrypt of
 * AWS's JSON 1.1 protocol. A ciphertext names its key, as AWS's do.
 */
final class FakeAwsKms implements AutoCloseable {
  static final String REGION = "eu-central-1";

  private static final String PASSWORD = "changeit";
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"]*)\"");
  private static final int IV = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What was asked. */
  record Call(String operation, String keyId, String authorization) {}

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final SSLContext tls;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket server;
  private volatile Optional<Refusal> refusal = Optional.empty();
  private volatile boolean silent;
  private volatile boolean down;

  private record Refusal(int status, String type) {
    private String answer() {
      return http(
          status,
          "{\"__type\":\""
              + type
              + "\",\"message\":\"User: arn:aws:iam::1:user/x is not welcome\"}");
    }
  }

  private FakeAwsKms() {
    tls = selfSigned();
    server = listen(tls);
    threads.execute(this::accept);
  }

  static FakeAwsKms start() {
    return new FakeAwsKms();
  }

  /** A new key; answers its ARN. */
  String newKey() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    String arn = "arn:aws:kms:" + REGION + ":111122223333:key/" + (keys.size() + 1);
    keys.put(arn, key);
    return arn;
  }

  /** The key as a master key, used under one access key. */
  MasterKey masterKey(String arn) {
    return new MasterKey.Aws(
        arn,
        REGION,
        "127.0.0.1:" + server.getLocalPort(),
        MasterKey.Credentials.aws("AKIAFAKE", "fake-secret", ""),
        tls);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** From now on every call is refused like this. */
  void refuse(int status, String type) {
    refusal = Optional.of(new Refusal(status, type));
  }

  /** From now on calls are taken and never answered. */
  void fallSilent() {
    silent = true;
  }

  /** From now on every connection is closed at once. The port stays ours: others want ports too. */
  void down() {
    down = true;
  }

  /** All is well again. */
  void recover() {
    refusal = Optional.empty();
    silent = false;
    down = false;
  }

  private static ServerSocket listen(SSLContext tls) {
    try {
      return tls.getServerSocketFactory()
          .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        if (down) {
          connection.close();
        } else {
          threads.execute(() -> serve(connection));
        }
      }
    } catch (IOException closedOnPurpose) {
      return;
    }
  }

  /** By hand: the library wants {@code Content-Length} in just these letters, as AWS writes it. */
  private void serve(Socket connection) {
    try (connection) {
      BufferedInputStream in = new BufferedInputStream(connection.getInputStream());
      Map<String, String> headers = headers(in);
      int length = Integer.parseInt(headers.get("content-length"));
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      if (silent) {
        closed.await(60, TimeUnit.SECONDS);
        return;
      }
      connection.getOutputStream().write(answer(headers, body).getBytes(StandardCharsets.UTF_8));
    } catch (IOException clientIsGone) {
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.append((char) next);
    }
    Map<String, String> headers = new HashMap<>();
    head.toString()
        .lines()
        .skip(1)
        .filter(line -> line.contains(":"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              headers.put(
                  line.substring(0, colon).toLowerCase(Locale.ROOT),
                  line.substring(colon + 1).strip());
            });
    return headers;
  }

  private String answer(Map<String, String> headers, String body) {
    Optional<Refusal> refused = refusal;
    if (refused.isPresent()) {
      return refused.get().answer();
    }
    try {
      String operation = headers.get("x-amz-target").replace("TrentService.", "");
      return http(200, done(operation, body, headers.get("authorization")));
    } catch (GeneralSecurityException unknownKey) {
      return new Refusal(400, "InvalidCiphertextException").answer();
    }
  }

  private static String http(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private String done(String operation, String body, String authorization)
      throws GeneralSecurityException {
    if (operation.equals("Encrypt")) {
      String arn = field(body, "KeyId");
      calls.add(new Call(operation, arn, authorization));
      byte[] blob = sealed(arn, Base64.getDecoder().decode(field(body, "Plaintext")));
      return "{\"KeyId\":\"" + arn + "\",\"CiphertextBlob\":\"" + base64(blob) + "\"}";
    }
    byte[] blob = Base64.getDecoder().decode(field(body, "CiphertextBlob"));
    String arn = new String(Arrays.copyOfRange(blob, 1, 1 + blob[0]), StandardCharsets.UTF_8);
    calls.add(new Call(operation, arn, authorization));
    byte[] plain = opened(arn, Arrays.copyOfRange(blob, 1 + blob[0], blob.length));
    return "{\"KeyId\":\"" + arn + "\",\"Plaintext\":\"" + base64(plain) + "\"}";
  }

  private byte[] sealed(String arn, byte[] plain) throws GeneralSecurityException {
    byte[] name = arn.getBytes(StandardCharsets.UTF_8);
    byte[] iv = new byte[IV];
    RANDOM.nextBytes(iv);
    byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, arn, iv).doFinal(plain);
    byte[] blob = new byte[1 + name.length + IV + ciphertext.length];
    blob[0] = (byte) name.length;
    System.arraycopy(name, 0, blob, 1, name.length);
    System.arraycopy(iv, 0, blob, 1 + name.length, IV);
    System.arraycopy(ciphertext, 0, blob, 1 + name.length + IV, ciphertext.length);
    return blob;
  }

  private byte[] opened(String arn, byte[] sealed) throws GeneralSecurityException {
    byte[] iv = Arrays.copyOf(sealed, IV);
    return cipher(Cipher.DECRYPT_MODE, arn, iv)
        .doFinal(Arrays.copyOfRange(sealed, IV, sealed.length));
  }

  private Cipher cipher(int mode, String arn, byte[] iv) throws GeneralSecurityException {
    byte[] key = keys.get(arn);
    if (key == null) {
      throw new GeneralSecurityException("no such key");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
    return cipher;
  }

  private static String field(String json, String name) {
    Matcher fields = FIELD.matcher(json);
    while (fields.find()) {
      if (fields.group(1).equals(name)) {
        return fields.group(2);
      }
    }
    throw new IllegalArgumentException("no " + name);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A certificate for 127.0.0.1 that only this context trusts; the JDK's own tool makes it. */
  private static SSLContext selfSigned() {
    try {
      Path directory = Files.createTempDirectory("fake-kms");
      Path store = directory.resolve("store.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "kms",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=fake kms",
                  "-ext",
                  "san=ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  store.toString())
              .redirectErrorStream(true)
              .start();
      String said;
      try (InputStream output = keytool.getInputStream()) {
        said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      Files.delete(store);
      Files.delete(directory);
      KeyManagerFactory ours =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      ours.init(keys, PASSWORD.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ours.getKeyManagers(), trust.getTrustManagers(), RANDOM);
      return context;
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    threads.shutdownNow();
  }
}
