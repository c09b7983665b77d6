package io.caravan.app.demo;

import io.caravan.app.report.ExitCode;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.sandbox.SandboxObjects;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description =
                "Puts files into the S3 of a sandbox that is up, whose environment is exported. A bucket that is not"
                        + " there is made.")
public final class SandboxPutCommand implements Callable<Integer> {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL_S3";

    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/?(.*)", Pattern.DOTALL);

    private final Map<String, String> environment;
    private final PrintWriter out;

    @Parameters(
            arity = "2..*",
            paramLabel = "FILE... s3://BUCKET/KEY",
            hideParamSyntax = true,
            description =
                    "Files, and where to. A key that is empty, or ends in a slash, gets the file's name behind it, as"
                            + " it must with several files.")
    private List<String> arguments = List.of();

    /**
     * Makes the command.
     *
     * @param environment says where the sandbox is
     * @param out says what was put
     */
    public SandboxPutCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        URI endpoint = endpoint();
        List<Path> files = arguments.subList(0, arguments.size() - 1).stream()
                .map(Path::of)
                .toList();
        String address = arguments.get(arguments.size() - 1);
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw refused(
                    "the last argument is where to, as s3://bucket/key or s3://bucket/folder/, and not " + address);
        }
        boolean isFolder = parts.group(2).isEmpty() || parts.group(2).endsWith("/");
        if (!isFolder && files.size() > 1) {
            throw refused("several files need a folder; end " + address + " in a slash");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw refused("there is no file " + file);
            }
        }
        SandboxLibraries.call(() -> put(endpoint, files, parts.group(1), parts.group(2), isFolder));
        return ExitCode.DONE;
    }

    private int put(URI endpoint, List<Path> files, String bucket, String key, boolean isFolder) {
        try (SandboxObjects objects = new SandboxObjects(endpoint)) {
            objects.createBucket(bucket);
            for (Path file : files) {
                String whole = isFolder ? key + file.getFileName() : key;
                objects.put(bucket, whole, file);
                out.println(
                        "s3://" + bucket + "/" + whole + ": " + file.toFile().length() + " bytes");
            }
        }
        out.flush();
        return files.size();
    }

    /** Nobody shall write into a bucket of AWS by mistake. */
    private URI endpoint() {
        @Nullable String endpoint = environment.get(ENDPOINT);
        if (endpoint == null || !isHere(URI.create(endpoint).getHost())) {
            throw refused(
                    ENDPOINT + (endpoint == null ? " is not set" : " is " + endpoint + ", which is not on this machine")
                            + "; it is with the variables of a sandbox: caravan sandbox --env FILE writes them, and . FILE sets them");
        }
        return URI.create(endpoint);
    }

    private static boolean isHere(@Nullable String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static InvalidConfigurationException refused(String message) {
        return new InvalidConfigurationException(ErrorCode.SETTING_INVALID, message);
    }
}
