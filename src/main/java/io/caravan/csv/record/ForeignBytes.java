package io.caravan.csv.record;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What an object is if its first bytes are those of something that is no text. Signatures that could be the beginning of a
 * text count only with control characters behind them.
 *
 * @see <a href="https://en.wikipedia.org/wiki/List_of_file_signatures">List of file signatures</a>
 */
final class ForeignBytes {

    /** So many first bytes tell it. */
    static final int BYTES = 512;

    private static final int TAR_MAGIC_AT = 257;
    private static final int CONFIRMED_WITHIN = 128;
    private static final String UNPACK = "; store the CSV itself, as it is or compressed by gzip, bzip2 or zstd";
    private static final String EXPORT = "; export it as CSV";
    private static final String REPLACE = "; store the CSV under this key, or move the object away";

    /**
     * @param magic the first bytes, each as a character
     * @param isText whether a text could begin so
     * @param name with its article
     */
    private record Signature(String magic, boolean isText, String name, String advice) {}

    private static final List<Signature> SIGNATURES = List.of(
            bytes("504b0304", "a ZIP archive (also .xlsx, .docx and .jar are such)", UNPACK),
            bytes("504b0506", "an empty ZIP archive", UNPACK),
            bytes("504b0606", "a ZIP archive", UNPACK),
            bytes("504b0708", "a ZIP archive", UNPACK),
            bytes("377abcaf271c", "a 7z archive", UNPACK),
            bytes("526172211a07", "a RAR archive", UNPACK),
            bytes("1f8b08", "compressed twice by gzip", UNPACK),
            bytes("1f9d", "compressed by compress (.Z)", UNPACK),
            bytes("fd377a585a00", "compressed by xz", UNPACK),
            bytes("5d00008000", "compressed by LZMA", UNPACK),
            bytes("5d00000001", "compressed by LZMA", UNPACK),
            bytes("5d00000004", "compressed by LZMA", UNPACK),
            bytes("4c5a495001", "compressed by lzip", UNPACK),
            bytes("04224d18", "compressed by lz4", UNPACK),
            bytes("02214c18", "compressed by lz4", UNPACK),
            bytes("184c2102", "compressed by lz4", UNPACK),
            bytes("894c5a4f000d0a1a0a", "compressed by lzop", UNPACK),
            bytes("28b52ffd", "compressed twice, by zstd inside", UNPACK),
            bytes("ff060000734e61507059", "compressed by snappy", UNPACK),
            bytes("82534e41505059", "compressed by snappy", UNPACK),
            text("BZh", "compressed twice, by bzip2 inside", UNPACK),
            text("PAR1", "a Parquet file", EXPORT),
            text("PARE", "an encrypted Parquet file", EXPORT),
            text("ORC", "an ORC file", EXPORT),
            bytes("4f626a01", "an Avro file", EXPORT),
            bytes("53455106", "a Hadoop sequence file", EXPORT),
            bytes("52434601", "an RCFile", EXPORT),
            bytes("4152524f57310000", "an Arrow file", EXPORT),
            text("FEA1", "a Feather file", EXPORT),
            bytes("894844460d0a1a0a", "an HDF5 file", EXPORT),
            bytes("d0cf11e0a1b11ae1", "an old Office file (.xls)", EXPORT),
            bytes("53514c69746520666f726d6174203300", "an SQLite database", EXPORT),
            bytes("000100005374616e64617264", "an Access database", EXPORT),
            text("PGDMP", "a dump of a database (pg_dump)", EXPORT),
            bytes("255044462d312e", "a PDF", EXPORT),
            bytes("255044462d322e", "a PDF", EXPORT),
            bytes("89504e470d0a1a0a", "a PNG image", REPLACE),
            bytes("ffd8ff", "a JPEG image", REPLACE),
            text("GIF8", "a GIF image", REPLACE),
            bytes("49492a00", "a TIFF image", REPLACE),
            bytes("4d4d002a", "a TIFF image", REPLACE),
            bytes("cafebabe", "a Java class", REPLACE),
            bytes("aced0005", "serialized Java objects", REPLACE),
            bytes("7f454c46", "a program (ELF)", REPLACE),
            bytes("feedface", "a program (Mach-O)", REPLACE),
            bytes("feedfacf", "a program (Mach-O)", REPLACE),
            bytes("cefaedfe", "a program (Mach-O)", REPLACE),
            bytes("cffaedfe", "a program (Mach-O)", REPLACE),
            bytes("0061736d", "a program (WebAssembly)", REPLACE),
            text("MZ", "a program (.exe)", REPLACE),
            text("MSCF", "a CAB archive", UNPACK));

    private ForeignBytes() {}

    /**
     * Returns what begins so, and what to do about it; empty if it may be text.
     *
     * @param start the first {@link #BYTES}, or all of a shorter object
     */
    static Optional<String> recognise(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (Signature signature : SIGNATURES) {
            if (text.startsWith(signature.magic) && (!signature.isText || hasControls(start))) {
                return Optional.of("the object is " + signature.name + ", and no CSV" + signature.advice);
            }
        }
        return text.startsWith("ustar", TAR_MAGIC_AT)
                ? Optional.of("the object is a tar archive, and no CSV" + UNPACK)
                : Optional.empty();
    }

    private static Signature bytes(String hex, String name, String advice) {
        return new Signature(
                new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1), false, name, advice);
    }

    private static Signature text(String magic, String name, String advice) {
        return new Signature(magic, true, name, advice);
    }

    private static boolean hasControls(byte[] start) {
        for (int i = 0; i < Math.min(start.length, CONFIRMED_WITHIN); i++) {
            if (start[i] >= 0 && start[i] < ' ' && "\t\n\r\f".indexOf(start[i]) < 0) {
                return true;
            }
        }
        return false;
    }
}
