package dev.skein.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skein.testkit.Fault.Point;
import dev.skein.testkit.loop.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One HTTP response in the making: head, portions of the body, and what happens between them. */
final class Delivery {
    /** How the reader knows where the body ends. */
    enum Transfer {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    /** Bytes so many times, and what is done after them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Portion(byte[] bytes, long times, List<Step> then) {
        long size() {
            return bytes.length * times;
        }
    }

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Step> beforeHead = new ArrayList<>();
    private final List<Step> afterHead = new ArrayList<>();
    private List<Portion> body = new ArrayList<>();
    private Transfer transfer;
    private boolean headSent = true;
    private boolean bodySent = true;
    private boolean twice;
    private String trailers = "";

    Delivery(int status, Transfer transfer) {
        this.status = status;
        this.transfer = transfer;
    }

    static Delivery of(Refusal refusal) {
        var delivery =
                new Delivery(refusal.status(), Transfer.LENGTH)
                        .header("content-type", "application/json");
        refusal.headers().forEach(delivery::header);
        return delivery.portion(refusal.body().toBytes());
    }

    static Delivery of(int status, Map<String, String> headers, String body) {
        var delivery = new Delivery(status, Transfer.LENGTH);
        headers.forEach(delivery::header);
        return delivery.portion(body.getBytes(UTF_8));
    }

    /** Does this before everything else. */
    Delivery first(Step step) {
        beforeHead.addFirst(step);
        return this;
    }

    Delivery header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Delivery portion(byte[] bytes) {
        return portion(bytes, 1);
    }

    Delivery portion(byte[] bytes, long times) {
        body.add(new Portion(bytes, times, List.of()));
        return this;
    }

    Delivery transfer(Transfer other) {
        transfer = other;
        return this;
    }

    Delivery trailers() {
        trailers = "x-fake-trailer: the end\r\n";
        return transfer(Transfer.CHUNKED);
    }

    Delivery twice() {
        twice = transfer != Transfer.UNTIL_CLOSE;
        return this;
    }

    /** Does this at that point. */
    Delivery at(Point point, Step step, boolean goOn) {
        switch (point) {
            case Point.BeforeHeaders() -> {
                beforeHead.add(step);
                headSent &= goOn;
            }
            case Point.AfterHeaders() -> {
                afterHead.add(step);
                bodySent &= goOn;
            }
            case Point.Bytes(var count) -> split(count, step, goOn);
            case Point.Events(var count) -> split(endOf(count), step, goOn);
            case Point.InsideCharacter() -> split(insideCharacter(), step, goOn);
        }
        return this;
    }

    /** The steps; a drip replaces whole writes by portions of that size. */
    List<Step> steps(Pace.Drip drip) {
        var out = new Out(drip);
        beforeHead.forEach(out::step);
        if (headSent) {
            write(out);
            if (twice) {
                write(out);
            }
        }
        return out.end();
    }

    private void write(Out out) {
        out.write(head());
        afterHead.forEach(out::step);
        if (!bodySent) {
            return;
        }
        for (var portion : body) {
            // An empty chunk would be the mark of the end.
            boolean chunked = transfer == Transfer.CHUNKED && portion.bytes.length > 0;
            out.write(chunked ? chunk(portion.bytes) : portion.bytes, portion.times);
            portion.then.forEach(out::step);
            if (!portion.then.isEmpty() && portion.then.getLast() instanceof Step.Close) {
                return;
            }
        }
        if (transfer == Transfer.CHUNKED) {
            out.write(("0\r\n" + trailers + "\r\n").getBytes(UTF_8));
        } else if (transfer == Transfer.UNTIL_CLOSE) {
            out.step(new Step.Close(false));
        }
    }

    private byte[] head() {
        var head =
                new StringBuilder("HTTP/1.1 ")
                        .append(status)
                        .append(' ')
                        .append(reason())
                        .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        switch (transfer) {
            case LENGTH -> head.append("content-length: ").append(size()).append("\r\n");
            case CHUNKED -> head.append("transfer-encoding: chunked\r\n");
            case UNTIL_CLOSE -> head.append("connection: close\r\n");
        }
        return head.append("\r\n").toString().getBytes(UTF_8);
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }

    private static byte[] chunk(byte[] bytes) {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8);
        byte[] chunk = Arrays.copyOf(size, size.length + bytes.length + 2);
        System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    private long size() {
        return body.stream().mapToLong(Portion::size).sum();
    }

    private long endOf(int portions) {
        return body.size() < 2
                ? size() / 2
                : body.stream().limit(portions).mapToLong(Portion::size).sum();
    }

    private long insideCharacter() {
        long before = 0;
        for (var portion : body) {
            for (int i = 0; i < portion.bytes.length; i++) {
                if ((portion.bytes[i] & 0xC0) == 0xC0) {
                    return before + i + 1;
                }
            }
            before += portion.size();
        }
        return size() / 2;
    }

    /** Puts the step after so many bytes, at least one byte before the end. */
    private void split(long wanted, Step step, boolean goOn) {
        long left = Math.max(0, Math.min(wanted, size() - 1));
        var next = new ArrayList<Portion>();
        boolean found = false;
        for (var portion : body) {
            if (found || left > portion.size()) {
                next.add(portion);
                left -= portion.size();
            } else {
                found = true;
                next.addAll(
                        halves(
                                portion,
                                left,
                                goOn ? List.of(step) : List.of(step, new Step.Close(false))));
            }
        }
        body = next;
    }

    private static List<Portion> halves(Portion portion, long at, List<Step> between) {
        int length = Math.max(1, portion.bytes.length);
        long whole = at / length;
        int rest = (int) (at % length);
        byte[] first = Arrays.copyOf(portion.bytes, rest);
        var halves = new ArrayList<Portion>();
        halves.add(new Portion(portion.bytes, whole, List.of()));
        halves.add(new Portion(first, 1, between));
        halves.add(
                new Portion(
                        Arrays.copyOfRange(portion.bytes, rest, portion.bytes.length),
                        1,
                        List.of()));
        halves.add(new Portion(portion.bytes, portion.times - whole - 1, portion.then));
        halves.removeIf(part -> part.size() <= 0 && part.then.isEmpty());
        return halves;
    }

    /** Collects bytes that follow each other into one write. */
    private static final class Out {
        private final Pace.Drip drip;
        private final List<Step> steps = new ArrayList<>();
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(512);

        Out(Pace.Drip drip) {
            this.drip = drip;
        }

        void write(byte[] bytes) {
            waiting.writeBytes(bytes);
        }

        void write(byte[] bytes, long times) {
            if (bytes.length == 0 || times <= 0) {
                return;
            }
            if (times == 1) {
                write(bytes);
            } else {
                flush();
                steps.add(new Step.Repeat(bytes, times));
            }
        }

        void step(Step step) {
            flush();
            steps.add(step);
        }

        List<Step> end() {
            flush();
            return List.copyOf(steps);
        }

        private void flush() {
            if (waiting.size() > 0) {
                steps.add(drip.write(waiting.toByteArray()));
                waiting.reset();
            }
        }
    }
}
