package io.caravan.testing;

import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingSession;
import io.caravan.spi.TargetSession;
import io.caravan.spi.preview.PreviewSession;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that notes what it is asked, in order, and answers what the test has said; whoever returns nothing needs no answer.
 * For the steps of the load protocol: which of them are taken, and in which order.
 */
public final class ScriptedSession {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, List<Supplier<?>>> answers = new HashMap<>();

    /** Returns it as what the code under test wants. */
    public <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("toString")
                        ? type.getSimpleName()
                        : call(method, arguments == null ? new Object[0] : arguments)));
    }

    /** Returns it as a load's session, both of whose parts it is; of the session itself only the close is noted. */
    public LoadSession asLoadSession() {
        return new LoadSession() {
            @Override
            public StagingSession staging() {
                return as(StagingSession.class);
            }

            @Override
            public TargetSession target() {
                return as(TargetSession.class);
            }

            @Override
            public PreviewSession preview() {
                return as(PreviewSession.class);
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
    }

    /** Answers so from now on. */
    public ScriptedSession answer(String method, Object value) {
        return answer(method, () -> value);
    }

    /** Answers likewise, or fails. */
    public ScriptedSession answer(String method, Supplier<?> value) {
        answers.put(method, new ArrayList<>(List.of(value)));
        return this;
    }

    /** Answers the first calls with a value each, and all that follow with the last one. */
    public ScriptedSession answerInTurn(String method, Object... values) {
        List<Supplier<?>> turns = new ArrayList<>();
        Arrays.stream(values).forEach(value -> turns.add(() -> value));
        answers.put(method, turns);
        return this;
    }

    /** Returns what was asked, as names with arguments; sets in their order. */
    public List<String> calls() {
        return calls;
    }

    /** Returns the names of what was asked. */
    public List<String> steps() {
        return calls.stream()
                .map(call -> call.contains(" ") ? call.substring(0, call.indexOf(' ')) : call)
                .toList();
    }

    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("script")) {
            calls.add("script");
            ((Runnable) arguments[0]).run();
            return null;
        }
        StringBuilder text = new StringBuilder(method.getName());
        for (Object argument : arguments) {
            text.append(' ').append(argument instanceof Set<?> set ? new TreeSet<>(set) : argument);
        }
        calls.add(text.toString());
        @Nullable List<Supplier<?>> turns = answers.get(method.getName());
        if (turns != null) {
            return (turns.size() > 1 ? turns.remove(0) : turns.get(0)).get();
        }
        if (method.getReturnType() == void.class) {
            return null;
        }
        throw new AssertionError("nobody has said what " + text + " answers");
    }
}
