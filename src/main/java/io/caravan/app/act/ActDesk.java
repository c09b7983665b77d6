package io.caravan.app.act;

import io.caravan.app.act.ActTicket.State;
import io.caravan.app.history.LoadHistory;
import io.caravan.app.text.FigureText;
import io.caravan.base.CaravanException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes what operators want done, one after another: it is counted, somebody confirms the count, and if there are still as many it
 * is done, once. Safe for use by several threads.
 */
public final class ActDesk implements AutoCloseable {

    private static final int MOST_TICKETS = 200;
    private static final int MOST_WAITING = 20;
    private static final int ID_BYTES = 12;

    private static final Logger log = LoggerFactory.getLogger(ActDesk.class);

    private final Acting acting;
    private final LoadHistory history;
    private final RandomGenerator random;
    private final Clock clock;
    private final Map<String, ActTicket> tickets = new LinkedHashMap<>();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                Thread made = new Thread(work, "acts");
                made.setDaemon(true);
                return made;
            });

    public ActDesk(Acting acting, LoadHistory history, RandomGenerator random, Clock clock) {
        this.acting = acting;
        this.history = history;
        this.random = random;
        this.clock = clock;
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to count what an act would do.
     *
     * @param by who wants it
     * @return the ticket; empty if too much waits
     */
    public Optional<ActTicket> take(Act act, String by) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        ActTicket ticket =
                new ActTicket(HexFormat.of().formatHex(id), act, by, clock.instant(), State.COUNTING, 0, List.of());
        put(ticket);
        return start(ticket, () -> put(ticket.in(State.COUNTED, acting.count(act))))
                ? Optional.of(ticket)
                : Optional.empty();
    }

    /**
     * Has an act done that was counted; does nothing if it is not so, or done already.
     *
     * @param count what was confirmed
     * @param by who confirms it: nobody but who wanted it
     */
    public synchronized void confirm(String id, long count, String by) {
        @Nullable ActTicket ticket = tickets.get(id);
        if (ticket == null
                || ticket.state() != State.COUNTED
                || ticket.count() != count
                || !ticket.by().equals(by)) {
            return;
        }
        ActTicket running = ticket.in(State.RUNNING);
        put(running);
        if (!start(running, () -> run(running))) {
            put(ticket);
        }
    }

    private void run(ActTicket ticket) throws Exception {
        ActResult now = acting.count(ticket.act());
        if (now.count() != ticket.count()) {
            // Others are not what was confirmed.
            put(ticket.in(State.COUNTED, now));
            return;
        }
        ActResult result = acting.run(ticket.act(), ticket.by());
        String what = ticket.act().kind().done() + " " + FigureText.number(result.count()) + " "
                + ticket.act().text();
        log.info("{} has {}", ticket.by(), what);
        history.acted(ticket.act().feed(), ticket.by() + " has " + what);
        put(ticket.in(State.DONE, result));
    }

    /** Something that may fail. */
    private interface Work {
        void run() throws Exception;
    }

    private boolean start(ActTicket ticket, Work work) {
        try {
            thread.execute(() -> attempt(ticket, work));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void attempt(ActTicket ticket, Work work) {
        try {
            work.run();
        } catch (CaravanException e) {
            failed(ticket, e.code() + ": " + e.getMessage());
        } catch (Exception e) {
            log.error("Could not {} what {} wanted", ticket.act().kind().verb(), ticket.by(), e);
            failed(ticket, "the log says why");
        } finally {
            // A replay notes its feed, which is not that of the next act.
            MDC.clear();
        }
    }

    private void failed(ActTicket ticket, String reason) {
        log.warn(
                "Could not {} {} as {} wanted: {}",
                ticket.act().kind().verb(),
                ticket.act().text(),
                ticket.by(),
                reason);
        put(ticket.in(State.FAILED, new ActResult(ticket.count(), List.of(reason))));
    }

    private synchronized void put(ActTicket ticket) {
        tickets.put(ticket.id(), ticket);
        if (tickets.size() > MOST_TICKETS) {
            tickets.remove(tickets.keySet().iterator().next());
        }
    }

    /** Returns a ticket, if it is remembered. */
    public synchronized Optional<ActTicket> find(String id) {
        return Optional.ofNullable(tickets.get(id));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
