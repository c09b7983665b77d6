package io.caravan.base;

import java.util.concurrent.ExecutionException;

/** What a task on a thread of its own has thrown, for the thread that waits for it. */
public final class TaskFailure {

    private TaskFailure() {}

    /**
     * Returns it, to be thrown again; an {@link Error} is thrown right away.
     *
     * @param doing what the task did, for the message of what cannot be thrown again
     */
    public static RuntimeException of(ExecutionException e, String doing) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure
                ? failure
                : new IllegalStateException(doing + " failed unexpectedly", e.getCause());
    }
}
