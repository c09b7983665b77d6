package io.caravan.sandbox;

import io.caravan.sandbox.fault.Flavour;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a sandbox lives.
 *
 * @param directory keeps objects and tables from one start to the next; null for a temporary one, deleted on close
 * @param s3Port loopback port of S3; 0 for any free one
 * @param redshiftPort loopback port of Redshift; 0 for any free one
 * @param gluePort loopback port of Glue; 0 for any free one
 * @param flavour the Redshift that it stands in for
 */
public record SandboxOptions(@Nullable Path directory, int s3Port, int redshiftPort, int gluePort, Flavour flavour) {

    /** Returns a provisioned Redshift, and Glue on any free port. */
    public SandboxOptions(@Nullable Path directory, int s3Port, int redshiftPort) {
        this(directory, s3Port, redshiftPort, 0, Flavour.PROVISIONED);
    }

    /** Returns a temporary sandbox on free ports. */
    public static SandboxOptions temporary() {
        return new SandboxOptions(null, 0, 0);
    }

    /** Returns the same, of another flavour. */
    public SandboxOptions with(Flavour other) {
        return new SandboxOptions(directory, s3Port, redshiftPort, gluePort, other);
    }
}
