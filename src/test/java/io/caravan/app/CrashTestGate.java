package io.caravan.app;

import io.caravan.app.wiring.SpiDecorator;
import io.caravan.spi.DataFiles;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.TargetSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Caravan as it is, but that it holds before a step of the load protocol when it is told to, so that the process can be killed
 * or frozen just there. A step is a call of what the use cases need from outside, as in {@code TargetSession.commit}. It runs in the
 * process that is tried; {@link TestingGate} is the other side.
 */
final class CrashTestGate implements SpiDecorator {

    private static final Set<Class<?>> HAVE_STEPS =
            Set.of(LoadSession.class, StagingSession.class, TargetSession.class, StagingInsert.class, DataFiles.class);

    private static final Duration PAUSE = Duration.ofMillis(5);

    /** Whoever comes to the step that it holds renames it to {@code FILE.reached}, and goes on when that is deleted. */
    private final Path gate;

    private CrashTestGate(Path gate) {
        this.gate = gate;
    }

    /** Runs a command of Caravan; the first argument names the file of the gate. */
    public static void main(String[] args) {
        CrashTestGate gate = new CrashTestGate(Path.of(args[0]));
        System.exit(Caravan.execute(gate, Arrays.copyOfRange(args, 1, args.length)));
    }

    /** Returns whether a call is a step, wherever it is declared. Fields and rows are none: there are too many. */
    static boolean isStep(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return declaring != RowWriter.class && declaring != Object.class;
    }

    /** Returns what does the same, but waits before each step at which it is told to. */
    @Override
    public <T> T decorate(Class<T> type, T guarded) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (isStep(method)) {
                        await(type.getSimpleName() + "." + method.getName());
                    }
                    return decorated(method.getReturnType(), call(guarded, method, arguments));
                }));
    }

    /** What a step returns may have steps of its own. */
    private <T> @Nullable Object decorated(Class<T> type, @Nullable Object result) {
        return result == null || !HAVE_STEPS.contains(type) ? result : decorate(type, type.cast(result));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private void await(String step) {
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
