package io.caravan.app.wiring;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.spi.LoadSession;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.StagingSession;
import io.caravan.spi.TargetSession;
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
public final class LastContacts {

    /**
     * What was seen last.
     *
     * @param lastSeen when it answered last; null if it never has
     * @param awaySince since when it does not; null if it does, or nobody has asked
     * @param errorCode what it was that failed; null likewise
     * @param error the same for people; null likewise
     */
    public record Contact(
            @Nullable Instant lastSeen,
            @Nullable Instant awaySince,
            @Nullable ErrorCode errorCode,
            @Nullable String error) {

        public boolean isReachable() {
            return lastSeen != null && awaySince == null;
        }
    }

    /** What can go well although nobody has answered. */
    private static final Set<String> LOCAL = Set.of("close", "ddl", "script", "staging", "target");

    /** What is asked on its own, once somebody has given it. */
    private static final Set<Class<?>> ASKED =
            Set.of(LoadSession.class, StagingSession.class, TargetSession.class, ObjectReader.Ahead.class);

    private final Set<ErrorCode> awayCodes;
    private final Clock clock;
    private Contact contact = new Contact(null, null, null, null);

    private LastContacts(Set<ErrorCode> awayCodes, Clock clock) {
        this.awayCodes = awayCodes;
        this.clock = clock;
    }

    public static LastContacts ofStore(Clock clock) {
        return new LastContacts(Set.of(ErrorCode.OBJECT_STORE_UNREACHABLE), clock);
    }

    public static LastContacts ofWarehouse(Clock clock) {
        return new LastContacts(Set.of(ErrorCode.WAREHOUSE_UNREACHABLE, ErrorCode.WAREHOUSE_LOGIN), clock);
    }

    public synchronized Contact last() {
        return contact;
    }

    public synchronized void seen() {
        contact = new Contact(clock.instant(), null, null, null);
    }

    /** Notes a failure: of one that is away, or of one that answers, if only to refuse. */
    public synchronized void failed(CaravanException failure) {
        if (awayCodes.contains(failure.code())) {
            Instant since = contact.awaySince() == null ? clock.instant() : contact.awaySince();
            contact = new Contact(contact.lastSeen(), since, failure.code(), failure.getMessage());
        }
    }

    /** Returns what does the same, and is seen doing it. */
    public <T> T watch(Class<T> type, Object watched) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(watched, arguments);
                        if (method.getDeclaringClass() == type && !LOCAL.contains(method.getName())) {
                            seen();
                        }
                        return ASKED.contains(method.getReturnType()) ? watch(method.getReturnType(), result) : result;
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
