package dev.skein.json;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON: to the letter, or with what models tend to add. */
final class Parser {
    static final int MAX_DEPTH = 64;
    static final int MAX_TOKENS = 1_000_000;

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(limits()).build();
    private static final JsonFactory TOLERANT =
            JSON.rebuild()
                    .enable(
                            JsonReadFeature.ALLOW_JAVA_COMMENTS,
                            JsonReadFeature.ALLOW_TRAILING_COMMA,
                            JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .build();
    private static final Json.Bool TRUE = new Json.Bool(true);
    private static final Json.Bool FALSE = new Json.Bool(false);
    private static final Json.Obj EMPTY = new Json.Obj(Fields.NONE);
    private static final Json.Arr NO_ITEMS = new Json.Arr(List.of());

    private final JsonParser tokens;

    private Parser(JsonParser tokens) {
        this.tokens = tokens;
    }

    static StreamReadConstraints limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(Digits.MAX)
                .maxTokenCount(MAX_TOKENS)
                .build();
    }

    static Json parse(String text) {
        return parse(JSON.createParser(ObjectReadContext.empty(), text));
    }

    static Json parse(byte[] utf8) {
        return parse(JSON.createParser(ObjectReadContext.empty(), utf8));
    }

    /** Comments, trailing commas and raw line ends in texts are allowed too. */
    static Json parseTolerantly(String text) {
        return parse(TOLERANT.createParser(ObjectReadContext.empty(), text));
    }

    private static Json parse(JsonParser tokens) {
        try (tokens) {
            return new Parser(tokens).document();
        } catch (JacksonException refused) {
            throw invalid(refused.getLocation(), refused.getOriginalMessage());
        }
    }

    private Json document() {
        var value = value(tokens.nextToken());
        if (tokens.nextToken() != null) throw invalid("something follows the value");
        return value;
    }

    private Json value(@Nullable JsonToken token) {
        if (token == null) throw invalid("there is no value");
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new Json.Text(tokens.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> TRUE;
            case VALUE_FALSE -> FALSE;
            case VALUE_NULL -> Json.nothing();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw invalid("a value is expected, not " + token);
        };
    }

    private Json object() {
        var name = tokens.nextName();
        if (name == null) return EMPTY;
        var fields = new Fields.Growing();
        for (; name != null; name = tokens.nextName()) {
            if (!fields.add(name, value(tokens.nextToken())))
                throw invalid("the key '" + name + "' is there twice");
        }
        return new Json.Obj(fields.done());
    }

    private Json array() {
        var token = tokens.nextToken();
        if (token == JsonToken.END_ARRAY) return NO_ITEMS;
        var items = new ArrayList<Json>();
        for (; token != JsonToken.END_ARRAY; token = tokens.nextToken()) items.add(value(token));
        return new Json.Arr(items);
    }

    private Json number() {
        var digits = tokens.getString();
        if (digits.length() > Digits.MAX)
            throw invalid("a number has more than " + Digits.MAX + " characters");
        return new Json.Num(digits);
    }

    private SkeinException invalid(String problem) {
        return invalid(tokens.currentLocation(), problem);
    }

    private static SkeinException invalid(@Nullable TokenStreamLocation location, String problem) {
        var where =
                location == null
                        ? "the text"
                        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new SkeinException(new Invalid.Body(where, problem, "Send one valid JSON value."));
    }
}
