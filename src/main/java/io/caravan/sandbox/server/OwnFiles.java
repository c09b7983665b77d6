package io.caravan.sandbox.server;

import io.caravan.base.OwnDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Files and directories of this user alone. */
public final class OwnFiles {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnFiles() {}

    /**
     * Makes a directory, and those above it, if need be.
     *
     * @throws IOException if it is another user's, or others may write into it
     */
    public static Path directory(Path path) throws IOException {
        if (!Files.exists(path)) {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            return OwnDirectory.create(path);
        }
        UserPrincipal owner = Files.getOwner(path);
        if (!owner.equals(me())) {
            throw new IOException(path + " belongs to " + owner.getName() + "; choose a directory of your own");
        }
        if (OwnDirectory.isOpenToOthers(path)) {
            throw new IOException("others may write into " + path + "; choose another directory, or chmod go-w it");
        }
        return path;
    }

    /** Makes a file that only this user may read; what an earlier one held is gone. */
    static void create(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    }

    /** Makes what is there this user's alone. */
    public static void protect(Path path) throws IOException {
        if (Files.exists(path)) {
            Files.setPosixFilePermissions(path, Files.isDirectory(path) ? DIRECTORY : FILE);
        }
    }

    /** By a file, as user.name may be set by anybody and is not known in every container. */
    private static UserPrincipal me() throws IOException {
        Path probe = Files.createTempFile("caravan-", "");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }
}
