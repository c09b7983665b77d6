package io.caravan.sandbox.grammar;

import io.caravan.sandbox.command.CopyCommand;
import io.caravan.sandbox.command.CopyOptions;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code COPY t FROM 's3://…'}; refuses every option that Redshift does not know.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">COPY</a>
 */
public final class CopyParser {

    private final TokenCursor in;
    private final CopyOptions options = new CopyOptions();
    private final Set<String> seen = new HashSet<>();
    private boolean delimiterSet;

    private CopyParser(Statement statement) {
        this.in = new TokenCursor(statement);
    }

    static Verdict parse(Statement statement) {
        return new CopyParser(statement).copy();
    }

    private Verdict copy() {
        in.expect("copy");
        List<Token> name = in.qualifiedName();
        List<String> columns = new ArrayList<>();
        if (in.acceptSymbol("(")) {
            do {
                columns.add(in.expectName().text());
            } while (in.acceptSymbol(","));
            in.expectSymbol(")");
        }
        in.expect("from");
        String url = in.expectKind(Token.Kind.STRING).text();
        int slash = url.indexOf('/', 5);
        if (!url.startsWith("s3://") || slash < 6) {
            throw new RefusedException(new SqlError("XX000", "The sandbox copies from s3://bucket/key only"));
        }
        while (!in.atEnd()) {
            option();
        }
        check();
        return new Verdict.Copy(new CopyCommand(
                Names.text(name),
                name.get(name.size() - 1).text(),
                columns,
                url.substring(5, slash),
                url.substring(slash + 1),
                options));
    }

    private void check() {
        if (!seen.contains("iam_role") && !seen.contains("access_key_id") && !seen.contains("credentials")) {
            throw new RefusedException(
                    new SqlError("XX000", "Must specify IAM_ROLE, CREDENTIALS or ACCESS_KEY_ID and SECRET_ACCESS_KEY"));
        }
        if (!delimiterSet) {
            options.delimiter = (byte) (options.csv ? ',' : '|');
        }
        if (!options.csv) {
            if (seen.contains("quote")) {
                throw new RefusedException(new SqlError("0A000", "COPY quote available only in CSV mode"));
            }
            options.quote = CopyOptions.NO_QUOTE;
        }
        if (options.ignoreAllErrors && seen.contains("maxerror")) {
            throw new RefusedException(new SqlError("0A000", "IGNOREALLERRORS cannot be used with MAXERROR"));
        }
        if (options.delimiter == options.quote) {
            throw new RefusedException(new SqlError("0A000", "COPY delimiter and quote must be different"));
        }
    }

    private void option() {
        Token token = in.expectKind(Token.Kind.WORD);
        String name = token.text();
        if (name.equals("with") || name.equals("format")) {
            in.accept("as");
            return;
        }
        if (!seen.add(name)) {
            throw new RefusedException(new SqlError("42601", "conflicting or redundant options"));
        }
        switch (name) {
            case "iam_role" -> {
                options.iamRole = in.accept("default")
                        ? "default"
                        : in.expectKind(Token.Kind.STRING).text();
            }
            case "credentials" -> options.iamRole = CopyOptions.role(string());
            case "access_key_id", "secret_access_key", "session_token" -> string();
            case "region" -> options.region = string();
            case "noload" -> options.noLoad = true;
            case "csv" -> options.csv = true;
            case "manifest" -> options.manifest = true;
            case "gzip" -> compression(CopyOptions.Compression.GZIP);
            case "zstd" -> compression(CopyOptions.Compression.ZSTD);
            case "bzip2" -> compression(CopyOptions.Compression.BZIP2);
            case "delimiter" -> {
                options.delimiter = character(escapedString());
                delimiterSet = true;
            }
            case "quote" -> options.quote = character(escapedString());
            case "null" -> options.nullAs = nullString();
            case "ignoreheader" -> options.ignoreHeader = number();
            case "emptyasnull" -> options.emptyAsNull = true;
            case "blanksasnull" -> options.blanksAsNull = true;
            case "roundec" -> options.roundDecimals = true;
            case "truncatecolumns" -> options.truncateColumns = true;
            case "fillrecord" -> options.fillRecord = true;
            case "ignoreblanklines" -> options.ignoreBlankLines = true;
            case "trimblanks" -> options.trimBlanks = true;
            case "acceptanydate" -> options.acceptAnyDate = true;
            case "explicit_ids" -> options.explicitIds = true;
            case "acceptinvchars" -> options.invalidCharacter = optionalCharacter();
            case "dateformat" -> options.dateFormat = string();
            case "timeformat" -> options.timeFormat = string();
            case "maxerror" -> options.maxErrors = maxErrors();
            case "ignoreallerrors" -> options.ignoreAllErrors = true;
            case "encoding" -> encoding();
            case "compupdate" -> onOff("preset");
            case "statupdate" -> onOff("on");
            case "comprows" -> number();
            default -> throw unknown(token);
        }
    }

    private static RefusedException unknown(Token token) {
        return switch (token.text()) {
            case "encrypted",
                    "lzop",
                    "json",
                    "avro",
                    "parquet",
                    "orc",
                    "fixedwidth",
                    "escape",
                    "removequotes",
                    "ssh",
                    "readratio",
                    "ssl",
                    "job",
                    "shapefile" -> new RefusedException(SqlError.unsupported("COPY " + token.raw()));
            default -> RefusedException.near(token);
        };
    }

    private void compression(CopyOptions.Compression value) {
        if (options.compression != CopyOptions.Compression.NONE) {
            throw new RefusedException(new SqlError("42601", "conflicting or redundant options"));
        }
        options.compression = value;
    }

    private String string() {
        in.accept("as");
        return in.expectKind(Token.Kind.STRING).text();
    }

    /** COPY reads escapes of its own, such as \\t and \\N, and takes them with one backslash or with two. */
    private String escapedString() {
        in.accept("as");
        String raw = in.expectKind(Token.Kind.STRING).raw();
        return raw.substring(1, raw.length() - 1).replace("''", "'").replace("\\\\", "\\");
    }

    private String nullString() {
        String text = escapedString();
        if (text.equals("\\n") || text.equals("\n")) {
            throw new RefusedException(new SqlError("0A000", "COPY NULL AS must not be a line terminator"));
        }
        return text.equals("\\0") ? "\0" : text;
    }

    private int number() {
        in.accept("as");
        Token token = in.peek();
        try {
            return Integer.parseInt(in.expectKind(Token.Kind.NUMBER).text());
        } catch (NumberFormatException e) {
            throw RefusedException.near(token);
        }
    }

    private int maxErrors() {
        int value = number();
        if (value > 100_000) {
            throw new RefusedException(new SqlError("0A000", "MAXERROR must be between 0 and 100000"));
        }
        return value;
    }

    private int optionalCharacter() {
        in.accept("as");
        return in.peek().kind() == Token.Kind.STRING ? character(in.next().text()) : '?';
    }

    private void encoding() {
        in.accept("as");
        Token token = in.next();
        if (!token.text().equalsIgnoreCase("utf8")) {
            throw new RefusedException(SqlError.unsupported("COPY ENCODING " + token.raw()));
        }
    }

    private void onOff(String other) {
        in.acceptAny("on", "off", "true", "false", other);
    }

    private byte character(String text) {
        if (text.length() == 1 && text.charAt(0) < 128) {
            return (byte) text.charAt(0);
        }
        if (text.equals("\\t")) {
            return '\t';
        }
        if (text.matches("\\\\[0-1]?[0-7]{1,2}")) {
            return (byte) Integer.parseInt(text.substring(1), 8);
        }
        throw new RefusedException(new SqlError("0A000", "COPY delimiter must be a single ASCII character"));
    }
}
