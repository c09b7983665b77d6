package io.caravan.app.wiring;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.spi.LoadSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a system that Caravan needs was last seen, by those who use it anyway: asking costs, and a warehouse that is billed by
 * the second is not asked for the sake of health. Safe for use by several threads.
 */
public final class Sightings {

    /**
     * What was seen last.
     *
     * @param lastSeen when it answered last; null if it never has
     * @param awaySince since when it does not; null if it does, or nobody has asked
     * @param errorCode what it was that failed; null likewise
     * @param error the same for people; null likewise
     */
    public record Sighting(
            @Nullable Instant lastSeen,
            @Nullable Instant awaySince,
            @Nullable ErrorCode errorCode,
            @Nullable String error) {

        public boolean isReachable() {
            return lastSeen != null && awaySince == null;
        }
    }

    /** What can go well although nobody has answered. */
    private static final Set<String> LOCAL = Set.of("close", "ddl", "script");

    private final Set<ErrorCode> awayCodes;
    private final Clock clock;
    private Sighting sighting = new Sighting(null, null, null, null);

    private Sightings(Set<ErrorCode> awayCodes, Clock clock) {
        this.awayCodes = awayCodes;
        this.clock = clock;
    }

    public static Sightings ofStore(Clock clock) {
        return new Sightings(Set.of(ErrorCode.OBJECT_STORE_UNREACHABLE), clock);
    }

    public static Sightings ofWarehouse(Clock clock) {
        return new Sightings(Set.of(ErrorCode.WAREHOUSE_UNREACHABLE, ErrorCode.WAREHOUSE_LOGIN), clock);
    }

    public synchronized Sighting last() {
        return sighting;
    }

    public synchronized void seen() {
        sighting = new Sighting(clock.instant(), null, null, null);
    }

    /** Notes a failure: of one that is away, or of one that answers, if only to refuse. */
    public synchronized void failed(CaravanException failure) {
        if (awayCodes.contains(failure.code())) {
            Instant since = sighting.awaySince() == null ? clock.instant() : sighting.awaySince();
            sighting = new Sighting(sighting.lastSeen(), since, failure.code(), failure.getMessage());
        }
    }

    /** Returns what does the same, and is seen doing it. */
    public <T> T watch(Class<T> type, T watched) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(watched, arguments);
                        if (method.getDeclaringClass() == type && !LOCAL.contains(method.getName())) {
                            seen();
                        }
                        return result instanceof LoadSession session ? watch(LoadSession.class, session) : result;
                    } catch (InvocationTargetException e) {
                        Throwable failure = requireNonNull(e.getCause());
                        if (failure instanceof CaravanException known) {
                            failed(known);
                        }
                        throw failure;
                    }
                }));
    }
}
