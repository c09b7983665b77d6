package io.caravan.prove;

import io.caravan.base.ErrorCode;
import io.caravan.redshift.Production;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** What has been found of an assumption so far. Safe for use by several threads. */
final class Findings {

    /** What a user may not do, or what is not there, is no answer about Redshift; nor is a limit of the stand-in's own. */
    private static final Set<ErrorCode> NO_ANSWER =
            Set.of(ErrorCode.WAREHOUSE_DENIED, ErrorCode.WAREHOUSE_UNREACHABLE, ErrorCode.WAREHOUSE_LOGIN);

    /** What decides a claim. */
    interface Trial {

        /** Returns what was seen where the claim holds; throws a {@link Difference} where it does not. */
        String run() throws Exception;
    }

    /** A claim does not hold. */
    static final class Difference extends Exception {

        private static final long serialVersionUID = 1;

        Difference(String seen) {
            super(seen);
        }
    }

    /** A claim cannot be tried here. */
    static final class NotHere extends Exception {

        private static final long serialVersionUID = 1;

        NotHere(String reason) {
            super(reason);
        }
    }

    private final List<Finding> all = new ArrayList<>();
    private volatile boolean ended;

    /** Takes no claims any more: the time of the assumption is over. */
    void end() {
        ended = true;
    }

    /** Decides a claim by trying; another one can be tried whatever comes of it. */
    void claim(String claim, Trial trial) throws InterruptedException {
        if (ended) {
            throw new InterruptedException("The time is over");
        }
        try {
            holds(claim, trial.run());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(claim, e);
        }
    }

    /** Decides a claim by comparison. */
    void compare(String claim, Object expected, Object seen) {
        if (expected.equals(seen)) {
            holds(claim, String.valueOf(seen));
        } else {
            differs(claim, "expected " + expected + ", seen " + seen);
        }
    }

    /** Tells of a claim whose trial failed. */
    void failed(String claim, Exception failure) {
        if (failure instanceof NotHere) {
            untried(claim, String.valueOf(failure.getMessage()));
        } else if (failure instanceof SQLException e
                && (NO_ANSWER.contains(Production.classify(e)) || describe(e).contains(" the sandbox"))) {
            untried(claim, describe(e));
        } else if (failure instanceof SdkException e) {
            untried(claim, "S3 cannot be used: " + e.getMessage());
        } else if (failure instanceof SQLException e) {
            differs(claim, describe(e));
        } else if (failure instanceof Difference) {
            differs(claim, String.valueOf(failure.getMessage()));
        } else {
            differs(claim, failure.toString());
        }
    }

    void holds(String claim, String seen) {
        add(claim, Verdict.HOLDS, seen);
    }

    void differs(String claim, String seen) {
        add(claim, Verdict.DIFFERS, seen);
    }

    void untried(String claim, String reason) {
        add(claim, Verdict.UNTRIED, reason);
    }

    private synchronized void add(String claim, Verdict verdict, String seen) {
        all.add(new Finding(claim, verdict, seen));
    }

    synchronized List<Finding> all() {
        return List.copyOf(all);
    }

    /** Returns a failure of the server's with its SQLSTATE; what is tried here has no values of anybody's. */
    static String describe(SQLException failure) {
        SQLException last = failure;
        while (last.getNextException() != null) {
            last = last.getNextException();
        }
        return last.getSQLState() + " "
                + String.valueOf(last.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
