package io.caravan.model.key;

import java.util.List;

/**
 * Tells objects that programs leave beside data. What begins with {@code _} or {@code .} is no data to <a
 * href="https://github.com/apache/hive/blob/master/common/src/java/org/apache/hadoop/hive/common/FileUtils.java">Hive</a> and <a
 * href="https://github.com/apache/spark/blob/master/sql/core/src/main/scala/org/apache/spark/sql/execution/datasources/HadoopFSUtils.scala">Spark</a>,
 * folders likewise, unless they are of a partition, {@code _day=1}. {@code NAME_$folder$} stands for a folder of Hadoop's, {@code
 * .crc} has its checksums, {@code .metadata} is Athena's, and a manifest that of <a
 * href="https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html">UNLOAD</a>.
 */
final class NoData {

    private static final List<String> ENDS = List.of("_$folder$", ".crc", ".metadata", "_manifest");

    private NoData() {}

    /** Returns whether the name of an object says it, as far as it is not the prefix. */
    static boolean isName(KeyPart key) {
        String name = key.name();
        return (key.nameStart() >= key.prefixChars() && isHidden(name))
                || name.equals("manifest")
                || ENDS.stream().anyMatch(name::endsWith);
    }

    /** Returns whether a folder says it that is not in the prefix. */
    static boolean hasFolder(KeyPart key) {
        String text = key.key();
        int end = key.nameStart() - 1;
        while (end >= 0) {
            int start = text.lastIndexOf('/', end - 1) + 1;
            if (start < key.prefixChars()) {
                return false;
            }
            String folder = text.substring(start, end);
            if (isHidden(folder) && folder.indexOf('=') < 0) {
                return true;
            }
            end = start - 1;
        }
        return false;
    }

    private static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }
}
