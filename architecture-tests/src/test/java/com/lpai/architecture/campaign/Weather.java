package com.lpai.architecture.campaign;

import com.lpai.architecture.system.Sandbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What goes wrong between us and GoHighLevel, a few things at a time. */
final class Weather {
  private static final int AT_A_TIME = 4;
  private static final List<String> FAULTS =
      List.of(
          "{'kind':'latency','latencyMs':300,'times':10,'match':{'method':'PUT'}}",
          "{'kind':'timeoutAfterEffect','holdMs':300,'times':3,'match':{'method':'POST','path':'/contacts/'}}",
          "{'kind':'timeoutAfterEffect','holdMs':300,'times':4,'match':{'method':'PUT'}}",
          "{'kind':'timeout','holdMs':300,'times':3,'match':{'method':'POST','path':'/contacts/'}}",
          "{'kind':'status','status':503,'times':6}",
          "{'kind':'statusAfterEffect','status':502,'times':3,'match':{'method':'PUT'}}",
          "{'kind':'status','status':429,'headers':{'Retry-After':'1'},'times':4}",
          "{'kind':'drop','times':4}",
          "{'kind':'webhookDuplicate','copies':3,'times':10}",
          "{'kind':'webhookDelay','delayMs':1500,'times':10}");

  private final Sandbox sandbox;
  private final Random random;

  Weather(Sandbox sandbox, long seed) {
    this.sandbox = sandbox;
    this.random = new Random(seed);
  }

  void changes() {
    List<String> faults = new ArrayList<>(FAULTS);
    Collections.shuffle(faults, random);
    sandbox.faults("[" + String.join(",", faults.subList(0, AT_A_TIME)).replace('\'', '"') + "]");
  }

  void clears() {
    sandbox.noFaults();
  }
}
