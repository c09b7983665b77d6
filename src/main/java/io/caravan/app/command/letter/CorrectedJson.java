package io.caravan.app.command.letter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.replay.Correction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dead letters as {@code dead-letters show} prints them in JSON. What it prints besides what tells them apart is not read. */
final class CorrectedJson {

    private static final String LINE = "line";
    private static final Set<String> TEXTS = Set.of("load", "key", "etag", "raw");

    /** Texts are as long as the file lets them. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private final Path file;
    private final CharBuffer text;

    /** By dead letter, the line of the file at which it stands. */
    private final Map<Correction, Integer> places = new HashMap<>();

    private final List<Correction> corrections = new ArrayList<>();

    CorrectedJson(Path file, CharBuffer text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Returns the corrections.
     *
     * @throws InvalidConfigurationException if there is none, one is there twice, or anything is missing
     */
    List<Correction> read() {
        try (JsonParser json =
                JSON.createParser(text.array(), text.arrayOffset() + text.position(), text.remaining())) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw notAList(json);
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw notAList(json);
                }
                add(json.currentTokenLocation().getLineNr(), json);
            }
            if (json.nextToken() != null) {
                throw notAList(json);
            }
        } catch (JsonProcessingException e) {
            // Its message may show values.
            JsonLocation at = e.getLocation();
            throw invalid(
                    at == null ? 1 : at.getLineNr(),
                    "is not JSON" + (at == null ? "" : ", at column " + at.getColumnNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (corrections.isEmpty()) {
            throw new InvalidConfigurationException(ErrorCode.CORRECTION_INVALID, file + ": holds no dead letter");
        }
        return corrections;
    }

    private void add(int place, JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        @Nullable Long line = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(LINE)) {
                require(line == null, json, "has \"line\" twice");
                line = line(json, value);
            } else if (TEXTS.contains(name)) {
                require(value == JsonToken.VALUE_STRING, json, "\"" + name + "\" must be a text");
                require(texts.put(name, json.getText()) == null, json, "has \"" + name + "\" twice");
            } else {
                json.skipChildren();
            }
        }
        if (line == null) {
            throw missing(place, LINE);
        }
        String raw = required(texts, "raw", place);
        if (raw.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw invalid(place, "\"raw\" holds half of a surrogate pair, which is no character");
        }
        add(
                place,
                new Correction(
                        required(texts, "load", place),
                        required(texts, "key", place),
                        required(texts, "etag", place),
                        line,
                        raw));
    }

    private void add(int place, Correction correction) {
        Correction letter =
                new Correction(correction.load(), correction.key(), correction.etag(), correction.line(), "");
        @Nullable Integer first = places.putIfAbsent(letter, place);
        if (first != null) {
            throw invalid(place, "has " + correction.subject() + ", once more; it is at line " + first + " already");
        }
        corrections.add(correction);
    }

    private long line(JsonParser json, JsonToken value) throws IOException {
        boolean isWhole = value == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != NumberType.BIG_INTEGER;
        require(isWhole, json, "\"line\" must be a whole number");
        return json.getLongValue();
    }

    private String required(Map<String, String> texts, String name, int place) {
        @Nullable String value = texts.get(name);
        if (value == null) {
            throw missing(place, name);
        }
        return value;
    }

    private InvalidConfigurationException missing(int place, String name) {
        return invalid(
                place,
                "the dead letter that begins here has no \"" + name
                        + "\"; leave load, key, etag and line as 'dead-letters show --format json' has printed them");
    }

    private InvalidConfigurationException notAList(JsonParser json) {
        return invalid(
                json.currentTokenLocation().getLineNr(),
                "must be one array of dead letters, as 'dead-letters show --format json' prints it");
    }

    private void require(boolean isRight, JsonParser json, String problem) {
        if (!isRight) {
            throw invalid(json.currentTokenLocation().getLineNr(), problem);
        }
    }

    private InvalidConfigurationException invalid(int line, String problem) {
        return new InvalidConfigurationException(
                ErrorCode.CORRECTION_INVALID, file + ": line " + line + ": " + problem);
    }
}
