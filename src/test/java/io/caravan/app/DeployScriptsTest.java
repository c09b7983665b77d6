package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that build and prove the image, on machines that lack things. */
class DeployScriptsTest {

    /** What every Debian has. */
    private static final List<String> PLAIN =
            List.of("bash", "basename", "dirname", "readlink", "sed", "head", "awk", "grep", "rm", "mktemp");

    @TempDir
    private Path machine;

    @Test
    void allThatIsMissingIsSaidAtOnce() throws Exception {
        String missing =
                """
                  buildah debootstrap%s: apt-get install buildah debootstrap%s
                  root's rights, for debootstrap and chroot
                  a JDK of 24 or later: %s is none, or has no jlink
                  Maven: apt-get install maven
                """;
        user(1000);
        String old = jdk("old", "17.0.1");

        assertThat(run("deploy/image.sh", "--jdk", old))
                .isEqualTo(new Result(2, "", "image: this machine lacks\n" + missing.formatted("", "", old)));
        assertThat(run("deploy/prove-image.sh", "--jdk", old))
                .isEqualTo(new Result(
                        2,
                        "",
                        "prove-image: this machine lacks\n"
                                + missing.formatted(
                                        " podman runc catatonit curl jq", " podman runc catatonit curl jq", old)
                                + "  kubectl: https://kubernetes.io/docs/tasks/tools/\n"));
    }

    /** Where the machine has one of its own in a place of packages, that is taken before those of its users. */
    @Test
    void aJdkIsFoundWhereOneIs() throws Exception {
        jdk(".sdkman/candidates/java/17.0.1-tem", "17.0.1");
        jdk(".sdkman/candidates/java/21.0.9-tem", "21.0.9");
        String found = jdk(".sdkman/candidates/java/26-tem", "26");

        assertThat(run("-c", ". deploy/needs.sh; is_jdk \"$(find_jdk)\"").exitCode())
                .isZero();
        assertThat(run("-c", ". deploy/needs.sh; JAVA_HOME=" + found + " find_jdk")
                        .stdout())
                .isEqualTo(found + "\n");
        assertThat(run("-c", ". deploy/needs.sh; is_jdk " + machine.resolve(".sdkman/candidates/java/21.0.9-tem"))
                        .exitCode())
                .isNotZero();
    }

    private void user(int id) throws IOException {
        script(Files.createDirectories(machine.resolve("bin")).resolve("id"), "echo " + id);
    }

    private String jdk(String place, String version) throws IOException {
        Path jdk = machine.resolve(place);
        Path bin = Files.createDirectories(jdk.resolve("bin"));
        script(bin.resolve("java"), "echo 'openjdk version \"" + version + "\" 2030-01-01' >&2");
        script(bin.resolve("jlink"), "");
        return jdk.toString();
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Result run(String... arguments) throws Exception {
        Path bin = Files.createDirectories(machine.resolve("bin"));
        for (String tool : PLAIN) {
            script(bin.resolve(tool), "exec " + place(tool) + " \"$@\"");
        }
        List<String> command = new ArrayList<>(List.of(place("bash")));
        command.addAll(List.of(arguments));
        Path out = machine.resolve("out");
        Path err = machine.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", machine.toString());
        int exitCode = builder.start().waitFor();
        return new Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private static String place(String tool) {
        return Stream.of("/usr/bin/", "/bin/")
                .map(directory -> directory + tool)
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElseThrow();
    }
}
