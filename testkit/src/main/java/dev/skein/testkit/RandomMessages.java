package dev.skein.testkit;

import dev.skein.json.Json;
import dev.skein.model.Message;
import dev.skein.model.Part;
import dev.skein.tool.ToolCall;
import dev.skein.tool.ToolResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Messages of all kinds with anything in them. */
record RandomMessages(RandomGenerator random) {
    private static final int[] CHARACTERS = {
        0, '\n', '\r', ' ', '"', '\\', 'a', 'z', 0x7f, 0x85, 0xe9, 0x301, 0x2028, 0x96c1, 0xd83e,
        0xdebf, 0xfeff, 0xffff, 0x1fabf
    };

    List<Message> messages() {
        return some(5, this::message);
    }

    private Message message() {
        return switch (random.nextInt(4)) {
            case 0 -> new Message.System(text(), at());
            case 1 -> new Message.User(some(3, this::part), at());
            case 2 -> {
                var said = new Message.Assistant(some(3, this::part), some(3, this::call), at());
                yield random.nextBoolean() ? said : said.withSpeaker(text());
            }
            default -> new Message.Results(some(3, this::result), at());
        };
    }

    private Part part() {
        return random.nextBoolean() ? new Part.Text(text()) : new Part.Reasoning(text(), text());
    }

    private ToolCall call() {
        return new ToolCall(text(), text(), json(random.nextInt(4)));
    }

    private ToolResult result() {
        return new ToolResult(text(), text(), random.nextBoolean());
    }

    private Json json(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> Json.nothing();
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> Json.of(text());
            case 3 -> number();
            case 4 -> new Json.Arr(some(4, () -> json(depth - 1)));
            default -> {
                var fields = new LinkedHashMap<String, Json>();
                for (var name : some(4, this::text)) fields.put(name, json(depth - 1));
                yield new Json.Obj(fields);
            }
        };
    }

    private Json number() {
        return switch (random.nextInt(3)) {
            case 0 -> Json.of(random.nextLong());
            case 1 -> Json.of(random.nextDouble());
            default -> new Json.Num(random.nextInt(100) + ".00E-" + random.nextInt(30));
        };
    }

    private Instant at() {
        return Instant.ofEpochSecond(
                random.nextLong(-1L << 36, 1L << 36), random.nextInt(1_000_000_000));
    }

    private String text() {
        var text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--)
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        return text.toString();
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(most)).toList();
    }
}
