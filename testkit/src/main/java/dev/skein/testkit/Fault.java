package dev.skein.testkit;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A way in which an answer goes wrong. Every fault works on every wire, streamed or not; where a
 * wire has no such thing (an event in an answer that is not streamed), the nearest is done, as the
 * fault says. A scripted reply whose answer did not go out whole is given to the next request.
 */
public sealed interface Fault {
    /** Long enough to be for ever in a test. */
    Duration FOREVER = Duration.ofDays(365);

    /**
     * An answer with that status. An empty body stands for the provider's own error body for that
     * status.
     */
    record Status(int code, Map<String, String> headers, String body) implements Fault {
        /** Copies the headers. */
        public Status {
            headers = Map.copyOf(headers);
        }

        /** The same with this header too. */
        public Status with(String header, String value) {
            var all = new LinkedHashMap<>(headers);
            all.put(header, value);
            return new Status(code, all, body);
        }
    }

    /** The refusal by which the provider says that the money or the quota is used up. */
    record Quota() implements Fault {}

    /**
     * The connection is reset, and for so long whoever connects is refused by the system. All wires
     * are down then.
     */
    record Refuse(Duration time) implements Fault {}

    /** The connection is closed at that point of the answer. */
    record CloseAfter(Point at) implements Fault {}

    /**
     * If the request came on a kept connection, that is closed without a byte; else the answer is
     * as always.
     */
    record CloseKept() implements Fault {}

    /**
     * Nothing comes for so long at that point of the answer, then the rest; {@link #FOREVER} leaves
     * the rest out.
     */
    record Stall(Point at, Duration time) implements Fault {}

    /** The answer, head included, comes at that rate. */
    record Slow(int bytesPerSecond) implements Fault {}

    /**
     * After so many events comes the provider's error event, and the stream ends. An answer that is
     * not streamed is a 200 with an error as its body.
     *
     * @param type the provider's word for the error; empty for its usual one when it is overloaded
     */
    record ErrorEvent(int atEvent, String type) implements Fault {}

    /** The answer is whole, but not as it should be. */
    record Mangle(Mangling how) implements Fault {}

    /** The answer's text is so many letters long. It is made while it is sent, and never held. */
    record Huge(long bytes) implements Fault {}

    /** A place in an answer. */
    sealed interface Point {
        /** Before the first byte. */
        record BeforeHeaders() implements Point {}

        /** After the head, before the first byte of the body. */
        record AfterHeaders() implements Point {}

        /** After so many bytes of the body, at most all but one. */
        record Bytes(long count) implements Point {}

        /**
         * After so many events, at most all but one; the middle of an answer that is not streamed.
         */
        record Events(int count) implements Point {}

        /**
         * Between the bytes of the first character that has several; the middle of an answer that
         * is all ASCII.
         */
        record InsideCharacter() implements Point {}
    }

    /** The ways in which an answer may be whole and wrong, or right and strange. */
    enum Mangling {
        /**
         * The stream ends in good order but without what marks its end; a body not streamed lacks
         * its last byte.
         */
        NO_END_MARK,
        /** Right: the bytes of one character come in two portions. */
        CHARACTER_IN_TWO,
        /** Right: lines end in LF. */
        LF,
        /** Right: lines end in CRLF. */
        CRLF,
        /**
         * Right: comments between the events and inside them (white space where there can be no
         * comments).
         */
        COMMENTS,
        /** Right: a sign of life before every event, in the provider's form. */
        PINGS,
        /**
         * Right, by the rules for event streams: begins with a byte-order mark. A stream that is no
         * text has none.
         */
        BYTE_ORDER_MARK,
        /** Right: text and arguments come one character at a time. */
        TINY_FRAGMENTS,
        /**
         * The arguments of calls end in their middle. Where arguments are an object, they become
         * such a text.
         */
        ARGUMENTS_CUT,
        /** The arguments of calls are no JSON. */
        ARGUMENTS_NOT_JSON,
        /** The arguments of calls are there twice in a row. */
        ARGUMENTS_TWICE,
        /** Calls have no id. */
        NO_CALL_ID,
        /** The id of calls is an empty text. */
        EMPTY_CALL_ID,
        /** All calls have one id; a single call comes twice. */
        SAME_CALL_ID,
        /**
         * Fragments belong to a call that was never begun; where there are none, ids are of no
         * known form.
         */
        UNKNOWN_CALL_ID,
        /**
         * The id of the answer is another in every event, and so is that of a call in its fragments
         * where they may bear one. What belongs together is told by the order and by numbers.
         */
        CHANGING_IDS,
        /** The reason to stop is a word that nobody knows. */
        UNKNOWN_FINISH,
        /** The limit of output tokens was reached inside the arguments. */
        LENGTH_IN_ARGUMENTS,
        /** The list of answers is empty. */
        NO_CHOICES,
        /**
         * Right, by the providers' rules for versions: fields, and in streams events, that nobody
         * knows.
         */
        UNKNOWN_FIELDS,
        /** No usage. */
        NO_USAGE,
        /** All tokens are 0. */
        ZERO_USAGE,
        /** Ten times the tokens. */
        TENFOLD_USAGE,
        /** Right: a header of 1 MiB; more than most accept. */
        HUGE_HEADER,
        /** The content type is that of a web page. */
        WRONG_CONTENT_TYPE,
        /** Right: the body is chunked and has trailers. */
        TRAILERS,
        /** Right: the body ends with the connection. */
        UNTIL_CLOSE,
        /** After the answer comes another one that nobody asked for. */
        TWO_ANSWERS
    }

    /** That status with the provider's own error body. */
    static Status status(int code) {
        return new Status(code, Map.of(), "");
    }

    /** 429 that says nothing of when. */
    static Status rateLimited() {
        return status(429);
    }

    /** 429 with {@code retry-after} in whole seconds. */
    static Status rateLimited(Duration retryAfter) {
        return rateLimited().with("retry-after", Long.toString(retryAfter.toSeconds()));
    }

    /** 429 with {@code retry-after} as a date. */
    static Status rateLimited(Instant retryAt) {
        return rateLimited()
                .with("retry-after", RFC_1123_DATE_TIME.format(retryAt.atOffset(ZoneOffset.UTC)));
    }

    /** 429 with {@code retry-after-ms}. */
    static Status rateLimitedMillis(Duration retryAfter) {
        return rateLimited().with("retry-after-ms", Long.toString(retryAfter.toMillis()));
    }

    /** That status with a page of HTML, as proxies send it. */
    static Status page(int code) {
        String html =
                "<html>\r\n<head><title>%1$d</title></head>\r\n<body><h1>%1$d</h1></body>\r\n</html>\r\n"
                        .formatted(code);
        return new Status(code, Map.of("content-type", "text/html"), html);
    }

    /** A redirect to that address. */
    static Status redirect(String location) {
        return new Status(
                307, Map.of("location", location, "content-type", "text/plain"), "Moved.");
    }

    /**
     * A representative of every fault, by name; what has a length is given a short one, and a stall
     * is for ever.
     */
    static Map<String, Fault> all() {
        return Catalog.ALL;
    }
}
