package com.phonemos.scim.engine.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text with places for one serial number, filled in without searching it again. */
final class Template {
  private static final int DIGITS = 9;

  private final byte[] text;
  private final int[] places;

  Template(String text) {
    this.text =
        text.replace(SampleUser.SERIAL, SampleUser.digits(0)).getBytes(StandardCharsets.UTF_8);
    List<Integer> found = new ArrayList<>();
    int shift = 0;
    for (int at = text.indexOf(SampleUser.SERIAL);
        at >= 0;
        at = text.indexOf(SampleUser.SERIAL, at + 1)) {
      int before = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
      found.add(before + shift);
      shift += DIGITS - SampleUser.SERIAL.length();
    }
    this.places = found.stream().mapToInt(Integer::intValue).toArray();
  }

  byte[] bytes(long serial) {
    byte[] filled = text.clone();
    for (int place : places) {
      long rest = serial;
      for (int digit = DIGITS - 1; digit >= 0; digit--) {
        filled[place + digit] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return filled;
  }

  String fill(long serial) {
    return new String(bytes(serial), StandardCharsets.UTF_8);
  }
}
