package io.caravan.aws.compression;

import com.github.luben.zstd.Zstd;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The native library of zstd, which writes and reads data files, and reads objects that are compressed by it. It is unpacked
 * into the temporary directory and loaded from there, once a process.
 *
 * @see <a href="https://github.com/luben/zstd-jni">zstd-jni</a>, which reads these system properties
 */
public final class NativeCompression {

    private static final String LIBRARY = "ZstdNativePath";
    private static final String OWN_DIRECTORY = "ZstdTempFolder";
    private static final String TEMPORARY_DIRECTORY = "java.io.tmpdir";

    /** About the size of the library. */
    private static final int TRIAL_BYTES = 1 << 21;

    private NativeCompression() {}

    /**
     * Compresses something, and looks whether it can be read again.
     *
     * @throws InvalidConfigurationException {@link ErrorCode#ENVIRONMENT_UNFIT} if this machine or its temporary directory
     *     does not allow it
     */
    public static void require() {
        byte[] plain = "caravan,caravan,caravan".getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] compressed = Zstd.compress(plain);
            if (!Arrays.equals(Zstd.decompress(compressed, plain.length), plain)) {
                throw unfit("the native library of zstd does not give back what it has compressed", null);
            }
        } catch (LinkageError e) {
            throw unfit("the native library of zstd cannot be loaded: " + reason(e), e);
        }
    }

    private static InvalidConfigurationException unfit(String message, @Nullable Throwable cause) {
        return new InvalidConfigurationException(ErrorCode.ENVIRONMENT_UNFIT, message, cause);
    }

    private static String reason(LinkageError failure) {
        @Nullable String library = System.getProperty(LIBRARY);
        String said = said(failure);
        if (library != null) {
            return said + "; -D" + LIBRARY + " names " + library + ": let it name the library of zstd-jni for this"
                    + " machine, or leave it out";
        }
        @Nullable String own = System.getProperty(OWN_DIRECTORY);
        String property = own == null ? TEMPORARY_DIRECTORY : OWN_DIRECTORY;
        String directory = own == null ? System.getProperty(TEMPORARY_DIRECTORY, "") : own;
        return fault(directory, said) + "; let -D" + property
                + " name a directory that can be written to and executed from, or -D" + LIBRARY
                + " the library itself, in JAVA_TOOL_OPTIONS";
    }

    /** What the loader says is that it cannot; why, the directory shows. */
    private static String fault(String directory, String said) {
        String subject = "the temporary directory " + directory;
        Path path = Path.of(directory);
        if (!Files.isDirectory(path)) {
            return subject + (Files.exists(path) ? " is no directory" : " does not exist");
        }
        try {
            Path trial = Files.createTempFile(path, "caravan", ".tmp");
            try {
                Files.write(trial, new byte[TRIAL_BYTES]);
            } finally {
                Files.deleteIfExists(trial);
            }
        } catch (IOException e) {
            return subject + " is full or cannot be written to (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                    + ")";
        }
        return said + "; " + subject + " can be written to, so it may be mounted with noexec";
    }

    /** The first failure has its cause; those that follow are a NoClassDefFoundError, which names the first. */
    private static String said(LinkageError failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
    }
}
