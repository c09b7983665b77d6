package io.caravan.csv.record;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an object is if it begins as text that is no CSV. What is said here is no proof: names may begin with any sign. So it
 * counts only where the names are no columns that anybody knows.
 */
public final class ForeignText {

    private static final String ADVICE = "; store the CSV under this key, or move the object away";

    private record Form(Pattern first, String name) {

        boolean begins(String text) {
            return first.matcher(text).lookingAt();
        }
    }

    /** How the first record begins. */
    private static final List<Form> FORMS = List.of(
            new Form(
                    Pattern.compile("(?i)<!doctype\\s+html|<(html|head|body|script|title)(\\s[^,;|\\t]*)?>|<html\\s"),
                    "an HTML page"),
            new Form(Pattern.compile("<\\?xml\\s|(?i)<!doctype\\s|<!--|<\\w+(\\s+[\\w:.-]+\\s*=\\s*[\"'])"), "XML"),
            new Form(Pattern.compile("<(\\w[\\w:.-]*)>\\s*<\\w"), "XML"),
            new Form(Pattern.compile("\\{\\s*\"[^\"]*\"\\s*:|\\{\\s*\\}\\s*$|\\{\\s*'[^']*'\\s*:"), "JSON"),
            new Form(
                    Pattern.compile(
                            "\\[\\s*(\\{\\s*\"|\\[\\s*[\\[{\"\\d-]|\"[^\"]*\"\\s*[,\\]]|-?\\d[^\\[\\]]*\\]?\\s*$)"),
                    "JSON"),
            new Form(Pattern.compile("\\{\\\\rtf"), "an RTF document"),
            new Form(Pattern.compile("-----BEGIN [A-Z ]+-----"), "a PEM or PGP text"),
            new Form(
                    Pattern.compile("version https://git-lfs\\.github\\.com/"),
                    "a pointer of Git LFS, not the file itself,"));

    private static final Pattern TAG = Pattern.compile("<(\\w[\\w:.-]*)>");

    private ForeignText() {}

    /**
     * Returns what begins so, and what to do about it; empty if it may be CSV.
     *
     * @param first the first record, as it stands in the object
     * @param second the next one; null if that is not known, or there is none
     */
    public static Optional<String> recognise(String first, @Nullable String second) {
        String text = first.strip();
        String next = second == null ? "" : second.strip();
        return FORMS.stream()
                .filter(form -> form.begins(text))
                .map(Form::name)
                .findFirst()
                .or(() -> ofTwoLines(text, next, second == null))
                .map(name -> "the object is " + name + " and no CSV" + ADVICE);
    }

    /** Written with indentation, the first line is a bracket or a tag, and the next shows what it opens. */
    private static Optional<String> ofTwoLines(String first, String second, boolean isAlone) {
        boolean isJson = (first.equals("{") && (isAlone || second.startsWith("\"")))
                || (first.equals("[") && (isAlone || (!second.isEmpty() && "{[\"".indexOf(second.charAt(0)) >= 0)));
        if (isJson) {
            return Optional.of("JSON");
        }
        boolean isXml = TAG.matcher(first).matches() && second.startsWith("<") && second.indexOf('>') > 1;
        return isXml ? Optional.of("XML") : Optional.empty();
    }
}
