package io.caravan.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries assumptions, one after the other; one that fails, or never ends, keeps nobody from the next. */
final class Runner {

    private final Ground ground;

    Runner(Ground ground) {
        this.ground = ground;
    }

    List<Tried> run(List<Assumption> assumptions) throws InterruptedException {
        List<Tried> all = new ArrayList<>();
        for (Assumption assumption : assumptions) {
            Findings findings = new Findings();
            long from = System.nanoTime();
            run(assumption, findings);
            // What goes on after its time begins with no further claim, and adds nothing to those that are told.
            findings.end();
            all.add(new Tried(assumption, findings.all(), Duration.ofNanos(System.nanoTime() - from)));
            ground.endSessions();
        }
        return all;
    }

    private void run(Assumption assumption, Findings findings) throws InterruptedException {
        Duration limit = assumption.limit();
        Future<?> trial = ground.beside(() -> {
            assumption.tryOn(ground, findings);
            return true;
        });
        try {
            trial.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            trial.cancel(true);
            findings.differs(assumption.name(), "it had not ended after " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            findings.failed(
                    assumption.name(),
                    e.getCause() instanceof Exception cause ? cause : new IllegalStateException(e.getCause()));
        }
    }
}
