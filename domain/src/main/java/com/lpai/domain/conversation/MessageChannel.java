package com.lpai.domain.conversation;

import java.util.Arrays;
import java.util.Optional;

/** By what a message can be sent (ghl-facts.md 3.6). */
public enum MessageChannel {
  SMS("SMS", "TYPE_SMS"),
  RCS("RCS", "TYPE_RCS"),
  EMAIL("Email", "TYPE_EMAIL"),
  WHATSAPP("WhatsApp", "TYPE_WHATSAPP"),
  INSTAGRAM("IG", "TYPE_INSTAGRAM"),
  FACEBOOK("FB", "TYPE_FACEBOOK"),
  CUSTOM("Custom", "TYPE_CUSTOM_SMS"),
  LIVE_CHAT("Live_Chat", "TYPE_LIVE_CHAT"),
  TIKTOK("TIKTOK", "TYPE_TIKTOK");

  private final String word;
  private final String readAs;

  MessageChannel(String word, String readAs) {
    this.word = word;
    this.readAs = readAs;
  }

  /** The CRM's word in a request to send. */
  public String word() {
    return word;
  }

  /** The CRM's word for the type of such a message once it is there. */
  public String readAs() {
    return readAs;
  }

  public static Optional<MessageChannel> named(String word) {
    return Arrays.stream(values()).filter(channel -> channel.word.equals(word)).findFirst();
  }
}
