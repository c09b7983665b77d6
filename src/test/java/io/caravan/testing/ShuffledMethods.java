package io.caravan.testing;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * Runs the test methods of a class in random order. JUnit's own orderer of that kind keeps its seed to itself; here the first
 * class of a process prints it, and {@code -Dtest.order=SEED} gives the same order again. Integration tests, of which a class
 * shares a database, have one order unless a seed is given.
 */
public final class ShuffledMethods implements MethodOrderer {

    private static final String SEED = "test.order";

    private static final long CHOSEN = System.nanoTime();

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    @Override
    public void orderMethods(MethodOrdererContext context) {
        String test = context.getTestClass().getName();
        Optional<String> given = context.getConfigurationParameter(SEED);
        if (given.isEmpty() && test.endsWith("IT")) {
            return;
        }
        long seed = given.map(Long::valueOf).orElse(CHOSEN);
        // Maven's own process only looks which tests there are, by a seed of its own.
        if (System.getProperty("maven.home") == null && TOLD.compareAndSet(false, true)) {
            System.out.println("Test methods run in random order: -D" + SEED + "=" + seed);
        }
        List<? extends MethodDescriptor> methods = context.getMethodDescriptors();
        // By class, so that a class alone has the order that it has among others.
        Collections.shuffle(methods, new java.util.Random(seed ^ test.hashCode()));
    }
}
