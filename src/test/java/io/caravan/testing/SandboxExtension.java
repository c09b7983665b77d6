package io.caravan.testing;

import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class a {@link TestSandbox}; one sandbox runs for all classes of the JVM. */
public final class SandboxExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    private static final class Shared implements AutoCloseable {

        private final Sandbox sandbox = Sandbox.start(SandboxOptions.temporary());
        private final AtomicInteger count = new AtomicInteger();

        TestSandbox next() {
            return new TestSandbox(sandbox, count.incrementAndGet());
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestSandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, k -> new Shared(), Shared.class);
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(context.getRequiredTestClass(), k -> shared.next(), TestSandbox.class);
    }
}
