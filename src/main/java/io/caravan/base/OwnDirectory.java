package io.caravan.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories in which only one user of the machine may write, as what is found there is believed. */
public final class OwnDirectory {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("----w--w-");

    private OwnDirectory() {}

    /**
     * Makes a directory that is this user's alone, where the file system has permissions.
     *
     * @throws IOException if there is something by this name already, or it cannot be made
     */
    public static Path create(Path directory) throws IOException {
        FileAttribute<?>[] attributes = hasPermissions(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        return Files.createDirectory(directory, attributes);
    }

    /**
     * Returns whether others may write into a directory; false where the file system has no permissions.
     *
     * @throws IOException if it cannot be looked at
     */
    public static boolean isOpenToOthers(Path directory) throws IOException {
        return hasPermissions(directory)
                && Files.getPosixFilePermissions(directory).stream().anyMatch(OF_OTHERS::contains);
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
