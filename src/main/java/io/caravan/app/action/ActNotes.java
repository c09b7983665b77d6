package io.caravan.app.action;

import io.caravan.app.act.ActKind;
import io.caravan.app.text.FigureText;
import io.caravan.base.CaravanException;
import io.caravan.model.ledger.PastAct;
import io.caravan.spi.Ledger;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the ledger who has done what. What is done stays done, though nobody may be able to note it. */
final class ActNotes {

    private static final Logger log = LoggerFactory.getLogger(ActNotes.class);

    private final String by;
    private final Clock clock;

    /**
     * Notes what somebody does.
     *
     * @param by an operator of the page
     */
    ActNotes(String by, Clock clock) {
        this.by = by;
        this.clock = clock;
    }

    /** Notes what the user of this machine does by a command. */
    static ActNotes ofProcess() {
        String user = System.getProperty("user.name", "");
        return new ActNotes(user.isBlank() || user.equals("?") ? "somebody" : user, Clock.systemUTC());
    }

    /**
     * Notes an act, if it was one.
     *
     * @param feed null if none was named
     * @param things with how many it was done; nothing is noted of none
     * @param which which they were besides, for people; empty for all
     */
    void note(Ledger ledger, ActKind kind, @Nullable String feed, long things, String which) {
        if (things == 0) {
            return;
        }
        String what = kind.done() + " " + FigureText.number(things) + " " + kind.text(feed, which);
        try {
            ledger.note(new PastAct(kind.verb(), feed, by, clock.instant(), things, what));
        } catch (CaravanException e) {
            log.warn(
                    "It is done, and not noted in the ledger that {} did {}: {} ({})",
                    by,
                    kind.verb(),
                    e.getMessage(),
                    e.code());
        }
    }
}
