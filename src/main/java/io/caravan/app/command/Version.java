package io.caravan.app.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, and Java's. */
public final class Version implements IVersionProvider {

    /** Returns Caravan's. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Caravan " + number() + ", Java " + Runtime.version()};
    }
}
