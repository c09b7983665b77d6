package io.caravan.app.wiring;

import io.caravan.spi.DataFiles;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingInsert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * For the crash tests only: holds a load before a step of its protocol, so that the process can be killed or frozen just
 * there. A step is a call of what the use cases need from outside, as in {@code LoadSession.commit}. Unless the process is
 * started with the system property, everything is given back as it is.
 */
public final class StepGate {

    /**
     * System property: names a file. Whoever comes to the step that the file holds renames it to {@code FILE.reached}, and
     * goes on when that is deleted.
     */
    public static final String PROPERTY = "caravan.test.gate";

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final @Nullable Path file;

    private StepGate(@Nullable Path file) {
        this.file = file;
    }

    static StepGate ofProcess() {
        String file = System.getProperty(PROPERTY);
        return new StepGate(file == null ? null : Path.of(file));
    }

    /** Returns whether a call is a step, wherever it is declared. Fields and rows are none: there are too many. */
    public static boolean isStep(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return declaring != RowWriter.class && declaring != Object.class;
    }

    /** Returns what does the same, but waits before each step at which it is told to. */
    <T> T guard(Class<T> type, T guarded) {
        if (file == null) {
            return guarded;
        }
        Path gate = file;
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (isStep(method)) {
                        await(gate, type.getSimpleName() + "." + method.getName());
                    }
                    return guarded(call(guarded, method, arguments));
                }));
    }

    /** What a step returns may have steps of its own. */
    private @Nullable Object guarded(@Nullable Object result) {
        if (result instanceof LoadSession session) {
            return guard(LoadSession.class, session);
        }
        if (result instanceof StagingInsert insert) {
            return guard(StagingInsert.class, insert);
        }
        return result instanceof DataFiles files ? guard(DataFiles.class, files) : result;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void await(Path gate, String step) {
        Path reached = Path.of(gate + ".reached");
        try {
            if (!Files.exists(gate) || !Files.readString(gate).equals(step)) {
                return;
            }
            Files.move(gate, reached);
            while (Files.exists(reached)) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (NoSuchFileException e) {
            // Another thread has come to the same step.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
