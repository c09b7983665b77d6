package io.caravan.base;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The feed and the load that a thread's log lines belong to. */
public final class LogContext {

    private LogContext() {}

    /** Returns the task for another thread, whose log lines are then of the feed and the load of this one's. */
    public static Runnable carriedTo(Runnable task) {
        @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
        return () -> {
            @Nullable Map<String, String> own = MDC.getCopyOfContextMap();
            set(context);
            try {
                task.run();
            } finally {
                set(own);
            }
        };
    }

    private static void set(@Nullable Map<String, String> context) {
        MDC.setContextMap(context == null ? Map.of() : context);
    }
}
