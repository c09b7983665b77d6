package io.caravan.app;

import static java.util.Objects.requireNonNull;

import io.caravan.app.draft.LocalFile;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has the store return object versions that others have followed, as a bucket does that keeps them. */
final class EarlierVersions implements SpiDecorator {

    private final Path directory;
    private final Function<ObjectVersion, byte[]> contents;
    private int files;

    /**
     * Knows what was put.
     *
     * @param directory takes files
     * @param contents returns the content of a version as it was stored
     */
    EarlierVersions(Path directory, Function<ObjectVersion, byte[]> contents) {
        this.directory = directory;
        this.contents = contents;
    }

    @Override
    public <T> T decorate(Class<T> type, T inner) {
        return type == ObjectStore.class
                ? type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                            if (method.getName().equals("readAhead")) {
                                return (ObjectReader.Ahead)
                                        () -> ((ObjectReader) proxy).open((ObjectVersion) arguments[0]);
                            }
                            try {
                                @Nullable Object result = method.invoke(inner, arguments);
                                return method.getName().equals("open")
                                                && Optional.empty().equals(result)
                                        ? file((ObjectVersion) arguments[0]).open((ObjectVersion) arguments[0])
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw requireNonNull(e.getCause());
                            }
                        }))
                : inner;
    }

    private LocalFile file(ObjectVersion version) {
        try {
            return new LocalFile(Files.write(directory.resolve("version-" + files++), contents.apply(version)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
