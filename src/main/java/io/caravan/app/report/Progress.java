package io.caravan.app.report;

import io.caravan.app.text.FigureText;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.spi.LoadListener;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One line on the terminal that shows how the running loads, all together, get on; gone when the last of them is over. The
 * cursor rests at its start, so that a log line takes its place instead of being glued to it. Safe for use by several
 * threads.
 */
public final class Progress implements LoadListener, AutoCloseable {

    private static final long PAUSE_MILLIS = 100;
    private static final int WIDTH = 79;

    /** So long at least is watched before it is said how long the rest takes. */
    private static final int SURE_MILLIS = 2_000;

    private final PrintWriter terminal;
    private final Clock clock;

    private int loads;
    private int objectsStarted;
    private int objectCount;
    private long bytesRead;
    private long totalBytes;
    private long rows;
    private long startedMillis;
    private long paintedMillis;
    private int paintedWidth;

    /** Paints on a terminal. */
    public Progress(PrintWriter terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Returns one that paints on the console, or, if there is none that can, one that shows nothing.
     *
     * @param console the process's console, or null
     * @param term the variable {@code TERM}, or null
     */
    public static Progress on(@Nullable Console console, @Nullable String term, Clock clock) {
        boolean paints = console != null && isTerminal(console) && term != null && !term.equals("dumb");
        return new Progress(
                console != null && paints ? console.writer() : new PrintWriter(PrintWriter.nullWriter()), clock);
    }

    @Override
    public synchronized void loadStarted(String feedName, String loadId, int objects, long bytes) {
        if (loads == 0) {
            objectsStarted = 0;
            objectCount = 0;
            bytesRead = 0;
            totalBytes = 0;
            rows = 0;
            startedMillis = clock.millis();
            paintedMillis = startedMillis - PAUSE_MILLIS;
        }
        loads++;
        objectCount += objects;
        totalBytes += bytes;
        paint();
    }

    @Override
    public synchronized void objectStarted(String loadId, ObjectVersion object) {
        objectsStarted++;
        paint();
    }

    @Override
    public synchronized void progress(String loadId, long storedBytesDelta, long rowsDelta) {
        bytesRead += storedBytesDelta;
        rows += rowsDelta;
        paint();
    }

    @Override
    public synchronized void loadFinished(LoadRecord load) {
        ended();
    }

    @Override
    public synchronized void loadLeft(String loadId) {
        ended();
    }

    private void ended() {
        loads--;
        if (loads <= 0) {
            close();
        } else {
            paint();
        }
    }

    /** Erases the line. */
    @Override
    public synchronized void close() {
        loads = 0;
        if (paintedWidth > 0) {
            terminal.print("\r" + " ".repeat(paintedWidth) + "\r");
            terminal.flush();
            paintedWidth = 0;
        }
    }

    private void paint() {
        long now = clock.millis();
        if (loads == 0 || now - paintedMillis < PAUSE_MILLIS) {
            return;
        }
        paintedMillis = now;
        String line = line(now);
        terminal.print("\r" + line + " ".repeat(Math.max(0, paintedWidth - line.length())) + "\r");
        terminal.flush();
        paintedWidth = line.length();
    }

    private String line(long now) {
        long rowsPerSecond = now > startedMillis ? rows * 1000 / (now - startedMillis) : 0;
        int objectsDone = Math.max(0, objectsStarted - loads);
        String line = FigureText.number(objectsDone) + "/" + FigureText.number(objectCount) + " objects, "
                + FigureText.bytes(bytesRead) + " of " + FigureText.bytes(totalBytes) + ", " + FigureText.number(rows)
                + " rows, " + FigureText.number(rowsPerSecond) + " rows/s" + left(now);
        return line.substring(0, Math.min(line.length(), WIDTH));
    }

    /** As fast as until now; nobody knows it before anything is read, and at the end the warehouse is what takes time. */
    private String left(long now) {
        long elapsed = now - startedMillis;
        return bytesRead <= 0 || bytesRead >= totalBytes || elapsed < SURE_MILLIS
                ? ""
                : ", " + FigureText.time(Duration.ofMillis(elapsed * (totalBytes - bytesRead) / bytesRead)) + " left";
    }

    // Since Java 22 there may be a console where there is no terminal; only then it has this method.
    /** Returns whether somebody sees what is written to a console. */
    public static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
