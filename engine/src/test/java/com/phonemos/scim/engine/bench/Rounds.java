package com.phonemos.scim.engine.bench;

import com.phonemos.scim.engine.bench.load.Measurement;
import com.phonemos.scim.engine.bench.load.Step;
import com.phonemos.scim.engine.bench.load.Workload;
import com.phonemos.scim.engine.fixture.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Lets the engine and the floors take turns, round after round, so that what slows the machine down
 * for a while slows all of them down.
 */
final class Rounds {
  private static final Duration LEAD_IN = Duration.ofMillis(300);
  private static final int WARM_UPS = 10;
  private static final double GAIN = 1.03;

  private final LoadProcess load;
  private final Screen screen;
  private final int rounds;
  private final Duration step;
  private final Duration warmUp;

  /**
   * @param step what is measured at a time
   * @param warmUp a turn of the load before the first round
   */
  Rounds(LoadProcess load, Screen screen, int rounds, Duration step, Duration warmUp) {
    this.load = load;
    this.screen = screen;
    this.rounds = rounds;
    this.step = step;
    this.warmUp = warmUp;
  }

  /** Keeps a workload up until it does not get faster any more, at most for ten turns. */
  void warmUp(Supplier<Workload> workload, int clients) throws Exception {
    screen.waiting("warm-up", Duration.ZERO);
    double best = 0;
    int withoutGain = 0;
    for (int turn = 0; turn < WARM_UPS && withoutGain < 2; turn++) {
      double perSecond =
          load.run(new Step(workload.get(), clients, 0, warmUp.toMillis())).perSecond();
      withoutGain = perSecond > GAIN * best ? 0 : withoutGain + 1;
      best = Math.max(best, perSecond);
    }
  }

  /** One step of a workload, to be measured. */
  Measurement measure(Workload workload, int clients) throws Exception {
    return load.run(new Step(workload, clients, LEAD_IN.toMillis(), step.toMillis()));
  }

  /** Runs all cases, one after the other. */
  List<Case.Result> run(String title, List<Case> cases) throws Exception {
    int total = cases.stream().mapToInt(one -> rounds * (1 + one.floors().size())).sum();
    int done = 0;
    List<Case.Result> results = new ArrayList<>();
    for (Case one : cases) {
      List<Callable<Measurement>> parties = new ArrayList<>();
      parties.add(one.engine());
      parties.addAll(one.floors());
      List<List<Measurement>> measured =
          parties.stream().<List<Measurement>>map(party -> new ArrayList<>()).toList();
      for (int round = 0; round < rounds; round++) {
        for (int party = 0; party < parties.size(); party++) {
          screen.advanced(title, done++, total);
          measured.get(party).add(parties.get(party).call());
        }
      }
      List<Figure> figures = measured.stream().map(Figure::median).toList();
      results.add(
          new Case.Result(one.label(), figures.getFirst(), figures.subList(1, figures.size())));
    }
    return results;
  }
}
