package io.caravan.app.check;

import static java.util.Comparator.comparing;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.text.FigureText;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.feed.RetryPolicy;
import io.caravan.load.feed.Tries;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at feeds before they start; and while something that nobody can do without is away, a warehouse that resumes for one,
 * again as often and as long as their loads would be tried.
 */
public final class PatientVerification {

    private static final Logger log = LoggerFactory.getLogger(PatientVerification.class);

    private PatientVerification() {}

    /**
     * Returns the last look, after which the warehouse is there, or it has been waited for long enough. A feed of which
     * something else is away has to wait by itself.
     *
     * @throws io.caravan.base.InvalidConfigurationException if nothing helps but another setting
     */
    public static Verification awaitWarehouse(Wiring wiring, List<FeedFile> feeds) {
        return await(wiring, feeds, Verification::awayOfAll);
    }

    /**
     * Returns the last look, after which nothing is away, or it has been waited for long enough.
     *
     * @throws io.caravan.base.InvalidConfigurationException if nothing helps but another setting
     */
    public static Verification awaitAll(Wiring wiring, List<FeedFile> feeds) {
        return await(wiring, feeds, Verification::away);
    }

    private static Verification await(Wiring wiring, List<FeedFile> feeds, Function<Verification, String> whatIsAway) {
        Tries tries = new Tries(policy(feeds), Clock.systemUTC(), new SecureRandom());
        while (true) {
            Verification verification = new Verification(wiring, false);
            verification.check(feeds);
            verification.requireValidSettings();
            String away = whatIsAway.apply(verification);
            Optional<Duration> delay = away.isEmpty() ? Optional.empty() : tries.failed();
            if (delay.isEmpty()) {
                return verification;
            }
            log.warn(
                    "Try {} of {} to reach what the feeds need has failed, the next is in {}: {}",
                    tries.failures(),
                    tries.maxTries(),
                    FigureText.time(delay.get()),
                    away);
            pause(delay.get());
        }
    }

    /** The most patient feed's. */
    private static RetryPolicy policy(List<FeedFile> feeds) {
        return feeds.stream()
                .map(FeedFile::retries)
                .max(comparing(RetryPolicy::maxTime).thenComparing(RetryPolicy::maxTries))
                .orElse(RetryPolicy.DEFAULT);
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(
                    ErrorCode.WAREHOUSE_UNREACHABLE, "Told to stop before the feeds could start", e);
        }
    }
}
