package com.lpai.dev.sandbox.ghl;

import java.util.List;
import java.util.Map;

/** What a message can be: by the name of the channel that is written, and as it is read. */
final class MessageTypes {
  /** What can be sent. */
  static final List<String> SENT =
      List.of("SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK");

  /** What can come in from a provider. */
  static final List<String> RECEIVED =
      List.of(
          "SMS",
          "RCS",
          "Email",
          "WhatsApp",
          "GMB",
          "IG",
          "FB",
          "Custom",
          "WebChat",
          "Live_Chat",
          "Call",
          "IVR_Call",
          "Campaign_Call",
          "Campaign_VoiceMail",
          "TIKTOK",
          "ALL_IN_ONE_CHAT",
          "FORM_SUBMISSION");

  private record Type(String read, int number) {}

  private static final Type OTHER = new Type("TYPE_CUSTOM_SMS", 20);

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("Call", new Type("TYPE_CALL", 1)),
          Map.entry("SMS", new Type("TYPE_SMS", 2)),
          Map.entry("Email", new Type("TYPE_EMAIL", 3)),
          Map.entry("WebChat", new Type("TYPE_WEBCHAT", 5)),
          Map.entry("Campaign_Call", new Type("TYPE_CAMPAIGN_CALL", 8)),
          Map.entry("Campaign_VoiceMail", new Type("TYPE_CAMPAIGN_VOICEMAIL", 10)),
          Map.entry("FB", new Type("TYPE_FACEBOOK", 11)),
          Map.entry("GMB", new Type("TYPE_GMB", 15)),
          Map.entry("IG", new Type("TYPE_INSTAGRAM", 18)),
          Map.entry("WhatsApp", new Type("TYPE_WHATSAPP", 19)),
          Map.entry("Custom", OTHER),
          Map.entry("IVR_Call", new Type("TYPE_IVR_CALL", 24)),
          Map.entry("Live_Chat", new Type("TYPE_LIVE_CHAT", 29)),
          Map.entry("ALL_IN_ONE_CHAT", new Type("TYPE_LIVE_CHAT", 29)),
          Map.entry("TIKTOK", new Type("TYPE_TIKTOK", 37)),
          Map.entry("RCS", new Type("TYPE_RCS", 40)),
          Map.entry("FORM_SUBMISSION", new Type("TYPE_FORM_SUBMISSION", 41)));

  private MessageTypes() {}

  /** {@code messageType} of a message of a channel. */
  static String read(String channel) {
    return TYPES.getOrDefault(channel, OTHER).read();
  }

  /** {@code type} of a message of a channel. */
  static int number(String channel) {
    return TYPES.getOrDefault(channel, OTHER).number();
  }

  /** {@code messageType} of a webhook: the channel, calls in capitals. */
  static String ofWebhook(String channel) {
    return channel.equals("Call") ? "CALL" : channel;
  }
}
