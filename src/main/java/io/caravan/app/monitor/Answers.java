package io.caravan.app.monitor;

import io.caravan.base.CaravanException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the warehouse has answered to people, for some minutes: it is asked when somebody wants it, once for all who do. Safe for
 * use by several threads.
 */
final class Answers implements AutoCloseable {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int MOST_ANSWERS = 50;
    private static final int MOST_WAITING = 20;

    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    /**
     * What has become of a question.
     *
     * @param at when it was asked, or answered
     * @param value the answer; null as long as there is none
     * @param error why there is none, for people; null if there is one, or none yet
     */
    record Answer(Instant at, @Nullable Object value, @Nullable String error) {

        boolean isOpen() {
            return value == null && error == null;
        }
    }

    private final Clock clock;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                Thread made = new Thread(work, "questions");
                made.setDaemon(true);
                return made;
            });

    Answers(Clock clock) {
        this.clock = clock;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Returns what has become of a question; empty if nobody has asked it lately. */
    synchronized Optional<Answer> find(String question) {
        @Nullable Answer answer = answers.get(question);
        if (answer != null && !answer.isOpen() && answer.at().plus(FRESH).isBefore(clock.instant())) {
            answers.remove(question);
            return Optional.empty();
        }
        return Optional.ofNullable(answer);
    }

    /** Asks a question, unless that was done lately. */
    synchronized void ask(String question, Callable<?> asking) {
        if (find(question).filter(answer -> answer.error() == null).isPresent()) {
            return;
        }
        put(question, new Answer(clock.instant(), null, null));
        try {
            thread.execute(() -> answer(question, asking));
        } catch (RejectedExecutionException e) {
            put(question, new Answer(clock.instant(), null, "too many questions wait; ask again later"));
        }
    }

    private void answer(String question, Callable<?> asking) {
        try {
            put(question, new Answer(clock.instant(), asking.call(), null));
        } catch (CaravanException e) {
            put(question, new Answer(clock.instant(), null, e.code() + ": " + e.getMessage()));
        } catch (Exception e) {
            log.error("The warehouse could not be asked: {}", question, e);
            put(question, new Answer(clock.instant(), null, "this failed; the log says why"));
        }
    }

    private synchronized void put(String question, Answer answer) {
        answers.remove(question);
        answers.put(question, answer);
        if (answers.size() > MOST_ANSWERS) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
