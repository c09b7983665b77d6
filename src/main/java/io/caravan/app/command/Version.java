package io.caravan.app.command;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, what the jar is made of, and Java's. */
public final class Version implements IVersionProvider {

    /** Returns Caravan's. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Caravan " + number() + ", commit " + told("Caravan-Commit") + ", Java " + Runtime.version() + ", Camel "
                    + told("Camel-Version")
        };
    }

    /** Returns what the jar's manifest says; {@code unknown} if it does not, or if this is no jar. */
    private static String told(String name) {
        File jar = new File(Version.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        if (jar.isDirectory()) {
            return "unknown";
        }
        try (JarFile file = new JarFile(jar)) {
            @Nullable Manifest manifest = file.getManifest();
            return Optional.ofNullable(manifest)
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue(new Attributes.Name(name)))
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
