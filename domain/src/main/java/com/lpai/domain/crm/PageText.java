package com.lpai.domain.crm;

import java.util.Arrays;

/** An answer of the CRM as it came. It may be large, so it is not copied: nobody changes it. */
public final class PageText {
  private final byte[] bytes;

  private PageText(byte[] bytes) {
    this.bytes = bytes;
  }

  public static PageText of(byte[] bytes) {
    return new PageText(bytes);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PageText text && Arrays.equals(bytes, text.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size only: a page is personal data. */
  @Override
  public String toString() {
    return "PageText[" + bytes.length + " bytes]";
  }
}
